// The rules of operation, by tables: a year's activities, evidence, internal checks, exceptions,
// and what a new cycle takes over.

#include "services/engagement/domain/operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/base/date.h"
#include "common/content/library.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/domain/plan.h"
#include "services/engagement/domain/quote.h"
#include "services/engagement/domain/renewal.h"

namespace staraction::engagement::domain {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Item = v1::Engagement::RenewalItem;

// Fields that an INVALID_ARGUMENT names.
std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  const auto bad = GetDetail<google::rpc::BadRequest>(status);
  if (!bad) return fields;
  for (const auto& violation : bad->field_violations()) fields.push_back(violation.field());
  return fields;
}

const content::Library& Library() {
  static const auto* library = content::Library::Load().value().release();
  return *library;
}

const content::v1::ActivityCalendar& Operation() {
  return *Library().Find<content::v1::ActivityCalendar>("operation");
}

const BusinessCalendar& Japan() {
  static const auto* calendar = new BusinessCalendar(*Library().FindHolidayCalendar("japan"));
  return *calendar;
}

content::v1::ActivityCalendar CalendarWith(int first_business_days, int every_months) {
  content::v1::ActivityCalendar calendar;
  auto* kind = calendar.add_activities();
  kind->set_code("KIND");
  kind->set_first_business_days(first_business_days);
  kind->set_every_months(every_months);
  return calendar;
}

std::vector<CivilDay> DaysOf(const std::vector<v1::Activity>& year) {
  std::vector<CivilDay> days;
  days.reserve(year.size());
  for (const auto& activity : year) days.push_back(*FromProtoDate(activity.due_date()));
  return days;
}

TEST(PlanYearTest, DaysAreBusinessDaysInTwelveMonths) {
  const struct {
    CivilDay start;
    int first_business_days;
    int every_months;
    std::vector<CivilDay> days;
  } kCases[] = {
      // 2026-04-01 is a Wednesday; the Golden Week lies between.
      {CivilDay(2026, 4, 1), 0, 0, {CivilDay(2026, 4, 1)}},
      {CivilDay(2026, 4, 1), 3, 0, {CivilDay(2026, 4, 6)}},
      {CivilDay(2026, 4, 28), 2, 0, {CivilDay(2026, 5, 1)}},
      // The second falls on Saturday 2026-10-03 and moves to Monday.
      {CivilDay(2026, 4, 1), 2, 6, {CivilDay(2026, 4, 3), CivilDay(2026, 10, 5)}},
      // Of a month without that day the last one, from the first day each time.
      {CivilDay(2026, 8, 31), 0, 6, {CivilDay(2026, 8, 31), CivilDay(2027, 3, 1)}},
      // A year later is the next cycle's.
      {CivilDay(2026, 4, 1), 0, 12, {CivilDay(2026, 4, 1)}},
  };
  for (const auto& test : kCases) {
    const auto calendar = CalendarWith(test.first_business_days, test.every_months);
    EXPECT_EQ(DaysOf(PlanYear(calendar, test.start, Japan(), false)), test.days)
        << test.start << " +" << test.first_business_days << " every " << test.every_months;
  }
}

TEST(PlanYearTest, TheContentsYearIsInOrderAndNamesWhatToDo) {
  const auto year = PlanYear(Operation(), CivilDay(2026, 12, 1), Japan(), false);
  EXPECT_GE(year.size(), 13u);
  const auto days = DaysOf(year);
  EXPECT_TRUE(std::is_sorted(days.begin(), days.end()));
  int trials = 0;
  for (const auto& activity : year) {
    EXPECT_TRUE(Japan().IsBusinessDay(*FromProtoDate(activity.due_date()))) << activity.code();
    EXPECT_NE(activity.title(), "");
    EXPECT_NE(activity.evidence_wanted(), "");
    trials += activity.trial() ? 1 : 0;
  }
  EXPECT_EQ(trials, 3);
}

TEST(PlanYearTest, ALaterYearTriesNothingAndStartsNothing) {
  const auto first = PlanYear(Operation(), CivilDay(2026, 12, 1), Japan(), false);
  const auto later = PlanYear(Operation(), CivilDay(2027, 12, 1), Japan(), true);
  EXPECT_EQ(later.size() + 1, first.size()) << "the forms start once";
  std::map<std::string, int> occurrences;
  for (const auto& activity : later) {
    EXPECT_FALSE(activity.trial()) << activity.code();
    EXPECT_EQ(activity.occurrence(), ++occurrences[activity.code()]) << activity.code();
  }
  EXPECT_EQ(occurrences["JOINERS_TRAINING"], 3) << "from the third month on";
  EXPECT_EQ(occurrences.count("FORMS_START"), 0u);
}

TEST(CompleteActivityTest, TakesFromTheKindWhatIsMissing) {
  v1::Activity activity;
  activity.set_code("INCIDENT_EXERCISE");
  activity.set_title("机上の練習");
  ASSERT_OK(CompleteActivity(Operation(), activity));
  EXPECT_EQ(activity.title(), "机上の練習");
  EXPECT_EQ(activity.role(), "INCIDENT_RESPONSE");
  EXPECT_THAT(activity.pack(), HasSubstr("operation@"));
  v1::Activity wrong;
  wrong.set_code("PARTY");
  wrong.set_owner_user("users/1");
  wrong.set_owner_member("clients/1/members/1");
  EXPECT_THAT(FieldsOf(CompleteActivity(Operation(), wrong)), ElementsAre("activity.code"));
  wrong.set_code("INCIDENT_EXERCISE");
  EXPECT_THAT(FieldsOf(CompleteActivity(Operation(), wrong)), ElementsAre("activity.owner_member"));
  v1::Activity untitled;
  EXPECT_THAT(CompleteActivity(Operation(), untitled),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("activity.title")));
}

TEST(CheckFileTest, BytesMustBeOfTheirType) {
  const std::string kOffice = "application/vnd.openxmlformats-officedocument.";
  const std::string kZip = "PK\x03\x04";
  const struct {
    std::string media_type;
    std::string bytes;
    std::vector<std::string> wrong;  // fields
    std::string file_name = "記録";
  } kCases[] = {
      {"application/pdf", "%PDF-1.7", {}},
      {"application/pdf", "MZ", {"data"}},
      {"application/pdf", "", {"data"}},
      {"image/png", "\x89PNG\r\n\x1a\n", {}},
      {"image/jpeg", "\xff\xd8\xff\xe0", {}},
      {kOffice + "spreadsheetml.sheet", kZip + "..[Content_Types].xml..", {}},
      {kOffice + "wordprocessingml.document", kZip + "..[Content_Types].xml..", {}},
      {kOffice + "spreadsheetml.sheet", kZip + "other.txt", {"data"}},
      {kOffice + "spreadsheetml.sheet", "%PDF-1.7", {"data"}},
      {kOffice + "presentationml.presentation", kZip, {"evidence.media_type"}},
      {"text/csv", "氏名,日付\n", {}},
      {"text/plain", std::string("a\0b", 3), {"data"}},
      {"text/html", "<html>", {"evidence.media_type"}},
      {"image/heic", "....ftypheic", {"evidence.media_type"}},
      {"", "%PDF-1.7", {"evidence.media_type", "evidence.file_name"}, "../a"},
      {"application/pdf", "%PDF-1.7", {"evidence.file_name"}, "C:\\a.pdf"},
  };
  for (const auto& test : kCases) {
    v1::Evidence evidence;
    evidence.set_media_type(test.media_type);
    evidence.set_file_name(test.file_name);
    const absl::Status status = CheckFile(evidence, test.bytes);
    EXPECT_EQ(FieldsOf(status), test.wrong) << test.media_type << " " << status;
    EXPECT_EQ(status.ok(), test.wrong.empty()) << test.media_type;
  }
}

TEST(CheckDayTest, LiesBetweenTheFirstAndToday) {
  const CivilDay today(2026, 4, 10);
  EXPECT_OK(CheckDay(today, CivilDay(2026, 4, 10), today, "day"));
  EXPECT_OK(CheckDay(CivilDay(1999, 1, 1), CivilDay::min(), today, "day"));
  EXPECT_THAT(CheckDay(today + 1, CivilDay::min(), today, "day"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("2026-04-11")));
  EXPECT_THAT(
      CheckDay(CivilDay(2026, 4, 1), CivilDay(2026, 4, 2), today, "day"),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr("came 2026-04-01; want 2026-04-02 to")));
}

v1::InternalCheck TwoItems() {
  v1::InternalCheck check;
  check.add_items()->set_code("A");
  check.add_items()->set_code("B");
  return check;
}

TEST(InternalCheckTest, AnswersGoToTheirItems) {
  v1::InternalCheck check = TwoItems();
  check.mutable_items(1)->set_title("鍵");
  v1::AnswerInternalCheckRequest request;
  auto* answer = request.add_answers();
  answer->set_code("B");
  answer->set_answer(v1::InternalCheck::ANSWER_DEVIATES);
  EXPECT_THAT(FieldsOf(Answer(request.answers(), check).status()), ElementsAre("answers[0].note"));
  EXPECT_EQ(check.items(0).answer(), v1::InternalCheck::ANSWER_UNSPECIFIED);
  answer->set_note("開いていた");
  check.mutable_items(1)->set_answer(v1::InternalCheck::ANSWER_CONFORMS);
  const auto changes = Answer(request.answers(), check);
  ASSERT_OK(changes);
  EXPECT_EQ(*changes, "鍵（守られている→守られていない）");
  EXPECT_EQ(check.items(1).answer(), v1::InternalCheck::ANSWER_DEVIATES);
  EXPECT_EQ(*Answer(request.answers(), check), "") << "nothing changed";
  *request.add_answers() = request.answers(0);
  request.add_answers()->set_code("C");
  EXPECT_THAT(FieldsOf(Answer(request.answers(), check).status()),
              ElementsAre("answers[1].code", "answers[2].code"));
}

TEST(InternalCheckTest, WhatIsOpenKeepsItFromBeingConcluded) {
  v1::InternalCheck check = TwoItems();
  EXPECT_THAT(OpenPoints(check, {}), SizeIs(2));
  check.mutable_items(0)->set_answer(v1::InternalCheck::ANSWER_CONFORMS);
  check.mutable_items(1)->set_answer(v1::InternalCheck::ANSWER_DEVIATES);
  EXPECT_THAT(OpenPoints(check, {}), SizeIs(1));
  v1::Finding finding;
  finding.set_item("B");
  finding.set_state(v1::Finding::STATE_OPEN);
  EXPECT_THAT(OpenPoints(check, {finding}), SizeIs(1));
  finding.set_state(v1::Finding::STATE_DECIDED);
  EXPECT_THAT(OpenPoints(check, {finding}), IsEmpty());
  finding.set_state(v1::Finding::STATE_WITHDRAWN);
  EXPECT_THAT(OpenPoints(check, {finding}), SizeIs(1)) << "a deviation without a finding";
}

TEST(CheckPeriodTest, LastsAYearAtMost) {
  const struct {
    CivilDay start, end;
    bool right;
  } kCases[] = {
      {CivilDay(2026, 4, 1), CivilDay(2026, 4, 1), true},
      {CivilDay(2026, 4, 1), CivilDay(2027, 4, 1), true},
      {CivilDay(2026, 4, 1), CivilDay(2027, 4, 2), false},
      {CivilDay(2026, 4, 1), CivilDay(2026, 3, 31), false},
      {CivilDay(2028, 2, 29), CivilDay(2029, 2, 28), true},
      {CivilDay(2028, 2, 29), CivilDay(2029, 3, 1), false},
  };
  for (const auto& test : kCases) {
    v1::RuleException exception;
    *exception.mutable_start_date() = ToProtoDate(test.start);
    *exception.mutable_expire_date() = ToProtoDate(test.end);
    EXPECT_EQ(CheckPeriod(exception).ok(), test.right) << test.start << " to " << test.end;
  }
}

TEST(CompareCyclesTest, SaysWhatChangedStaysAndStartsAnew) {
  v1::Engagement previous;
  previous.set_name("engagements/1");
  previous.set_star(1);
  previous.mutable_editions()->set_rule_list("five-rules");
  v1::Engagement next;
  next.set_star(2);
  next.mutable_editions()->set_rule_list("six-rules");
  next.mutable_editions()->set_self_diagnosis("self-diagnosis-3-1");
  v1::Readiness readiness;
  readiness.add_criteria()->set_code("ANEW");
  readiness.mutable_criteria(0)->set_verdict(v1::CriterionState::VERDICT_UNMET);
  readiness.add_criteria()->set_code("STAYS");
  readiness.mutable_criteria(1)->set_verdict(v1::CriterionState::VERDICT_MET);
  const auto renewal = CompareCycles(previous, next, readiness);
  EXPECT_EQ(renewal.previous(), "engagements/1");
  std::map<std::string, Item> items;
  std::vector<Item::Kind> order;
  for (const auto& item : renewal.items()) {
    items[item.code()] = item;
    order.push_back(item.kind());
  }
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_THAT(items, SizeIs(5));
  EXPECT_EQ(items["star"].text(), "前回: 1、今回: 2");
  EXPECT_EQ(items["editions.rule_list"].text(), "前回: five-rules、今回: six-rules");
  EXPECT_EQ(items["editions.self_diagnosis"].text(), "前回: なし、今回: self-diagnosis-3-1");
  EXPECT_EQ(items["STAYS"].kind(), Item::KIND_KEPT);
  EXPECT_EQ(items["ANEW"].kind(), Item::KIND_RESET);
}

TEST(TwoStarOfferingTest, PricePlanAndVisitsFollowSizeAndPath) {
  const auto& offering = *Library().FindOffering("two-star");
  const struct {
    int headcount;
    v1::PlanPath path;
    int64_t price_yen;
    const char* plan;
    int visits;
  } kCases[] = {
      {1, v1::PLAN_PATH_STANDARD, 150000, "two-star-small-plan", 3},
      {5, v1::PLAN_PATH_STANDARD, 150000, "two-star-small-plan", 3},
      {6, v1::PLAN_PATH_STANDARD, 150000, "two-star-plan", 4},
      {28, v1::PLAN_PATH_STANDARD, 160000, "two-star-plan", 4},
      {100, v1::PLAN_PATH_STANDARD, 170000, "two-star-plan", 4},
      {101, v1::PLAN_PATH_STANDARD, 180000, "two-star-plan", 4},
      {28, v1::PLAN_PATH_EXPRESS, 160000, "two-star-express-plan", 4},
      {1, v1::PLAN_PATH_EXPRESS, 150000, "two-star-express-plan", 4},
  };
  const CivilDay start(2026, 4, 1);
  for (const auto& test : kCases) {
    v1::Quote quote;
    quote.set_headcount(test.headcount);
    ASSERT_OK(PriceQuote(offering, quote));
    EXPECT_EQ(quote.price_yen(), test.price_yen) << test.headcount;
    const auto choice =
        ChoosePlan(offering, content::v1::CLIENT_KIND_COMPANY, test.headcount, test.path);
    EXPECT_EQ(choice.plan(), test.plan) << test.headcount;
    const auto* plan = Library().FindPlan(choice.plan());
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(plan->visits_size(), test.visits) << test.plan;
    const CivilDay due = DueDay(offering, start);
    const Timetable timetable{Japan(), start, due, start};
    for (const auto& task : MakeTasks(*plan, timetable)) {
      EXPECT_LE(*FromProtoDate(task.due_date()), due) << task.code();
    }
  }
}

}  // namespace
}  // namespace staraction::engagement::domain
