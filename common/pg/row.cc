#include "common/pg/row.h"

#include <charconv>
#include <cstdlib>
#include <string>

#include <pqxx/pqxx>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/strings.h"

namespace staraction::pg {

Param ToParam(int64_t value) {
  return std::to_string(value);
}
Param ToParam(bool value) {
  return value ? "t" : "f";
}
Param ToParam(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%E6S+00", time, absl::UTCTimeZone());
}
Param ToByteaParam(std::string_view bytes) {
  return "\\x" + absl::BytesToHexString(ToAbsl(bytes));
}

Param ToArrayParam(const std::vector<std::string>& texts) {
  std::string out = "{";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

std::string_view Row::Raw(const char* column) const {
  const pqxx::field field = (*result_)[static_cast<pqxx::result::size_type>(index_)][column];
  return field.is_null() ? std::string_view() : std::string_view(field.c_str(), field.size());
}

bool Row::IsNull(const char* column) const {
  return (*result_)[static_cast<pqxx::result::size_type>(index_)][column].is_null();
}

std::string Row::Text(const char* column) const {
  return std::string(Raw(column));
}

int64_t Row::Int(const char* column) const {
  const std::string_view raw = Raw(column);
  int64_t value = 0;
  std::from_chars(raw.data(), raw.data() + raw.size(), value);
  return value;
}

double Row::Double(const char* column) const {
  return std::strtod(std::string(Raw(column)).c_str(), nullptr);
}

bool Row::Bool(const char* column) const {
  return Raw(column) == "t";
}

absl::Time Row::Time(const char* column) const {
  return ParseTimestamp(Raw(column));
}

std::string Row::Bytes(const char* column) const {
  std::string_view raw = Raw(column);
  if (!raw.starts_with("\\x")) return {};
  return absl::HexStringToBytes(ToAbsl(raw.substr(2)));
}

int Rows::size() const {
  return static_cast<int>(result_->size());
}
int Rows::affected() const {
  return static_cast<int>(result_->affected_rows());
}

absl::Time ParseTimestamp(std::string_view text) {
  absl::Time time;
  std::string error;
  if (text.empty() || !absl::ParseTime("%Y-%m-%d %H:%M:%E*S%Ez", ToAbsl(text), &time, &error)) {
    return absl::InfinitePast();
  }
  return time;
}

}  // namespace staraction::pg
