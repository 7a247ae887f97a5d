#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_DRAW_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_DRAW_H_

#include <cstdint>
#include <vector>

#include "staraction/content/v1/course.pb.h"
#include "staraction/training/v1/attempt.pb.h"

namespace staraction::training {

// The questions of a test of this kind, with their right answers. `earlier` are the member's
// attempts at the course in this engagement, oldest first. The same arguments draw the same
// questions.
//
// - Each topic's questions are of different difficulty as far as the bank goes.
// - A test after the training is as hard as the one before it, so that the two can be compared.
// - A retest asks about the missed topics of the last attempt, as hard as that asked them.
// - No question of the last attempt comes again while the bank has others; questions that the
//   member never saw come first.
std::vector<v1::Attempt::Question> DrawQuestions(const content::v1::Course& course,
                                                 v1::Attempt::Kind kind,
                                                 const std::vector<v1::Attempt>& earlier,
                                                 int64_t seed);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_DRAW_H_
