#ifndef STARACTION_COMMON_PG_TRANSACTION_H_
#define STARACTION_COMMON_PG_TRANSACTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "common/pg/row.h"
#include "common/pg/statement.h"

namespace staraction::pg {

class Connection;

// What a store sees of the database: one open transaction in which exactly the call's
// organization and clients are visible. Belongs to one thread and dies with the function that it
// was passed to.
class Transaction {
 public:
  Transaction(Connection& connection, const Call& call) : connection_(connection), call_(call) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Runs one statement of the catalogue. Errors are the neutral ones of pg/errors.h; after one
  // the transaction can only be given up. Refuses when the call's deadline has passed or its
  // caller has gone.
  absl::StatusOr<Rows> Exec(const Statement& statement, const Params& params);

  const Call& call() const { return call_; }
  const std::string& organization() const { return call_.organization(); }
  absl::Time now() const { return call_.now; }

 private:
  Connection& connection_;
  const Call& call_;
};

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_TRANSACTION_H_
