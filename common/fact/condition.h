#ifndef STARACTION_COMMON_FACT_CONDITION_H_
#define STARACTION_COMMON_FACT_CONDITION_H_

#include <string>

#include "staraction/content/v1/criteria.pb.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction {

// Whether a fact of the condition's code fulfils it; a value of another type never does.
bool Holds(const fact::v1::Fact& fact, const content::v1::Condition& condition);

// The value as a text: "true", "3", "0.5" or the text itself; "" for none.
std::string ValueText(const fact::v1::Fact& fact);
std::string ValueText(const content::v1::Condition& condition);

}  // namespace staraction

#endif  // STARACTION_COMMON_FACT_CONDITION_H_
