#include "common/status/errors.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/strings.h"

namespace staraction {
namespace {

// Text for people in both languages until the server layer knows which one the reader wants:
// two LocalizedMessages would break "at most one of each detail", so Japanese is kept apart.
constexpr char kJapaneseText[] = "staraction/ja";
// What happened inside, for the log only; dropped when the status leaves the process.
constexpr char kLogText[] = "staraction/log";

std::string ReasonName(ErrorReason reason) {
  return error::v1::ErrorReason_Name(reason).substr(sizeof("ERROR_REASON_") - 1);
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, ErrorReason reason, const std::string& en,
                       const std::string& ja, const ErrorMetadata& metadata) {
  absl::Status status(code, en);
  google::rpc::ErrorInfo info;
  info.set_reason(ReasonName(reason));
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  SetDetail(status, info);
  status.SetPayload(kJapaneseText, absl::Cord(ja));
  return status;
}

absl::Status InvalidFields(const std::vector<Violation>& violations, ErrorReason reason) {
  const Violation& first = violations.front();
  const size_t more = violations.size() - 1;
  absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument, reason,
                absl::StrCat(first.field, ": ", first.en,
                             more == 0 ? "" : absl::StrCat(" (and ", more, " more)")),
                absl::StrCat(first.field, ": ", first.ja,
                             more == 0 ? "" : absl::StrCat("（ほか", more, "件）")),
                {{"field", first.field}, {"violations", absl::StrCat(violations.size())}});
  google::rpc::BadRequest bad;
  for (size_t i = 0; i < violations.size() && i < kMaxViolations; ++i) {
    auto* entry = bad.add_field_violations();
    entry->set_field(violations[i].field);
    entry->set_description(absl::StrCat(violations[i].ja, " / ", violations[i].en));
  }
  SetDetail(status, bad);
  return status;
}

absl::Status InvalidField(const std::string& field, const std::string& en, const std::string& ja) {
  return InvalidFields({{field, en, ja}});
}

absl::Status NotFound(const std::string& name) {
  absl::Status status =
      MakeError(absl::StatusCode::kNotFound, error::v1::ERROR_REASON_NOT_FOUND,
                absl::StrCat("'", name, "' was not found"),
                absl::StrCat("「", name, "」は見つかりません"), {{"resource", name}});
  google::rpc::ResourceInfo info;
  info.set_resource_name(name);
  SetDetail(status, info);
  return status;
}

absl::Status StateConflict(const std::string& subject, const std::string& state,
                           const std::string& action) {
  absl::Status status =
      MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
                absl::StrCat("'", subject, "' is ", state, ", which does not allow ", action),
                absl::StrCat("「", subject, "」は状態 ", state, " のため ", action, " できません"),
                {{"resource", subject}, {"state", state}, {"action", action}});
  google::rpc::PreconditionFailure failure;
  auto* violation = failure.add_violations();
  violation->set_type("STATE");
  violation->set_subject(subject);
  violation->set_description(state);
  SetDetail(status, failure);
  return status;
}

absl::Status CriteriaUnmet(const std::string& subject, const std::vector<Violation>& unmet) {
  absl::Status status =
      MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_CRITERIA_UNMET,
                absl::StrCat("'", subject, "': ", unmet.size(), " criteria are not met"),
                absl::StrCat("「", subject, "」: ", unmet.size(), "件の条件が満たされていません"),
                {{"resource", subject}, {"criteria", absl::StrCat(unmet.size())}});
  google::rpc::PreconditionFailure failure;
  for (size_t i = 0; i < unmet.size() && i < kMaxViolations; ++i) {
    auto* violation = failure.add_violations();
    violation->set_type("CRITERION");
    violation->set_subject(unmet[i].field);
    violation->set_description(absl::StrCat(unmet[i].ja, " / ", unmet[i].en));
  }
  SetDetail(status, failure);
  return status;
}

absl::Status EtagMismatch(const std::string& name) {
  return MakeError(absl::StatusCode::kAborted, error::v1::ERROR_REASON_ETAG_MISMATCH,
                   absl::StrCat("'", name, "' has changed since it was read; read it again"),
                   absl::StrCat("「", name, "」は読み込み後に変更されています。読み直してください"),
                   {{"resource", name}});
}

absl::Status AlreadyExists(const std::string& what, const std::string& name) {
  return MakeError(absl::StatusCode::kAlreadyExists, error::v1::ERROR_REASON_ALREADY_EXISTS,
                   absl::StrCat(what, " already exists", name.empty() ? "" : ": ", name),
                   absl::StrCat(what, " はすでに存在します", name.empty() ? "" : ": ", name),
                   {{"what", what}, {"resource", name}});
}

absl::Status TryAgain(absl::StatusCode code, ErrorReason reason, const std::string& en,
                      const std::string& ja, absl::Duration retry_after) {
  absl::Status status = MakeError(code, reason, en, ja);
  google::rpc::RetryInfo retry;
  const int64_t nanos = absl::ToInt64Nanoseconds(retry_after);
  retry.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(nanos % 1'000'000'000));
  SetDetail(status, retry);
  return status;
}

absl::Status Internal(const std::string& what) {
  absl::Status status = MakeError(absl::StatusCode::kInternal, error::v1::ERROR_REASON_INTERNAL,
                                  "internal error", "内部エラーが発生しました");
  status.SetPayload(kLogText, absl::Cord(what));
  return status;
}

ErrorReason ReasonOf(const absl::Status& status) {
  const auto info = GetDetail<google::rpc::ErrorInfo>(status);
  ErrorReason reason = error::v1::ERROR_REASON_UNSPECIFIED;
  if (info) error::v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", info->reason()), &reason);
  return reason;
}

}  // namespace staraction
