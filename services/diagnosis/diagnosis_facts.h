#ifndef STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_FACTS_H_
#define STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_FACTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/fact/facts.h"

namespace staraction::diagnosis {

// What this service knows of the call's client; a FactCollector.
//   check.concluded   truth, of each engagement with a rule check and of the one that is asked for
//   check.open_gaps   count of measures of concluded rule checks that nobody decided, of each
//                     engagement with a concluded one: before that nobody knows
//   rulebook.rules    count of rules in force, of the client
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_FACTS_H_
