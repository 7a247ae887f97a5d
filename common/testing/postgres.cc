#include "common/testing/postgres.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/pg/connection.h"

namespace staraction::test {
namespace {

[[noreturn]] void Die(const std::string& what) {
  std::cerr << "test database: " << what << std::endl;
  std::exit(2);
}

std::string Output(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) Die(command);
  std::array<char, 4096> buffer;
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr) out += buffer.data();
  if (pclose(pipe) != 0) Die(absl::StrCat(command, " failed: ", out));
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

// The cluster of this program. PostgreSQL refuses to run as root, so root runs it as postgres.
class Cluster {
 public:
  static Cluster& Get() {
    static Cluster cluster;
    return cluster;
  }

  void Start() {
    Output(absl::StrCat(as_, bin_, "/pg_ctl -D ", dir_, "/data -w -t 60 -l ", dir_,
                        "/log -o \"-c listen_addresses='' -c unix_socket_directories=", dir_,
                        " -c fsync=off -c max_connections=200 -c shared_buffers=32MB\" start"));
  }
  void Crash() { Output(absl::StrCat(as_, bin_, "/pg_ctl -D ", dir_, "/data -m immediate stop")); }
  const std::string& dir() const { return dir_; }

 private:
  Cluster()
      : bin_(Output("pg_config --bindir")),
        as_(geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --init-groups " : "") {
    dir_ = Output("mktemp -d /tmp/staraction-pg.XXXXXX");
    if (!as_.empty()) Output("chown postgres: " + dir_);
    Output(absl::StrCat("cd ", dir_, " && ", as_, bin_, "/initdb -D ", dir_,
                        "/data --auth=trust --no-sync -E UTF8 --locale=C -U postgres 2>&1"));
    // Ends with this program, however that ends: its input is then at its end.
    keeper_ = popen(absl::StrCat("trap '' INT TERM HUP; cat >/dev/null; ", as_, bin_, "/pg_ctl -D ",
                                 dir_, "/data -m immediate stop >/dev/null 2>&1; rm -rf ", dir_)
                        .c_str(),
                    "we");
    if (keeper_ == nullptr) Die("cannot start what clears up");
    Start();
  }
  ~Cluster() { pclose(keeper_); }

  std::string bin_;
  std::string as_;
  std::string dir_;
  FILE* keeper_ = nullptr;
};

std::string ClusterUrl(const std::string& database, const std::string& role) {
  return absl::StrCat("host=", Cluster::Get().dir(), " dbname=", database, " user=", role,
                      " connect_timeout=3");
}

void Execute(const std::string& url, const std::string& sql) {
  auto connection = pg::Connection::OpenBare(url);
  if (!connection.ok()) Die(connection.status().ToString());
  const auto rows = (*connection)->ExecText(sql);
  if (!rows.ok()) Die(rows.status().ToString());
}

// A migrated database of each schema serves as the template of all others: cloning takes 30 ms.
std::string Template(const pg::Schema& schema) {
  std::string name = "template_" + schema.service;
  static std::set<std::string> made;
  if (!made.insert(name).second) return name;
  Execute(ClusterUrl("postgres", "postgres"), "create database " + name);
  std::ifstream file("deploy/postgresql/bootstrap.sql");
  std::stringstream sql;
  sql << file.rdbuf();
  if (sql.str().empty()) Die("run from the repository's top: deploy/postgresql/bootstrap.sql");
  Execute(ClusterUrl(name, "postgres"), sql.str());
  const absl::Status status = pg::Migrate(ClusterUrl(name, "staraction_migrator"), schema);
  if (!status.ok()) Die(status.ToString());
  return name;
}

}  // namespace

TestDatabase::TestDatabase(const pg::Schema& schema) : service_(schema.service) {
  const std::string from = Template(schema);
  name_ = "test_" + NewUuid4().substr(0, 8);
  Execute(ClusterUrl("postgres", "postgres"),
          absl::StrCat("create database ", name_, " template ", from));
}

TestDatabase::~TestDatabase() {
  Execute(ClusterUrl("postgres", "postgres"),
          absl::StrCat("drop database ", name_, " with (force)"));
}

std::string TestDatabase::Url(const std::string& role) const {
  return ClusterUrl(name_, role);
}

std::string TestDatabase::Query(const std::string& sql) const {
  auto connection = pg::Connection::OpenBare(admin_url());
  if (!connection.ok()) Die(connection.status().ToString());
  const auto rows = (*connection)->ExecText(sql);
  if (!rows.ok()) Die(rows.status().ToString());
  return rows->empty() ? "" : (*rows)[0].Text("value");
}

void TestDatabase::CrashCluster() {
  Cluster::Get().Crash();
}
void TestDatabase::StartCluster() {
  Cluster::Get().Start();
}

}  // namespace staraction::test
