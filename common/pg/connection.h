#ifndef STARACTION_COMMON_PG_CONNECTION_H_
#define STARACTION_COMMON_PG_CONNECTION_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/pg/row.h"
#include "common/pg/statement.h"

namespace staraction::pg {

// One database session with the catalogue prepared. Used by one thread at a time. After IsBroken
// it is thrown away: the driver would reconnect silently and lose the session's settings.
class Connection {
 public:
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& url,
                                                          Statement::Role role);
  // Connects without preparing anything, for migrations.
  static absl::StatusOr<std::unique_ptr<Connection>> OpenBare(const std::string& url);
  ~Connection();

  absl::StatusOr<Rows> Exec(const Statement& statement, const Params& params);
  // One message of SQL text, possibly several statements: begin with its settings, commit, DDL.
  absl::StatusOr<Rows> ExecText(const std::string& sql);
  std::string Quote(const std::string& text) const;

 private:
  Connection();
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_CONNECTION_H_
