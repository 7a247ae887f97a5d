// Questionnaires, diagnoses and facts, through real gRPC and PostgreSQL.

#include <set>

#include "common/content/library.h"
#include "services/diagnosis/testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kRequestId[] = "0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d";

TEST_F(DiagnosisTest, QuestionnairesComeFromTheContent) {
  const auto got = As("president", *diagnoses_, &Diagnoses::GetQuestionnaire,
                      "name: 'questionnaires/rule-check-six'");
  ASSERT_OK(got);
  EXPECT_EQ(got->kind(), content::v1::QUESTIONNAIRE_KIND_RULE_CHECK);
  EXPECT_EQ(got->display_name(), "6か条のルール点検");
  EXPECT_THAT(got->pack(), HasSubstr("urn:staraction:pack:guideline-4-0@"));
  ASSERT_GT(got->items_size(), 10);
  const auto& item = got->items(0);
  EXPECT_EQ(item.code(), "RC_UPDATE_PC");
  EXPECT_EQ(item.rule_title(), "更新を先送りしない");
  EXPECT_FALSE(item.question().empty() || item.why().empty() || item.how().empty());
  EXPECT_TRUE(item.per_site());
  EXPECT_THAT(item.proposed_rule(), HasSubstr("{UPDATE_DAYS}"));
  EXPECT_FALSE(item.short_rule().empty() || item.cost_class().empty());
  ASSERT_GT(got->variables_size(), 3);
  EXPECT_EQ(got->variables(0).default_value(), "7");
  EXPECT_EQ(got->variables(0).maximum(), 30);
  ASSERT_EQ(item.choices_size(), 4) << "this item does not allow 'not used'";
  EXPECT_EQ(item.choices(1).label(), "一部できている");
  EXPECT_TRUE(item.choices(1).gap());

  const auto list = As("president", *diagnoses_, &Diagnoses::ListQuestionnaires, "page_size: 1");
  ASSERT_OK(list);
  ASSERT_EQ(list->questionnaires_size(), 1);
  EXPECT_THAT(
      As("president", *diagnoses_, &Diagnoses::GetQuestionnaire, "name: 'questionnaires/nothing'"),
      StatusIs(StatusCode::kNotFound));
}

TEST_F(DiagnosisTest, CreateFixesContentAndClient) {
  const auto created = Create();
  ASSERT_OK(created);
  EXPECT_EQ(created->client(), kClient);
  EXPECT_EQ(created->state(), v1::Diagnosis::STATE_OPEN);
  EXPECT_GT(created->item_count(), 10);
  EXPECT_EQ(created->missing_items_size(), created->item_count());
  EXPECT_THAT(created->allowed_actions(), ElementsAre("answerItems", "conclude", "abandon"));

  auto got =
      As("manager", *diagnoses_, &Diagnoses::GetDiagnosis, "name: '" + created->name() + "'");
  ASSERT_OK(got);
  ASSERT_EQ(got->items_size(), created->item_count());
  EXPECT_EQ(got->items(0).code(), created->missing_items(0));
  EXPECT_FALSE(got->items(0).question().empty());
  got->clear_items();
  EXPECT_EQ(got->SerializeAsString(), created->SerializeAsString());

  EXPECT_THAT(Create(), StatusIs(StatusCode::kAlreadyExists, HasSubstr(created->name())));
  const auto list =
      As("manager", *diagnoses_, &Diagnoses::ListDiagnoses, "parent: '" + kEngagement + "'");
  ASSERT_OK(list);
  ASSERT_EQ(list->diagnoses_size(), 1);
  EXPECT_EQ(list->diagnoses(0).item_count(), created->item_count());
}

TEST_F(DiagnosisTest, CreateWantsARuleCheckAndAConsultant) {
  for (const char* name : {"questionnaires/nothing", "rule-check-six", "other/rule-check-six"}) {
    const auto refused =
        As("consultant", *diagnoses_, &Diagnoses::CreateDiagnosis,
           "parent: '" + kEngagement + "' diagnosis { questionnaire: '" + name + "' }");
    EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument)) << name;
    EXPECT_THAT(BadFields(refused.status()), ElementsAre("diagnosis.questionnaire")) << name;
  }
  const std::string request =
      "parent: '" + kEngagement + "' diagnosis { questionnaire: 'questionnaires/rule-check-six' }";
  EXPECT_THAT(As("president", *diagnoses_, &Diagnoses::CreateDiagnosis, request),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(As("other", *diagnoses_, &Diagnoses::CreateDiagnosis, request),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(DiagnosisTest, RepeatedRequestIdMakesNoSecondDiagnosis) {
  const std::string id = std::string(" request_id: '") + kRequestId + "'";
  const auto first = Create(id);
  ASSERT_OK(first);
  const auto second = Create(id);
  ASSERT_OK(second);
  EXPECT_EQ(second->name(), first->name());
  EXPECT_EQ(service_->database().Query("select count(*) as value from diagnosis.diagnosis"), "1");
  const auto reused =
      As("consultant", *diagnoses_, &Diagnoses::CreateDiagnosis,
         "parent: '" + kEngagement +
             "' diagnosis { questionnaire: 'questionnaires/rule-check-six' etag: '\"1\"' }" + id);
  EXPECT_EQ(ReasonOf(reused.status()), error::v1::ERROR_REASON_REQUEST_ID_REUSED)
      << reused.status();
}

TEST_F(DiagnosisTest, ALaterAnswerTakesThePlaceAndTheFirstStays) {
  const auto created = Create();
  ASSERT_OK(created);
  const auto claimed = Answer("president", created->name(), R"(
    answers { item: 'RC_BACKUP_KEPT' answer: ANSWER_FOLLOWED channel: CHANNEL_TABLET }
    answers { item: 'RC_UPDATE_PC' answer: ANSWER_FOLLOWED note: '全台\n自動' })");
  ASSERT_OK(claimed);
  ASSERT_EQ(claimed->answers_size(), 2);
  EXPECT_EQ(claimed->answers(0).item(), "RC_UPDATE_PC") << "in order of the items";
  EXPECT_EQ(claimed->answers(0).confidence(), v1::CONFIDENCE_CLAIMED);
  EXPECT_EQ(claimed->answers(0).channel(), common::v1::CHANNEL_UNSPECIFIED);
  EXPECT_EQ(claimed->answers(1).channel(), common::v1::CHANNEL_TABLET);
  EXPECT_EQ(claimed->answered_count(), 2);
  EXPECT_EQ(claimed->gap_count(), 0);

  const auto seen = Answer("consultant", created->name(), R"(
    answers { item: 'RC_UPDATE_PC' answer: ANSWER_PARTLY confidence: CONFIDENCE_SEEN
              method: CHECK_METHOD_SCREEN check_date { year: 2026 month: 10 day: 1 } respondent: '田中' effective_time { seconds: 1700000000 } })");
  ASSERT_OK(seen);
  ASSERT_EQ(seen->answers_size(), 2);
  EXPECT_EQ(seen->answers(0).answer(), content::v1::ANSWER_PARTLY);
  EXPECT_EQ(seen->answers(0).channel(), common::v1::CHANNEL_CONSULTANT);
  EXPECT_EQ(seen->answers(0).effective_time().seconds(), 1700000000);
  EXPECT_THAT(seen->answers(0).recorded_by(), HasSubstr("users/"));
  EXPECT_EQ(seen->answers(0).method(), v1::CHECK_METHOD_SCREEN);
  EXPECT_EQ(seen->answers(0).check_date().day(), 1);
  EXPECT_EQ(seen->gap_count(), 1);
  EXPECT_EQ(seen->seen_count(), 1);

  const auto history = As("president", *diagnoses_, &Diagnoses::ListItemAnswers,
                          "parent: '" + created->name() + "'");
  ASSERT_OK(history);
  ASSERT_EQ(history->item_answers_size(), 3);
  EXPECT_EQ(history->item_answers(1).note(), "全台\n自動");
  EXPECT_EQ(history->item_answers(2).respondent(), "田中");
}

TEST_F(DiagnosisTest, AnswersAreRefusedAsAWhole) {
  const auto created = Create();
  ASSERT_OK(created);
  const auto refused = Answer("president", created->name(), R"(
    answers { item: 'RC_BACKUP_KEPT' answer: ANSWER_FOLLOWED }
    answers { item: 'RC_NOTHING' answer: ANSWER_FOLLOWED }
    answers { item: 'RC_UPDATE_PC' answer: ANSWER_NOT_USED })");
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(BadFields(refused.status()), ElementsAre("answers[1].item", "answers[2].answer"));
  EXPECT_EQ(service_->database().Query("select count(*) as value from diagnosis.item_answer"), "0");

  const auto future = Answer("president", created->name(), R"(
    answers { item: 'RC_BACKUP_KEPT' answer: ANSWER_FOLLOWED
              effective_time { seconds: 32503680000 } })");
  EXPECT_THAT(BadFields(future.status()), ElementsAre("answers[0].effective_time"));
  const std::string seen =
      "answers { item: 'RC_BACKUP_KEPT' answer: ANSWER_FOLLOWED confidence: CONFIDENCE_SEEN ";
  EXPECT_THAT(BadFields(Answer("consultant", created->name(), seen + "}").status()),
              ElementsAre("answers[0].method"));
  EXPECT_THAT(BadFields(Answer("consultant", created->name(),
                               seen + "method: CHECK_METHOD_PLACE check_date { year: 2999 month: 1 "
                                      "day: 1 } }")
                            .status()),
              ElementsAre("answers[0].check_date"));
}

TEST_F(DiagnosisTest, OnlyConsultantsHaveSeen) {
  const auto created = Create();
  ASSERT_OK(created);
  const std::string answer =
      "answers { item: 'RC_UPDATE_PC' answer: ANSWER_FOLLOWED confidence: CONFIDENCE_";
  for (const char* user : {"president", "manager"}) {
    EXPECT_THAT(Answer(user, created->name(), answer + "VERIFIED }"),
                StatusIs(StatusCode::kPermissionDenied))
        << user;
    EXPECT_OK(Answer(user, created->name(), answer + "CLAIMED }")) << user;
  }
  EXPECT_THAT(Answer("other", created->name(), answer + "CLAIMED }"),
              StatusIs(StatusCode::kPermissionDenied));
  const auto participant = test::CallAs(
      keys_.Participant(kClientId, kEngagementId, kMember), *diagnoses_, &Diagnoses::AnswerItems,
      Parse<v1::AnswerItemsRequest>("name: '" + created->name() + "' " + answer + "CLAIMED }"));
  EXPECT_THAT(participant, StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(DiagnosisTest, AnswersAreAppendOnlyForTheServiceItself) {
  EXPECT_EQ(service_->database().Query(
                "select has_table_privilege('staraction_diagnosis', 'diagnosis.item_answer', "
                "'update, delete')::text as value"),
            "false");
}

TEST_F(DiagnosisTest, ConcludeNamesWhatIsMissing) {
  const auto created = Create();
  ASSERT_OK(created);
  AnswerAll(*created, 0);
  ASSERT_OK(Conclude(created->name()));
  const auto second = Create();
  ASSERT_OK(second);
  std::string answers;
  for (int i = 2; i < second->missing_items_size(); ++i) {
    answers += "answers { item: '" + second->missing_items(i) + "' answer: ANSWER_FOLLOWED } ";
  }
  ASSERT_OK(Answer("president", second->name(), answers));
  const auto refused = Conclude(second->name());
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(refused.status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  const auto failure = GetDetail<google::rpc::PreconditionFailure>(refused.status());
  ASSERT_TRUE(failure.has_value());
  ASSERT_EQ(failure->violations_size(), 2);
  EXPECT_EQ(failure->violations(0).subject(), second->missing_items(0));
  EXPECT_EQ(failure->violations(1).subject(), second->missing_items(1));
}

TEST_F(DiagnosisTest, ConcludeMakesAMeasureForEveryGapOnce) {
  const auto created = Create();
  ASSERT_OK(created);
  AnswerAll(*created, 3);
  EXPECT_THAT(Conclude(created->name(), "etag: '" + created->etag() + "'"),
              StatusIs(StatusCode::kAborted));
  const std::string id = std::string("request_id: '") + kRequestId + "'";
  const auto concluded = Conclude(created->name(), id);
  ASSERT_OK(concluded);
  EXPECT_EQ(concluded->state(), v1::Diagnosis::STATE_CONCLUDED);
  EXPECT_EQ(concluded->gap_count(), 3);
  EXPECT_TRUE(concluded->has_conclude_time());
  EXPECT_EQ(concluded->allowed_actions_size(), 0);
  ASSERT_OK(Conclude(created->name(), id));

  const auto list =
      As("president", *rulebook_, &Rulebook::ListMeasures, "parent: '" + kClient + "'");
  ASSERT_OK(list);
  ASSERT_EQ(list->measures_size(), 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(list->measures(i).item(), created->missing_items(i)) << "in order of the items";
    EXPECT_EQ(list->measures(i).state(), v1::Measure::STATE_PROPOSED);
    EXPECT_EQ(list->measures(i).diagnosis(), created->name());
  }
  EXPECT_EQ(list->measures(0).rule_code(), "RULE_UPDATE");
  EXPECT_THAT(list->measures(0).text(), HasSubstr("自動更新を有効に"));
  EXPECT_FALSE(list->measures(0).proposed_rule_text().empty());

  EXPECT_EQ(ReasonOf(Conclude(created->name()).status()), error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_EQ(ReasonOf(Answer("president", created->name(),
                            "answers { item: 'RC_UPDATE_PC' answer: ANSWER_FOLLOWED }")
                         .status()),
            error::v1::ERROR_REASON_STATE_CONFLICT);
}

TEST_F(DiagnosisTest, FactsFollowTheWork) {
  EXPECT_THAT(Facts(kEngagement),
              ElementsAre("check.concluded=false", "self_diagnosis.concluded=false",
                          "practice_check.concluded=false", "rulebook.rules=0 of client",
                          "rulebook.version=0 of client"));
  EXPECT_THAT(Facts(""), ElementsAre("rulebook.rules=0 of client", "rulebook.version=0 of client"));
  const auto measures = ConcludedWith(2);
  ASSERT_EQ(measures.size(), 2u);
  EXPECT_THAT(Facts(kEngagement),
              ElementsAre("check.concluded=true", "check.open_gaps=2", "check.gaps_before=2",
                          "measure.open=0", "measure.done=0", "self_diagnosis.concluded=false",
                          "practice_check.concluded=false", "rulebook.rules=0 of client",
                          "rulebook.version=0 of client"));
  ASSERT_OK(Decide(measures[0].name()));
  ASSERT_OK(As("president", *rulebook_, &Rulebook::MakeRule, "name: '" + measures[0].name() + "'"));
  ASSERT_OK(As("president", *rulebook_, &Rulebook::DropMeasure,
               "name: '" + measures[1].name() + "' reason: '機器を廃止した'"));
  const std::vector<std::string> decided = {"check.concluded=true",
                                            "check.open_gaps=0",
                                            "check.gaps_before=2",
                                            "measure.open=1",
                                            "measure.done=0",
                                            "rulebook.rules=1 of client",
                                            "rulebook.version=0 of client"};
  EXPECT_EQ(Facts(""), decided);
  // A second check that is still open takes nothing back.
  ASSERT_OK(Create());
  EXPECT_EQ(Facts(""), decided);
}

TEST_F(DiagnosisTest, FactsAreThoseThatTheContentExpectsOfThisService) {
  const auto library = content::Library::Load();
  ASSERT_OK(library);
  std::set<std::string> expected;
  for (const auto* code : (*library)->List<content::v1::FactCode>()) {
    if (code->service() == "diagnosis") expected.insert(code->id());
  }
  ConcludedWith(1);
  ConcludedWith(0);
  // Twice, so that there is a before.
  for (const char* id : {"test-self-diagnosis", "test-self-diagnosis", "test-practice-check"}) {
    const auto created = CreateWith("questionnaire: 'questionnaires/" + std::string(id) + "'");
    ASSERT_OK(created);
    if (created->kind() == content::v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK) continue;
    AnswerAll(*created, 0);
    ASSERT_OK(Conclude(created->name()));
  }
  std::set<std::string> emitted;
  for (const std::string& fact : Facts("")) emitted.insert(fact.substr(0, fact.find('=')));
  EXPECT_EQ(emitted, expected);
}

}  // namespace
}  // namespace staraction::diagnosis
