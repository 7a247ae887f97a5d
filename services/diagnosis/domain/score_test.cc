// Scores, bands and proposals by the numbers that consultants know.

#include "services/diagnosis/domain/score.h"

#include <gtest/gtest.h>

#include "common/content/library.h"
#include "services/diagnosis/domain/advice.h"
#include "services/diagnosis/domain/peers.h"
#include "services/diagnosis/domain/practice.h"
#include "services/diagnosis/domain/sample.h"
#include "services/diagnosis/domain/sheet_file.h"
#include "services/diagnosis/domain/trend.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer;
using content::v1::ANSWER_FOLLOWED;
using content::v1::ANSWER_NOT_FOLLOWED;
using content::v1::ANSWER_NOT_USED;
using content::v1::ANSWER_PARTLY;
using content::v1::ANSWER_UNKNOWN;
using content::v1::Questionnaire;
using v1::AnswerSheet;

const Questionnaire& Questions(const std::string& id = "test-self-diagnosis") {
  static const auto* library =
      content::Library::Load("services/diagnosis/testdata/packs")->release();
  return *library->FindQuestionnaire(id);
}

// So many of each, in the order of the items.
AnswerMap Answers(const Questionnaire& questions, int followed, int partly, int not_followed,
                  int unknown) {
  AnswerMap answers;
  for (const auto& item : questions.items()) {
    if (followed-- > 0) {
      answers[item.code()] = ANSWER_FOLLOWED;
    } else if (partly-- > 0) {
      answers[item.code()] = ANSWER_PARTLY;
    } else if (not_followed-- > 0) {
      answers[item.code()] = ANSWER_NOT_FOLLOWED;
    } else if (unknown-- > 0) {
      answers[item.code()] = ANSWER_UNKNOWN;
    }
  }
  return answers;
}

TEST(ScoreTest, TotalsAndBands) {
  const struct {
    int followed, partly, not_followed, unknown;
    int total;
    const char* band;
  } kCases[] = {
      {25, 0, 0, 0, 100, "TOP"}, {24, 0, 0, 1, 95, "MOSTLY"}, {17, 1, 7, 0, 70, "MOSTLY"},
      {17, 0, 8, 0, 68, "GAPS"}, {12, 1, 12, 0, 50, "GAPS"},  {12, 1, 11, 1, 49, "LOW"},
      {0, 0, 0, 25, -25, "LOW"},
  };
  for (const auto& test : kCases) {
    const v1::Score score = ScoreOf(Questions(), Answers(Questions(), test.followed, test.partly,
                                                         test.not_followed, test.unknown));
    EXPECT_TRUE(score.has_total());
    EXPECT_EQ(score.total(), test.total);
    EXPECT_EQ(score.band(), test.band) << test.total;
    EXPECT_EQ(score.maximum(), 100);
    EXPECT_EQ(score.minimum(), -25);
  }
}

TEST(ScoreTest, PartsHaveTheirMaximaAndFewerAnswersNoTotal) {
  const v1::Score full = ScoreOf(Questions(), Answers(Questions(), 25, 0, 0, 0));
  ASSERT_EQ(full.parts_size(), 3);
  EXPECT_EQ(full.parts(0).maximum(), 20);
  EXPECT_EQ(full.parts(1).maximum(), 52);
  EXPECT_EQ(full.parts(2).points(), 28);
  const v1::Score open = ScoreOf(Questions(), Answers(Questions(), 24, 0, 0, 0));
  EXPECT_FALSE(open.has_total());
  EXPECT_EQ(open.band(), "");
  EXPECT_EQ(open.answered_count(), 24);
  EXPECT_EQ(open.parts(1).points(), 52);
  EXPECT_FALSE(open.parts(2).has_points());
}

TEST(ScoreTest, NotUsedKeepsThePointsWithAMark) {
  AnswerMap answers = Answers(Questions(), 25, 0, 0, 0);
  answers["SD_WIRELESS"] = ANSWER_NOT_USED;
  const v1::Score score = ScoreOf(Questions(), answers);
  EXPECT_EQ(score.total(), 100);
  EXPECT_EQ(score.not_used_points(), 4);
}

TEST(ScoreTest, Edition21HasNoUnknownAndItsOwnNotApplicable) {
  const Questionnaire& old = Questions("test-self-diagnosis-21");
  int not_used = 0;
  for (const auto& item : old.items()) {
    const auto& allowed = item.answers();
    EXPECT_EQ(std::count(allowed.begin(), allowed.end(), ANSWER_UNKNOWN), 0);
    if (std::count(allowed.begin(), allowed.end(), ANSWER_NOT_USED) == 0) continue;
    ++not_used;
    EXPECT_TRUE(item.number() == 4 || item.number() == 5 || item.number() == 9 ||
                item.number() == 19)
        << item.number();
  }
  EXPECT_EQ(not_used, 4);
  AnswerMap answers = Answers(old, 0, 0, 25, 0);
  answers[old.items(3).code()] = ANSWER_NOT_USED;
  const v1::Score score = ScoreOf(old, answers);
  EXPECT_EQ(score.total(), 4);
  EXPECT_EQ(score.minimum(), 0);
}

AnswerSheet SheetOf(AnswerSheet::Perspective perspective, Answer answer,
                    const std::string& department = "") {
  AnswerSheet sheet;
  sheet.set_perspective(perspective);
  sheet.set_department(department);
  sheet.set_state(AnswerSheet::STATE_SUBMITTED);
  v1::SheetAnswer& added = *sheet.add_answers();
  added.set_item("SD_BACKUP");
  added.set_answer(answer);
  return sheet;
}

TEST(SheetsTest, PartsProposeTheWorstAndViewsNeverLowerIt) {
  Sheets sheets;
  EXPECT_FALSE(ProposalFor(Questions(), "SD_BACKUP", sheets).has_value());
  *sheets.Add() = SheetOf(AnswerSheet::PERSPECTIVE_STAFF, ANSWER_UNKNOWN);
  EXPECT_FALSE(ProposalFor(Questions(), "SD_BACKUP", sheets).has_value()) << "a view only";
  for (const Answer answer : {ANSWER_FOLLOWED, ANSWER_FOLLOWED, ANSWER_PARTLY}) {
    *sheets.Add() = SheetOf(AnswerSheet::PERSPECTIVE_DEPARTMENT, answer);
  }
  const auto proposal = ProposalFor(Questions(), "SD_BACKUP", sheets);
  ASSERT_TRUE(proposal.has_value());
  EXPECT_EQ(proposal->worst, ANSWER_PARTLY);
  EXPECT_EQ(proposal->mode, ANSWER_FOLLOWED);
  EXPECT_EQ(proposal->spread, 2);
  sheets.Mutable(3)->set_state(AnswerSheet::STATE_WITHDRAWN);
  EXPECT_EQ(ProposalFor(Questions(), "SD_BACKUP", sheets)->worst, ANSWER_FOLLOWED);
}

TEST(SheetsTest, OfEquallyFrequentAnswersTheWorstIsTheMode) {
  Sheets sheets;
  *sheets.Add() = SheetOf(AnswerSheet::PERSPECTIVE_SITE, ANSWER_FOLLOWED);
  *sheets.Add() = SheetOf(AnswerSheet::PERSPECTIVE_SITE, ANSWER_UNKNOWN);
  const auto proposal = ProposalFor(Questions(), "SD_BACKUP", sheets);
  EXPECT_EQ(proposal->mode, ANSWER_UNKNOWN);
  EXPECT_EQ(proposal->spread, 5);
}

TEST(SheetsTest, ReviewShowsWhereTheyDifferAndPoolsStaff) {
  Sheets sheets;
  *sheets.Add() = SheetOf(AnswerSheet::PERSPECTIVE_PRESIDENT, ANSWER_FOLLOWED);
  *sheets.Add() = SheetOf(AnswerSheet::PERSPECTIVE_STAFF, ANSWER_NOT_FOLLOWED);
  const auto open = ReviewOf(Questions(), v1::Diagnosis(), sheets, false);
  EXPECT_EQ(open.disagreement_count(), 1);
  EXPECT_EQ(open.items(10).voices_size(), 2);
  const auto pooled = ReviewOf(Questions(), v1::Diagnosis(), sheets, true);
  EXPECT_EQ(pooled.items(10).voices_size(), 1);
  ASSERT_EQ(pooled.items(10).staff_size(), 1);
  EXPECT_EQ(pooled.items(10).staff(0).answer(), ANSWER_NOT_FOLLOWED);
  EXPECT_EQ(pooled.sheets_size(), 1);
}

TEST(AdviceTest, MostPointsFirstThenEffectPriorityAndCost) {
  v1::Diagnosis diagnosis;
  for (const auto& item : Questions().items()) {
    v1::ItemAnswer& answer = *diagnosis.add_answers();
    answer.set_item(item.code());
    answer.set_answer(item.number() == 25
                          ? ANSWER_UNKNOWN
                          : (item.number() % 2 == 1 ? ANSWER_NOT_FOLLOWED : ANSWER_PARTLY));
    answer.set_gap(true);
  }
  const auto advice =
      AdviceOf(Questions(), diagnosis, {{"FREE", 0}, {"UP_TO_50K", 1}, {"UP_TO_300K", 2}});
  ASSERT_EQ(advice.first_size(), 6);
  EXPECT_EQ(advice.rest_size(), 19);
  EXPECT_EQ(advice.first(0).item(), "SD_RULES");
  EXPECT_TRUE(advice.first(0).find_out());
  EXPECT_EQ(advice.first(0).points_to_gain(), 5);
  EXPECT_EQ(advice.all_points(), 5 + 12 * 4 + 12 * 2);
  EXPECT_EQ(advice.first_points(), 5 + 5 * 4);
  for (int i = 2; i < advice.first_size(); ++i) {
    const auto& before = advice.first(i - 1);
    const auto& after = advice.first(i);
    EXPECT_GE(before.effect(), after.effect()) << i;
    if (before.effect() > after.effect()) continue;
    EXPECT_LE(before.priority(), after.priority()) << i;
  }
}

TEST(TrendTest, EditionsAreJoinedByCodeAndTotalsComparedWithinOne) {
  const auto concluded = [](const std::string& id, int total) {
    v1::Diagnosis diagnosis;
    diagnosis.set_name(id);
    diagnosis.set_questionnaire("questionnaires/" + id);
    diagnosis.mutable_score()->set_total(total);
    v1::ItemAnswer& answer = *diagnosis.add_answers();
    answer.set_item("SD_UPDATE");
    answer.set_answer(ANSWER_FOLLOWED);
    answer.set_points(4);
    return diagnosis;
  };
  const auto first = concluded("test-self-diagnosis-21", 40);
  const auto second = concluded("test-self-diagnosis", 52);
  const auto third = concluded("test-self-diagnosis", 70);
  const auto trend = TrendOf(
      {{Questions("test-self-diagnosis-21"), first}, {Questions(), second}, {Questions(), third}});
  ASSERT_EQ(trend.points_size(), 3);
  EXPECT_FALSE(trend.points(1).has_total_change()) << "another edition";
  EXPECT_EQ(trend.points(2).total_change(), 18);
  EXPECT_EQ(trend.items_size(), 25);
  ASSERT_EQ(trend.items(0).values_size(), 3);
  EXPECT_EQ(trend.items(0).values(0).points(), 4);
}

TEST(SampleTest, SizesStayWithinTheirLimits) {
  const auto& rule = Questions().sample();  // 20 percent, 2 to 10
  const struct {
    int population, size;
  } kCases[] = {{1, 1}, {5, 2}, {11, 3}, {50, 10}, {300, 10}, {0, 0}};
  for (const auto& test : kCases) {
    EXPECT_EQ(SampleSizeFor(rule, test.population), test.size) << test.population;
  }
}

TEST(SampleTest, TheSameSeedDrawsTheSamePeopleInWhateverOrder) {
  const std::vector<std::string> members = {"a", "b", "c", "d", "e", "f"};
  const std::vector<std::string> reversed(members.rbegin(), members.rend());
  EXPECT_EQ(DrawMembers(7, members, 3), DrawMembers(7, reversed, 3));
  EXPECT_EQ(DrawMembers(7, members, 6).size(), 6u);
  EXPECT_NE(DrawMembers(7, members, 6), DrawMembers(8, members, 6));
}

TEST(PeersTest, DeviationScores) {
  const struct {
    double total, mean, deviation, want;
  } kCases[] = {
      {60, 60, 10, 50}, {70, 60, 10, 60}, {45, 60, 10, 35}, {61, 60, 7, 51.4}, {60, 60, 0, 50}};
  for (const auto& test : kCases) {
    EXPECT_DOUBLE_EQ(DeviationScore(test.total, test.mean, test.deviation), test.want);
  }
  EXPECT_EQ(SizeOf(Questions().peers(), 5)->code(), "UP_TO_5");
  EXPECT_EQ(SizeOf(Questions().peers(), 6)->code(), "FROM_6");
}

TEST(PracticeTest, SmallDepartmentsHaveNoName) {
  const Questionnaire& check = Questions("test-practice-check");
  const auto sheet = [](const std::string& department, Answer answer) {
    AnswerSheet one;
    one.set_perspective(AnswerSheet::PERSPECTIVE_STAFF);
    one.set_department(department);
    one.set_state(AnswerSheet::STATE_SUBMITTED);
    one.add_answers()->set_item("PC_LOCK");
    one.mutable_answers(0)->set_answer(answer);
    return one;
  };
  Sheets sheets;
  for (int i = 0; i < 5; ++i) *sheets.Add() = sheet("製造課", ANSWER_FOLLOWED);
  for (int i = 0; i < 3; ++i) *sheets.Add() = sheet("営業課", ANSWER_NOT_FOLLOWED);
  auto summary = SummaryOf(check, v1::Diagnosis(), sheets);
  EXPECT_EQ(summary.groups_size(), 0) << "the total would tell of the three";
  for (int i = 0; i < 2; ++i) *sheets.Add() = sheet("総務課", ANSWER_NOT_USED);
  summary = SummaryOf(check, v1::Diagnosis(), sheets);
  ASSERT_EQ(summary.groups_size(), 2);
  EXPECT_EQ(summary.groups(0).department(), "製造課");
  EXPECT_EQ(summary.groups(1).department(), "");
  EXPECT_EQ(summary.groups(1).answered_count(), 5);
  EXPECT_DOUBLE_EQ(summary.items(0).followed(), 5.0 / 8);
  EXPECT_TRUE(summary.items(0).follow_up());
  EXPECT_FALSE(summary.items(1).follow_up()) << "nobody answered it";
  const auto measures = FollowUps(check, v1::Diagnosis(), sheets);
  ASSERT_EQ(measures.size(), 1u);
  EXPECT_EQ(measures[0].item(), "PC_LOCK");
}

TEST(SheetFileTest, FaultsAreToldByRowAndColumn) {
  const auto good =
      ReadSheetFile(Questions(), "番号,回答,備考\n１,○,毎週\n SD_RULES ,わからない,\n3,,\n");
  ASSERT_TRUE(good.ok()) << good.status();
  ASSERT_EQ(good->answers.size(), 2);
  EXPECT_EQ(good->answers[0].answer(), ANSWER_FOLLOWED);
  EXPECT_EQ(good->answers[0].note(), "毎週");
  EXPECT_EQ(good->blank.size(), 23u);
  EXPECT_EQ(good->blank.front(), "2");
  const auto bad = ReadSheetFile(Questions(), "番号,回答\n1,たぶん\n1,○\n26,○\n2,該当なし\n");
  ASSERT_FALSE(bad.ok());
  const auto told = GetDetail<google::rpc::BadRequest>(bad.status());
  ASSERT_TRUE(told.has_value());
  std::vector<std::string> fields;
  for (const auto& violation : told->field_violations()) fields.push_back(violation.field());
  EXPECT_EQ(fields, (std::vector<std::string>{"content[2].回答", "content[3].番号",
                                              "content[4].番号", "content[5].回答"}));
  EXPECT_FALSE(ReadSheetFile(Questions(), "回答\n○\n").ok());
}

}  // namespace
}  // namespace staraction::diagnosis::domain
