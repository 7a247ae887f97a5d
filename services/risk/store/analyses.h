#ifndef STARACTION_SERVICES_RISK_STORE_ANALYSES_H_
#define STARACTION_SERVICES_RISK_STORE_ANALYSES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/table.h"
#include "services/risk/domain/compute.h"
#include "services/risk/domain/summary.h"
#include "staraction/risk/v1/analysis.pb.h"
#include "staraction/risk/v1/frozen_model.pb.h"

// Analyses, what they were computed with, and their packed rows.
namespace staraction::risk {

extern const pg::Table<v1::Analysis> kAnalyses;

// The frozen model of an analysis that exists.
absl::Status StoreModel(pg::Transaction& tx, const std::string& analysis,
                        const v1::FrozenModel& model);
absl::StatusOr<v1::FrozenModel> ReadModel(pg::Transaction& tx, const std::string& analysis);

// The rows of all assets, in one statement.
absl::Status StoreAssets(pg::Transaction& tx, const std::string& analysis,
                         const domain::Analysed& analysed, const domain::Ledger& ledger);

// One row.
struct AssetRow {
  int position = 0;
  std::string id;
  int table = 0;
  int importance = 0;
  int max_value = 0;
  int sheet_max_value = 0;
  int64_t persons = 0;
  std::string display_name;
  std::string department;
};

// What to read: empty fields filter nothing.
struct AssetFilter {
  int after = 0;  // positions beyond this one
  int limit = 1;
  // Largest values of the stage view between these, inclusive.
  int min_value = 0;
  int max_value = 1000;
  std::string department;
  std::string asset_id;
  // If `by_pair`: only assets with these pairs of table and importance, in two lists of one length.
  bool by_pair = false;
  std::vector<int> tables;
  std::vector<int> importances;
};
absl::StatusOr<std::vector<AssetRow>> ReadAssets(pg::Transaction& tx, const std::string& analysis,
                                                 const AssetFilter& filter);

// How many assets are alike; of all, or of those with these ids.
absl::StatusOr<domain::Cells> ReadCells(pg::Transaction& tx, const std::string& analysis,
                                        const std::vector<std::string>& asset_ids = {});

// Largest value of the stage view by asset id.
absl::StatusOr<domain::MaxValues> ReadMaxValues(pg::Transaction& tx, const std::string& analysis);

// First and latest analysis of each engagement of the call's client; of one engagement
// ("engagements/{engagement}"), or of all if that is empty.
struct FirstAndLatest {
  std::string engagement;
  v1::Analysis first;
  v1::Analysis latest;
};
absl::StatusOr<std::vector<FirstAndLatest>> ReadFirstAndLatest(pg::Transaction& tx,
                                                               const std::string& engagement);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_STORE_ANALYSES_H_
