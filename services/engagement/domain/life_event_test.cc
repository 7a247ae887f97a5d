// Which steps follow from a life event, and by when; invitations.

#include "services/engagement/domain/life_event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "common/content/library.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/domain/user.h"

namespace staraction::engagement::domain {
namespace {

using absl::CivilDay;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const content::Library& Packs() {
  static const auto* library = content::Library::Load()->release();
  return *library;
}

std::vector<v1::LifeEventStep> Steps(const std::string& kind, int star, CivilDay effective,
                                     CivilDay today) {
  const BusinessCalendar calendar(*Packs().FindHolidayCalendar("japan"));
  return StepsOf(*Packs().Find<content::v1::LifeEvent>(kind),
                 {v1::CLIENT_KIND_COMPANY, star, effective, today}, calendar,
                 *Packs().FindCodeList("redo-subjects"));
}

std::vector<std::string> Codes(const std::vector<v1::LifeEventStep>& steps) {
  std::vector<std::string> codes;
  codes.reserve(steps.size());
  for (const auto& step : steps) codes.push_back(step.code());
  return codes;
}

TEST(LifeEventTest, TheStarDecidesWhatIsAskedFor) {
  const CivilDay day(2026, 11, 2);
  EXPECT_THAT(Codes(Steps("new-president", 1, day, day)), Not(Contains("POLICY")));
  EXPECT_THAT(Codes(Steps("new-president", 2, day, day)), Contains("POLICY"));
  EXPECT_THAT(Codes(Steps("new-president", 0, day, day)), Contains("POLICY"));
  EXPECT_THAT(Codes(Steps("new-president", 1, day, day)),
              ElementsAre("MASTER_DATA", "ROSTER", "GBIZ_ID", "BRIEFING", "ROLES", "TRAINING",
                          "PLEDGE_PRESIDENT", "PORTAL", "PUBLICATION"));
}

TEST(LifeEventTest, StepsAreDueInBusinessDaysFromTheLaterOfEventAndToday) {
  const struct {
    CivilDay effective, today, due;  // of the first step, three business days later
  } cases[] = {
      // Tuesday is a holiday (Culture Day).
      {CivilDay(2026, 11, 2), CivilDay(2026, 11, 2), CivilDay(2026, 11, 6)},
      {CivilDay(2026, 11, 20), CivilDay(2026, 11, 2), CivilDay(2026, 11, 26)},
      {CivilDay(2026, 10, 1), CivilDay(2026, 11, 2), CivilDay(2026, 11, 6)},
  };
  for (const auto& c : cases) {
    const auto steps = Steps("new-president", 1, c.effective, c.today);
    EXPECT_EQ(FromProtoDate(steps[0].due_date()), c.due) << c.effective;
    EXPECT_EQ(steps[0].redo_label(), "登録情報");
  }
}

TEST(LifeEventTest, SomeEventsHappenToSomeKindsOnly) {
  const auto* incorporation = Packs().Find<content::v1::LifeEvent>("incorporation");
  const CivilDay day(2026, 11, 2);
  EXPECT_OK(CheckLifeEvent(*incorporation, {v1::CLIENT_KIND_SOLE_PROPRIETOR, 1, day, day}));
  EXPECT_FALSE(CheckLifeEvent(*incorporation, {v1::CLIENT_KIND_COMPANY, 1, day, day}).ok());
  const auto* closing = Packs().Find<content::v1::LifeEvent>("closing");
  for (const auto kind : {v1::CLIENT_KIND_COMPANY, v1::CLIENT_KIND_SOLE_PROPRIETOR,
                          v1::CLIENT_KIND_ORGANISATION, v1::CLIENT_KIND_IT_VENDOR}) {
    EXPECT_OK(CheckLifeEvent(*closing, {kind, 1, day, day}));
  }
  EXPECT_FALSE(
      CheckLifeEvent(*closing, {v1::CLIENT_KIND_COMPANY, 1, CivilDay(2006, 1, 1), day}).ok());
}

TEST(LifeEventTest, OnlyAnOpenEventEnds) {
  EXPECT_THAT(ActionsOf(v1::LifeEvent::STATE_OPEN),
              ElementsAre("completeStep", "complete", "cancel"));
  EXPECT_THAT(ActionsOf(v1::LifeEvent::STATE_COMPLETED), IsEmpty());
  EXPECT_THAT(ActionsOf(v1::LifeEvent::STATE_CANCELLED), IsEmpty());
}

TEST(UserTest, AnInvitationHoldsForItsGenerationIssuerAndDays) {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  v1::User user;
  user.set_issuer("https://id.example");
  Invite(now, 0, &user);
  EXPECT_EQ(user.state(), v1::User::STATE_INVITED);
  const absl::Time last = now + absl::Hours(24 * 7) - absl::Seconds(1);
  EXPECT_TRUE(CanAccept(user, 1, "https://id.example", last));
  EXPECT_FALSE(CanAccept(user, 1, "https://id.example", last + absl::Seconds(1)));
  EXPECT_FALSE(CanAccept(user, 2, "https://id.example", now));
  EXPECT_FALSE(CanAccept(user, 1, "https://other.example", now));
  Invite(now, 30, &user);
  EXPECT_FALSE(CanAccept(user, 1, "https://id.example", now));
  EXPECT_TRUE(CanAccept(user, 2, "https://id.example", last + absl::Hours(24)));
  user.set_state(v1::User::STATE_DISABLED);
  EXPECT_FALSE(CanAccept(user, 2, "https://id.example", now));
  EXPECT_OK(Check(user, "enable"));
  EXPECT_FALSE(Check(user, "disable").ok());
}

}  // namespace
}  // namespace staraction::engagement::domain
