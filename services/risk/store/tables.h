#ifndef STARACTION_SERVICES_RISK_STORE_TABLES_H_
#define STARACTION_SERVICES_RISK_STORE_TABLES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/table.h"
#include "staraction/risk/v1/state.pb.h"
#include "staraction/risk/v1/state_service.pb.h"
#include "staraction/risk/v1/treatment.pb.h"
#include "staraction/risk/v1/treatment_service.pb.h"

// States and treatments as rows, and the statements beyond the standard ones.
namespace staraction::risk {

extern const pg::Table<v1::ThreatState> kThreatStates;
extern const pg::Table<v1::ControlState> kControlStates;
extern const pg::Table<v1::Treatment> kTreatments;
extern const pg::Table<v1::TreatmentAct> kTreatmentActs;

// The call's client's present states by code. Their etags are those of the revisions.
template <typename State>
using StatesByCode = std::map<std::string, State>;
absl::Status ReadPresent(pg::Transaction& tx, StatesByCode<v1::ThreatState>& states);
absl::Status ReadPresent(pg::Transaction& tx, StatesByCode<v1::ControlState>& states);

// Stores further states, each of which has its revision; ABORTED if somebody was faster.
absl::Status AppendStates(pg::Transaction& tx, std::vector<v1::ThreatState>& states);
absl::Status AppendStates(pg::Transaction& tx, std::vector<v1::ControlState>& states);

// A page of the states that the one of this name had, oldest first.
absl::StatusOr<pg::ListPage<v1::ThreatState>> ListRevisions(
    pg::Transaction& tx, const v1::ListThreatStateRevisionsRequest& request);
absl::StatusOr<pg::ListPage<v1::ControlState>> ListRevisions(
    pg::Transaction& tx, const v1::ListControlStateRevisionsRequest& request);

// A page of the call's client's treatments, filtered as the request says; and all that aren't
// withdrawn, oldest first.
absl::StatusOr<pg::ListPage<v1::Treatment>> ListTreatments(
    pg::Transaction& tx, const v1::ListTreatmentsRequest& request);
absl::StatusOr<std::vector<v1::Treatment>> StandingTreatments(pg::Transaction& tx);

// What was done with a treatment that exists, oldest first.
absl::StatusOr<std::vector<v1::TreatmentAct>> TreatmentActs(pg::Transaction& tx,
                                                            const std::string& treatment);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_STORE_TABLES_H_
