#ifndef STARACTION_TOOLS_STARACTL_ERROR_TEXT_H_
#define STARACTION_TOOLS_STARACTL_ERROR_TEXT_H_

#include <string>

#include "absl/status/status.h"

namespace staraction::ctl {

// The error for a person at a terminal: the text in their language, code and reason, then one
// line for each violation. Ends with a line end.
std::string ErrorText(const absl::Status& status);

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_ERROR_TEXT_H_
