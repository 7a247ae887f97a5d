// Self-diagnoses with several sheets, through real gRPC and PostgreSQL.

#include <fstream>
#include <sstream>

#include "services/diagnosis/self_diagnosis_testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << path;
  return text.str();
}

TEST_F(SelfDiagnosisTest, PartsProposeAndTheResponsiblePersonDecides) {
  const std::string name = Begin();
  const auto office = Sheet(name, "perspective: PERSPECTIVE_SITE site: '" + kOffice + "'");
  const auto factory = Sheet(name, "perspective: PERSPECTIVE_SITE site: '" + kFactory + "'");
  ASSERT_OK(office);
  ASSERT_OK(factory);
  EXPECT_EQ(office->display_name(), "本社");
  EXPECT_THAT(Sheet(name, "perspective: PERSPECTIVE_SITE site: '" + kOffice + "'"),
              StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(Adopt(name), StatusIs(StatusCode::kFailedPrecondition));
  const auto recorded = Record(office->name(), All("FOLLOWED"));
  ASSERT_OK(recorded);
  EXPECT_EQ(recorded->score().total(), 100);
  ASSERT_OK(Record(factory->name(),
                   All("FOLLOWED", "answers { item: 'SD_BACKUP' answer: ANSWER_UNKNOWN }")));

  const auto refused =
      Answer("president", name, "answers { item: 'SD_BACKUP' answer: ANSWER_FOLLOWED }");
  EXPECT_THAT(BadFields(refused.status()), ElementsAre("answers[0].decision_reason"));
  const auto adopted = Adopt(name);
  ASSERT_OK(adopted);
  EXPECT_EQ(adopted->score().total(), 95);
  EXPECT_EQ(adopted->score().band(), "MOSTLY");
  EXPECT_EQ(adopted->unknown_count(), 1);
  auto measures = MeasuresOf(name);
  ASSERT_EQ(measures.size(), 1u) << "who doesn't know has to find out at once";
  EXPECT_EQ(measures[0].kind(), v1::Measure::KIND_FIND_OUT);

  const auto decided = Answer("president", name,
                              "answers { item: 'SD_BACKUP' answer: ANSWER_PARTLY "
                              "decision_reason: '工場も本社のサーバーに保存している' }");
  ASSERT_OK(decided);
  EXPECT_EQ(decided->score().total(), 98);
  EXPECT_EQ(MeasuresOf(name)[0].state(), v1::Measure::STATE_DONE) << "it is known now";
  const auto review = Review(name);
  ASSERT_OK(review);
  EXPECT_EQ(review->items(10).proposed(), content::v1::ANSWER_UNKNOWN);
  EXPECT_EQ(review->items(10).spread(), 5);
  EXPECT_TRUE(review->items(10).differs_from_proposal());
  EXPECT_EQ(review->disagreement_count(), 1);
  ASSERT_OK(Conclude(name));
  measures = MeasuresOf(name);
  ASSERT_EQ(measures.size(), 2u);
  EXPECT_EQ(measures[1].item(), "SD_BACKUP");
  EXPECT_THAT(Facts(kEngagement), Contains("self_diagnosis.score=98"));
  EXPECT_THAT(Facts(kEngagement), Contains("self_diagnosis.unknown=0"));
}

TEST_F(SelfDiagnosisTest, FewerAnswersGiveNoTotalAndNoConclusion) {
  const std::string name = Begin();
  const auto one = Answer("president", name, "answers { item: 'SD_RULES' answer: ANSWER_PARTLY }");
  ASSERT_OK(one);
  EXPECT_FALSE(one->score().has_total());
  EXPECT_EQ(one->score().band(), "");
  EXPECT_EQ(one->answers(0).points(), 2);
  EXPECT_THAT(Conclude(name), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Facts(kEngagement), Contains("self_diagnosis.concluded=false"));
  EXPECT_THAT(Facts(kEngagement), Not(Contains(testing::HasSubstr("self_diagnosis.score"))));
}

TEST_F(SelfDiagnosisTest, FilesOfSampleCompaniesAreThreeViews) {
  const std::string name = Begin();
  const struct {
    const char* file;
    const char* perspective;
  } kViews[] = {{"president", "PERSPECTIVE_PRESIDENT"},
                {"it", "PERSPECTIVE_IT"},
                {"staff", "PERSPECTIVE_STAFF"}};
  std::string it;
  for (const auto& view : kViews) {
    const std::string content =
        ReadFile(std::string("tests/data/kitahama/self_diagnosis_") + view.file + ".csv");
    const auto dry = Import(name, view.perspective, content, true);
    ASSERT_OK(dry);
    EXPECT_EQ(dry->answer_sheet().name(), "");
    EXPECT_EQ(dry->answered_count(), 25);
    const auto done = Import(name, view.perspective, content, false);
    ASSERT_OK(done);
    EXPECT_EQ(done->encoding(), "CP932");
    EXPECT_TRUE(done->blank_items().empty());
    if (std::string(view.file) == "it") it = done->answer_sheet().name();
  }
  const auto views = Review(name, "consultant");
  ASSERT_OK(views);
  EXPECT_EQ(views->sheets_size(), 3);
  EXPECT_GT(views->disagreement_count(), 10);
  EXPECT_EQ(views->items(0).proposed(), content::v1::ANSWER_UNSPECIFIED) << "views propose nothing";
  const auto company = Review(name, "president");
  ASSERT_OK(company);
  EXPECT_EQ(company->sheets_size(), 2);
  EXPECT_EQ(company->items(0).staff_size(), 1);
  const auto adopted = Adopt(name, "answer_sheet: '" + it + "'");
  ASSERT_OK(adopted);
  EXPECT_EQ(adopted->answered_count(), 25);
  EXPECT_TRUE(adopted->score().has_total());
  EXPECT_EQ(Import(name, "PERSPECTIVE_IT", "番号,回答\n1,さあ\n", false).status().code(),
            StatusCode::kInvalidArgument);
}

TEST_F(SelfDiagnosisTest, MembersAnswerTheirOwnSheetByLink) {
  const std::string name = Begin();
  const auto sheet = Sheet(name, "perspective: PERSPECTIVE_STAFF member: '" + kMember + "'");
  ASSERT_OK(sheet);
  const std::string own = keys_.Participant(kClientId, kEngagementId, kMember);
  const std::string foreign = keys_.Participant(
      kClientId, kEngagementId, kClient + "/members/0190a000-0000-7000-8000-0000000000d9");
  const auto forms =
      test::CallAs(own, *sheets_, &SheetStub::ListAnswerForms,
                   Parse<v1::ListAnswerFormsRequest>("parent: '" + kEngagement + "'"));
  ASSERT_OK(forms);
  ASSERT_EQ(forms->answer_forms_size(), 1);
  EXPECT_EQ(forms->answer_forms(0).member_display_name(), "髙橋 花");
  EXPECT_EQ(forms->answer_forms(0).items_size(), 25);
  const auto request =
      Parse<v1::SubmitAnswerSheetRequest>("name: '" + sheet->name() + "' " + All("PARTLY"));
  EXPECT_THAT(test::CallAs(foreign, *sheets_, &SheetStub::SubmitAnswerSheet, request),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(
      test::CallAs(keys_.User("consultant"), *sheets_, &SheetStub::SubmitAnswerSheet, request),
      StatusIs(StatusCode::kPermissionDenied));
  const auto done = test::CallAs(own, *sheets_, &SheetStub::SubmitAnswerSheet, request);
  ASSERT_OK(done);
  EXPECT_EQ(done->channel(), common::v1::CHANNEL_LINK);
  EXPECT_THAT(test::CallAs(own, *sheets_, &SheetStub::SubmitAnswerSheet, request),
              StatusIs(StatusCode::kFailedPrecondition));
  const auto hidden =
      As("president", *sheets_, &SheetStub::GetAnswerSheet, "name: '" + sheet->name() + "'");
  ASSERT_OK(hidden);
  EXPECT_EQ(hidden->answers_size(), 0);
  EXPECT_EQ(hidden->display_name(), "従業員");
  EXPECT_EQ(hidden->member(), "");
  const auto corrected = Record(sheet->name(), All("FOLLOWED"), "consultant");
  EXPECT_THAT(BadFields(corrected.status()), ElementsAre("reason"));
  ASSERT_OK(Record(sheet->name(), All("FOLLOWED", "reason: '紙と違っていた'"), "consultant"));
  const auto seen =
      As("consultant", *sheets_, &SheetStub::GetAnswerSheet, "name: '" + sheet->name() + "'");
  ASSERT_OK(seen);
  EXPECT_EQ(seen->submissions_size(), 2);
  EXPECT_EQ(seen->answers(0).answer(), content::v1::ANSWER_FOLLOWED);
}

TEST_F(SelfDiagnosisTest, SheetsThatDontFitAreRefused) {
  const std::string name = Begin();
  const struct {
    std::string sheet;
    const char* field;
  } kCases[] = {
      {"perspective: PERSPECTIVE_SITE", "answer_sheet.site"},
      {"perspective: PERSPECTIVE_IT site: '" + kOffice + "'", "answer_sheet.site"},
      {"perspective: PERSPECTIVE_DEPARTMENT", "answer_sheet.department"},
      {"perspective: PERSPECTIVE_STAFF member: '" + kOtherClient +
           "/members/0190a000-0000-7000-8000-0000000000d1'",
       "answer_sheet.member"},
  };
  for (const auto& test : kCases) {
    EXPECT_THAT(BadFields(Sheet(name, test.sheet).status()), ElementsAre(test.field)) << test.sheet;
  }
  const auto check = Create();
  ASSERT_OK(check);
  EXPECT_THAT(Sheet(check->name(), "perspective: PERSPECTIVE_IT"),
              StatusIs(StatusCode::kFailedPrecondition));
}

TEST_F(SelfDiagnosisTest, AdviceTrendAndSurveyLines) {
  const std::string name = Begin();
  ASSERT_OK(Answer("president", name, All("NOT_FOLLOWED")));
  ASSERT_OK(Conclude(name));
  const auto advice = As("president", *reviews_, &Reviews::AdviseDiagnosis, "name: '" + name + "'");
  ASSERT_OK(advice);
  EXPECT_EQ(advice->first_size(), 6);
  EXPECT_EQ(advice->rest_size(), 19);
  EXPECT_EQ(advice->all_points(), 100);
  EXPECT_NE(advice->first(0).measure(), "");
  EXPECT_NE(advice->first(0).why(), "");
  const std::string later = Begin();
  ASSERT_OK(Answer("president", later, All("FOLLOWED")));
  ASSERT_OK(Conclude(later));
  const auto trend =
      As("president", *reviews_, &Reviews::GetDiagnosisTrend, "parent: '" + kClient + "'");
  ASSERT_OK(trend);
  ASSERT_EQ(trend->points_size(), 2);
  EXPECT_EQ(trend->points(1).total_change(), 100);
  EXPECT_EQ(trend->items(0).values(0).points(), 0);
  EXPECT_EQ(trend->items(0).values(1).points(), 4);
  const auto lines =
      As("president", *reviews_, &Reviews::BenchmarkDiagnosis, "name: '" + later + "'");
  ASSERT_OK(lines);
  ASSERT_EQ(lines->survey_lines_size(), 2);
  EXPECT_TRUE(lines->survey_lines(0).done());
  EXPECT_DOUBLE_EQ(lines->survey_lines(0).percent(), 73.0);
}

TEST_F(SelfDiagnosisTest, CompaniesAreComparedOnlyInGroupsThatAreLargeEnough) {
  const std::string name = Begin();
  ASSERT_OK(Answer("president", name, All("FOLLOWED")));
  ASSERT_OK(Conclude(name));
  const auto benchmark = [&] {
    while (*service_->host().jobs().RunDue() > 0) {
    }
    const auto answer =
        As("president", *reviews_, &Reviews::BenchmarkDiagnosis, "name: '" + name + "'");
    EXPECT_OK(answer);
    return *answer;
  };
  EXPECT_FALSE(benchmark().has_peers()) << "alone";
  EXPECT_NE(benchmark().peers_note(), "");
  service_->database().Query(
      "insert into diagnosis.diagnosis select organization_id, gen_random_uuid(), "
      "gen_random_uuid(), gen_random_uuid(), questionnaire_id, kind, pack, state, item_count, "
      "answered_count, gap_count, concluded_by, conclude_time, create_time, update_time, version, "
      "base, not_used_count, unknown_count, seen_count, edition, '{\"total\": 50}'::jsonb, null, "
      "'' "
      "from diagnosis.diagnosis, generate_series(1, 4); "
      "insert into diagnosis.job (organization_id, client_id, kind, key, due_time, create_time) "
      "select distinct organization_id, client_id, 'count_peers', 'test-self-diagnosis', now(), "
      "now() from diagnosis.diagnosis on conflict do nothing; select 1 as value");
  const auto peers = benchmark();
  ASSERT_TRUE(peers.has_peers()) << peers.peers_note();
  EXPECT_EQ(peers.peers().companies(), 5);
  EXPECT_EQ(peers.peers().industry(), "") << "only one company is known to be of the industry";
  EXPECT_DOUBLE_EQ(peers.peers().mean(), 60);
  EXPECT_DOUBLE_EQ(peers.peers().deviation_score(), 70);
}

TEST_F(SelfDiagnosisTest, FactsSpeakAgainstAnswers) {
  const std::string name = Begin();
  ASSERT_OK(Answer("president", name, All("FOLLOWED")));
  auto& fact = *facts_->sheet.add_facts();
  fact.set_code("training.coverage");
  fact.set_engagement(kEngagement);
  fact.set_ratio(0.9);
  EXPECT_EQ(Review(name)->contradiction_count(), 0);
  fact.set_ratio(0.4);
  const auto review = Review(name);
  ASSERT_OK(review);
  EXPECT_EQ(review->contradiction_count(), 1);
  ASSERT_EQ(review->items(19).contradictions_size(), 1);
  EXPECT_EQ(review->items(19).contradictions(0).value(), "0.4");
  EXPECT_EQ(review->items(19).contradictions(0).text(), "研修を終えた人が半分以下です。");
  facts_->silent = true;
  EXPECT_THAT(Review(name)->silent_services(), ElementsAre("training"));
}

TEST_F(SelfDiagnosisTest, MeasuresComeFromItemsControlsOrNothing) {
  const auto create = [&](const std::string& measure) {
    return As("manager", *measures_, &MeasureStub::CreateMeasure,
              "parent: '" + kClient + "' measure { " + measure + " }");
  };
  const auto free = create("text: 'サーバー室に鍵を付ける' priority: 1");
  ASSERT_OK(free);
  EXPECT_EQ(free->source(), v1::Measure::SOURCE_COMPANY);
  EXPECT_THAT(BadFields(create("priority: 1").status()), ElementsAre("measure.text"));
  EXPECT_THAT(BadFields(create("item: 'SD_RULES'").status()), ElementsAre("measure.diagnosis"));
  EXPECT_THAT(BadFields(create("control: 'NO_SUCH'").status()), ElementsAre("measure.control"));
  EXPECT_THAT(BadFields(create("text: 'a' treatment: '" + kClient + "/treatments/t'").status()),
              ElementsAre("measure.treatment"));
  const std::string name = Begin();
  const std::string of_item = "diagnosis: '" + name + "' item: 'SD_RULES'";
  const auto item = create(of_item);
  ASSERT_OK(item);
  EXPECT_EQ(item->source(), v1::Measure::SOURCE_DIAGNOSIS);
  EXPECT_EQ(item->text(), "ルール化の対策を決めて実施する。");
  EXPECT_THAT(create(of_item),
              StatusIs(StatusCode::kAlreadyExists, testing::HasSubstr(item->name())));
  ASSERT_OK(Decide(item->name()));
}

TEST_F(SelfDiagnosisTest, WithoutItsContentADiagnosisIsReadAndAbandoned) {
  const std::string name = Begin();
  ASSERT_OK(Answer("president", name, "answers { item: 'SD_RULES' answer: ANSWER_PARTLY }"));
  service_->database().Query(
      "update diagnosis.diagnosis set pack = 'urn:staraction:pack:self-diagnosis-test@0'; "
      "select 1 as value");
  const auto read = Get(name);
  ASSERT_OK(read);
  EXPECT_TRUE(read->content_missing());
  EXPECT_EQ(read->answers_size(), 1);
  EXPECT_THAT(read->allowed_actions(), ElementsAre("abandon"));
  const auto refused = Answer("president", name, All("FOLLOWED"));
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, testing::HasSubstr("@0")));
  EXPECT_EQ(ReasonOf(refused.status()), error::v1::ERROR_REASON_REFERENCE_BROKEN);
  const auto abandoned = As("consultant", *diagnoses_, &Diagnoses::AbandonDiagnosis,
                            "name: '" + name + "' reason: '古い版のため'");
  ASSERT_OK(abandoned);
  EXPECT_EQ(abandoned->state(), v1::Diagnosis::STATE_ABANDONED);
  EXPECT_NE(Begin(), name);
}

}  // namespace
}  // namespace staraction::diagnosis
