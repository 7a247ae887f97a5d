#ifndef STARACTION_TOOLS_STARACTL_FILES_H_
#define STARACTION_TOOLS_STARACTL_FILES_H_

#include <string>

#include "absl/status/status.h"

namespace staraction::ctl {

// Makes a folder, and those above it, that only its owner may enter. One that exists is fine.
absl::Status MakeFolder(const std::string& path);

// Writes or replaces a file whole, so that a reader never sees half of it; for its owner only.
absl::Status WriteFile(const std::string& path, const std::string& content);

// Makes `link` point to `target`, at once if it exists.
absl::Status PointLink(const std::string& link, const std::string& target);

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_FILES_H_
