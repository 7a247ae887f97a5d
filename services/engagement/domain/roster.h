#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "staraction/content/v1/code_list.pb.h"
#include "staraction/engagement/v1/client.pb.h"

namespace staraction::engagement::domain {

inline constexpr size_t kMaxRosterRows = 100'000;

// A staff list as read from a file: members without names and times, in the file's order.
struct RosterFile {
  std::vector<v1::Member> members;
  std::string encoding;  // "UTF-8" or "CP932"
};

// Reads a staff list. Columns are found by their usual names, in any order; 社員番号 and 氏名 must
// be there. `statuses` holds the accepted spellings of 在籍区分. The one whose name is
// `representative` becomes the president. All faults are reported at once, by line and column
// (INVALID_ARGUMENT, FILE_REJECTED): doubled staff numbers, dates that do not exist, unknown
// statuses, empty names, leaving before joining.
absl::StatusOr<RosterFile> ReadRoster(const std::string& content,
                                      const content::v1::CodeList& statuses,
                                      const std::string& representative);

// What a file changes on a roster.
struct RosterChange {
  std::vector<v1::Member> created;  // without names
  std::vector<v1::Member> updated;  // with the names they have
  int unchanged = 0;
  std::vector<std::string> missing;  // staff numbers that the file does not name, in order
};

// Staff numbers are the key. Members that the file does not name stay as they are.
RosterChange CompareRoster(const std::vector<v1::Member>& present,
                           const std::vector<v1::Member>& file);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_ROSTER_H_
