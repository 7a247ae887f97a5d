#ifndef STARACTION_COMMON_CONTENT_VARIABLES_H_
#define STARACTION_COMMON_CONTENT_VARIABLES_H_

#include <string>
#include <vector>

namespace staraction::content {

// What stands in braces in a text, in order: "at least {N} of {M}" has N and M. An opening brace
// without a closing one reaches to the end.
inline std::vector<std::string> VariablesIn(const std::string& text) {
  std::vector<std::string> codes;
  for (size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const size_t end = text.find('}', at);
    codes.push_back(text.substr(at + 1, end == std::string::npos ? end : end - at - 1));
  }
  return codes;
}

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_VARIABLES_H_
