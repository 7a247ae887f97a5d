#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_LIFE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_LIFE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "staraction/diagnosis/v1/answer_sheet.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"
#include "staraction/diagnosis/v1/rule.pb.h"

namespace staraction::diagnosis::domain {

// Verbs that the resource's state allows, in order of their use; of a diagnosis also what its kind
// knows, and only `abandon` without its content pack.
std::vector<std::string> ActionsOf(const v1::Diagnosis& diagnosis);
std::vector<std::string> ActionsOf(const v1::AnswerSheet& sheet);
std::vector<std::string> ActionsOf(const v1::Measure& measure);
std::vector<std::string> ActionsOf(const v1::Rule& rule);

// Whether a measure is decided, not done, and was due before today.
bool IsOverdue(const v1::Measure& measure, absl::CivilDay today);

// The state that the verb leads to. FAILED_PRECONDITION if the present one does not allow it, for
// a verb that the kind of diagnosis doesn't know, or for a rule from a measure that only finds
// something out; ALREADY_EXISTS, with the rule's name,
// for a measure that has made its rule.
absl::StatusOr<v1::Diagnosis::State> After(const v1::Diagnosis& diagnosis, const std::string& verb);
absl::StatusOr<v1::AnswerSheet::State> After(const v1::AnswerSheet& sheet, const std::string& verb);
absl::StatusOr<v1::Measure::State> After(const v1::Measure& measure, const std::string& verb);
absl::StatusOr<v1::Rule::State> After(const v1::Rule& rule, const std::string& verb);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_LIFE_H_
