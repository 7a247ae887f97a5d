#ifndef STARACTION_COMMON_PG_ROW_H_
#define STARACTION_COMMON_PG_ROW_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace pqxx {
class result;
}

namespace staraction::pg {

// A parameter: text, or NULL. PostgreSQL infers its type from where it stands.
using Param = std::optional<std::string>;
using Params = std::vector<Param>;

Param ToParam(int64_t value);
Param ToParam(bool value);
Param ToParam(absl::Time time);  // microseconds
Param ToByteaParam(std::string_view bytes);
// '{a,b}', quoted.
Param ToArrayParam(const std::vector<std::string>& texts);

// One row of a result. Columns are named; asking for an unknown one ends the program, since it is
// a mistake between a statement and its reader that the first test run shows.
class Row {
 public:
  Row(const pqxx::result* result, int index) : result_(result), index_(index) {}

  bool IsNull(const char* column) const;
  // NULL reads as "", 0, false, and InfinitePast.
  std::string Text(const char* column) const;
  int64_t Int(const char* column) const;
  double Double(const char* column) const;
  bool Bool(const char* column) const;
  absl::Time Time(const char* column) const;    // of a timestamptz column
  std::string Bytes(const char* column) const;  // of a bytea column

 private:
  std::string_view Raw(const char* column) const;

  const pqxx::result* result_;
  int index_;
};

// The rows that a statement gave. Copies share the data.
class Rows {
 public:
  explicit Rows(std::shared_ptr<const pqxx::result> result) : result_(std::move(result)) {}

  int size() const;
  bool empty() const { return size() == 0; }
  int affected() const;
  Row operator[](int index) const { return Row(result_.get(), index); }

  class Iterator {
   public:
    Iterator(const Rows* rows, int index) : rows_(rows), index_(index) {}
    Row operator*() const { return (*rows_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Rows* rows_;
    int index_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  std::shared_ptr<const pqxx::result> result_;
};

// "2026-04-01 00:00:00.123456+00", as PostgreSQL prints a timestamptz in UTC.
absl::Time ParseTimestamp(std::string_view text);

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_ROW_H_
