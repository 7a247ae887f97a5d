#ifndef STARACTION_COMMON_AUDIT_VERIFY_H_
#define STARACTION_COMMON_AUDIT_VERIFY_H_

#include <cstdint>
#include <istream>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/audit/anchor.h"
#include "common/audit/chain_file.h"

namespace staraction::audit {

// One thing that is wrong, in a sentence that says where.
struct Finding {
  std::string organization;
  int64_t sequence = 0;  // the first entry that is concerned
  std::string text;
};

struct Report {
  Header header;
  int64_t organizations = 0;
  int64_t entries = 0;
  int64_t anchors = 0;        // that were compared
  int64_t after_anchors = 0;  // entries that no anchor holds
  // Anchors of entries behind the file's end that were made after the time which its header tells:
  // too old a file looks like a chain that lost its end, and like one whose header lies.
  int64_t younger_anchors = 0;
  std::vector<Finding> findings;
};

// What a directory of anchors says: of each service's organizations every anchor, by sequence.
struct AnchorSet {
  std::map<std::pair<std::string, std::string>, std::multimap<int64_t, Anchor>> chains;
  // Lines that are no anchor, or not signed by their service: "FILE, line N: why".
  std::vector<std::string> refused;
};

// Reads every file of the directory. `keys` may be null: then signatures aren't checked.
absl::StatusOr<AnchorSet> ReadAnchors(const std::string& directory, const KeySet* keys);

// Looks at every entry of a chain file, in the order in which they stand there, and at every
// anchor of the file's service that is older than the file. Needs no database. Without anchors a
// chain that was rewritten from some entry to its end, or lost its end, looks right.
// INVALID_ARGUMENT if the header cannot be read.
absl::StatusOr<Report> Verify(std::istream& file, const AnchorSet& anchors);

}  // namespace staraction::audit

#endif  // STARACTION_COMMON_AUDIT_VERIFY_H_
