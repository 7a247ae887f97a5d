#ifndef STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_FACTS_H_
#define STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_FACTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/fact/facts.h"

namespace staraction::diagnosis {

// What this service knows of the call's client; a FactCollector.
//   check.concluded   truth, of each engagement with a rule check and of the one that is asked for
// of each engagement with a concluded rule check, before which nobody knows:
//   check.open_gaps   count of measures that nobody decided
//   check.gaps_before, check.gaps_after
//                     count of gaps in its first and in its latest concluded check; the second one
//                     only if there are two
//   measure.open, measure.done
//                     count of measures that are decided; that are done or verified
// of each engagement with such a diagnosis and of the one that is asked for:
//   self_diagnosis.concluded, practice_check.concluded
//                     truth
//   self_diagnosis.score
//                     total of the latest concluded self-diagnosis; not told before
//   self_diagnosis.unknown
//                     count of its answers (or the open one's) that nobody knows
// and of the client:
//   rulebook.rules    count of rules in force
//   rulebook.version  number of the latest version of the rulebook, 0 if there is none
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_FACTS_H_
