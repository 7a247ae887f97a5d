#include "common/pg/transaction.h"

#include "common/base/clock.h"
#include "common/pg/connection.h"
#include "common/status/errors.h"

namespace staraction::pg {

absl::StatusOr<Rows> Transaction::Exec(const Statement& statement, const Params& params) {
  if (call_.cancelled()) {
    return MakeError(absl::StatusCode::kCancelled, error::v1::ERROR_REASON_CANCELLED,
                     "the caller went away", "呼び出しが取り消されました");
  }
  ++*call_.statements;
  return connection_.Exec(statement, params);
}

}  // namespace staraction::pg
