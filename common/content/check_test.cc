#include "common/content/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "common/content/check_fault.h"
#include "common/content/library.h"

// Each case spoils one thing in the built-in packs and names what the checker must say.
namespace staraction::content {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST_P(CheckTest, IsReported) {
  const auto library = Library::Load(Spoiled(GetParam()), {});
  ASSERT_FALSE(library.ok()) << "accepted";
  EXPECT_THAT(std::string(library.status().message()),
              AllOf(HasSubstr(GetParam().want), HasSubstr(GetParam().place)));
}

const char kOffering[] = "one-star/offering.textproto";
const char kPlan[] = "one-star/plan.textproto";
const char kCriteria[] = "one-star/criteria.textproto";
const char kRules[] = "guideline-4-0/rules.textproto";
const char kSheet[] = "guideline-4-0/rule_check.textproto";
const char kCourse[] = "guideline-4-0/course.textproto";
const char kFiveCourse[] = "guideline-4-0/course_five.textproto";
const char kBriefing[] = "guideline-4-0/briefing.textproto";
const char kPledges[] = "guideline-4-0/pledges.textproto";
const char kPortal[] = "declaration/portal_2026.textproto";
const char kPledgeSheets[] = "documents/pledge_sheets.textproto";
const char kDeclarationSheet[] = "documents/declaration_sheet.textproto";
const char kHead[] = "one-star/pack.textproto";
const char kLists[] = "base/code_lists.textproto";
const char kHolidays[] = "calendar/holidays.textproto";

INSTANTIATE_TEST_SUITE_P(
    Shape, CheckTest,
    testing::ValuesIn(std::vector<Fault>{
        {"UnknownField", kOffering, "  star: 1", "  stars: 1", "no field named \"stars\"",
         "one-star/offering.textproto:6"},
        {"NotUtf8", kOffering, "一つ星", "\xff\xfe", "is not UTF-8", kOffering},
        {"NoUrn", kHead, "urn: \"urn:staraction:pack:one-star\"", "", "urn is missing", kHead},
        {"NoVersion", kHead, "\nversion: ", "\n# ", "version is missing", kHead},
        {"HeadElsewhere", kOffering, "offerings {", "version: 2\nofferings {",
         "belongs into pack.textproto", "offering.textproto:4: version"},
        {"NoJapanese", kOffering, "ja: \"拠点の追加（1か所につき）\"", "", "ja is missing",
         "pricing.options[\"EXTRA_SITE\"].label"},
        {"OnlySpaces", kOffering, "\"拠点の追加（1か所につき）\"", "\"  \"", "only spaces",
         "options[\"EXTRA_SITE\"].label.ja"},
        {"NoPlan", kOffering, "  plan: \"one-star-plan\"", "", "plan is missing",
         "offerings[\"one-star\"]"},
        {"DanglingPlan", kOffering, "plan: \"one-star-plan\"", "plan: \"other-plan\"",
         "there is no Plan \"other-plan\"", "offerings[\"one-star\"].plan"},
        {"DanglingCourse", kOffering, "six-rules-course", "other-course",
         "there is no Course \"other-course\"", "editions.course"},
        {"BadId", kPlan, "id: \"one-star-plan\"", "id: \"One Star\"", "doesn't match", "plans"},
        {"BadCode", kPlan, "code: \"KICKOFF\"", "code: \"kick-off\"", "doesn't match",
         "milestones[\"kick-off\"].code"},
        {"CodeTwice", kPlan, "code: \"ROSTER_PRESIDENT\"", "code: \"ROSTER\"", "stands here twice",
         "milestones[\"ROSTER\"]"},
        {"IdTwice", kLists, "id: \"capital-bands\"", "id: \"industries\"",
         "CodeList \"industries\" is already in", "base"},
        {"LoaderField", kOffering, "  star: 1", "  star: 1 pack { version: 9 }",
         "is filled by the loader only", "offerings[\"one-star\"].pack"},
        {"MarkdownMissing", kPledges, "pledge/president.md", "pledge/chairman.md",
         "there is no file \"pledge/chairman.md\"", "pledge_texts[\"six-rules-president\"].body"},
        {"NoSuchDay", kPortal, "month: 4 day: 1", "month: 2 day: 30", "no day of the calendar",
         "declaration_procedures[\"portal-2026\"].valid_from"},
        {"WordingInText", kOffering, "一つ星 自己宣言支援サービス", "一つ星 取得支援サービス",
         "forbidden wording \"取得\"", "offerings[\"one-star\"].display_name.ja"},
        {"WordingInMarkdown", "guideline-4-0/course/introduction.md",
         "「一つ星を宣言しました」と言います", "「一つ星に認定されました」と言います",
         "forbidden wording \"認定\"", "guideline-4-0/course/introduction.md:50"},
        {"WordingAnywhere", kOffering, "自己宣言の準備と", "申請代行と",
         "forbidden wording \"申請代行\"", kOffering},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Meaning, CheckTest,
    testing::ValuesIn(std::vector<Fault>{
        {"PriceUnderTheBand", kOffering, "up_to: 10 yen: 100000", "up_to: 10 yen: 99999",
         "for 1 people prices are 99999 to", "offerings[\"one-star\"].pricing"},
        {"PriceOverTheBandByOptions", kOffering, "yen_each: 5000", "yen_each: 5001",
         "prices are 130000 to 150002 yen", "pricing"},
        {"NoPriceForMany", kOffering, "headcounts { yen: 130000 }", "",
         "for 101 people there is no price", "pricing"},
        {"PricesWithTax", kOffering, "tax_percent: 10", "tax_percent: 10 tax_included: true",
         "prices with tax are not known", "pricing"},
        {"HeadcountsNotAscending", kOffering, "up_to: 30", "up_to: 9", "not ascending",
         "headcounts[1]"},
        {"StarThree", kOffering, "star: 1", "star: 3", "3 isn't from 1 to 2", ".star"},
        {"RulesOfAnotherList", kOffering, "rule_list: \"six-rules\"", "rule_list: \"five-rules\"",
         "is about the rules \"six-rules\"", "editions"},
        {"PlanTooLong", kOffering, "max_months: 3", "max_months: 2",
         "due after the longest duration", kOffering},
        {"NoSuchStep", kPlan, "step: \"S1_2\"", "step: \"S9_9\"", "there is no step S9_9",
         "milestones[\"BRIEFING\"]"},
        {"NoDeclaration", kPlan, " role: MILESTONE_ROLE_DECLARE", "", "0 milestones have the role",
         "plans[\"one-star-plan\"]"},
        {"PlanOfAnotherPath", kOffering, "path: PLAN_PATH_EXPRESS plan: \"one-star-express-plan\"",
         "path: PLAN_PATH_STANDARD plan: \"one-star-express-plan\"", "takes another path",
         "plan_choices[2]"},
        {"LeadTimesTheWrongWayRound", "subsidy/programmes.textproto", "gbiz_id_post_days: 30",
         "gbiz_id_post_days: 1", "1 isn't from 2 to 90", "gbiz_id_post_days"},
        {"NoSuchCriterion", kPlan, "done_when: \"GAPS_DECIDED\"", "done_when: \"GAPS\"",
         "there is no criterion GAPS", "milestones[\"MEASURES\"]"},
        {"NumbersOutOfOrder", kRules, "number: 2", "number: 7", "7 isn't from 2 to 2",
         "rules[\"RULE_MALWARE\"].number"},
        {"ItemOfNoRule", kSheet, "rule: \"RULE_SHARING\"", "rule: \"RULE_CARING\"",
         "there is no rule RULE_CARING", "items[\"RC_SHARING_FOLDER\"]"},
        {"RuleWithoutModule", kCourse, "    rule: \"RULE_BACKUP\"\n", "",
         "no module teaches RULE_BACKUP", "courses[\"six-rules-course\"]"},
        {"AnswerNotOffered", kSheet, "choices { answer: ANSWER_UNKNOWN label", "choices { label",
         "answer ANSWER_UNKNOWN isn't among the choices", "items[\"RC_UPDATE_PC\"]"},
        {"VariableThatIsUnknown", kSheet, "{UPDATE_DAYS}日以内に行い", "{UPDATE_DAY}日以内に行い",
         "there is no variable {UPDATE_DAY}", "items[\"RC_UPDATE_PC\"].proposed_rule"},
        {"CostClassThatIsUnknown", kSheet, "cost_class: \"FREE\"", "cost_class: \"CHEAP\"",
         "there is no cost class CHEAP", "items[\"RC_UPDATE_PC\"].cost_class"},
        {"PriorityOutOfRange", kSheet, "priority: 1", "priority: 4", "4 isn't from 1 to 3",
         "items[\"RC_UPDATE_PC\"].priority"},
        {"FindOutWithoutAGap", kSheet, "gap: true find_out: true", "find_out: true",
         "what nobody knows is a gap", "choices[3]"},
        {"CorrectIndexTooLarge", kCourse, "correct_index: 3", "correct_index: 4",
         "4 isn't from 0 to 3", ".correct_index"},
        {"QuestionOfNoTopic", kCourse, "topic: \"UPDATE\"\n    difficulty",
         "topic: \"NOTHING\"\n    difficulty", "there is no module NOTHING",
         "questions[\"UPDATE_1A\"]"},
        {"PairOfUnequalDifficulty", kCourse, "difficulty: 3", "difficulty: 2",
         "pair INTRODUCTION_5 differs in topic or difficulty", kCourse},
        {"PairOfOne", kCourse, "pair: \"UPDATE_1\"", "pair: \"UPDATE_9\"",
         "pair UPDATE_9 has 1 questions", kCourse},
        {"RuleOfAnotherModule", kCourse, "rule: \"RULE_UPDATE\"\n    topic",
         "rule: \"RULE_BACKUP\"\n    topic", "that of the module is \"RULE_UPDATE\"",
         "questions[\"UPDATE_1A\"]"},
        {"TooFewQuestionsAboutARule", kCourse, "rule: \"RULE_UPDATE\"\n    topic",
         "rule: \"RULE_BACKUP\"\n    topic", "11 questions about RULE_UPDATE, at least 12",
         "courses[\"six-rules-course\"]"},
        {"LenderWithoutQuestions", kFiveCourse, "questions_from: \"six-rules-course\"",
         "questions_from: \"six-rules-briefing\"", "lends it no questions",
         "courses[\"five-rules-course\"]"},
        {"OwnAndBorrowedQuestions", kCourse, "  questions {",
         "  questions_from: \"five-rules-course\"\n  questions {",
         "has questions and borrows others", "courses[\"six-rules-course\"]"},
        {"DecisionOfNoModule", kBriefing, "topic: \"ROLE\"", "topic: \"ROLES\"",
         "there is no module ROLES", "decisions[\"RESPONSIBLE_PERSON\"]"},
        {"ChoiceToDecideWithoutList", kBriefing, "    code_list: \"stop-authority\"\n", "",
         "choices, and only they, have a code_list", "decisions[\"STOP_AUTHORITY\"]"},
        {"DecisionsOutsideOfABriefing", kBriefing, "kind: COURSE_KIND_BRIEFING",
         "kind: COURSE_KIND_EVERYBODY", "briefings, and only they, have decisions",
         "courses[\"six-rules-briefing\"]"},
        {"CourseForNobody", kCourse, "kind: COURSE_KIND_EVERYBODY", "", "kind is missing",
         "courses[\"six-rules-course\"]"},
        {"FullCourseIsTheShortOne", kCourse, "kind: COURSE_KIND_EVERYBODY",
         "kind: COURSE_KIND_SHORT", "employment_types", "courses[\"six-rules-course\"]"},
        {"ShortCourseForEverybody", kCourse, "kind: COURSE_KIND_EVERYBODY",
         "kind: COURSE_KIND_SHORT employment_types: \"PART_TIME\"",
         "is a COURSE_KIND_SHORT, not a COURSE_KIND_EVERYBODY", "editions"},
        {"BriefingWithATest", kCourse, "kind: COURSE_KIND_EVERYBODY", "kind: COURSE_KIND_BRIEFING",
         "every course but a briefing has a test", "courses[\"six-rules-course\"]"},
        {"UnknownEmploymentType", kCourse, "kind: COURSE_KIND_EVERYBODY",
         "kind: COURSE_KIND_SHORT employment_types: \"SOMETIMES\"",
         "there is no employment type \"SOMETIMES\"", "courses[\"six-rules-course\"]"},
        {"ExplanationMissing", kCourse, "    explanation {", "    #", "explanation is missing",
         "questions[\"INTRODUCTION_1A\"]"},
        {"TooFewQuestions", kCourse, "draws { topic: \"UPDATE\" count: 2",
         "draws { topic: \"UPDATE\" count: 7", "12 questions about UPDATE, test and retest need 14",
         "test.draws[1]"},
        {"GroupThatIsNone", kOffering, "left_out: [\"ON_LEAVE\"]", "left_out: [\"ASLEEP\"]",
         "not in the list roster-groups", "left_out"},
        {"LifeEventThatRedoesNothing", "life-events/events.textproto", "redo: \"GBIZ_ID\"",
         "redo: \"NOTHING\"", "there is no \"NOTHING\" in the list redo-subjects",
         "life_events[\"new-president\"].steps[\"GBIZ_ID\"]"},
        {"LifeEventStepTooLate", "life-events/events.textproto", "due_business_days: 3",
         "due_business_days: 300", "300 isn't from 0 to 250", "due_business_days"},
        {"UnknownFact", kCriteria, "\"roster.members\"", "\"roster.people\"",
         "there is no FactCode \"roster.people\"", "criteria[\"ROSTER_MEMBERS\"].condition.fact"},
        {"FactOfAnotherType", kCriteria, "comparator: COMPARATOR_AT_LEAST ratio: 1",
         "comparator: COMPARATOR_AT_LEAST count: 1", "training.coverage is a FACT_TYPE_RATIO",
         "criteria[\"TRAINING_COVERAGE\"].condition"},
        {"StateThatNeverIs", kCriteria, "text: \"ISSUED\"", "text: \"DONE\"",
         "declaration.state is never \"DONE\"", "criteria[\"DECLARATION_ISSUED\"]"},
        {"SourceThatIsUnknown", kPortal, "source: \"client.address\"", "source: \"client.addres\"",
         "there is no source \"client.addres\"", "fields[\"ADDRESS\"]"},
        {"ChoiceWithoutList", kPortal, "    code_list: \"industries\"\n", "",
         "choices, and only they, have a code_list", "fields[\"INDUSTRY\"]"},
        {"StyleThatIsUnknown", kPledgeSheets, "style: \"formal\"", "style: \"loud\"",
         "there is no style \"loud\"", "document_templates[\"pledge-sheet\"].document"},
        {"BlockWithoutKind", kPledgeSheets, "blocks { prose { code: \"pledge.body\" } }",
         "blocks { }", "has no kind", "document.blocks[1]"},
        {"DocumentWithoutTitle", kPledgeSheets, "    title: \"誓約書\"\n", "", "title is missing",
         "document_templates[\"pledge-sheet\"].document"},
        {"ReferenceToNoId", kDeclarationSheet, "inlines { text: \"入力のときの注意\" }",
         "inlines { reference { id: \"nothing\" } }", "there is no id \"nothing\"",
         "document_templates[\"declaration-sheet\"].document"},
        {"IdUsedTwice", kDeclarationSheet, "heading { inlines { text: \"入力のときの注意\" }",
         "heading { id: \"entries\" inlines { text: \"注意\" }", "id \"entries\" is used twice",
         "document.blocks["},
        {"WordingInABlock", kDeclarationSheet, "会社として取り組むことを確かめた日。",
         "宣言が認定された日。", "forbidden wording \"認定\"", kDeclarationSheet},
        {"EndBeforeBeginning", "declaration/web_form_2017.textproto", "year: 2026", "year: 2016",
         "valid_to is before valid_from", "declaration_procedures[\"web-form-2017\"]"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Calendar, CheckTest,
    testing::ValuesIn(std::vector<Fault>{
        {"NotTheFirstOfJanuary", kHolidays, "first_day { year: 2024 month: 1 day: 1 }",
         "first_day { year: 2024 month: 1 day: 2 }", "is no 1 January", "first_day"},
        {"EndsBeforeItBegins", kHolidays, "last_day { year: 2028", "last_day { year: 2023",
         "last_day is before first_day", "holiday_calendars[\"japan\"]"},
        {"OutOfOrder", kHolidays, "year: 2025 month: 1 day: 13", "year: 2024 month: 12 day: 13",
         "not behind the day before it", "holidays["},
        {"OutsideOfItsYears", kHolidays, "date { year: 2028 month: 12 day: 31 }",
         "date { year: 2029 month: 1 day: 1 }", "2029-01-01 lies outside", "holidays["},
        {"SubstituteForgotten", kHolidays,
         "kind: HOLIDAY_KIND_SUBSTITUTE certainty: CERTAINTY_RECALLED",
         "kind: HOLIDAY_KIND_YEAR_END certainty: CERTAINTY_RECALLED",
         "2024-02-12 must be a substitute for 2024-02-11", kHolidays},
        {"SubstituteForNothing", kHolidays, "year: 2026 month: 9 day: 23 }",
         "year: 2026 month: 9 day: 24 }", "2026-09-22 lies between no two national holidays",
         kHolidays},
        {"GapInTheDeduction", "quote/deduction.textproto",
         "first_day { year: 2026 month: 10 day: 1 }", "first_day { year: 2026 month: 10 day: 2 }",
         "doesn't begin on the day behind it", "periods[0]"},
        {"DeductionWithoutEnd", "quote/deduction.textproto",
         "    last_day { year: 2026 month: 9 day: 30 }\n", "", "only it, has no end", "periods[0]"},
        {"HolidayForgotten", kHolidays, "kind: HOLIDAY_KIND_NATIONAL",
         "kind: HOLIDAY_KIND_YEAR_END", "2024 has 15 national holidays, want 16", kHolidays},
    }),
    [](const auto& test) { return test.param.name; });

TEST(CheckAllTest, RightAnswersAreInDifferentPlaces) {
  auto packs = BuiltInPacks();
  for (auto& pack : packs) {
    for (auto& file : pack.files) {
      file.text = absl::StrReplaceAll(file.text, {{"correct_index: 0", "correct_index: 1"},
                                                  {"correct_index: 2", "correct_index: 1"}});
    }
  }
  const auto library = Library::Load(packs, {});
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(std::string(library.status().message()),
              HasSubstr("right answers about UPDATE are choice 1"));
}

TEST(CheckAllTest, AllProblemsAreListed) {
  auto packs = Spoiled({"", kOffering, "star: 1", "star: 3", "", ""});
  for (auto& pack : packs) {
    for (auto& file : pack.files) {
      file.text = absl::StrReplaceAll(file.text, {{"number: 2", "number: 7"}});
    }
  }
  const auto library = Library::Load(packs, {});
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(std::string(library.status().message()),
              AllOf(HasSubstr("3 isn't from 1 to 2"), HasSubstr("guideline-3-1/rules.textproto"),
                    HasSubstr("guideline-4-0/rules.textproto")));
}

}  // namespace
}  // namespace staraction::content
