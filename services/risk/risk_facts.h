#ifndef STARACTION_SERVICES_RISK_RISK_FACTS_H_
#define STARACTION_SERVICES_RISK_RISK_FACTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/fact/facts.h"

namespace staraction::risk {

// What this service knows of the call's client; see the README.
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_RISK_FACTS_H_
