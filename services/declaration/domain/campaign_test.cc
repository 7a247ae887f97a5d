#include "services/declaration/domain/campaign.h"

#include "absl/strings/str_join.h"
#include "common/testing/status_matchers.h"
#include "services/declaration/domain/pledge.h"

namespace staraction::declaration::domain {
namespace {

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
    v1::Campaign campaign;
    campaign.set_state(c.campaign);
    EXPECT_EQ(absl::StrJoin(ActionsOf(pledge, campaign), " "), c.want) << c.name;
  }
}

TEST(CampaignActions, NobodySignsWhatHoldsNoLonger) {
  v1::Campaign campaign;
  campaign.set_state(v1::Campaign::STATE_OPEN);
  campaign.mutable_outdated_time()->set_seconds(1);
  v1::Pledge pledge;
  pledge.set_state(v1::Pledge::STATE_PENDING);
  EXPECT_THAT(ActionsOf(pledge, campaign), testing::ElementsAre("record")) << "signed before that";
  EXPECT_THAT(
      CheckAction(pledge, campaign, "sign"),
      test::StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("OUTDATED")));
}

TEST(CampaignActions, TheRefusalNamesTheStateThatForbids) {
  v1::Pledge pledge;
  pledge.set_name("p");
  pledge.set_state(v1::Pledge::STATE_PENDING);
  v1::Campaign campaign;
  campaign.set_state(v1::Campaign::STATE_CLOSED);
  EXPECT_THAT(CheckAction(pledge, campaign, "sign"),
              test::StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("CLOSED")));
  pledge.set_state(v1::Pledge::STATE_PLEDGED);
  campaign.set_state(v1::Campaign::STATE_OPEN);
  EXPECT_THAT(CheckAction(pledge, campaign, "sign"),
              test::StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("PLEDGED")));
}

TEST(SigningOrder, OthersWaitOnlyWhileAPresidentIsAskedAndHasNotPledged) {
  const struct {
    const char* name;
    v1::Campaign::SigningOrder order;
    bool waived, pending, pledged;
    v1::Campaign::State state;
    bool want;
  } kCases[] = {
      {"waits", v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST, false, true, false,
       v1::Campaign::STATE_OPEN, true},
      {"pledged", v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST, false, false, true,
       v1::Campaign::STATE_OPEN, false},
      {"one of two pledged", v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST, false, true, true,
       v1::Campaign::STATE_OPEN, false},
      {"none on the list", v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST, false, false, false,
       v1::Campaign::STATE_OPEN, false},
      {"waived", v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST, true, true, false,
       v1::Campaign::STATE_OPEN, false},
      {"any order", v1::Campaign::SIGNING_ORDER_ANY, false, true, false, v1::Campaign::STATE_OPEN,
       false},
      {"closed", v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST, false, true, false,
       v1::Campaign::STATE_CLOSED, false},
  };
  for (const auto& c : kCases) {
    v1::Campaign campaign;
    campaign.set_state(c.state);
    campaign.set_signing_order(c.order);
    if (c.waived) campaign.mutable_order_waiver();
    v1::Coverage coverage;
    coverage.set_president_pending(c.pending);
    coverage.set_president_pledged(c.pledged);
    EXPECT_EQ(AwaitsPresident(campaign, coverage), c.want) << c.name;
  }
}

TEST(CheckScan, LooksAtTheBytes) {
  EXPECT_OK(CheckScan("%PDF-1.4", "application/pdf"));
  EXPECT_OK(CheckScan("\x89PNG\r\n\x1a\n...", "image/png"));
  EXPECT_OK(CheckScan("\xff\xd8\xff\xe0", "image/jpeg"));
  EXPECT_FALSE(CheckScan("%PDF-1.4", "image/png").ok());
  EXPECT_FALSE(CheckScan("%PDF-1.4", "text/html").ok());
}

TEST(Outdated, OnlyWhatIsPledgedMayHold) {
  const auto approved = [](const std::vector<std::string>& digests) {
    std::vector<document::v1::Approved> list;
    for (const std::string& digest : digests) list.emplace_back().set_digest(digest);
    return list;
  };
  v1::Campaign campaign;
  campaign.set_subject(v1::Campaign::SUBJECT_POLICY);
  for (const char* digest : {"a", "b"}) campaign.add_documents()->set_digest(digest);
  EXPECT_FALSE(IsOutdated(campaign, approved({"b", "a"})));
  EXPECT_TRUE(IsOutdated(campaign, approved({"a", "c"}))) << "another revision";
  EXPECT_TRUE(IsOutdated(campaign, approved({"a", "b", "c"}))) << "a further document";
  EXPECT_TRUE(IsOutdated(campaign, approved({"a"}))) << "one was withdrawn";
  campaign.set_subject(v1::Campaign::SUBJECT_RULES);
  EXPECT_FALSE(IsOutdated(campaign, approved({})));
}

}  // namespace
}  // namespace staraction::declaration::domain
