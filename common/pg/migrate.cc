#include "common/pg/migrate.h"

#include <openssl/sha.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/pg/connection.h"

namespace staraction::pg {
namespace {

std::string Checksum(const std::string& sql) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(sql.data()), sql.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return absl::BytesToHexString(digest);
}

bool Breaks(const Migration& migration) {
  return absl::StartsWith(migration.sql, "-- breaks: ");
}

struct Done {
  std::string checksum;
  bool breaks;
};
// (set, version) → what has run.
using Applied = std::map<std::pair<std::string, int>, Done>;

absl::StatusOr<Applied> ReadApplied(Connection& connection) {
  // Tables made by programs of before have no column "breaks".
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      connection.ExecText("select source, version, checksum, coalesce((to_jsonb(m)->>'breaks')"
                          "::boolean, false) as breaks from schema_migration m"));
  Applied applied;
  for (const Row row : rows) {
    applied[{row.Text("source"), static_cast<int>(row.Int("version"))}] = {row.Text("checksum"),
                                                                           row.Bool("breaks")};
  }
  return applied;
}

absl::Status Apply(Connection& connection, const std::string& source, const Migration& migration) {
  absl::Status status =
      connection
          .ExecText(absl::StrCat(
              "begin;\n", migration.sql,
              "\n;insert into schema_migration (source, version, name, checksum, breaks) values (",
              connection.Quote(source), ", ", migration.version, ", ",
              connection.Quote(migration.name), ", ", connection.Quote(Checksum(migration.sql)),
              Breaks(migration) ? ", true" : ", false", "); commit"))
          .status();
  if (status.ok()) return status;
  return absl::InternalError(
      absl::StrCat("migration ", source, "/", migration.name, ": ", status.ToString()));
}

absl::Status ApplyMissing(Connection& connection, const std::string& source,
                          const std::vector<Migration>& migrations, const Applied& applied) {
  for (const Migration& migration : migrations) {
    const auto done = applied.find({source, migration.version});
    if (done == applied.end()) {
      SA_RETURN_IF_ERROR(Apply(connection, source, migration));
    } else if (done->second.checksum != Checksum(migration.sql)) {
      return absl::FailedPreconditionError(
          absl::StrCat("migration ", source, "/", migration.name, " was changed after it had run"));
    }
  }
  return absl::OkStatus();
}

// Whether a program with these migrations works on what has run.
absl::Status CheckSource(const std::string& service, const std::string& source,
                         const std::vector<Migration>& migrations, const Applied& applied) {
  std::set<int> known;
  for (const Migration& migration : migrations) {
    known.insert(migration.version);
    if (applied.count({source, migration.version}) == 0) {
      return absl::FailedPreconditionError(
          absl::StrCat("schema ", service, ": the database lacks ", source, "/", migration.name,
                       ", which this program needs; run the program with 'migrate' first"));
    }
  }
  for (const auto& [key, done] : applied) {
    if (key.first == source && done.breaks && known.count(key.second) == 0) {
      return absl::FailedPreconditionError(
          absl::StrCat("schema ", service, ": the database has ", source, " version ", key.second,
                       ", which this program does not work with; start a newer program"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Migrate(const std::string& migrator_url, const Schema& schema) {
  SA_ASSIGN_OR_RETURN(const auto connection, Connection::OpenBare(migrator_url));
  const std::string& name = schema.service;
  // The lock is the session's, so it goes with the connection, however this ends.
  SA_RETURN_IF_ERROR(
      connection
          ->ExecText(absl::StrCat(
              "select pg_advisory_lock(hashtext(", connection->Quote("staraction/" + name),
              ")); set client_min_messages = warning; set role staraction_owner; "
              "create schema if not exists ",
              name, "; set search_path = ", name, "; grant usage on schema ", name,
              " to staraction_", name, ", staraction_", name,
              "_jobs; create table if not exists schema_migration "
              "(source text not null, version integer not null, name text not null, "
              "checksum text not null, create_time timestamptz not null default now(), "
              "primary key (source, version)); alter table schema_migration add column if not "
              "exists "
              "breaks boolean not null default false; grant select on schema_migration to "
              "staraction_",
              name))
          .status());
  SA_ASSIGN_OR_RETURN(const Applied applied, ReadApplied(*connection));
  SA_RETURN_IF_ERROR(ApplyMissing(*connection, "base", BaseMigrations(), applied));
  return ApplyMissing(*connection, name, schema.migrations, applied);
}

absl::Status CheckVersion(const std::string& service_url, const Schema& schema) {
  SA_ASSIGN_OR_RETURN(const auto connection, Connection::OpenBare(service_url));
  SA_ASSIGN_OR_RETURN(const Applied applied, ReadApplied(*connection));
  SA_RETURN_IF_ERROR(CheckSource(schema.service, "base", BaseMigrations(), applied));
  return CheckSource(schema.service, schema.service, schema.migrations, applied);
}

}  // namespace staraction::pg
