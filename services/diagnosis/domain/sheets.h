#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SHEETS_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SHEETS_H_

#include <optional>
#include <string>
#include <vector>

#include "common/status/errors.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/score.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/answer_sheet.pb.h"
#include "staraction/diagnosis/v1/review.pb.h"

// Answer sheets of a diagnosis, and what they propose together.
namespace staraction::diagnosis::domain {

using Sheets = google::protobuf::RepeatedPtrField<v1::AnswerSheet>;
using SheetAnswers = google::protobuf::RepeatedPtrField<v1::SheetAnswer>;

// Whether the sheet is of a part of the company, and so counts for the proposal; else it is a view.
bool IsPart(const v1::AnswerSheet& sheet);

// What doesn't fit in a sheet that is to be put out, on "answer_sheet.…".
std::vector<Violation> SheetProblems(const content::v1::Questionnaire& questionnaire,
                                     const std::string& client, const v1::AnswerSheet& sheet);

// What is wrong with answers as they came, on "answers[i].…".
std::vector<Violation> SheetAnswerProblems(const content::v1::Questionnaire& questionnaire,
                                           const SheetAnswers& answers);

// Sets the answers, in the order of the items, and what follows from them.
void SetSheetAnswers(const content::v1::Questionnaire& questionnaire, const SheetAnswers& answers,
                     v1::AnswerSheet& sheet);

AnswerMap AnswersOf(const v1::AnswerSheet& sheet);

// What the parts' answers to one item come to.
struct Proposal {
  content::v1::Answer worst;
  content::v1::Answer mode;  // of several the worst
  int spread = 0;            // points between best and worst
};

// From the sheets that were handed in; nullopt where no part answers the item.
std::optional<Proposal> ProposalFor(const content::v1::Questionnaire& questionnaire,
                                    const std::string& item, const Sheets& sheets);

// Answers for the whole company that differ from what its parts propose and don't say why.
std::vector<Violation> ProposalProblems(const content::v1::Questionnaire& questionnaire,
                                        const Sheets& sheets, const Answers& answers);

// Item by item what the sheets say, and where they differ; without texts and contradictions. With
// `pool_staff` STAFF sheets are only counted.
v1::DiagnosisReview ReviewOf(const content::v1::Questionnaire& questionnaire,
                             const v1::Diagnosis& diagnosis, const Sheets& sheets, bool pool_staff);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SHEETS_H_
