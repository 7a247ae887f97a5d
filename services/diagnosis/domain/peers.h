#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_PEERS_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_PEERS_H_

#include <string>

#include "staraction/content/v1/questionnaire.pb.h"

// A company among others.
namespace staraction::diagnosis::domain {

// The class of sizes that so many people fall into; null if the content has none.
const content::v1::PeerSize* SizeOf(const content::v1::PeerGroups& peers, int people);

// 偏差値, one decimal: 50 at the mean, 10 for each standard deviation; 50 if all totals are alike.
double DeviationScore(double total, double mean, double standard_deviation);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_PEERS_H_
