#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_ROW_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_ROW_H_

#include <optional>
#include <string>
#include <string_view>

#include "common/table/table.h"
#include "services/engagement/domain/roster.h"

namespace staraction::engagement::domain {

// One row of a staff list on its way into a member. Each call reads a column, if the file has it,
// and notes that the row says something about the field; faults go to the table's report, oddities
// to the file's notes. Call in the order of declaration: later ones look at what earlier ones read.
class RosterRow {
 public:
  using Column = std::optional<size_t>;

  RosterRow(Table& table, size_t row, const RosterTerms& terms, RosterFile& file);

  // A text field of at most `limit` characters.
  void Text(Column column, const char* field, size_t limit,
            std::string (*normalize)(std::string_view));
  void CheckMail(Column column);
  void Date(Column column, const char* field);
  void CheckOrder(Column left_column);
  // Without a word, a past last day means that the person has left.
  void Status(Column column, Column left_column);
  // By 雇用形態, else by 役職 where that is a kind of employment.
  void Type(Column type, Column position);
  void Place(Column site, Column customer);

  void Require(Column column, const std::string& text);
  void Reject(Column column, const std::string& came, const std::string& en, const std::string& ja);
  void Note(Column column, const std::string& ja, const std::string& en);

  RosterFile::Row& row() { return out_; }

 private:
  const google::protobuf::FieldDescriptor* Says(const std::string& field);
  void RejectWord(Column column, const std::string& came, const Words& words);

  Table& table_;
  const size_t row_;
  const RosterTerms& terms_;
  RosterFile& file_;
  RosterFile::Row out_;
};

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_ROW_H_
