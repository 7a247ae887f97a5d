#include "services/declaration/campaign_test_fixture.h"

namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPdf[] = "%PDF-1.7 a scanned pledge";
constexpr char kRequestId[] = "11111111-1111-4111-8111-111111111111";

TEST_F(CampaignServiceTest, DraftPinsTheTextsOfTheEdition) {
  ASSERT_OK_AND_ASSIGN(const v1::Campaign campaign, Create());
  EXPECT_EQ(campaign.state(), v1::Campaign::STATE_DRAFT);
  EXPECT_EQ(campaign.client(), kClientName);
  EXPECT_EQ(campaign.rule_list(), "six-rules");
  EXPECT_EQ(campaign.text().id(), "six-rules-everybody");
  EXPECT_EQ(campaign.text().rules_size(), 6);
  EXPECT_EQ(campaign.text().digest().size(), 64u);
  EXPECT_THAT(campaign.text().pack(), testing::HasSubstr("@"));
  EXPECT_THAT(campaign.president_text().body(), testing::HasSubstr("代表者"));
  EXPECT_NE(campaign.text().digest(), campaign.president_text().digest());
  EXPECT_THAT(campaign.allowed_actions(), ElementsAre("open"));
  EXPECT_EQ(campaign.enrolment(), v1::Campaign::ENROLMENT_FROZEN);
  EXPECT_THAT(Facts(), IsEmpty()) << "nobody is asked yet";
  ASSERT_OK_AND_ASSIGN(const v1::Campaign again, Get(campaign.name()));
  EXPECT_EQ(again.text().body(), campaign.text().body());
  EXPECT_EQ(again.due_date().day(), 31);
}

TEST_F(CampaignServiceTest, MissingContentIsNamed) {
  engagements_->engagement.mutable_editions()->set_pledge_text("no-such-text");
  const auto refused = Create();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Unmet(refused.status()), ElementsAre("pledge_text"));
}

TEST_F(CampaignServiceTest, OpeningFreezesTheRoster) {
  ASSERT_OK_AND_ASSIGN(const v1::Campaign draft, Create());
  ASSERT_OK_AND_ASSIGN(const v1::Campaign open, Open(draft.name(), draft.etag()));
  EXPECT_EQ(open.state(), v1::Campaign::STATE_OPEN);
  EXPECT_EQ(open.coverage().counted(), 2) << "one has left, one is on leave";
  EXPECT_EQ(open.coverage().exempt(), 1);
  EXPECT_EQ(open.coverage().pledged(), 0);
  engagements_->AddMember(5, "高橋 四郎", engagement::v1::MEMBER_STATUS_ACTIVE);
  engagements_->roster[1].set_display_name("山田 花子");
  v1::ListPledgesRequest request;
  request.set_parent(draft.name());
  ASSERT_OK_AND_ASSIGN(const auto page,
                       CallAs(Consultant(), *campaigns_, &Stub::ListPledges, request));
  ASSERT_EQ(page.pledges_size(), 3) << "a joiner is not on the frozen list";
  EXPECT_EQ(page.pledges(0).member(), MemberName(1));
  EXPECT_TRUE(page.pledges(0).president());
  EXPECT_EQ(page.pledges(1).display_name(), "𠮷田 花子") << "the name of that day";
  EXPECT_EQ(page.pledges(2).exemption().reason(), "休職中");
  EXPECT_THAT(page.pledges(1).allowed_actions(), ElementsAre("sign", "record", "exempt"));
  EXPECT_THAT(page.pledges(2).allowed_actions(), ElementsAre("sign", "record", "include"));
  EXPECT_THAT(Open(draft.name()), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Facts(), ElementsAre("pledge.president=false", "pledge.coverage=0"));
}

TEST_F(CampaignServiceTest, OpeningNeedsPeopleAndTheRightVersion) {
  ASSERT_OK_AND_ASSIGN(const v1::Campaign draft, Create());
  EXPECT_THAT(Open(draft.name(), Etag(77)), StatusIs(absl::StatusCode::kAborted));
  engagements_->roster.clear();
  EXPECT_THAT(Unmet(Open(draft.name()).status()), ElementsAre("roster"));
  ASSERT_OK_AND_ASSIGN(const v1::Campaign still, Get(draft.name()));
  EXPECT_EQ(still.state(), v1::Campaign::STATE_DRAFT);
}

TEST_F(CampaignServiceTest, PeopleSignForThemselves) {
  const std::string campaign = Opened();
  ASSERT_OK_AND_ASSIGN(const v1::Pledge president, Sign(1, SignRequest(campaign, 1)));
  EXPECT_EQ(president.state(), v1::Pledge::STATE_PLEDGED);
  EXPECT_EQ(president.signature().strength(), v1::PledgeEvent::STRENGTH_LINK_AND_NAME);
  EXPECT_EQ(president.signature().actor(), MemberName(1));
  ASSERT_OK_AND_ASSIGN(v1::Campaign now, Get(campaign));
  EXPECT_EQ(president.signature().text_digest(), now.president_text().digest());
  EXPECT_TRUE(now.coverage().president_pledged());
  EXPECT_DOUBLE_EQ(now.coverage().ratio(), 0.5);
  EXPECT_THAT(Facts(), ElementsAre("pledge.president=true", "pledge.coverage=0.5"));

  v1::SignPledgeRequest tablet = SignRequest(campaign, 2);
  tablet.set_channel(common::v1::CHANNEL_TABLET);
  tablet.set_text_digest(now.text().digest());
  ASSERT_OK_AND_ASSIGN(const v1::Pledge second, Sign(2, tablet));
  EXPECT_EQ(second.signature().strength(), v1::PledgeEvent::STRENGTH_DEVICE_AND_NAME);
  EXPECT_THAT(second.allowed_actions(), ElementsAre("withdraw"));
  EXPECT_THAT(Sign(2, tablet), StatusIs(absl::StatusCode::kFailedPrecondition)) << "twice";
  EXPECT_THAT(Facts(), ElementsAre("pledge.president=true", "pledge.coverage=1"));

  ASSERT_OK_AND_ASSIGN(const v1::Pledge back, Sign(3, SignRequest(campaign, 3)));
  EXPECT_FALSE(back.has_exemption()) << "whoever signs is counted";
  ASSERT_OK_AND_ASSIGN(now, Get(campaign));
  EXPECT_EQ(now.coverage().counted(), 3);
}

TEST_F(CampaignServiceTest, NobodySignsForOthers) {
  const std::string campaign = Opened();
  EXPECT_THAT(Sign(2, SignRequest(campaign, 1)), StatusIs(absl::StatusCode::kPermissionDenied));
  const auto by_consultant =
      CallAs(Consultant(), *campaigns_, &Stub::SignPledge, SignRequest(campaign, 1));
  EXPECT_THAT(by_consultant, StatusIs(absl::StatusCode::kPermissionDenied));
  v1::RecordPledgeRequest paper = PaperRequest(campaign, 2);
  EXPECT_THAT(CallAs(Member(2), *campaigns_, &Stub::RecordPledge, paper),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(CallAs(keys_.User("elsewhere"), *campaigns_, &Stub::RecordPledge, paper),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const v1::Pledge untouched, GetPledge(PledgeName(campaign, 1)));
  EXPECT_EQ(untouched.state(), v1::Pledge::STATE_PENDING);
  EXPECT_THAT(untouched.events(), IsEmpty());
}

TEST_F(CampaignServiceTest, TheShownNameMustBeConfirmed) {
  const std::string campaign = Opened();
  v1::SignPledgeRequest request = SignRequest(campaign, 1);
  request.set_confirmed_name("山崎 高志");
  request.set_channel(common::v1::CHANNEL_PAPER);
  request.set_text_digest("0000");
  const auto refused = Sign(1, request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(BadFields(refused.status()), ElementsAre("channel", "confirmed_name", "text_digest"));
}

TEST_F(CampaignServiceTest, OwnPledgesShowTheTextToTheSigner) {
  const std::string campaign = Opened();
  v1::ListOwnPledgesRequest request;
  request.set_parent(kEngagementName);
  ASSERT_OK_AND_ASSIGN(const auto own,
                       CallAs(Member(2), *campaigns_, &Stub::ListOwnPledges, request));
  ASSERT_EQ(own.own_pledges_size(), 1);
  EXPECT_EQ(own.own_pledges(0).pledge().member(), MemberName(2));
  EXPECT_EQ(own.own_pledges(0).text().id(), "six-rules-everybody");
  EXPECT_THAT(own.own_pledges(0).pledge().allowed_actions(), ElementsAre("sign"));
  ASSERT_OK_AND_ASSIGN(const auto none,
                       CallAs(Consultant(), *campaigns_, &Stub::ListOwnPledges, request));
  EXPECT_EQ(none.own_pledges_size(), 0);
  v1::ListPledgesRequest all;
  all.set_parent(campaign);
  EXPECT_THAT(CallAs(Member(2), *campaigns_, &Stub::ListPledges, all),
              StatusIs(absl::StatusCode::kPermissionDenied))
      << "participants see their own only";
}

TEST_F(CampaignServiceTest, PaperIsRecordedWithItsScan) {
  const std::string campaign = Opened();
  v1::RecordPledgeRequest request = PaperRequest(campaign, 2);
  request.set_scan(kPdf);
  request.set_scan_media_type("application/pdf");
  request.set_request_id(kRequestId);
  ASSERT_OK_AND_ASSIGN(const v1::Pledge pledge, Record(request));
  EXPECT_EQ(pledge.signature().channel(), common::v1::CHANNEL_PAPER);
  EXPECT_EQ(pledge.signature().strength(), v1::PledgeEvent::STRENGTH_PAPER_SCANNED);
  EXPECT_EQ(pledge.signature().effective_date().day(), 28);
  EXPECT_EQ(pledge.signature().scan().size(), static_cast<int>(sizeof kPdf - 1));
  EXPECT_EQ(pledge.signature().scan().sha256().size(), 64u);

  ASSERT_OK_AND_ASSIGN(const v1::Pledge repeated, Record(request));
  EXPECT_EQ(repeated.signature().scan().id(), pledge.signature().scan().id());
  ASSERT_OK_AND_ASSIGN(const v1::Pledge stored, GetPledge(pledge.name()));
  EXPECT_EQ(stored.events_size(), 1) << "a repeated request records nothing twice";
  request.mutable_effective_date()->set_day(27);
  EXPECT_THAT(Record(request), StatusIs(absl::StatusCode::kInvalidArgument)) << "reused id";

  v1::DownloadPledgeScanRequest download;
  download.set_name(pledge.name());
  ASSERT_OK_AND_ASSIGN(const auto body,
                       CallAs(Consultant(), *campaigns_, &Stub::DownloadPledgeScan, download));
  EXPECT_EQ(body.data(), kPdf);
  EXPECT_EQ(body.content_type(), "application/pdf");
  download.set_scan(kRequestId);
  EXPECT_THAT(CallAs(Consultant(), *campaigns_, &Stub::DownloadPledgeScan, download),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CampaignServiceTest, BadPaperIsRefused) {
  const std::string campaign = Opened();
  v1::RecordPledgeRequest request = PaperRequest(campaign, 2);
  request.set_scan("GIF89a");
  request.set_scan_media_type("image/gif");
  EXPECT_THAT(BadFields(Record(request).status()), ElementsAre("scan_media_type"));
  request.set_scan_media_type("image/png");
  EXPECT_THAT(BadFields(Record(request).status()), ElementsAre("scan"));
  request.clear_scan();
  *request.mutable_effective_date() = ToProtoDate(absl::CivilDay(2026, 10, 2));
  EXPECT_THAT(BadFields(Record(request).status()), ElementsAre("effective_date"));
}

TEST_F(CampaignServiceTest, WithdrawalKeepsTheSignatureOnRecord) {
  const std::string campaign = Opened();
  ASSERT_OK(Sign(2, SignRequest(campaign, 2)));
  v1::WithdrawPledgeRequest request;
  request.set_name(PledgeName(campaign, 2));
  request.set_reason("内容を確かめ直したい");
  request.set_channel(common::v1::CHANNEL_LINK);
  EXPECT_THAT(BadFields(CallAs(Consultant(), *campaigns_, &Stub::WithdrawPledge, request).status()),
              ElementsAre("channel"));
  EXPECT_THAT(CallAs(Member(1), *campaigns_, &Stub::WithdrawPledge, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const v1::Pledge withdrawn,
                       CallAs(Member(2), *campaigns_, &Stub::WithdrawPledge, request));
  EXPECT_EQ(withdrawn.state(), v1::Pledge::STATE_WITHDRAWN);
  EXPECT_FALSE(withdrawn.has_signature());
  ASSERT_OK(Record(PaperRequest(campaign, 2)));
  request.set_channel(common::v1::CHANNEL_TELEPHONE);
  ASSERT_OK(CallAs(Consultant(), *campaigns_, &Stub::WithdrawPledge, request));
  ASSERT_OK_AND_ASSIGN(const v1::Pledge pledge, GetPledge(request.name()));
  std::vector<std::string> kinds;
  for (const auto& event : pledge.events()) {
    kinds.push_back(v1::PledgeEvent::Kind_Name(event.kind()));
  }
  EXPECT_THAT(kinds,
              ElementsAre("KIND_SIGNED", "KIND_WITHDRAWN", "KIND_RECORDED", "KIND_WITHDRAWN"));
  EXPECT_EQ(pledge.events(0).confirmed_name(), "𠮷田 花子");
  EXPECT_EQ(pledge.events(3).reason(), request.reason());
}

TEST_F(CampaignServiceTest, ExemptionNeedsReasonAndApprover) {
  const std::string campaign = Opened();
  v1::ExemptPledgeRequest request;
  request.set_name(PledgeName(campaign, 2));
  EXPECT_THAT(BadFields(CallAs(Consultant(), *campaigns_, &Stub::ExemptPledge, request).status()),
              ElementsAre("reason", "approver"));
  request.set_reason("長期出張中");
  request.set_approver("山﨑 髙志");
  ASSERT_OK_AND_ASSIGN(const v1::Pledge exempt,
                       CallAs(Consultant(), *campaigns_, &Stub::ExemptPledge, request));
  EXPECT_EQ(exempt.exemption().approver(), "山﨑 髙志");
  EXPECT_THAT(CallAs(Consultant(), *campaigns_, &Stub::ExemptPledge, request),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK(Sign(1, SignRequest(campaign, 1)));
  EXPECT_THAT(Facts(), Contains("pledge.coverage=1"));
  v1::IncludePledgeRequest include;
  include.set_name(request.name());
  include.set_reason("帰任");
  ASSERT_OK_AND_ASSIGN(const v1::Pledge included,
                       CallAs(Consultant(), *campaigns_, &Stub::IncludePledge, include));
  EXPECT_FALSE(included.has_exemption());
  EXPECT_THAT(Facts(), Contains("pledge.coverage=0.5"));
}

TEST_F(CampaignServiceTest, AfterClosingPaperCanStillBeRecorded) {
  const std::string campaign = Opened();
  ASSERT_OK_AND_ASSIGN(const v1::Campaign closed, Close(campaign));
  EXPECT_EQ(closed.state(), v1::Campaign::STATE_CLOSED);
  EXPECT_THAT(closed.allowed_actions(), IsEmpty());
  EXPECT_THAT(Sign(2, SignRequest(campaign, 2)), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK_AND_ASSIGN(const v1::Pledge recorded, Record(PaperRequest(campaign, 2)));
  EXPECT_EQ(recorded.signature().deviation(), "受付の終了後に記録されました");
  EXPECT_THAT(Close(campaign), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(CampaignServiceTest, TheCampaignOpenedLastCounts) {
  const std::string first = Opened();
  ASSERT_OK(Sign(1, SignRequest(first, 1)));
  const std::string second = Opened();
  EXPECT_THAT(Facts(), ElementsAre("pledge.president=false", "pledge.coverage=0"));
  v1::ListCampaignsRequest request;
  request.set_parent(kEngagementName);
  ASSERT_OK_AND_ASSIGN(const auto page,
                       CallAs(keys_.User("president"), *campaigns_, &Stub::ListCampaigns, request));
  ASSERT_EQ(page.campaigns_size(), 2);
  int pledged = 0;
  for (const auto& campaign : page.campaigns()) pledged += campaign.coverage().pledged();
  EXPECT_EQ(pledged, 1);
}

TEST_F(CampaignServiceTest, StrangersLearnNothing) {
  const std::string campaign = Opened();
  v1::GetCampaignRequest request;
  request.set_name(campaign);
  EXPECT_THAT(CallAs(keys_.User("elsewhere"), *campaigns_, &Stub::GetCampaign, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(CallAs(keys_.User("consultant", test::kOtherOrganization), *campaigns_,
                     &Stub::GetCampaign, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
  request.set_name(kEngagementName + "/campaigns/" + NewId(absl::UnixEpoch()));
  EXPECT_THAT(CallAs(Consultant(), *campaigns_, &Stub::GetCampaign, request),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace staraction::declaration
