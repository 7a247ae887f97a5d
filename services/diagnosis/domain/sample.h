#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SAMPLE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SAMPLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "staraction/content/v1/questionnaire.pb.h"

// Who of a roster is asked.
namespace staraction::diagnosis::domain {

// How many of so many people: the content's share, rounded up, within its limits and the
// population.
int SampleSizeFor(const content::v1::SampleSize& rule, int population);

// The first `size` of the members in the order that Sample (score.proto) describes: the same for
// the same seed and members, in whatever order these come.
std::vector<std::string> DrawMembers(int64_t seed, std::vector<std::string> members, int size);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SAMPLE_H_
