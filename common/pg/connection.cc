#include "common/pg/connection.h"

#include <pqxx/pqxx>

#include "common/pg/errors.h"

namespace staraction::pg {

struct Connection::Session {
  explicit Session(const std::string& url) : connection(url), statements(connection) {}

  pqxx::connection connection;
  // Never opens a transaction itself: begin and commit are sent by the pool, together with the
  // settings, which saves a round trip.
  pqxx::nontransaction statements;
};

Connection::Connection() = default;
Connection::~Connection() = default;

absl::StatusOr<std::unique_ptr<Connection>> Connection::OpenBare(const std::string& url) {
  auto connection = std::unique_ptr<Connection>(new Connection());
  try {
    connection->session_ = std::make_unique<Session>(url);
    connection->session_->statements.exec("set timezone = 'UTC'");
  } catch (const std::exception& error) {
    return FromException(error);
  }
  return connection;
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& url,
                                                             Statement::Role role) {
  auto connection = OpenBare(url);
  if (!connection.ok()) return connection;
  try {
    for (const Statement* statement : Statement::Catalogue(role)) {
      (*connection)->session_->connection.prepare(statement->name(), statement->sql());
      (*connection)->session_->connection.prepare_now(statement->name());
    }
  } catch (const std::exception& error) {
    return FromException(error);
  }
  return connection;
}

absl::StatusOr<Rows> Connection::Exec(const Statement& statement, const Params& params) {
  try {
    auto result = std::make_shared<const pqxx::result>(session_->statements.exec_prepared(
        statement.name(), pqxx::prepare::make_dynamic_params(params.begin(), params.end())));
    return Rows(std::move(result));
  } catch (const std::exception& error) {
    return FromException(error);
  }
}

absl::StatusOr<Rows> Connection::ExecText(const std::string& sql) {
  try {
    return Rows(std::make_shared<const pqxx::result>(session_->statements.exec(sql)));
  } catch (const std::exception& error) {
    return FromException(error);
  }
}

std::string Connection::Quote(const std::string& text) const {
  return session_->connection.quote(text);
}

}  // namespace staraction::pg
