#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/table/words.h"
#include "staraction/content/v1/code_list.pb.h"
#include "staraction/engagement/v1/client_service.pb.h"
#include "staraction/engagement/v1/site.pb.h"

namespace staraction::engagement::domain {

inline constexpr size_t kMaxRosterRows = 100'000;
inline constexpr size_t kMaxNotes = 1000;  // and other lists of an answer

// A code list made ready for many look-ups.
Words WordsOf(const content::v1::CodeList& list);

// What a staff list is read against.
struct RosterTerms {
  Words statuses;               // "employment-statuses"
  Words employment_types;       // "employment-types"
  std::string representative;   // the client's
  std::vector<v1::Site> sites;  // the client's
  absl::CivilDay today;
};

// A staff list as read from a file: members without names and times, in the file's order.
struct RosterFile {
  struct Row {
    v1::Member member;
    int line = 0;
    // Fields of Member that the row says something about; the others are left alone.
    std::set<std::string> fields;
  };
  std::vector<Row> rows;
  std::vector<v1::RowNote> notes;  // at most kMaxNotes
  std::string encoding;            // "UTF-8" or "CP932"
};

// Reads a staff list. Columns are found by their usual names, in any order; 社員番号 and 氏名 must
// be there. Spellings of 在籍区分 and 雇用形態 come from the terms; without 雇用形態, 役職 says it
// where it can (パート, 取締役 …). The one whose name is the representative's becomes the
// president. All faults are reported at once, by line and column (INVALID_ARGUMENT, FILE_REJECTED):
// doubled staff numbers, dates that do not exist, unknown words, empty names, leaving before
// joining. What is odd but possible becomes a note: two people of one name, unknown sites, status
// against date.
absl::StatusOr<RosterFile> ReadRoster(const std::string& content, const RosterTerms& terms);

// What a file changes on a roster.
struct RosterChange {
  std::vector<v1::Member> created;        // without names
  std::vector<v1::Member> updated;        // with the names they have
  std::vector<v1::MemberChange> changes;  // the same for people to read, in the file's order
  int unchanged = 0;
  std::vector<std::string> missing;  // staff numbers that the file does not name, in order
};

// Staff numbers are the key. Members that the file does not name stay as they are, as do fields
// that it has no column for. A hire date after the end of an employment is a second employment.
RosterChange CompareRoster(const std::vector<v1::Member>& present,
                           const std::vector<RosterFile::Row>& file, absl::CivilDay today);

// What an import answers, dry or not.
v1::ImportMembersResponse Report(const RosterChange& change, RosterFile file);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_H_
