#ifndef STARACTION_SERVICES_DECLARATION_FACTS_H_
#define STARACTION_SERVICES_DECLARATION_FACTS_H_

#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/fact/facts.h"

namespace staraction::declaration {

// The facts that this service tells of the call's client; the codes stand in the README.
// `engagement` is "engagements/{engagement}", or "" for all.
absl::StatusOr<std::vector<fact::v1::Fact>> CollectDeclarationFacts(
    pg::Transaction& tx, const std::string& engagement, const content::Library& library);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_FACTS_H_
