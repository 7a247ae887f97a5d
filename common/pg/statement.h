#ifndef STARACTION_COMMON_PG_STATEMENT_H_
#define STARACTION_COMMON_PG_STATEMENT_H_

#include <functional>
#include <string>
#include <vector>

namespace staraction::pg {

// A named SQL statement. Statements are constants of namespace scope (a store's statements.h);
// constructing one enters it in the program's catalogue, which every new connection prepares, so
// that a bad statement stops the program at its start and not its first user.
class Statement {
 public:
  // Only prepared on connections of the jobs' role if `jobs`, else only on the service's.
  enum class Role { kService, kJobs };

  Statement(std::string name, std::string sql, Role role = Role::kService);
  // For text that follows from other constants: made when a connection asks for it, since the
  // order in which constants of several files come to life is not defined.
  Statement(std::string name, std::function<std::string()> sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  const std::string& name() const { return name_; }
  std::string sql() const { return sql_(); }
  Role role() const { return role_; }

  // All living statements of a role, in order of construction.
  static std::vector<const Statement*> Catalogue(Role role);

 private:
  std::string name_;
  std::function<std::string()> sql_;
  Role role_;
};

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_STATEMENT_H_
