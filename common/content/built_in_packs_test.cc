#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/content/library.h"
#include "common/content/source.h"
#include "common/testing/status_matchers.h"

// What services rely on in the packs that ship with the product.
namespace staraction::content {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

const Library& BuiltIn() {
  static const auto* library = [] {
    auto loaded = Library::Load();
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return loaded->release();
  }();
  return *library;
}

TEST(BuiltInPacksTest, EmbeddedFilesAreThoseOfTheFolder) {
  Problems problems;
  const auto on_disk = ReadPacks("common/content/packs", problems);
  ASSERT_THAT(problems, IsEmpty());
  const auto embedded = BuiltInPacks();
  ASSERT_EQ(embedded.size(), on_disk.size());
  for (size_t i = 0; i < on_disk.size(); ++i) {
    EXPECT_EQ(embedded[i].folder, on_disk[i].folder);
    std::map<std::string, std::string> got, want;
    for (const auto& file : embedded[i].files) got[file.path] = file.text;
    for (const auto& file : on_disk[i].files) want[file.path] = file.text;
    EXPECT_EQ(got, want) << "list every file of " << on_disk[i].folder << " in CMakeLists.txt";
  }
}

TEST(BuiltInPacksTest, TheOneStarOfferingLeadsToEverythingAnEngagementUses) {
  const auto* offering = BuiltIn().FindOffering("one-star");
  ASSERT_NE(offering, nullptr);
  EXPECT_EQ(offering->pack().urn(), "urn:staraction:pack:one-star");
  EXPECT_EQ(offering->pack().version(), 2);
  EXPECT_EQ(offering->pricing().min_yen(), 100000);
  EXPECT_EQ(offering->pricing().max_yen(), 150000);
  EXPECT_EQ(offering->min_months(), 1);
  EXPECT_EQ(offering->max_months(), 3);
  const auto& editions = offering->editions();
  const auto* rules = BuiltIn().FindRuleList(editions.rule_list());
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(rules->edition(), "4.0");
  EXPECT_THAT(rules->rules(), SizeIs(6));
  EXPECT_NE(BuiltIn().FindPlan(offering->plan()), nullptr);
  EXPECT_NE(BuiltIn().FindQuestionnaire(editions.rule_check()), nullptr);
  EXPECT_NE(BuiltIn().FindCriteriaSet(editions.criteria_set()), nullptr);
  EXPECT_NE(BuiltIn().FindDeclarationProcedure(editions.declaration_procedure()), nullptr);
  const auto* pledge = BuiltIn().FindPledgeText(editions.pledge_text());
  ASSERT_NE(pledge, nullptr);
  EXPECT_THAT(pledge->body().text(), testing::HasSubstr("6か条"));
}

TEST(BuiltInPacksTest, FiveRulesAreTheFirstFiveOfSix) {
  const auto* five = BuiltIn().FindRuleList("five-rules");
  const auto* six = BuiltIn().FindRuleList("six-rules");
  ASSERT_TRUE(five != nullptr && six != nullptr);
  ASSERT_THAT(five->rules(), SizeIs(5));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(five->rules(i).code(), six->rules(i).code());
  EXPECT_EQ(six->rules(5).code(), "RULE_BACKUP");
}

TEST(BuiltInPacksTest, RuleChecksLookAtSeveralBehavioursOfEachRuleUnderTheSameCodes) {
  const auto* six = BuiltIn().FindQuestionnaire("rule-check-six");
  const auto* five = BuiltIn().FindQuestionnaire("rule-check-five");
  ASSERT_TRUE(five != nullptr && six != nullptr);
  for (const auto* check : {six, five}) {
    std::map<std::string, int> items;
    for (const auto& item : check->items()) ++items[item.rule()];
    for (const auto& [rule, count] : items) {
      EXPECT_THAT(count, AllOf(Ge(4), Le(6))) << check->id() << " " << rule;
    }
  }
  for (int i = 0; i < five->items_size(); ++i) {
    EXPECT_EQ(five->items(i).code(), six->items(i).code());
  }
}

TEST(BuiltInPacksTest, ShortRulesFitAPoster) {
  for (const char* id : {"rule-check-six", "rule-check-five"}) {
    for (const auto& item : BuiltIn().FindQuestionnaire(id)->items()) {
      EXPECT_LE(item.short_rule().ja().size(), size_t{3 * 40}) << item.code();
    }
  }
}

std::vector<std::string> OfficialOf(const char* id) {
  std::vector<std::string> official;
  for (const auto& criterion : BuiltIn().FindCriteriaSet(id)->criteria()) {
    if (criterion.kind() == v1::CRITERION_KIND_OFFICIAL) official.push_back(criterion.code());
  }
  return official;
}

TEST(BuiltInPacksTest, OnlyTheSmallOfficialRequirementGatesTheDeclaration) {
  EXPECT_THAT(OfficialOf("one-star-criteria"),
              ElementsAre("RULES_ACKNOWLEDGED", "FIELDS_COMPLETE", "GBIZID_READY"));
  EXPECT_THAT(OfficialOf("two-star-criteria"),
              ElementsAre("DIAGNOSIS_COMPLETE", "POLICY_APPROVED", "POLICY_PUBLISHED",
                          "RULES_ACKNOWLEDGED", "FIELDS_COMPLETE", "GBIZID_READY"));
}

TEST(BuiltInPacksTest, EveryFactIsAskedForOrReported) {
  // training.coverage is computed from training.completed, and messages go to who is due; the
  // others are figures for reports and lists.
  std::set<std::string> facts = {"check.gaps_after",
                                 "check.gaps_before",
                                 "inquiry.overdue",
                                 "ledger.backed_up",
                                 "ledger.snapshots",
                                 "ledger.without_disposal",
                                 "measure.done",
                                 "measure.open",
                                 "pledge.due",
                                 "policy.revision",
                                 "practice_check.concluded",
                                 "regulations.revision",
                                 "risk.acceptance_expired",
                                 "risk.high_after",
                                 "risk.high_before",
                                 "rulebook.version",
                                 "self_diagnosis.score",
                                 "self_diagnosis.score_before",
                                 "training.test_after",
                                 "training.test_before",
                                 "training.completed",
                                 "training.due"};
  for (const auto* set : BuiltIn().List<v1::CriteriaSet>()) {
    for (const auto& criterion : set->criteria()) facts.insert(criterion.condition().fact());
  }
  for (const auto* fact : BuiltIn().List<v1::FactCode>()) {
    EXPECT_THAT(facts, Contains(fact->id())) << "a fact that nothing asks for";
  }
}

TEST(BuiltInPacksTest, BeforeAfterAndRetestCanAskDifferentQuestions) {
  const auto* course = BuiltIn().FindCourse("six-rules-course");
  ASSERT_NE(course, nullptr);
  for (const auto& draw : course->test().draws()) {
    const auto count = std::count_if(course->questions().begin(), course->questions().end(),
                                     [&](const auto& q) { return q.topic() == draw.topic(); });
    EXPECT_GE(count, 3 * draw.count()) << draw.topic();
  }
  std::map<int, int> positions;
  for (const auto& question : course->questions()) ++positions[question.correct_index()];
  for (int i = 0; i < 4; ++i) EXPECT_GT(positions[i], 5) << "right answers at index " << i;
}

// Who picks the longest choice without having learnt anything must not pass.
TEST(BuiltInPacksTest, LengthDoesNotGiveTheRightAnswerAway) {
  for (const auto* course : BuiltIn().List<v1::Course>()) {
    std::map<std::string, int> longest, all;
    for (const auto& question : course->questions()) {
      bool is_longest = true;
      const auto& right = question.choices(question.correct_index());
      for (const auto& choice : question.choices()) {
        is_longest &= choice.ja().size() < right.ja().size() || &choice == &right;
      }
      longest[question.topic()] += is_longest ? 1 : 0;
      ++all[question.topic()];
    }
    for (const auto& [topic, count] : longest) {
      EXPECT_LE(2 * count, all[topic]) << course->id() << " " << topic;
    }
  }
}

// Documents show headings, lists of one level, paragraphs and emphasis; anything else would stay as
// it is written.
TEST(BuiltInPacksTest, CoursesAreWrittenInTheMarkdownThatDocumentsShow) {
  for (const auto* course : BuiltIn().List<v1::Course>()) {
    for (const auto& module : course->modules()) {
      for (const absl::string_view line : absl::StrSplit(module.body().text(), '\n')) {
        const std::string place = absl::StrCat(module.body().file(), ": ", line);
        EXPECT_EQ(line.find_first_of("|`>*[_"), line.find("**")) << place;
        EXPECT_NE(line.substr(0, 1), " ") << place;
        const std::vector<absl::string_view> pieces = absl::StrSplit(line, "**");
        EXPECT_EQ(pieces.size() % 2, 1u) << "emphasis is left open in " << place;
      }
    }
  }
}

TEST(BuiltInPacksTest, TheCourseOfFiveRulesBorrowsTheQuestionsAboutThem) {
  const auto* five = BuiltIn().FindCourse("five-rules-course");
  const auto* six = BuiltIn().FindCourse("six-rules-course");
  ASSERT_TRUE(five != nullptr && six != nullptr);
  std::set<std::string> rules;
  for (const auto& question : five->questions()) rules.insert(question.rule());
  EXPECT_THAT(rules, ElementsAre("", "RULE_MALWARE", "RULE_PASSWORD", "RULE_SHARING",
                                 "RULE_THREATS", "RULE_UPDATE"));
  const auto backup =
      std::count_if(six->questions().begin(), six->questions().end(),
                    [](const auto& question) { return question.rule() == "RULE_BACKUP"; });
  EXPECT_EQ(five->questions_size(), six->questions_size() - backup);
}

TEST(BuiltInPacksTest, TheShortCourseFitsABreakAndTheBriefingAVisit) {
  const auto minutes = [](const char* id) {
    int sum = 0;
    for (const auto& module : BuiltIn().FindCourse(id)->modules()) sum += module.minutes();
    return sum;
  };
  EXPECT_GE(minutes("six-rules-short-course"), 15);
  EXPECT_LE(minutes("six-rules-short-course"), 20);
  EXPECT_LE(minutes("six-rules-course"), 90);
  EXPECT_LE(minutes("six-rules-briefing"), 90);
}

TEST(BuiltInPacksTest, TheBriefingDecidesWhoWhenAndHowMuch) {
  const auto* briefing = BuiltIn().FindCourse("six-rules-briefing");
  ASSERT_NE(briefing, nullptr);
  std::map<std::string, v1::DecisionKind> required;
  for (const auto& decision : briefing->decisions()) {
    if (decision.required()) required[decision.code()] = decision.kind();
  }
  EXPECT_EQ(required["RESPONSIBLE_PERSON"], v1::DECISION_KIND_MEMBER);
  EXPECT_EQ(required["BUDGET"], v1::DECISION_KIND_YEN);
  EXPECT_EQ(required["EMERGENCY_CONTACT"], v1::DECISION_KIND_MEMBER);
  EXPECT_EQ(required["STOP_AUTHORITY"], v1::DECISION_KIND_CHOICE);
  EXPECT_EQ(required["REVIEW_MONTH"], v1::DECISION_KIND_MONTH);
  EXPECT_EQ(required["MEASURE_ORDER"], v1::DECISION_KIND_TEXT);
  EXPECT_EQ(required["CONTRACTORS"], v1::DECISION_KIND_CHOICE);
}

TEST(BuiltInPacksTest, ProceduresKnowTheirTimeAndTheirIds) {
  const auto* portal = BuiltIn().FindDeclarationProcedure("portal-2026");
  const auto* form = BuiltIn().FindDeclarationProcedure("web-form-2017");
  ASSERT_TRUE(portal != nullptr && form != nullptr);
  EXPECT_EQ(portal->declaration_id().first_digits(), "5");
  EXPECT_EQ(form->declaration_id().first_digits(), "4");
  EXPECT_EQ(portal->declaration_id().length(), 11);
  EXPECT_EQ(form->declaration_id().length(), 11);
  EXPECT_THAT(portal->gbiz_id_kinds(),
              ElementsAre(v1::GBIZ_ID_KIND_PRIME, v1::GBIZ_ID_KIND_MEMBER));
  EXPECT_THAT(form->gbiz_id_kinds(), IsEmpty());
  EXPECT_EQ(portal->valid_from().year(), 2026);
  EXPECT_FALSE(portal->has_valid_to());
  EXPECT_EQ(form->valid_to().month(), 3);
}

TEST(BuiltInPacksTest, BandsFollowEachOtherWithoutHoles) {
  for (const char* id : {"employee-bands", "capital-bands"}) {
    const auto* list = BuiltIn().FindCodeList(id);
    ASSERT_NE(list, nullptr) << id;
    for (int i = 1; i < list->entries_size(); ++i) {
      EXPECT_EQ(list->entries(i).minimum(), list->entries(i - 1).maximum() + 1)
          << id << " " << list->entries(i).code();
    }
    EXPECT_FALSE(list->entries(list->entries_size() - 1).has_maximum()) << id;
  }
}

TEST(BuiltInPacksTest, WhatIsUnknownIsNull) {
  EXPECT_EQ(BuiltIn().FindOffering("two-stars"), nullptr);
  EXPECT_EQ(BuiltIn().FindOffering("one-star", 99), nullptr);
  EXPECT_EQ(BuiltIn().FindCourse("one-star"), nullptr);
}

}  // namespace
}  // namespace staraction::content
