#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_PAPER_RULES_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_PAPER_RULES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "staraction/training/v1/paper.pb.h"

namespace staraction::training {

// As it is printed: without right answers and explanations. Every answer passes here.
v1::PaperTest Shown(v1::PaperTest paper);

// INVALID_ARGUMENT with all problems unless the bytes begin as their media type does (PDF, PNG or
// JPEG), and the day on the paper is not after `today`.
absl::Status CheckScan(const v1::TrainingScan& scan, const std::string& bytes,
                       absl::CivilDay today);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_PAPER_RULES_H_
