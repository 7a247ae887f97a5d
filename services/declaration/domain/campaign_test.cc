#include "services/declaration/domain/campaign.h"

#include "absl/strings/str_join.h"
#include "common/testing/status_matchers.h"

namespace staraction::declaration::domain {
namespace {

const Act kAct = {"users/u", absl::FromUnixSeconds(1790000000)};

TEST(CampaignActions, FollowTheStates) {
  const struct {
    const char* name;
    v1::Pledge::State pledge;
    bool exempt;
    v1::Campaign::State campaign;
    const char* want;
  } kCases[] = {
      {"pending", v1::Pledge::STATE_PENDING, false, v1::Campaign::STATE_OPEN, "sign record exempt"},
      {"exempt", v1::Pledge::STATE_PENDING, true, v1::Campaign::STATE_OPEN, "sign record include"},
      {"pledged", v1::Pledge::STATE_PLEDGED, false, v1::Campaign::STATE_OPEN, "withdraw"},
      {"withdrawn", v1::Pledge::STATE_WITHDRAWN, false, v1::Campaign::STATE_OPEN,
       "sign record exempt"},
      {"pending, closed", v1::Pledge::STATE_PENDING, false, v1::Campaign::STATE_CLOSED, "record"},
      {"exempt, closed", v1::Pledge::STATE_PENDING, true, v1::Campaign::STATE_CLOSED, "record"},
      {"pledged, closed", v1::Pledge::STATE_PLEDGED, false, v1::Campaign::STATE_CLOSED, "withdraw"},
  };
  for (const auto& c : kCases) {
    v1::Pledge pledge;
    pledge.set_state(c.pledge);
    if (c.exempt) pledge.mutable_exemption();
    EXPECT_EQ(absl::StrJoin(ActionsOf(pledge, c.campaign), " "), c.want) << c.name;
  }
}

TEST(CampaignActions, TheRefusalNamesTheStateThatForbids) {
  v1::Pledge pledge;
  pledge.set_name("p");
  pledge.set_state(v1::Pledge::STATE_PENDING);
  EXPECT_THAT(CheckAction(pledge, v1::Campaign::STATE_CLOSED, "sign"),
              test::StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("CLOSED")));
  pledge.set_state(v1::Pledge::STATE_PLEDGED);
  EXPECT_THAT(CheckAction(pledge, v1::Campaign::STATE_OPEN, "sign"),
              test::StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("PLEDGED")));
}

TEST(Freeze, LeavesOutThoseWhoLeftAndExemptsThoseOnLeave) {
  std::vector<engagement::v1::Member> roster(4);
  roster[0].set_status(engagement::v1::MEMBER_STATUS_LEFT);
  roster[1].set_status(engagement::v1::MEMBER_STATUS_ON_LEAVE);
  roster[2].set_status(engagement::v1::MEMBER_STATUS_UNSPECIFIED);
  roster[3].set_status(engagement::v1::MEMBER_STATUS_ACTIVE);
  const auto pledges = Freeze(roster, kAct);
  ASSERT_EQ(pledges.size(), 3u);
  EXPECT_EQ(pledges[0].exemption().approver(), "roster");
  EXPECT_FALSE(pledges[1].has_exemption()) << "not said means active";
  EXPECT_FALSE(pledges[2].has_exemption());
}

TEST(CheckScan, LooksAtTheBytes) {
  EXPECT_OK(CheckScan("%PDF-1.4", "application/pdf"));
  EXPECT_OK(CheckScan("\x89PNG\r\n\x1a\n...", "image/png"));
  EXPECT_OK(CheckScan("\xff\xd8\xff\xe0", "image/jpeg"));
  EXPECT_FALSE(CheckScan("%PDF-1.4", "image/png").ok());
  EXPECT_FALSE(CheckScan("%PDF-1.4", "text/html").ok());
}

}  // namespace
}  // namespace staraction::declaration::domain
