#ifndef STARACTION_TOOLS_STARACTL_CERTIFICATES_H_
#define STARACTION_TOOLS_STARACTL_CERTIFICATES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

// The certificates of an installation without cert-manager, for development, tests and one-machine
// production. A folder has
//
//   authorities/<n>.crt, <n>.key     whom all programs trust; the highest number issues
//   <n>/<program>/                   one generation: what common/identity/tls.h describes
//   current                          link to the generation in use
//
// so that the tls_dir of a program is <folder>/current/<program>, and all programs change at once.
// The generation before stays, in case somebody reads it still.
namespace staraction::ctl {

// Makes an authority (for ten years) and certificates of all programs, the operator's included.
// What exists stays.
absl::Status InitTls(const std::string& dir, absl::Time now, absl::Duration lifetime);

// New certificates of the newest authority.
absl::Status RenewTls(const std::string& dir, absl::Time now, absl::Duration lifetime);

// To replace an authority without a refused call, with some seconds between the steps, in which
// running programs read their files again: AddAuthority, RenewTls, DropAuthority.
//
// A further authority is trusted; certificates are still of the one before.
absl::Status AddAuthority(const std::string& dir, absl::Time now, absl::Duration lifetime);
// The oldest of several authorities is trusted no more. FAILED_PRECONDITION if there is only one.
absl::Status DropAuthority(const std::string& dir, absl::Time now, absl::Duration lifetime);

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_CERTIFICATES_H_
