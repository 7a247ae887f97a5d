#ifndef STARACTION_COMMON_TESTING_POSTGRES_H_
#define STARACTION_COMMON_TESTING_POSTGRES_H_

#include <memory>
#include <string>

#include "common/pg/migrate.h"

namespace staraction::test {

// A fresh database with the real roles and one service's migrated schema, in a PostgreSQL cluster
// that the test program starts for itself (unix socket, temporary folder) and stops at its end.
// Whatever goes wrong here ends the program: a test without its database proves nothing.
class TestDatabase {
 public:
  explicit TestDatabase(const pg::Schema& schema);
  ~TestDatabase();

  std::string service_url() const { return Url("staraction_" + service_); }
  std::string jobs_url() const { return Url("staraction_" + service_ + "_jobs"); }
  std::string migrator_url() const { return Url("staraction_migrator"); }
  std::string admin_url() const { return Url("postgres"); }

  // The first column of the first row, as the administrator, who sees everything.
  std::string Query(const std::string& sql) const;

  // Stops the whole cluster at once (as a crash does) and starts it again.
  static void CrashCluster();
  static void StartCluster();

 private:
  std::string Url(const std::string& role) const;

  std::string service_;
  std::string name_;
};

}  // namespace staraction::test

#endif  // STARACTION_COMMON_TESTING_POSTGRES_H_
