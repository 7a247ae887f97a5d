#ifndef STARACTION_SERVICES_ASSET_ASSET_FACTS_H_
#define STARACTION_SERVICES_ASSET_ASSET_FACTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/fact/facts.h"
#include "common/pg/transaction.h"

namespace staraction::asset {

// What the ledger of the call's client comes to; the same for every engagement. Entries without
// disposal are those that say so themselves, against what is usual for their medium.
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_ASSET_FACTS_H_
