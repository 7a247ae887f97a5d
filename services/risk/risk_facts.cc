#include "services/risk/risk_facts.h"

#include <algorithm>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "services/risk/domain/treatment.h"
#include "services/risk/scenarios.h"
#include "services/risk/store/tables.h"

namespace staraction::risk {
namespace {

constexpr int kAll = 1'000'000'000;

// Assets whose largest risk is in the highest band.
int64_t HighAssets(const v1::Analysis& analysis) {
  const auto& bands = analysis.stage_view().bands();
  return bands.empty() ? 0 : bands[0].assets();
}

// Whether every scenario of the asset in the highest band has a treatment that stands.
bool IsTreated(const StoredAnalysis& stored, const std::string& client, const AssetRow& row,
               const std::vector<v1::Treatment>& treatments) {
  const domain::Model& model = stored.frozen.model;
  const std::string asset = client + "/assets/" + row.id;
  for (const domain::Slot& slot : stored.table(row).stage_view) {
    if (model.BandOf(row.importance * slot.likelihood) != 0) break;  // largest first
    const std::string& stage = model.stages[static_cast<size_t>(slot.stage)];
    const std::string& threat = model.threats[static_cast<size_t>(slot.threat)];
    const bool treated =
        std::any_of(treatments.begin(), treatments.end(), [&](const v1::Treatment& treatment) {
          return domain::IsAbout(treatment, asset, stage, threat);
        });
    if (!treated) return false;
  }
  return true;
}

// Assets of an analysis with a risk in the highest band that is neither treated nor accepted.
absl::StatusOr<int64_t> Untreated(pg::Transaction& tx, const std::string& analysis,
                                  std::vector<v1::Treatment> treatments) {
  SA_ASSIGN_OR_RETURN(const StoredAnalysis stored, ReadStored(tx, analysis));
  std::erase_if(treatments, [&](const v1::Treatment& treatment) {
    return !domain::StandsIn(treatment, TokyoDay(tx.now()),
                             pg::FromTimestamp(stored.analysis.create_time()));
  });
  AssetFilter filter;
  filter.limit = kAll;
  filter.min_value = stored.frozen.model.bands[0].minimum;
  SA_ASSIGN_OR_RETURN(const auto rows, ReadAssets(tx, analysis, filter));
  return std::count_if(rows.begin(), rows.end(), [&](const AssetRow& row) {
    return !IsTreated(stored, tx.call().client_name(), row, treatments);
  });
}

}  // namespace

absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement) {
  std::vector<fact::v1::Fact> facts;
  SA_ASSIGN_OR_RETURN(const auto treatments, StandingTreatments(tx));
  SA_ASSIGN_OR_RETURN(const auto analyses, ReadFirstAndLatest(tx, engagement));
  for (const FirstAndLatest& pair : analyses) {
    facts.push_back(TruthFact("risk.analysed", pair.engagement, true));
    *facts.back().mutable_effective_time() = pair.latest.create_time();
    facts.push_back(CountFact("risk.high_before", pair.engagement, HighAssets(pair.first)));
    if (pair.latest.name() != pair.first.name()) {
      facts.push_back(CountFact("risk.high_after", pair.engagement, HighAssets(pair.latest)));
    }
    SA_ASSIGN_OR_RETURN(const int64_t untreated, Untreated(tx, pair.latest.name(), treatments));
    facts.push_back(CountFact("risk.untreated", pair.engagement, untreated));
  }
  if (analyses.empty() && !engagement.empty()) {
    facts.push_back(TruthFact("risk.analysed", engagement, false));
  }
  const auto expired = [&](const v1::Treatment& treatment) {
    return domain::IsExpired(treatment, TokyoDay(tx.now()));
  };
  facts.push_back(CountFact("risk.acceptance_expired", "",
                            std::count_if(treatments.begin(), treatments.end(), expired)));
  return facts;
}

}  // namespace staraction::risk
