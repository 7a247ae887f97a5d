#ifndef STARACTION_SERVICES_RISK_SCENARIOS_H_
#define STARACTION_SERVICES_RISK_SCENARIOS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "services/risk/domain/frozen.h"
#include "services/risk/domain/words.h"
#include "services/risk/store/analyses.h"
#include "staraction/risk/v1/analysis.pb.h"

// What the methods on analyses share.
namespace staraction::risk {

// An analysis and what it was computed with.
struct StoredAnalysis {
  v1::Analysis analysis;
  domain::Thawed frozen;

  const domain::RiskTable& table(const AssetRow& row) const {
    return frozen.tables[static_cast<size_t>(row.table)];
  }
  // Code of the value's band.
  const std::string& BandOf(int value) const {
    return frozen.model.bands[static_cast<size_t>(frozen.model.BandOf(value))].code;
  }
};
absl::StatusOr<StoredAnalysis> ReadStored(pg::Transaction& tx, const std::string& name);

// One scenario of an asset, with names in the words' language, without reason and treatments.
v1::Scenario MakeScenario(const StoredAnalysis& stored, const std::string& client,
                          const AssetRow& row, const domain::Slot& slot,
                          const domain::Words& words);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_SCENARIOS_H_
