#include "tools/staractl/error_text.h"

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace staraction::ctl {

std::string ErrorText(const absl::Status& status) {
  std::string text(status.message());
  if (const auto localized = GetDetail<google::rpc::LocalizedMessage>(status)) {
    text = localized->message();
  }
  absl::StrAppend(&text, " (", absl::StatusCodeToString(status.code()));
  if (const auto info = GetDetail<google::rpc::ErrorInfo>(status)) {
    absl::StrAppend(&text, " ", info->reason());
  }
  absl::StrAppend(&text, ")\n");
  if (const auto bad = GetDetail<google::rpc::BadRequest>(status)) {
    for (const auto& violation : bad->field_violations()) {
      absl::StrAppend(&text, "  ", violation.field(), ": ", violation.description(), "\n");
    }
  }
  if (const auto failure = GetDetail<google::rpc::PreconditionFailure>(status)) {
    for (const auto& violation : failure->violations()) {
      absl::StrAppend(&text, "  ", violation.type(), ": ", violation.description(), "\n");
    }
  }
  return text;
}

}  // namespace staraction::ctl
