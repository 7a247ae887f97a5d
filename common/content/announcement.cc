#include "common/content/announcement.h"

#include <algorithm>
#include <functional>

namespace staraction::content {
namespace {

// Calls `text` for what stands between variables, and `variable` for each of these, in order.
void Walk(const std::string& body, const std::function<void(const std::string&)>& text,
          const std::function<void(const std::string&)>& variable) {
  size_t at = 0;
  while (true) {
    const size_t begin = body.find("{{", at);
    const size_t end = begin == std::string::npos ? begin : body.find("}}", begin);
    if (end == std::string::npos) break;
    text(body.substr(at, begin - at));
    variable(body.substr(begin + 2, end - begin - 2));
    at = end + 2;
  }
  text(body.substr(at));
}

}  // namespace

bool IsAnnouncementVariable(const std::string& name) {
  static constexpr const char* kNames[] = {"company",        "representative", "star",
                                           "declaration_id", "declared_on",    "rule_list",
                                           "rules",          "website"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

std::vector<std::string> VariablesOf(const std::string& text) {
  std::vector<std::string> names;
  Walk(
      text, [](const std::string&) {},
      [&names](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      });
  return names;
}

std::string FillVariables(const std::string& text,
                          const std::map<std::string, std::string>& values) {
  std::string filled;
  Walk(
      text, [&filled](const std::string& part) { filled += part; },
      [&](const std::string& name) {
        const auto value = values.find(name);
        const bool known = value != values.end() && !value->second.empty();
        filled += known ? value->second : "〔" + name + "〕";
      });
  return filled;
}

}  // namespace staraction::content
