#ifndef STARACTION_SERVICES_DECLARATION_STORE_PAGE_CHECKS_H_
#define STARACTION_SERVICES_DECLARATION_STORE_PAGE_CHECKS_H_

#include <map>
#include <string>
#include <vector>

#include "common/pg/table.h"
#include "staraction/declaration/v1/page_check.pb.h"
#include "staraction/declaration/v1/publication.pb.h"

namespace staraction::declaration {

extern const pg::Table<v1::PageCheck> kPageChecks;

// The last look at each of these publications (ids) of the call's client, by id of the publication.
absl::StatusOr<std::map<std::string, v1::PageCheck>> ReadLatestPageChecks(
    pg::Transaction& tx, const std::vector<std::string>& publications);

// What counts of the client's published policies.
struct PolicyPublications {
  bool published = false;  // one is to be seen, on a page or with a dated picture
  bool drifted = false;    // the last look at a page of one found other words, or no page
};
absl::StatusOr<PolicyPublications> ReadPolicyPublications(pg::Transaction& tx);
// The one of them that was published last; without a name if there is none.
absl::StatusOr<v1::Publication> ReadPolicyPublication(pg::Transaction& tx);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_PAGE_CHECKS_H_
