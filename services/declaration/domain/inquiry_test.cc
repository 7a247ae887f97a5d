#include "services/declaration/domain/inquiry.h"

#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "services/declaration/domain/day.h"

namespace staraction::declaration::domain {
namespace {

// 2026-10-01, a Thursday.
const Act kAct = {"users/u", absl::FromCivil(absl::CivilDay(2026, 10, 1), absl::UTCTimeZone())};

const content::Library& Content() {
  static const auto* library = [] {
    auto loaded = content::Library::Load();
    if (!loaded.ok()) std::abort();
    return std::move(*loaded).release();
  }();
  return *library;
}

const BusinessCalendar& Calendar() {
  static const auto* calendar = new BusinessCalendar(*Content().FindHolidayCalendar("japan"));
  return *calendar;
}

v1::Inquiry Wanted(const std::string& source, absl::CivilDay received) {
  v1::Inquiry inquiry;
  inquiry.set_source(source);
  *inquiry.mutable_receive_date() = ToProtoDate(received);
  return inquiry;
}

TEST(Inquiry, IsDueByTheSourcesBusinessDays) {
  const struct {
    const char* name;
    const char* source;
    absl::CivilDay received, want;
  } kCases[] = {
      {"subsidy office, over a weekend", "subsidy-office", absl::CivilDay(2026, 9, 11),
       absl::CivilDay(2026, 9, 15)},
      {"over three holidays in a row", "declaration-office", absl::CivilDay(2026, 9, 18),
       absl::CivilDay(2026, 9, 28)},
      {"customer", "customer", absl::CivilDay(2026, 10, 1), absl::CivilDay(2026, 10, 8)},
  };
  for (const auto& c : kCases) {
    const auto inquiry = NewInquiry(Wanted(c.source, c.received), Content(), Calendar(), kAct);
    ASSERT_OK(inquiry);
    EXPECT_EQ(FormatIsoDate(DayOf(inquiry->due_date())), FormatIsoDate(c.want)) << c.name;
  }
}

TEST(Inquiry, ADayThatTheOtherSideNamedCounts) {
  v1::Inquiry wanted = Wanted("subsidy-office", absl::CivilDay(2026, 9, 30));
  *wanted.mutable_due_date() = ToProtoDate(absl::CivilDay(2026, 10, 20));
  ASSERT_OK_AND_ASSIGN(const auto inquiry, NewInquiry(wanted, Content(), Calendar(), kAct));
  EXPECT_EQ(inquiry.due_date().day(), 20);
}

TEST(Inquiry, FaultsAreNamedTogether) {
  v1::Inquiry wanted = Wanted("nobody", absl::CivilDay(2026, 10, 2));
  *wanted.mutable_due_date() = ToProtoDate(absl::CivilDay(2026, 10, 1));
  wanted.set_owner("members/m");
  const auto refused = NewInquiry(wanted, Content(), Calendar(), kAct);
  EXPECT_THAT(refused, test::StatusIs(absl::StatusCode::kInvalidArgument));
  const auto detail = GetDetail<google::rpc::BadRequest>(refused.status());
  std::vector<std::string> fields;
  for (const auto& violation : detail->field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields, testing::ElementsAre("inquiry.source", "inquiry.receive_date",
                                           "inquiry.due_date", "inquiry.owner"));
}

TEST(Inquiry, IsOverdueOnlyWhileAnAnswerIsOwed) {
  const struct {
    const char* name;
    v1::Inquiry::State state;
    absl::CivilDay due;
    bool want;
    const char* actions;
  } kCases[] = {
      {"today", v1::Inquiry::STATE_OPEN, absl::CivilDay(2026, 10, 1), false,
       "addEntry answer close"},
      {"yesterday", v1::Inquiry::STATE_OPEN, absl::CivilDay(2026, 9, 30), true,
       "addEntry answer close"},
      {"answered", v1::Inquiry::STATE_ANSWERED, absl::CivilDay(2026, 9, 30), false,
       "addEntry answer close"},
      {"closed", v1::Inquiry::STATE_CLOSED, absl::CivilDay(2026, 9, 30), false, "addEntry"},
  };
  for (const auto& c : kCases) {
    v1::Inquiry inquiry = Wanted("customer", absl::CivilDay(2026, 9, 1));
    inquiry.set_state(c.state);
    *inquiry.mutable_due_date() = ToProtoDate(c.due);
    Complete(Content(), absl::CivilDay(2026, 10, 1), inquiry);
    EXPECT_EQ(inquiry.overdue(), c.want) << c.name;
    EXPECT_EQ(absl::StrJoin(inquiry.allowed_actions(), " "), c.actions) << c.name;
    EXPECT_EQ(inquiry.source_title(), "取引先");
  }
}

}  // namespace
}  // namespace staraction::declaration::domain
