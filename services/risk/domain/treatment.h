#ifndef STARACTION_SERVICES_RISK_DOMAIN_TREATMENT_H_
#define STARACTION_SERVICES_RISK_DOMAIN_TREATMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/risk/domain/compute.h"
#include "staraction/risk/v1/treatment.pb.h"

namespace staraction::risk::domain {

// The longest that an acceptance may hold.
inline constexpr int kMaxAcceptanceYears = 2;

// The life of a treatment. An error names the state, or the strategy that has no such verb.
std::vector<std::string> ActionsOf(const v1::Treatment& treatment);
absl::StatusOr<v1::Treatment::State> After(const v1::Treatment& treatment, const std::string& verb);

// Whether it is an acceptance whose last day has passed.
bool IsExpired(const v1::Treatment& treatment, absl::CivilDay today);

// Whether the treatment answers for its risks: planned or in effect, but an acceptance only while
// it holds.
bool Stands(const v1::Treatment& treatment, absl::CivilDay today);

// Whether it answers for them in an analysis made then, too: one that shows the effect of a
// treatment, and still the risk, wants a new decision.
bool StandsIn(const v1::Treatment& treatment, absl::CivilDay today, absl::Time analysis_time);

// Whether it is about this scenario of the stage view.
bool IsAbout(const v1::Treatment& treatment, const std::string& asset, const std::string& stage,
             const std::string& threat);

// Whether it is about the threat to this asset at some stage: a scenario of the sheet view.
bool IsAboutAnyStage(const v1::Treatment& treatment, const std::string& asset,
                     const std::string& threat);

// What is wrong with the days of an acceptance: accepted by today, then at most two years.
absl::Status CheckAcceptance(const v1::Acceptance& acceptance, absl::CivilDay today);

// Sets the treatment's scenarios, value and residual value. `tables` are the analysis's, `after`
// the same with its controls done; `cells` are the assets that it is about.
void SetValues(const Model& model, const std::vector<RiskTable>& tables,
               const std::vector<RiskTable>& after, const Cells& cells, v1::Treatment& treatment);

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_TREATMENT_H_
