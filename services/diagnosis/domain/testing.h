#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_TESTING_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_TESTING_H_

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/diagnosis/domain/check.h"

namespace staraction::diagnosis::domain {

template <typename T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// Items A (by site), B (may be unused) and C; R1 has A and B, R2 has C.
inline const content::v1::Questionnaire& Check() {
  static const auto* check = new content::v1::Questionnaire(Parse<content::v1::Questionnaire>(R"(
    id: "check"
    choices { answer: ANSWER_FOLLOWED severity: 2 }
    choices { answer: ANSWER_PARTLY gap: true severity: 3 }
    choices { answer: ANSWER_UNKNOWN gap: true find_out: true severity: 4 }
    choices { answer: ANSWER_NOT_FOLLOWED gap: true severity: 5 }
    choices { answer: ANSWER_NOT_USED severity: 1 }
    find_out_measure { ja: "調べる：{question}（{how}）" }
    variables { code: "N" label { ja: "文字数" } default_value { ja: "10" } minimum: 8 maximum: 64 }
    variables { code: "WHO" label { ja: "相手" } }
    items { code: "A" rule: "R1" per_site: true
            answers: [ANSWER_FOLLOWED, ANSWER_PARTLY, ANSWER_UNKNOWN, ANSWER_NOT_FOLLOWED]
            question { ja: "Aですか" } how { ja: "見る" } cost_class: "FREE" priority: 1
            proposed_measure { ja: "Aをする" } proposed_rule { ja: "Aは{N}文字" } short_rule { ja: "A" } }
    items { code: "B" rule: "R1" answers: [ANSWER_FOLLOWED, ANSWER_PARTLY, ANSWER_NOT_USED]
            question { ja: "Bですか" } priority: 2
            proposed_measure { ja: "Bをする" } proposed_rule { ja: "Bをせよ" } }
    items { code: "C" rule: "R2" answers: [ANSWER_FOLLOWED, ANSWER_UNKNOWN]
            question { ja: "Cですか" } priority: 3
            proposed_measure { ja: "Cをする" } proposed_rule { ja: "Cをせよ" } })"));
  return *check;
}

// A diagnosis with these present answers, "answers { item: 'A' answer: … }".
inline v1::Diagnosis Answered(const std::string& answers,
                              const content::v1::Questionnaire& questions = Check()) {
  v1::Diagnosis diagnosis;
  diagnosis.set_name("engagements/e/diagnoses/d");
  diagnosis.set_pack("urn:p@1");
  auto given = Parse<v1::Diagnosis>(answers);
  for (auto& answer : *given.mutable_answers()) answer.set_gap(IsGap(questions, answer.answer()));
  SetAnswers(questions, given.answers(), diagnosis);
  return diagnosis;
}

inline std::vector<std::string> FieldsOf(const std::vector<Violation>& problems) {
  std::vector<std::string> fields;
  for (const Violation& problem : problems) {
    EXPECT_FALSE(problem.en.empty() || problem.ja.empty()) << problem.field;
    fields.push_back(problem.field);
  }
  return fields;
}

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_TESTING_H_
