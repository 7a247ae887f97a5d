#ifndef STARACTION_COMMON_BASE_STRINGS_H_
#define STARACTION_COMMON_BASE_STRINGS_H_

#include <string>
#include <string_view>

#include "absl/strings/string_view.h"

namespace staraction {

// Debian builds Abseil with its own string_view. These two are the only bridge to std's.
inline absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}
inline std::string_view ToStd(absl::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_STRINGS_H_
