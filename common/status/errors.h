#ifndef STARACTION_COMMON_STATUS_ERRORS_H_
#define STARACTION_COMMON_STATUS_ERRORS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "staraction/error/v1/error_reason.pb.h"

// The one error type of the product: absl::Status whose payloads are google.rpc details. An error
// is made where the fact is known, with a code, a reason and metadata; the server layer adds the
// domain and the text in the reader's language.
namespace staraction {

using error::v1::ErrorReason;
using ErrorMetadata = std::vector<std::pair<std::string, std::string>>;

// One thing that is wrong with a request: `field` in proto path form ("member.display_name",
// "rows[3].hire_date"), what came and what is wanted in `en` and `ja`.
struct Violation {
  std::string field;
  std::string en;
  std::string ja;
};

// At most this many violations travel; the message tells how many there were.
inline constexpr int kMaxViolations = 50;

// Error with exactly one ErrorInfo. `en` is the developer's message; `ja` the text for people
// (and `en` again for readers of English). Metadata repeats whatever varies in the message.
absl::Status MakeError(absl::StatusCode code, ErrorReason reason, const std::string& en,
                       const std::string& ja, const ErrorMetadata& metadata = {});

// INVALID_ARGUMENT with all violations in one BadRequest. `violations` is not empty.
absl::Status InvalidFields(const std::vector<Violation>& violations,
                           ErrorReason reason = error::v1::ERROR_REASON_INVALID_FIELDS);
absl::Status InvalidField(const std::string& field, const std::string& en, const std::string& ja);

// NOT_FOUND for a resource name.
absl::Status NotFound(const std::string& name);

// FAILED_PRECONDITION: `subject` (a resource name) is in `state`, which does not allow `action`.
absl::Status StateConflict(const std::string& subject, const std::string& state,
                           const std::string& action);

// FAILED_PRECONDITION with a PreconditionFailure of these (type, subject, description).
absl::Status CriteriaUnmet(const std::string& subject, const std::vector<Violation>& unmet);

// ABORTED: the resource changed since the caller read it.
absl::Status EtagMismatch(const std::string& name);

// ALREADY_EXISTS; `name` is the existing resource when the caller may know it.
absl::Status AlreadyExists(const std::string& what, const std::string& name);

// A temporary failure with RetryInfo: UNAVAILABLE, RESOURCE_EXHAUSTED or ABORTED.
absl::Status TryAgain(absl::StatusCode code, ErrorReason reason, const std::string& en,
                      const std::string& ja, absl::Duration retry_after = absl::Seconds(1));

// INTERNAL with neutral text; `what` is for the log only and travels in no detail.
absl::Status Internal(const std::string& what);

// The reason of an error made here, or ERROR_REASON_UNSPECIFIED.
ErrorReason ReasonOf(const absl::Status& status);

// Reads or replaces a google.rpc detail of the status.
template <typename Detail>
std::optional<Detail> GetDetail(const absl::Status& status) {
  const auto payload =
      status.GetPayload("type.googleapis.com/" + Detail::descriptor()->full_name());
  Detail detail;
  if (!payload || !detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

template <typename Detail>
void SetDetail(absl::Status& status, const Detail& detail) {
  status.SetPayload("type.googleapis.com/" + Detail::descriptor()->full_name(),
                    absl::Cord(detail.SerializeAsString()));
}

}  // namespace staraction

#endif  // STARACTION_COMMON_STATUS_ERRORS_H_
