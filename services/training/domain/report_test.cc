#include "services/training/domain/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace staraction::training {
namespace {

using testing::ElementsAre;
using v1::Attempt;
using v1::TrainingReport;

// Right and wrong answers to Q1, Q2, … of topics A, A, B, B: "1101".
Attempt Took(int member, Attempt::Kind kind, const std::string& answers) {
  Attempt attempt;
  attempt.set_member("clients/c/members/" + std::to_string(member));
  attempt.set_kind(kind);
  attempt.set_state(Attempt::STATE_SUBMITTED);
  attempt.set_pack("urn:p@1");
  for (size_t i = 0; i < answers.size(); ++i) {
    auto* question = attempt.add_questions();
    question->set_code("Q" + std::to_string(i + 1));
    question->set_topic(i < 2 ? "A" : "B");
    question->set_rule(i < 2 ? "RULE_A" : "RULE_B");
    question->set_correct_index(0);
    question->set_chosen_index(answers[i] == '1' ? 0 : 1);
  }
  return attempt;
}

const auto kBefore = Attempt::KIND_BEFORE;
const auto kAfter = Attempt::KIND_AFTER;

TEST(EffectTest, AveragesOverPeople) {
  // Three before: 50, 50, 0; two after: 100, 50, one of whom took no test before.
  const std::vector<Attempt> attempts = {Took(1, kBefore, "1100"), Took(2, kBefore, "0011"),
                                         Took(3, kBefore, "0000"), Took(1, kAfter, "1111"),
                                         Took(4, kAfter, "1010")};
  const auto all = EffectOf(attempts, "", true);
  EXPECT_EQ(all.before_count(), 3);
  EXPECT_NEAR(all.before_percent(), 100.0 / 3, 1e-9);
  EXPECT_EQ(all.after_count(), 2);
  EXPECT_DOUBLE_EQ(all.after_percent(), 75);
  EXPECT_EQ(all.both_count(), 1);
  EXPECT_DOUBLE_EQ(all.gain_points(), 50) << "only of who took both";
  EXPECT_FALSE(all.hidden());
  const auto of_a = EffectOf(attempts, "A", true);
  EXPECT_NEAR(of_a.before_percent(), 100.0 / 3, 1e-9);
  EXPECT_DOUBLE_EQ(of_a.after_percent(), 75);
  EXPECT_DOUBLE_EQ(of_a.gain_points(), 0);
  const auto nothing = EffectOf({}, "", true);
  EXPECT_FALSE(nothing.has_before_percent() || nothing.has_after_percent() || nothing.hidden());
}

TEST(EffectTest, HidesFewPeopleFromTheCompany) {
  std::vector<Attempt> attempts;
  for (int i = 0; i < 5; ++i) attempts.push_back(Took(i, kBefore, "1100"));
  for (int i = 0; i < 4; ++i) attempts.push_back(Took(i, kAfter, "1111"));
  const auto effect = EffectOf(attempts, "", false);
  EXPECT_DOUBLE_EQ(effect.before_percent(), 50) << "five are enough";
  EXPECT_FALSE(effect.has_after_percent());
  EXPECT_FALSE(effect.has_gain_points());
  EXPECT_EQ(effect.after_count(), 4);
  EXPECT_TRUE(effect.hidden());
}

// Ten people; Q1 is right for the five who know the rest, wrong for the five who don't; Q2 is right
// for everybody; Q3 and Q4 say who knows.
TEST(ItemTest, DifficultyAndDiscrimination) {
  std::vector<Attempt> attempts;
  for (int i = 0; i < 10; ++i) {
    attempts.push_back(Took(i, kAfter, i < 5 ? "1111" : "0100"));
    attempts.push_back(Took(i, kBefore, i < 2 ? "1000" : "0000"));
  }
  const auto items = ItemsOf(attempts);
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].question(), "Q1");
  EXPECT_EQ(items[0].pack(), "urn:p@1");
  EXPECT_EQ(items[0].asked_count(), 10);
  EXPECT_DOUBLE_EQ(items[0].right_ratio(), 0.5);
  EXPECT_DOUBLE_EQ(items[0].before_right_ratio(), 0.2);
  EXPECT_NEAR(items[0].discrimination(), 1, 1e-9) << "perfect";
  EXPECT_DOUBLE_EQ(items[1].right_ratio(), 1);
  EXPECT_FALSE(items[1].has_discrimination()) << "everybody was right";
}

// Four of ten right, with rests 1, 1, 0.5, 0 against 1, 0.5, 0, 0, 0, 0 (two other questions):
// M1 = 0.625, M0 = 0.25, mean 0.4, mean of squares (1+1+.25+0+1+.25)/10 = 0.35, s = sqrt(0.19);
// r = 0.375 / sqrt(0.19) * sqrt(0.24).
TEST(ItemTest, PointBiserialByHand) {
  const char* answers[] = {"111", "111", "110", "100", "011", "010", "000", "000", "000", "000"};
  std::vector<Attempt> attempts;
  for (int i = 0; i < 10; ++i) attempts.push_back(Took(i, kAfter, answers[i]));
  const auto items = ItemsOf(attempts);
  EXPECT_NEAR(items[0].discrimination(), 0.375 / std::sqrt(0.19) * std::sqrt(0.24), 1e-9);
  attempts.pop_back();
  EXPECT_FALSE(ItemsOf(attempts)[0].has_discrimination()) << "nine are too few";
}

struct HideCase {
  std::string name;
  std::vector<int> people;  // of departments D0, D1, …
  std::vector<bool> hidden;
};

class HideTest : public testing::TestWithParam<HideCase> {};

TEST_P(HideTest, HidesFewAndWhatSubtractionWouldTell) {
  std::vector<Attempt> attempts;
  std::map<std::string, std::string> departments;
  int member = 0;
  for (size_t d = 0; d < GetParam().people.size(); ++d) {
    for (int i = 0; i < GetParam().people[d]; ++i) {
      attempts.push_back(Took(++member, kAfter, "11"));
      departments[attempts.back().member()] = "D" + std::to_string(d);
    }
  }
  std::vector<bool> hidden(GetParam().people.size());
  for (const auto& cell : DepartmentTopicsOf(attempts, departments)) {
    hidden[static_cast<size_t>(cell.department()[1] - '0')] = cell.hidden();
    EXPECT_EQ(cell.has_right_percent(), !cell.hidden());
    EXPECT_EQ(cell.people_count() == 0, cell.hidden());
  }
  EXPECT_EQ(hidden, GetParam().hidden);
}

INSTANTIATE_TEST_SUITE_P(
    Cells, HideTest,
    testing::Values(HideCase{"AllLarge", {5, 6, 7}, {false, false, false}},
                    HideCase{"OneSmall", {4, 6, 7}, {true, true, false}},
                    HideCase{"SmallestHelps", {9, 4, 6}, {false, true, true}},
                    HideCase{"TwoSmallTogetherEnough", {2, 3, 8}, {true, true, false}},
                    HideCase{"TwoSmallTogetherFew", {2, 2, 8, 9}, {true, true, true, false}},
                    HideCase{"OnlyOne", {3}, {true}},
                    HideCase{"OneDepartmentOfMany", {20}, {false}},
                    HideCase{"AllSmall", {1, 2}, {true, true}}),
    [](const auto& each) { return each.param.name; });

TEST(DepartmentTopicTest, WeakestFirst) {
  std::vector<Attempt> attempts;
  std::map<std::string, std::string> departments;
  for (int i = 0; i < 10; ++i) {
    attempts.push_back(Took(i, kAfter, i < 5 ? "1100" : "1011"));
    departments[attempts.back().member()] = i < 5 ? "工場" : "営業";
  }
  std::vector<std::string> order;
  for (const auto& cell : DepartmentTopicsOf(attempts, departments)) {
    order.push_back(cell.department() + cell.topic() + cell.rule() +
                    std::to_string(std::lround(cell.right_percent())));
  }
  EXPECT_THAT(order,
              ElementsAre("工場BRULE_B0", "営業ARULE_A50", "工場ARULE_A100", "営業BRULE_B100"));
}

TEST(PickDaysTest, EvenlySpreadAndTodayLast) {
  const absl::CivilDay first(2026, 4, 1);
  const absl::CivilDay today = first + 100;
  EXPECT_THAT(PickDays({}, today, 12), ElementsAre(today));
  EXPECT_THAT(PickDays({first + 2, first, first, today, today + 1}, today, 12),
              ElementsAre(first, first + 2, today));
  std::vector<absl::CivilDay> many;
  for (int i = 0; i < 50; ++i) many.push_back(first + i);
  const auto days = PickDays(many, today, 12);
  ASSERT_EQ(days.size(), 12u);
  EXPECT_EQ(days.front(), first);
  EXPECT_EQ(days[10], first + 49);
  EXPECT_EQ(days.back(), today);
}

}  // namespace
}  // namespace staraction::training
