#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_DRAW_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_DRAW_H_

#include <cstdint>
#include <vector>

#include "staraction/content/v1/course.pb.h"
#include "staraction/training/v1/attempt.pb.h"
#include "staraction/training/v1/paper.pb.h"

namespace staraction::training {

// The questions of a test of this kind, with their right answers. `earlier` are the member's
// attempts at the course in this engagement, oldest first. The same arguments draw the same
// questions.
//
// - Each topic's questions are of different difficulty as far as the bank goes.
// - A test after the training is as hard as the first one, so that the two can be compared.
// - A retest asks about the missed topics of the last attempt, as hard as that asked them.
// - A place that was asked before gets the other question of its pair. If that was seen, another of
//   the same topic and difficulty; a question that the member has seen, in any attempt, comes only
//   when the topic has no other, and then not one of the last attempt while there are others.
std::vector<v1::Attempt::Question> DrawQuestions(const content::v1::Course& course,
                                                 v1::Attempt::Kind kind,
                                                 const std::vector<v1::Attempt>& earlier,
                                                 int64_t seed);

// The variants of a test for paper ("A", "B", …), equally hard, each with the questions of its
// predecessors' pairs. `earlier` are the papers of the course in this engagement, whose questions
// are avoided as if one member had seen them all. The same arguments draw the same questions.
std::vector<v1::PaperTest::Variant> DrawVariants(const content::v1::Course& course,
                                                 v1::Attempt::Kind kind,
                                                 const std::vector<v1::PaperTest>& earlier,
                                                 int count, int64_t seed);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_DRAW_H_
