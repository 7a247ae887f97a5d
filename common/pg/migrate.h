#ifndef STARACTION_COMMON_PG_MIGRATE_H_
#define STARACTION_COMMON_PG_MIGRATE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace staraction::pg {

// One SQL file, "0001_client.sql": forward only, one transaction a file. It leaves programs of the
// version before working, which serve on until they are replaced; one that can't has a first line
// that says why: "-- breaks: …".
struct Migration {
  int version;
  std::string name;
  std::string sql;
};

// The migrations that every schema has (tables of the write path, jobs, blobs).
const std::vector<Migration>& BaseMigrations();

// What a service's schema consists of. `migrations` are the service's own.
struct Schema {
  std::string service;
  std::vector<Migration> migrations;
};

// Brings the service's schema up to date, as the migrator role, under an advisory lock: several at
// once do it once. A file that was changed after it ran is an error. Safe to repeat.
absl::Status Migrate(const std::string& migrator_url, const Schema& schema);

// OK if the database has all versions that this program was built with, and beyond them none that
// breaks it; else FAILED_PRECONDITION that says which of the two is to be brought up to date.
absl::Status CheckVersion(const std::string& service_url, const Schema& schema);

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_MIGRATE_H_
