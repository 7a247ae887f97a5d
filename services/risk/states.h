#ifndef STARACTION_SERVICES_RISK_STATES_H_
#define STARACTION_SERVICES_RISK_STATES_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/pg/transaction.h"
#include "common/status/errors.h"
#include "services/risk/domain/words.h"
#include "services/risk/store/tables.h"
#include "staraction/content/v1/risk_model.pb.h"

// What the methods on threats and on controls share.
namespace staraction::risk {

// The present state of everything in the catalogue, in its order; what is usual where nobody has
// proposed or said anything.
absl::Status ReadAll(pg::Transaction& tx, const content::v1::ThreatCatalogue& catalogue,
                     std::vector<v1::ThreatState>& states);
absl::Status ReadAll(pg::Transaction& tx, const content::v1::ThreatCatalogue& catalogue,
                     std::vector<v1::ControlState>& states);

// Adds what the catalogue says for people.
void Describe(const content::v1::ThreatCatalogue& catalogue, const domain::Words& words,
              v1::ThreatState& state);
void Describe(const content::v1::ThreatCatalogue& catalogue, const domain::Words& words,
              v1::ControlState& state);

// What is wrong with the states that somebody says, by their place in the list `field`.
template <typename State>
std::vector<Violation> Problems(const Call& call, const std::string& field,
                                const google::protobuf::RepeatedPtrField<State>& states,
                                const std::vector<State>& known) {
  std::set<std::string> names;
  for (const State& state : known) names.insert(state.name());
  std::set<std::string> seen;
  std::vector<Violation> problems;
  for (int i = 0; i < states.size(); ++i) {
    const std::string& name = states[i].name();
    const std::string place = absl::StrCat(field, "[", i, "].name");
    if (names.count(name) == 0) {
      problems.push_back(
          {place,
           absl::StrCat("'", name, "' is none; want ", call.client_name(),
                        "/… with a code of the catalogue"),
           absl::StrCat("「", name, "」は、この会社の脅威・対策の一覧にありません")});
    } else if (!seen.insert(name).second) {
      problems.push_back({place, absl::StrCat("'", name, "' stands here twice; want it once"),
                          absl::StrCat("「", name, "」が2回指定されています")});
    }
  }
  return problems;
}

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_STATES_H_
