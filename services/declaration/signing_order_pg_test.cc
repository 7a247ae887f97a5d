#include "services/declaration/campaign_test_fixture.h"

// Who signs first, who joins later, how far it was when, and how firmly acts are bound.
namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto kPresidentFirst = v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST;

class SigningOrderTest : public CampaignServiceTest {
 protected:
  absl::StatusOr<v1::Campaign> Waive(const std::string& campaign, const std::string& reason) {
    v1::WaiveSigningOrderRequest request;
    request.set_name(campaign);
    request.set_reason(reason);
    return CallAs(Consultant(), *campaigns_, &Stub::WaiveSigningOrder, request);
  }
  absl::StatusOr<v1::Campaign> RefreshRoster(const std::string& campaign) {
    v1::RefreshCampaignRosterRequest request;
    request.set_name(campaign);
    return CallAs(Consultant(), *campaigns_, &Stub::RefreshCampaignRoster, request);
  }
  absl::StatusOr<v1::CampaignCoverage> Coverage(const std::string& campaign) {
    v1::GetCampaignCoverageRequest request;
    request.set_name(campaign);
    return CallAs(Consultant(), *campaigns_, &Stub::GetCampaignCoverage, request);
  }
  v1::ListOwnPledgesResponse Own(int member) {
    v1::ListOwnPledgesRequest request;
    request.set_parent(kEngagementName);
    const auto own = CallAs(Member(member), *campaigns_, &Stub::ListOwnPledges, request);
    EXPECT_OK(own);
    return own.value_or(v1::ListOwnPledgesResponse());
  }
  static v1::Campaign Rolling() {
    v1::Campaign campaign = Wanted();
    campaign.set_enrolment(v1::Campaign::ENROLMENT_ROLLING);
    return campaign;
  }
};

TEST_F(SigningOrderTest, TheContentSaysThatThePresidentIsFirst) {
  ASSERT_OK_AND_ASSIGN(const v1::Campaign campaign, Create(v1::Campaign()));
  EXPECT_EQ(campaign.signing_order(), kPresidentFirst);
  EXPECT_EQ(campaign.joiner_days(), 30);
}

TEST_F(SigningOrderTest, OthersWaitForThePresident) {
  const std::string campaign = Opened(Wanted(kPresidentFirst));
  EXPECT_THAT(Due(), ElementsAre(MemberName(1))) << "nobody else is reminded yet";
  EXPECT_TRUE(Own(2).own_pledges(0).awaits_president());
  EXPECT_THAT(Own(2).own_pledges(0).pledge().allowed_actions(), IsEmpty());
  const auto early = Sign(2, SignRequest(campaign, 2));
  EXPECT_THAT(early, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Unmet(early.status()), ElementsAre("president"));
  ASSERT_OK_AND_ASSIGN(v1::Campaign now, Get(campaign));
  EXPECT_TRUE(now.awaits_president());
  EXPECT_THAT(now.allowed_actions(), ElementsAre("close", "waiveSigningOrder"));

  ASSERT_OK(Sign(1, SignRequest(campaign, 1)));
  EXPECT_THAT(Due(), ElementsAre(MemberName(2))) << "who is on leave is not reminded";
  ASSERT_OK(Sign(2, SignRequest(campaign, 2)));
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(SigningOrderTest, PaperSignedBeforeThePresidentIsRecordedWithThatStated) {
  const std::string campaign = Opened(Wanted(kPresidentFirst));
  ASSERT_OK_AND_ASSIGN(const v1::Pledge pledge, Record(PaperRequest(campaign, 2)));
  EXPECT_EQ(pledge.signature().deviation(), "社長の誓約より先に記録されました");
  ASSERT_OK_AND_ASSIGN(const v1::Pledge president, Record(PaperRequest(campaign, 1)));
  EXPECT_EQ(president.signature().deviation(), "");
}

TEST_F(SigningOrderTest, TheOrderIsWaivedWithAReason) {
  const std::string campaign = Opened(Wanted(kPresidentFirst));
  EXPECT_THAT(BadFields(Waive(campaign, "").status()), ElementsAre("reason"));
  ASSERT_OK_AND_ASSIGN(const v1::Campaign waived, Waive(campaign, "社長が海外出張中のため"));
  EXPECT_FALSE(waived.awaits_president());
  EXPECT_EQ(waived.order_waiver().reason(), "社長が海外出張中のため");
  EXPECT_FALSE(waived.order_waiver().recorded_by().empty());
  EXPECT_THAT(waived.allowed_actions(), Not(Contains("waiveSigningOrder")));
  ASSERT_OK(Sign(2, SignRequest(campaign, 2)));
  EXPECT_THAT(Waive(campaign, "もう一度"), StatusIs(absl::StatusCode::kFailedPrecondition));
  v1::WaiveSigningOrderRequest by_president;
  by_president.set_name(campaign);
  by_president.set_reason("x");
  EXPECT_THAT(CallAs(keys_.User("president"), *campaigns_, &Stub::WaiveSigningOrder, by_president),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(SigningOrderTest, JoinersComeToARollingList) {
  const std::string campaign = Opened(Rolling());
  auto& joiner = engagements_->AddMember(5, "高橋 四郎", engagement::v1::MEMBER_STATUS_ACTIVE);
  *joiner.mutable_hire_date() = ToProtoDate(absl::CivilDay(2026, 9, 20));
  engagements_->roster[1].set_status(engagement::v1::MEMBER_STATUS_LEFT);
  engagements_->roster[2].set_status(engagement::v1::MEMBER_STATUS_ACTIVE);

  ASSERT_OK_AND_ASSIGN(const v1::CampaignCoverage before, Coverage(campaign));
  EXPECT_EQ(before.differences_size(), 3);
  ASSERT_OK_AND_ASSIGN(const v1::Campaign refreshed, RefreshRoster(campaign));
  EXPECT_EQ(refreshed.coverage().counted(), 3) << "one left, one is back, one joined";
  ASSERT_OK_AND_ASSIGN(const v1::Pledge pledge, GetPledge(PledgeName(campaign, 5)));
  EXPECT_TRUE(pledge.joiner());
  EXPECT_EQ(pledge.due_date().month(), 10);
  EXPECT_EQ(pledge.due_date().day(), 20);
  EXPECT_EQ(pledge.events(0).kind(), v1::PledgeEvent::KIND_ENROLLED);
  ASSERT_OK_AND_ASSIGN(const v1::Pledge left, GetPledge(PledgeName(campaign, 2)));
  EXPECT_EQ(left.exemption().approver(), "roster");
  ASSERT_OK_AND_ASSIGN(const v1::CampaignCoverage after, Coverage(campaign));
  EXPECT_EQ(after.differences_size(), 0);
  ASSERT_OK(Sign(5, SignRequest(campaign, 5)));
  ASSERT_OK(RefreshRoster(campaign)) << "repeating changes nothing";
  ASSERT_OK_AND_ASSIGN(const v1::Pledge again, GetPledge(PledgeName(campaign, 5)));
  EXPECT_EQ(again.events_size(), 2);
}

TEST_F(SigningOrderTest, AFrozenListStaysAsItIs) {
  const std::string campaign = Opened();
  engagements_->AddMember(5, "高橋 四郎", engagement::v1::MEMBER_STATUS_ACTIVE);
  EXPECT_THAT(RefreshRoster(campaign), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK_AND_ASSIGN(const v1::CampaignCoverage coverage, Coverage(campaign));
  ASSERT_EQ(coverage.differences_size(), 1);
  EXPECT_EQ(coverage.differences(0).kind(), v1::RosterDifference::KIND_JOINED);
  EXPECT_EQ(coverage.differences(0).display_name(), "高橋 四郎");
}

TEST_F(SigningOrderTest, CoverageOfAnEarlierMomentIsToldBothWays) {
  const std::string campaign = Opened();
  ASSERT_OK_AND_ASSIGN(const v1::CampaignCoverage early, Coverage(campaign));
  EXPECT_EQ(early.known_then().counted(), 2);
  EXPECT_EQ(early.known_then().exempt(), 1) << "on leave since the first day";
  ASSERT_OK(Record(PaperRequest(campaign, 2)));  // signed three days before
  ASSERT_OK(Sign(1, SignRequest(campaign, 1)));
  v1::GetCampaignCoverageRequest request;
  request.set_name(campaign);
  *request.mutable_as_of_time() = early.as_of_time();
  ASSERT_OK_AND_ASSIGN(const v1::CampaignCoverage then,
                       CallAs(Consultant(), *campaigns_, &Stub::GetCampaignCoverage, request));
  EXPECT_EQ(then.known_then().pledged(), 0);
  EXPECT_EQ(then.known_now().pledged(), 1) << "the paper counts from its day";
  EXPECT_THAT(then.differences(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const v1::CampaignCoverage now, Coverage(campaign));
  EXPECT_EQ(now.known_then().pledged(), 2);
  EXPECT_EQ(now.departments(0).department(), "製造部");
  request.mutable_as_of_time()->set_seconds(request.as_of_time().seconds() + 86400);
  EXPECT_THAT(
      BadFields(CallAs(Consultant(), *campaigns_, &Stub::GetCampaignCoverage, request).status()),
      ElementsAre("as_of_time"));
}

TEST_F(SigningOrderTest, TheRecordSaysHowFirmlyAnActIsBound) {
  const std::string campaign = Opened();
  const auto token = [this](int member, common::v1::Channel channel, bool factor) {
    return keys_.Participant(kClient, kEngagement, MemberName(member), test::kOrganization, channel,
                             factor);
  };
  v1::SignPledgeRequest request = SignRequest(campaign, 1);
  ASSERT_OK_AND_ASSIGN(const v1::Pledge link, CallAs(token(1, common::v1::CHANNEL_LINK, true),
                                                     *campaigns_, &Stub::SignPledge, request));
  EXPECT_EQ(link.signature().strength(), v1::PledgeEvent::STRENGTH_LINK_AND_FACTOR);

  request = SignRequest(campaign, 2);
  const std::string tablet = token(2, common::v1::CHANNEL_TABLET, true);
  EXPECT_THAT(BadFields(CallAs(tablet, *campaigns_, &Stub::SignPledge, request).status()),
              ElementsAre("channel"))
      << "a tablet cannot pass for the own link";
  request.set_channel(common::v1::CHANNEL_TABLET);
  ASSERT_OK_AND_ASSIGN(const v1::Pledge device,
                       CallAs(tablet, *campaigns_, &Stub::SignPledge, request));
  EXPECT_EQ(device.signature().strength(), v1::PledgeEvent::STRENGTH_DEVICE_AND_FACTOR);
}

}  // namespace
}  // namespace staraction::declaration
