#ifndef STARACTION_SERVICES_DIAGNOSIS_QUESTIONNAIRES_H_
#define STARACTION_SERVICES_DIAGNOSIS_QUESTIONNAIRES_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/status/grpc_status.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/diagnosis_service.pb.h"
#include "staraction/diagnosis/v1/questionnaire.pb.h"

namespace staraction::diagnosis {

// Puts the titles of a score into the reader's language.
void Retitle(const content::v1::Questionnaire& questionnaire, Language language, v1::Score& score);

// "urn@version".
std::string PackName(const content::v1::PackRef& pack);

// The questionnaire ("questionnaires/{questionnaire}") as the pack "urn@version" has it, or null if
// that pack isn't loaded.
const content::v1::Questionnaire* FindQuestionnaire(const content::Library& library,
                                                    const std::string& name,
                                                    const std::string& pack);

// The questions that a diagnosis works with; FAILED_PRECONDITION, with what to do, if their pack
// isn't loaded.
absl::StatusOr<const content::v1::Questionnaire*> RequireQuestionnaire(
    const content::Library& library, const v1::Diagnosis& diagnosis);

// The newest version, in the reader's language; NOT_FOUND if the content has none.
absl::StatusOr<v1::Questionnaire> GetQuestionnaire(const content::Library& library,
                                                   const std::string& name, Language language);
// The items of one, in the reader's language.
google::protobuf::RepeatedPtrField<v1::QuestionnaireItem> ItemsOf(
    const content::Library& library, const content::v1::Questionnaire& questionnaire,
    Language language);
// All of them, by id.
absl::StatusOr<v1::ListQuestionnairesResponse> ListQuestionnaires(
    const content::Library& library, const v1::ListQuestionnairesRequest& request,
    Language language);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_QUESTIONNAIRES_H_
