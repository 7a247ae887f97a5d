#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_REPORT_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_REPORT_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "staraction/training/v1/attempt.pb.h"
#include "staraction/training/v1/report.pb.h"

namespace staraction::training {

// Figures of tests. `attempts` everywhere: graded tests before and after the training, at most one
// of each of a member.

// Numbers about fewer people than this are hidden.
inline constexpr int kFewestPeople = 5;

// Share of right answers before and after, averaged over people; of one topic only unless it is
// empty. Without `show_few`, averages of fewer than kFewestPeople are left out.
v1::TrainingReport::Effect EffectOf(const std::vector<v1::Attempt>& attempts,
                                    const std::string& topic, bool show_few);

// Codes of all topics that were asked, in order, with the code of their rule.
std::map<std::string, std::string> TopicsOf(const std::vector<v1::Attempt>& attempts);

// How the questions behaved, in order of their codes.
//
// Difficulty: p = right / asked. Discrimination: point-biserial correlation of the item (0 or 1)
// with the share of right answers to the attempt's other questions (the item itself left out, or it
// would correlate with itself):
//   r = (M1 - M0) / s * sqrt(p * (1 - p))
// M1, M0: mean of that share among those who were right and wrong; s: its standard deviation over
// all n. Source: Crocker and Algina, Introduction to Classical and Modern Test Theory (1986),
// chapter 14. Only with at least 10 people, some of them right, some wrong, and s > 0.
std::vector<v1::TrainingReport::Item> ItemsOf(const std::vector<v1::Attempt>& attempts);

// Right answers in the test after, by department and topic, weakest first. `departments`: of
// members by name; who is missing there has none.
//
// Of each topic the cells with fewer than kFewestPeople are hidden. As the topic's average over
// everybody is told too, the hidden cells together must not be had by subtraction: while there is
// but one, or they have fewer than kFewestPeople together, the next smallest cell is hidden as
// well.
std::vector<v1::TrainingReport::DepartmentTopic> DepartmentTopicsOf(
    const std::vector<v1::Attempt>& attempts,
    const std::map<std::string, std::string>& departments);

// At most `most` of these days, evenly spread, with the first one; `today` is always the last one.
// Later days are left out.
std::vector<absl::CivilDay> PickDays(std::vector<absl::CivilDay> days, absl::CivilDay today,
                                     int most);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_REPORT_H_
