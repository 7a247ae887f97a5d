#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CHECK_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CHECK_H_

#include <string>
#include <vector>

#include "common/status/errors.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"

// What the answers of a company and of its sites come to.
namespace staraction::diagnosis::domain {

using Answers = google::protobuf::RepeatedPtrField<v1::ItemAnswer>;

// Null if the questionnaire has no such item, or no such choice.
const content::v1::QuestionnaireItem* FindItem(const content::v1::Questionnaire& questionnaire,
                                               const std::string& code);
const content::v1::Choice* FindChoice(const content::v1::Questionnaire& questionnaire,
                                      content::v1::Answer answer);

// Whether the questionnaire takes this answer for a gap that needs a measure.
bool IsGap(const content::v1::Questionnaire& questionnaire, content::v1::Answer answer);

// What is wrong with answers as they came from people of `client`, on "answers[i].…": items that
// the questionnaire doesn't have, items named twice for one site, answers that the item doesn't
// allow, sites where they don't matter or of another client, a method without something seen or the
// other way round.
std::vector<Violation> AnswerProblems(const content::v1::Questionnaire& questionnaire,
                                      const std::string& client, const Answers& answers);

// Answers for the whole company that differ from the worst of its sites and don't say why.
// `present`: what holds once the answers are recorded, one for each item and site.
std::vector<Violation> DecisionProblems(const content::v1::Questionnaire& questionnaire,
                                        const Answers& present, const Answers& answers);

// Sets what follows from the present answers, one for each item and site in any order: the
// company's answers and the sites' in the order of the items, the codes of the missing ones, the
// counts and, of a self-diagnosis, the score. Of the company's and the sites' answers to an item
// the later holds; of the sites' the worst. Answers that are only carried over stand there without
// being counted.
void SetAnswers(const content::v1::Questionnaire& questionnaire, Answers present,
                v1::Diagnosis& diagnosis);

// The items without an answer, each as a criterion that is not met.
std::vector<Violation> MissingItems(const content::v1::Questionnaire& questionnaire,
                                    const v1::Diagnosis& diagnosis);

// The answers of `base`, with its answers set, that a new diagnosis begins with: as far as the
// questionnaire has the item and allows the answer; claims again, to be confirmed.
Answers CarriedAnswers(const content::v1::Questionnaire& questionnaire, const v1::Diagnosis& base);

// What the base said to each item, and how the present answers differ. Both have their answers set.
google::protobuf::RepeatedPtrField<v1::ItemMark> MarksOf(
    const content::v1::Questionnaire& questionnaire, const v1::Diagnosis& diagnosis,
    const content::v1::Questionnaire& base_questionnaire, const v1::Diagnosis& base);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CHECK_H_
