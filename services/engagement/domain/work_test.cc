// The rules of the work: quotes, plans, subsidies, visits, by tables.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/base/date.h"
#include "common/content/library.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/domain/plan.h"
#include "services/engagement/domain/quote.h"
#include "services/engagement/domain/subsidy.h"
#include "services/engagement/domain/visit.h"

namespace staraction::engagement::domain {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Code = v1::PlanWarning::Code;

const content::Library& Library() {
  static const auto* library = content::Library::Load().value().release();
  return *library;
}

const content::v1::Offering& OneStar() {
  return *Library().FindOffering("one-star");
}

const BusinessCalendar& Japan() {
  static const auto* calendar = new BusinessCalendar(*Library().FindHolidayCalendar("japan"));
  return *calendar;
}

v1::Quote QuoteFor(int headcount) {
  v1::Quote quote;
  quote.set_headcount(headcount);
  return quote;
}

TEST(QuoteTest, LinesAndTaxAddUp) {
  v1::Quote quote = QuoteFor(28);
  (*quote.mutable_options())["EXTRA_SITE"] = 2;
  ASSERT_OK(PriceQuote(OneStar(), quote));
  ASSERT_EQ(quote.lines_size(), 2);
  EXPECT_EQ(quote.lines(0).amount_yen(), 110000);
  EXPECT_EQ(quote.lines(1).quantity(), 2);
  EXPECT_EQ(quote.lines(1).amount_yen(), 10000);
  ASSERT_EQ(quote.taxes_size(), 1);
  EXPECT_EQ(quote.taxes(0).taxable_yen(), 120000);
  EXPECT_EQ(quote.total_yen(), 132000);
  EXPECT_THAT(quote.subject(), HasSubstr("自己宣言支援"));
}

TEST(QuoteTest, AnOverrideIsALineAndKeepsTheComputedPrice) {
  const struct {
    int64_t price, difference, tax;
    const char* label;
  } cases[] = {{88889, -21111, 8888, "お値引き"},
               {0, -110000, 0, "お値引き"},
               {200000, 90000, 20000, "追加の対応"}};
  for (const auto& c : cases) {
    v1::Quote quote = QuoteFor(28);
    quote.mutable_price_override()->set_price_yen(c.price);
    ASSERT_OK(PriceQuote(OneStar(), quote)) << c.price;
    EXPECT_EQ(quote.computed_price_yen(), 110000);
    EXPECT_EQ(quote.price_yen(), c.price);
    EXPECT_EQ(quote.tax_yen(), c.tax) << "rounded down once";
    EXPECT_EQ(quote.lines(1).amount_yen(), c.difference);
    EXPECT_EQ(quote.lines(1).label(), c.label);
  }
  v1::Quote same = QuoteFor(28);
  same.mutable_price_override()->set_price_yen(110000);
  EXPECT_THAT(PriceQuote(OneStar(), same),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("computed price")));
}

TEST(QuoteTest, ExpiryFollowsTheDay) {
  v1::Quote quote;
  quote.set_state(v1::Quote::STATE_ISSUED);
  *quote.mutable_valid_until() = ToProtoDate(CivilDay(2026, 12, 20));
  *quote.mutable_issue_date() = ToProtoDate(CivilDay(2026, 12, 1));
  EXPECT_EQ(Present(quote, CivilDay(2026, 12, 20)).state(), v1::Quote::STATE_ISSUED);
  EXPECT_EQ(Present(quote, CivilDay(2026, 12, 21)).state(), v1::Quote::STATE_EXPIRED);
  const CivilDay today(2026, 12, 25);
  EXPECT_OK(CheckDecisionDay(quote, CivilDay(2026, 12, 20), today, true));
  EXPECT_OK(CheckDecisionDay(quote, CivilDay(2026, 12, 22), today, false));
  EXPECT_THAT(CheckDecisionDay(quote, CivilDay(2026, 12, 22), today, true),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("EXPIRED")));
  EXPECT_THAT(CheckDecisionDay(quote, CivilDay(2026, 11, 30), today, true),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("effective_date")));
  EXPECT_THAT(CheckDecisionDay(quote, CivilDay(2026, 12, 26), today, true),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("effective_date")));
}

TEST(QuoteTest, NumbersFollowTheFiscalYear) {
  EXPECT_EQ(FiscalYear(CivilDay(2027, 3, 31), 0), 2026);
  EXPECT_EQ(FiscalYear(CivilDay(2027, 4, 1), 0), 2027);
  EXPECT_EQ(FiscalYear(CivilDay(2027, 1, 1), 1), 2027);
  EXPECT_EQ(FiscalYear(CivilDay(2027, 9, 30), 10), 2026);
  EXPECT_EQ(QuoteNumber(2026, 12), "2026-0012");
  EXPECT_EQ(QuoteNumber(2026, 12345), "2026-12345");
}

TEST(QuoteTest, UnregisteredIssuersSayWhatMayBeDeducted) {
  const auto& schedule = *Library().FindDeductionSchedule("unregistered-issuer");
  v1::Quote::Party issuer;
  EXPECT_THAT(TaxNote(schedule, issuer, CivilDay(2026, 9, 30)), HasSubstr("80%"));
  EXPECT_THAT(TaxNote(schedule, issuer, CivilDay(2026, 10, 1)), HasSubstr("70%"));
  EXPECT_THAT(TaxNote(schedule, issuer, CivilDay(2035, 1, 1)), HasSubstr("控除できなくなる"));
  issuer.set_registration_number("T7000012050002");
  EXPECT_EQ(TaxNote(schedule, issuer, CivilDay(2026, 10, 1)), "");
}

TEST(QuoteTest, RegistrationNumbers) {
  constexpr auto kAny = v1::Organization::ISSUER_KIND_UNSPECIFIED;
  constexpr auto kCorporation = v1::Organization::ISSUER_KIND_CORPORATION;
  constexpr auto kProprietor = v1::Organization::ISSUER_KIND_SOLE_PROPRIETOR;
  EXPECT_EQ(ParseRegistrationNumber("Ｔ７０００－０１２０－５０００２", kCorporation, "f").value(),
            "T7000012050002");
  EXPECT_EQ(ParseRegistrationNumber("", kCorporation, "f").value(), "");
  EXPECT_EQ(ParseRegistrationNumber("t1234567890123", kProprietor, "f").value(), "T1234567890123");
  EXPECT_THAT(ParseRegistrationNumber("T7000012050003", kCorporation, "f"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("check digit")));
  for (const char* bad : {"7000012050002", "T700001205000", "T70000120500022", "TX000012050002"}) {
    EXPECT_THAT(ParseRegistrationNumber(bad, kAny, "f"), StatusIs(StatusCode::kInvalidArgument))
        << bad;
  }
}

TEST(PlanTest, KindSizeAndPathChooseThePlan) {
  const struct {
    content::v1::ClientKind kind;
    int people;
    v1::PlanPath path;
    const char* plan;
    const char* criteria;
  } cases[] = {
      {content::v1::CLIENT_KIND_COMPANY, 28, v1::PLAN_PATH_UNSPECIFIED, "one-star-plan",
       "one-star-criteria"},
      {content::v1::CLIENT_KIND_COMPANY, 3, v1::PLAN_PATH_STANDARD, "one-star-small-plan",
       "one-star-criteria"},
      {content::v1::CLIENT_KIND_COMPANY, 300, v1::PLAN_PATH_STANDARD, "one-star-large-plan",
       "one-star-criteria"},
      {content::v1::CLIENT_KIND_COMPANY, 300, v1::PLAN_PATH_EXPRESS, "one-star-express-plan",
       "one-star-criteria"},
      {content::v1::CLIENT_KIND_SOLE_PROPRIETOR, 1, v1::PLAN_PATH_STANDARD, "one-star-solo-plan",
       "one-star-solo-criteria"},
      {content::v1::CLIENT_KIND_SOLE_PROPRIETOR, 1, v1::PLAN_PATH_EXPRESS,
       "one-star-solo-express-plan", "one-star-solo-criteria"},
      {content::v1::CLIENT_KIND_SOLE_PROPRIETOR, 3, v1::PLAN_PATH_STANDARD, "one-star-small-plan",
       "one-star-criteria"},
      {content::v1::CLIENT_KIND_ORGANIZATION, 3, v1::PLAN_PATH_STANDARD,
       "one-star-organization-plan", "one-star-criteria"},
      {content::v1::CLIENT_KIND_IT_VENDOR, 30, v1::PLAN_PATH_STANDARD, "one-star-vendor-plan",
       "one-star-criteria"},
  };
  for (const auto& c : cases) {
    const auto choice = ChoosePlan(OneStar(), c.kind, c.people, c.path);
    EXPECT_EQ(choice.plan(), c.plan) << c.people;
    EXPECT_EQ(choice.criteria_set(), c.criteria) << c.people;
  }
}

TEST(PlanTest, EveryPlanKeepsToBusinessDaysInsideTheDuration) {
  const CivilDay start(2026, 12, 1);
  const CivilDay due = DueDay(OneStar(), start);
  for (const auto* plan : Library().List<content::v1::Plan>()) {
    const auto tasks = MakeTasks(*plan, {Japan(), start, due, start});
    EXPECT_EQ(tasks.size(), static_cast<size_t>(plan->milestones_size())) << plan->id();
    CivilDay last = start;
    for (const auto& task : tasks) {
      const auto day = FromProtoDate(task.due_date());
      ASSERT_TRUE(day.has_value()) << plan->id() << " " << task.code();
      EXPECT_TRUE(Japan().IsBusinessDay(*day)) << plan->id() << " " << task.code() << " " << *day;
      EXPECT_GE(*day, last) << plan->id() << " " << task.code();
      EXPECT_LE(*day, due) << plan->id() << " " << task.code();
      last = *day;
    }
    for (const auto& visit : MakeVisits(*plan, {Japan(), start, due, start})) {
      EXPECT_TRUE(Japan().IsBusinessDay(*FromProtoDate(visit.planned_date()))) << visit.code();
      EXPECT_GT(visit.agenda_size(), 0) << visit.code();
    }
  }
}

std::map<std::string, CivilDay> DaysOf(const std::vector<v1::Task>& tasks) {
  std::map<std::string, CivilDay> days;
  for (const auto& task : tasks) days[task.code()] = *FromProtoDate(task.due_date());
  return days;
}

TEST(PlanTest, ADeadlineBringsForwardWhatComesBeforeTheDeclaration) {
  const auto& plan = *Library().FindPlan("one-star-plan");
  const CivilDay start(2026, 12, 1), due(2027, 3, 1), declare_by(2027, 1, 20);
  const auto usual = DaysOf(MakeTasks(plan, {Japan(), start, due, start}));
  const auto early =
      DaysOf(MakeTasks(plan, {Japan(), start, due, start, declare_by, CivilDay(2026, 12, 2)}));
  EXPECT_LE(early.at("DECLARE"), declare_by);
  EXPECT_LE(early.at("GBIZ_APPLY"), CivilDay(2026, 12, 2));
  EXPECT_LT(early.at("PLEDGES"), usual.at("PLEDGES"));
  EXPECT_EQ(early.at("WRAP_UP"), usual.at("WRAP_UP"));
  for (const auto& [code, day] : early) {
    EXPECT_GE(day, start) << code;
    EXPECT_TRUE(Japan().IsBusinessDay(day)) << code << " " << day;
  }
  // A day that is late enough moves nothing.
  const auto late = DaysOf(
      MakeTasks(plan, {Japan(), start, due, start, CivilDay(2027, 2, 26), CivilDay(2027, 1, 20)}));
  EXPECT_EQ(late, usual);
}

std::vector<Code> CodesOf(const BackPlan& plan) {
  std::vector<Code> codes;
  for (const auto& warning : plan.warnings) codes.push_back(warning.code());
  return codes;
}

TEST(SubsidyTest, CountsBackwardsFromTheApplication) {
  const auto& programme = *Library().FindSubsidyProgramme("digital-ai-2026");
  v1::Engagement::SubsidyTarget target;
  *target.mutable_application_date() = ToProtoDate(CivilDay(2027, 3, 2));
  v1::Client client;
  const auto post = PlanBack(programme, target, 1, client, Japan(), CivilDay(2026, 12, 1));
  EXPECT_EQ(post.declare_by, CivilDay(2027, 2, 19));     // ten days before is a Saturday
  EXPECT_EQ(post.gbiz_apply_by, CivilDay(2027, 1, 20));  // thirty days by post
  EXPECT_TRUE(post.feasible);
  EXPECT_THAT(CodesOf(post), ElementsAre(v1::PlanWarning::CODE_GBIZ_APPLY));
  target.set_gbiz_id_route(v1::Engagement::GBIZ_ID_ROUTE_ONLINE);
  const auto online = PlanBack(programme, target, 1, client, Japan(), CivilDay(2026, 12, 1));
  EXPECT_EQ(online.gbiz_apply_by, CivilDay(2027, 2, 17));
}

TEST(SubsidyTest, SaysWhenTheDayCannotBeMet) {
  const auto& programme = *Library().FindSubsidyProgramme("digital-ai-2026");
  v1::Engagement::SubsidyTarget target;
  *target.mutable_application_date() = ToProtoDate(CivilDay(2027, 3, 2));
  v1::Client none, ready, expected, member, barred;
  ready.mutable_gbiz_id()->set_kind(v1::GbizId::KIND_PRIME);
  expected = ready;
  ready.mutable_gbiz_id()->set_ready(true);
  *expected.mutable_gbiz_id()->mutable_expected_date() = ToProtoDate(CivilDay(2027, 2, 18));
  member.mutable_gbiz_id()->set_kind(v1::GbizId::KIND_MEMBER);
  member.mutable_gbiz_id()->set_ready(true);
  barred.mutable_gbiz_id()->set_kind(v1::GbizId::KIND_NOT_ELIGIBLE);
  const struct {
    const char* name;
    const v1::Client& client;
    CivilDay today;
    bool feasible;
    std::vector<Code> codes;
  } cases[] = {
      {"ready", ready, CivilDay(2027, 2, 10), true, {}},
      {"expected in time", expected, CivilDay(2027, 2, 10), true, {}},
      {"none, too late by post",
       none,
       CivilDay(2027, 2, 1),
       false,
       {v1::PlanWarning::CODE_GBIZ_TOO_LATE}},
      {"member only",
       member,
       CivilDay(2026, 12, 1),
       true,
       {v1::PlanWarning::CODE_GBIZ_KIND, v1::PlanWarning::CODE_GBIZ_APPLY}},
      {"cannot get one",
       barred,
       CivilDay(2026, 12, 1),
       false,
       {v1::PlanWarning::CODE_GBIZ_NOT_ELIGIBLE}},
      {"day has passed",
       ready,
       CivilDay(2027, 2, 22),
       false,
       {v1::PlanWarning::CODE_DECLARE_TOO_LATE}},
  };
  for (const auto& c : cases) {
    const auto plan = PlanBack(programme, target, 1, c.client, Japan(), c.today);
    EXPECT_EQ(plan.feasible, c.feasible) << c.name;
    EXPECT_EQ(CodesOf(plan), c.codes) << c.name;
  }
}

TEST(LifeTest, EngagementsMoveOnlyForward) {
  const auto actions = [](v1::Engagement::State state) { return ActionsOf(state); };
  EXPECT_THAT(actions(v1::Engagement::STATE_ACTIVE),
              ElementsAre("declare", "close", "cancel", "replan"));
  EXPECT_THAT(actions(v1::Engagement::STATE_DECLARED),
              ElementsAre("sustain", "close", "cancel", "replan", "renew"));
  EXPECT_THAT(actions(v1::Engagement::STATE_SUSTAINING), ElementsAre("close", "renew"));
  EXPECT_THAT(actions(v1::Engagement::STATE_CLOSED), ElementsAre("renew"));
  EXPECT_THAT(actions(v1::Engagement::STATE_CANCELLED), IsEmpty());
  EXPECT_THAT(ActionsOf(v1::Visit::STATE_CONFIRMED), ElementsAre("confirm"));
  EXPECT_THAT(ActionsOf(v1::Visit::STATE_CANCELLED), IsEmpty());
}

TEST(VisitTest, TimesAndPeople) {
  const absl::Time now = absl::FromUnixSeconds(1800000000);
  EXPECT_OK(CheckHeld(now - absl::Hours(2), now, now));
  EXPECT_THAT(CheckHeld(now + absl::Seconds(1), now + absl::Hours(1), now),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("start_time")));
  EXPECT_THAT(CheckHeld(now - absl::Hours(2), now - absl::Hours(2), now),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("end_time")));
  v1::Visit visit;
  auto* guest = visit.add_participants();
  guest->set_display_name("税理士 山田");
  EXPECT_THAT(CheckParticipants(visit.participants(), "participants"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("participants[0]")));
  guest->set_side(v1::SIDE_CLIENT);
  EXPECT_OK(CheckParticipants(visit.participants(), "participants"));
}

TEST(VisitTest, TheDigestFollowsTheReport) {
  v1::Visit visit;
  visit.set_title("打ち合わせ");
  visit.set_minutes("名簿を受け取った");
  const std::string digest = ContentDigest(visit);
  EXPECT_EQ(digest.size(), 64u);
  visit.set_state(v1::Visit::STATE_CONFIRMED);
  EXPECT_EQ(ContentDigest(visit), digest);
  visit.set_minutes("名簿は来週受け取る");
  EXPECT_NE(ContentDigest(visit), digest);
}

}  // namespace
}  // namespace staraction::engagement::domain
