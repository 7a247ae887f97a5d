#include "common/pg/statement.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace staraction::pg {
namespace {

// Function-local, so that it exists before the first statement of any translation unit.
std::vector<const Statement*>& All() {
  static auto* all = new std::vector<const Statement*>();
  return *all;
}
std::mutex& Guard() {
  static auto* guard = new std::mutex();
  return *guard;
}

}  // namespace

Statement::Statement(std::string name, std::string sql, Role role)
    : name_(std::move(name)), sql_([sql = std::move(sql)] { return sql; }), role_(role) {
  std::lock_guard<std::mutex> lock(Guard());
  All().push_back(this);
}

Statement::Statement(std::string name, std::function<std::string()> sql)
    : name_(std::move(name)), sql_(std::move(sql)), role_(Role::kService) {
  std::lock_guard<std::mutex> lock(Guard());
  All().push_back(this);
}

Statement::~Statement() {
  std::lock_guard<std::mutex> lock(Guard());
  std::erase(All(), this);
}

std::vector<const Statement*> Statement::Catalogue(Role role) {
  std::lock_guard<std::mutex> lock(Guard());
  std::vector<const Statement*> out;
  std::copy_if(All().begin(), All().end(), std::back_inserter(out),
               [role](const Statement* statement) { return statement->role() == role; });
  return out;
}

}  // namespace staraction::pg
