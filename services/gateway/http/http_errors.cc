#include "services/gateway/http/http_errors.h"

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace staraction::gateway {

using absl::StatusCode;

absl::Status MalformedRequest() {
  return MakeError(StatusCode::kInvalidArgument, error::v1::ERROR_REASON_MALFORMED_BODY,
                   "this is no valid HTTP request", "HTTP の要求として正しくありません");
}

absl::Status HeadersTooLarge(size_t limit) {
  return MakeError(StatusCode::kInvalidArgument, error::v1::ERROR_REASON_TOO_LARGE,
                   absl::StrCat("the headers are larger than ", limit, " bytes"),
                   absl::StrCat("ヘッダーが上限（", limit, "バイト）を超えています"),
                   {{"limit", absl::StrCat(limit)}});
}

}  // namespace staraction::gateway
