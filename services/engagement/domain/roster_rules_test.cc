// Where a member stands on a day, and whether they count.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "common/content/library.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/domain/denominator.h"
#include "services/engagement/domain/presence.h"

namespace staraction::engagement::domain {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;

const content::Library& Packs() {
  static const auto* library = content::Library::Load()->release();
  return *library;
}

google::type::Date On(int year, int month, int day) {
  return ToProtoDate(CivilDay(year, month, day));
}

v1::Member Hired(int year, int month, int day) {
  v1::Member member;
  member.set_status(v1::MEMBER_STATUS_ACTIVE);
  *member.mutable_hire_date() = On(year, month, day);
  return member;
}

TEST(PresenceTest, FollowsTheDates) {
  v1::Member member = Hired(2020, 4, 1);
  *member.mutable_leave_date() = On(2026, 3, 31);
  const struct {
    CivilDay day;
    Presence want;
  } cases[] = {{CivilDay(2020, 3, 31), Presence::kNotYetJoined},
               {CivilDay(2020, 4, 1), Presence::kActive},
               {CivilDay(2026, 3, 31), Presence::kActive},
               {CivilDay(2026, 4, 1), Presence::kLeft}};
  for (const auto& c : cases) EXPECT_EQ(PresenceOn(member, c.day), c.want) << c.day;
}

TEST(PresenceTest, WithoutDatesTheStatusDecides) {
  v1::Member member;
  EXPECT_EQ(PresenceOn(member, CivilDay(1990, 1, 1)), Presence::kActive);
  member.set_status(v1::MEMBER_STATUS_LEFT);
  EXPECT_EQ(PresenceOn(member, CivilDay(2026, 1, 1)), Presence::kLeft);
  *member.mutable_status_date() = On(2026, 2, 1);
  EXPECT_EQ(PresenceOn(member, CivilDay(2026, 1, 31)), Presence::kActive);
  EXPECT_EQ(PresenceOn(member, CivilDay(2026, 2, 1)), Presence::kLeft);
}

TEST(PresenceTest, ARehiredMemberKeepsTheFirstEmployment) {
  v1::Member before = Hired(2010, 4, 1);
  *before.mutable_leave_date() = On(2015, 3, 31);
  before.set_status(v1::MEMBER_STATUS_LEFT);
  v1::Member after = before;
  *after.mutable_hire_date() = On(2026, 4, 1);
  KeepHistory(before, CivilDay(2026, 4, 1), &after);
  ASSERT_EQ(after.past_periods_size(), 1);
  EXPECT_FALSE(after.has_leave_date());
  EXPECT_EQ(after.status(), v1::MEMBER_STATUS_ACTIVE);
  const struct {
    CivilDay day;
    Presence want;
  } cases[] = {{CivilDay(2010, 3, 31), Presence::kNotYetJoined},
               {CivilDay(2012, 1, 1), Presence::kActive},
               {CivilDay(2015, 4, 1), Presence::kLeft},
               {CivilDay(2026, 3, 31), Presence::kLeft},
               {CivilDay(2026, 4, 1), Presence::kActive}};
  for (const auto& c : cases) EXPECT_EQ(PresenceOn(after, c.day), c.want) << c.day;
}

TEST(PresenceTest, ACorrectedHireDateIsNoSecondEmployment) {
  const v1::Member before = Hired(2010, 4, 1);
  v1::Member after = Hired(2011, 4, 1);
  KeepHistory(before, CivilDay(2026, 4, 1), &after);
  EXPECT_EQ(after.past_periods_size(), 0);
}

TEST(PresenceTest, LeavesAreRemembered) {
  const v1::Member working = Hired(2020, 4, 1);
  v1::Member on_leave = working;
  on_leave.set_status(v1::MEMBER_STATUS_ON_LEAVE);
  KeepHistory(working, CivilDay(2026, 1, 10), &on_leave);
  EXPECT_EQ(FromProtoDate(on_leave.status_date()), CivilDay(2026, 1, 10));
  v1::Member back = on_leave;
  back.set_status(v1::MEMBER_STATUS_ACTIVE);
  KeepHistory(on_leave, CivilDay(2026, 6, 1), &back);
  EXPECT_EQ(PresenceOn(back, CivilDay(2026, 1, 9)), Presence::kActive);
  EXPECT_EQ(PresenceOn(back, CivilDay(2026, 1, 10)), Presence::kOnLeave);
  EXPECT_EQ(PresenceOn(back, CivilDay(2026, 5, 31)), Presence::kOnLeave);
  EXPECT_EQ(PresenceOn(back, CivilDay(2026, 6, 1)), Presence::kActive);
}

TEST(PresenceTest, NobodyLeavesBeforeJoining) {
  v1::Member member = Hired(2020, 4, 1);
  *member.mutable_leave_date() = On(2020, 3, 31);
  EXPECT_THAT(CheckMemberDates(member, "member"),
              test::StatusIs(absl::StatusCode::kInvalidArgument,
                             ::testing::HasSubstr("member.leave_date: came 2020-03-31")));
  *member.mutable_leave_date() = On(2020, 4, 1);
  EXPECT_OK(CheckMemberDates(member, "member"));
}

class DenominatorTest : public ::testing::Test {
 protected:
  v1::RosterEntry Entry(const v1::Member& member, CivilDay day = CivilDay(2026, 4, 1),
                        v1::RosterPurpose purpose = v1::ROSTER_PURPOSE_TRAINING) {
    return MakeEntry(member, rule_, *Packs().FindCodeList("roster-groups"), exemptions_, purpose,
                     day);
  }
  v1::DenominatorRule rule_ = DefaultRule(*Packs().FindOffering("one-star"));
  std::vector<v1::Exemption> exemptions_;
};

TEST_F(DenominatorTest, TheOfferingLeavesOutPeopleOnLeave) {
  EXPECT_THAT(rule_.left_out(), ElementsAre(v1::ROSTER_GROUP_ON_LEAVE));
  v1::Member member = Hired(2020, 4, 1);
  EXPECT_TRUE(Entry(member).counted());
  member.set_status(v1::MEMBER_STATUS_ON_LEAVE);
  const v1::RosterEntry entry = Entry(member);
  EXPECT_FALSE(entry.counted());
  EXPECT_EQ(entry.status(), v1::MEMBER_STATUS_ON_LEAVE);
  EXPECT_THAT(entry.reasons(), ElementsAre(v1::RosterEntry::REASON_LEFT_OUT));
  EXPECT_EQ(entry.reason_text(), "休職中");
}

TEST_F(DenominatorTest, EveryGroupCanBeLeftOut) {
  const std::pair<v1::RosterGroup, v1::EmploymentType> groups[] = {
      {v1::ROSTER_GROUP_OFFICER, v1::EMPLOYMENT_TYPE_OFFICER},
      {v1::ROSTER_GROUP_PART_TIME, v1::EMPLOYMENT_TYPE_PART_TIME},
      {v1::ROSTER_GROUP_DISPATCHED, v1::EMPLOYMENT_TYPE_DISPATCHED},
      {v1::ROSTER_GROUP_TRAINEE, v1::EMPLOYMENT_TYPE_TRAINEE},
      {v1::ROSTER_GROUP_SHORT_TERM, v1::EMPLOYMENT_TYPE_SHORT_TERM},
      {v1::ROSTER_GROUP_CONTRACT, v1::EMPLOYMENT_TYPE_CONTRACT}};
  for (const auto& [group, type] : groups) {
    v1::Member member = Hired(2020, 4, 1);
    member.set_employment_type(type);
    EXPECT_TRUE(Entry(member).counted()) << type;
    rule_.add_left_out(group);
    EXPECT_THAT(Entry(member).left_out_groups(), ElementsAre(group)) << type;
    member.set_president(true);
    EXPECT_TRUE(Entry(member).counted()) << "the president, " << type;
    rule_.mutable_left_out()->RemoveLast();
  }
  v1::Member member = Hired(2020, 4, 1);
  member.set_off_site(true);
  rule_.add_left_out(v1::ROSTER_GROUP_OFF_SITE);
  EXPECT_FALSE(Entry(member).counted());
}

TEST_F(DenominatorTest, AnExemptionHoldsForItsPurposeAndDays) {
  v1::Exemption exemption;
  exemption.set_name("engagements/e/exemptions/x");
  exemption.set_purpose(v1::ROSTER_PURPOSE_TRAINING);
  *exemption.mutable_approve_date() = On(2026, 4, 1);
  *exemption.mutable_revoke_date() = On(2026, 4, 30);
  exemptions_ = {exemption};
  const v1::Member member = Hired(2020, 4, 1);
  EXPECT_TRUE(Entry(member, CivilDay(2026, 3, 31)).counted());
  EXPECT_EQ(Entry(member, CivilDay(2026, 4, 1)).exemption(), exemption.name());
  EXPECT_FALSE(Entry(member, CivilDay(2026, 4, 30)).counted());
  EXPECT_TRUE(Entry(member, CivilDay(2026, 5, 1)).counted());
  EXPECT_TRUE(Entry(member, CivilDay(2026, 4, 1), v1::ROSTER_PURPOSE_PLEDGE).counted());
  exemptions_[0].clear_purpose();
  EXPECT_FALSE(Entry(member, CivilDay(2026, 4, 1), v1::ROSTER_PURPOSE_PLEDGE).counted());
}

TEST_F(DenominatorTest, LeaversAndFutureJoinersDoNotCountEvenAsPresident) {
  v1::Member member = Hired(2026, 5, 1);
  member.set_president(true);
  EXPECT_THAT(Entry(member).reasons(), ElementsAre(v1::RosterEntry::REASON_NOT_YET_JOINED));
  EXPECT_EQ(Entry(member).status(), v1::MEMBER_STATUS_UNSPECIFIED);
  member = Hired(2020, 4, 1);
  *member.mutable_leave_date() = On(2026, 3, 31);
  EXPECT_THAT(Entry(member).reasons(), ElementsAre(v1::RosterEntry::REASON_LEFT));
}

}  // namespace
}  // namespace staraction::engagement::domain
