#ifndef STARACTION_SERVICES_DIAGNOSIS_SELF_DIAGNOSIS_TESTING_H_
#define STARACTION_SERVICES_DIAGNOSIS_SELF_DIAGNOSIS_TESTING_H_

#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/diagnosis/testing.h"

namespace staraction::diagnosis {

inline const char kItems[] =
    "UPDATE MALWARE PASSWORD ACCESS THREATS SUSPICIOUS_MAIL MISSENT MAIL_PROTECTION WIRELESS "
    "WEB_SNS BACKUP STORAGE CARRY_OUT SCREEN_LOCK ENTRY DEVICE_LOCK LAST_OUT DISPOSAL "
    "CONFIDENTIALITY TRAINING PRIVATE_DEVICES PARTNERS CLOUD INCIDENT RULES";

// Diagnoses that several people answer on sheets of their own.
class SelfDiagnosisTest : public DiagnosisTest {
 protected:
  std::string Begin(const std::string& id = "test-self-diagnosis") {
    const auto created = CreateWith("questionnaire: 'questionnaires/" + id + "'");
    EXPECT_OK(created);
    return created->name();
  }
  // `answer` for every item, but the given ones.
  static std::string All(const std::string& answer, const std::string& more = "") {
    std::istringstream items(kItems);
    std::string text, item;
    while (items >> item) {
      const std::string named = absl::StrCat("'SD_", item, "'");
      if (more.find(named) != std::string::npos) continue;
      absl::StrAppend(&text, "answers { item: ", named, " answer: ANSWER_", answer, " } ");
    }
    return text + more;
  }
  absl::StatusOr<v1::AnswerSheet> Sheet(const std::string& diagnosis, const std::string& sheet,
                                        const std::string& user = "manager") {
    return As(user, *sheets_, &SheetStub::CreateAnswerSheet,
              "parent: '" + diagnosis + "' answer_sheet { " + sheet + " }");
  }
  absl::StatusOr<v1::AnswerSheet> Record(const std::string& sheet, const std::string& more,
                                         const std::string& user = "manager") {
    return As(user, *sheets_, &SheetStub::RecordAnswerSheet, "name: '" + sheet + "' " + more);
  }
  absl::StatusOr<v1::ImportAnswerSheetResponse> Import(const std::string& diagnosis,
                                                       const std::string& perspective,
                                                       const std::string& content, bool dry) {
    v1::ImportAnswerSheetRequest request;
    request.set_parent(diagnosis);
    v1::AnswerSheet::Perspective parsed = v1::AnswerSheet::PERSPECTIVE_UNSPECIFIED;
    EXPECT_TRUE(v1::AnswerSheet::Perspective_Parse(perspective, &parsed));
    request.mutable_answer_sheet()->set_perspective(parsed);
    request.set_content(content);
    request.set_validate_only(dry);
    return test::CallAs(keys_.User("consultant"), *sheets_, &SheetStub::ImportAnswerSheet, request);
  }
  absl::StatusOr<v1::Diagnosis> Adopt(const std::string& name, const std::string& more = "") {
    return As("manager", *diagnoses_, &Diagnoses::AdoptAnswers, "name: '" + name + "' " + more);
  }
  absl::StatusOr<v1::DiagnosisReview> Review(const std::string& name,
                                             const std::string& user = "president") {
    return As(user, *reviews_, &Reviews::ReviewDiagnosis, "name: '" + name + "'");
  }
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_SELF_DIAGNOSIS_TESTING_H_
