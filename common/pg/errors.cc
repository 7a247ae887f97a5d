#include "common/pg/errors.h"

#include <string>

#include <pqxx/pqxx>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/strings.h"
#include "common/status/errors.h"

namespace staraction::pg {
namespace {

using absl::StatusCode;

// Marks for this library's own eyes; ToWire drops them.
constexpr char kBroken[] = "staraction/pg-broken";
constexpr char kRetryable[] = "staraction/pg-retryable";
constexpr char kConstraint[] = "staraction/pg-constraint";
constexpr char kLog[] = "staraction/log";

absl::Status Mark(absl::Status status, const char* mark, const std::string& value = "1") {
  status.SetPayload(mark, absl::Cord(value));
  return status;
}

absl::Status Unavailable(const std::string& note) {
  absl::Status status =
      TryAgain(StatusCode::kUnavailable, error::v1::ERROR_REASON_DATABASE_UNAVAILABLE,
               "the database cannot be reached", "データベースに接続できません");
  return Mark(Mark(std::move(status), kBroken), kLog, note);
}

absl::Status Conflict() {
  return Mark(TryAgain(StatusCode::kAborted, error::v1::ERROR_REASON_CONCURRENT_CHANGE,
                       "somebody changed the same data at the same time; try again",
                       "同時に変更されました。もう一度お試しください"),
              kRetryable);
}

// The name stands only inside the text: … constraint "client_pkey".
std::string ConstraintName(const std::string& text) {
  const size_t at = text.find("constraint \"");
  if (at == std::string::npos) return {};
  const size_t begin = at + sizeof("constraint \"") - 1;
  return text.substr(begin, text.find('"', begin) - begin);
}

absl::Status FromConstraint(const std::string& name, const std::string& text) {
  if (absl::EndsWith(name, "_key") || absl::EndsWith(name, "_pkey")) {
    return Mark(AlreadyExists(name.substr(0, name.find('_')), ""), kConstraint, name);
  }
  if (absl::EndsWith(name, "_fkey")) {
    return Mark(
        MakeError(StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_REFERENCE_BROKEN,
                  "a resource that this one refers to does not exist, or others refer to it",
                  "参照先が存在しないか、ほかのデータから参照されています"),
        kConstraint, name);
  }
  return Mark(Internal(absl::StrCat("constraint ", name, ": ", text.substr(0, 200))), kConstraint,
              name);
}

absl::Status FromSqlState(const std::string& state, const std::string& text) {
  if (state == "57014" || state == "55P03") {
    return MakeError(StatusCode::kDeadlineExceeded, error::v1::ERROR_REASON_DEADLINE_EXCEEDED,
                     "the database did not answer in time",
                     "データベースの応答が時間内に得られませんでした");
  }
  if (state.starts_with("40")) return Conflict();
  if (state.starts_with("53")) {
    return TryAgain(StatusCode::kResourceExhausted, error::v1::ERROR_REASON_OVERLOADED,
                    "the database is overloaded", "データベースが混み合っています");
  }
  // Without a state there was no answer at all: the server closed the connection.
  if (state.empty() || state.starts_with("57P") || state.starts_with("08")) {
    return Unavailable(text.substr(0, 200));
  }
  if (state == "22021" || state == "22P05") {
    return InvalidField("", "text holds a character that cannot be stored",
                        "保存できない文字が含まれています");
  }
  return Internal(absl::StrCat("SQLSTATE ", state, ": ", text.substr(0, 300)));
}

}  // namespace

absl::Status FromException(const std::exception& error) {
  const std::string text = error.what();
  // By type first: several of them carry no SQLSTATE and no common base.
  if (dynamic_cast<const pqxx::in_doubt_error*>(&error)) return Unavailable("commit in doubt");
  if (dynamic_cast<const pqxx::broken_connection*>(&error)) return Unavailable(text.substr(0, 200));
  if (dynamic_cast<const pqxx::serialization_failure*>(&error) ||
      dynamic_cast<const pqxx::deadlock_detected*>(&error)) {
    return Conflict();
  }
  if (dynamic_cast<const pqxx::integrity_constraint_violation*>(&error)) {
    return FromConstraint(ConstraintName(text), text);
  }
  if (dynamic_cast<const pqxx::insufficient_privilege*>(&error)) {
    return Internal(absl::StrCat("refused by the database: ", text.substr(0, 300)));
  }
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error)) {
    return FromSqlState(sql->sqlstate(), text);
  }
  return Internal(text.substr(0, 300));
}

bool IsBroken(const absl::Status& status) {
  return status.GetPayload(kBroken).has_value();
}
bool IsRetryable(const absl::Status& status) {
  return status.GetPayload(kRetryable).has_value();
}

std::string ConstraintOf(const absl::Status& status) {
  const auto name = status.GetPayload(kConstraint);
  return name ? std::string(*name) : std::string();
}

}  // namespace staraction::pg
