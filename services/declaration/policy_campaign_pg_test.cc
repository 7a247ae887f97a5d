#include <utility>

#include "services/declaration/campaign_test_fixture.h"
#include "staraction/declaration/v1/pledged_document_service.grpc.pb.h"

// Pledges to keep policy and regulations, and what looks after campaigns by itself.
namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class PolicyCampaignTest : public CampaignServiceTest {
 protected:
  static v1::Campaign About(v1::Campaign::Subject subject) {
    v1::Campaign campaign = Wanted();
    campaign.set_subject(subject);
    return campaign;
  }
  std::string OpenedPolicy() { return Opened(About(v1::Campaign::SUBJECT_POLICY)); }
  absl::StatusOr<google::api::HttpBody> Download(const std::string& token,
                                                 const std::string& pledge,
                                                 const std::string& revision) {
    const auto stub = v1::PledgedDocumentService::NewStub(service_->channel());
    v1::DownloadPledgedDocumentRequest request;
    request.set_name(pledge);
    request.set_revision(revision);
    return CallAs(token, *stub, &v1::PledgedDocumentService::Stub::DownloadPledgedDocument,
                  request);
  }
  v1::ListOwnPledgesResponse Own(int member) {
    v1::ListOwnPledgesRequest request;
    request.set_parent(kEngagementName);
    const auto own = CallAs(Member(member), *campaigns_, &Stub::ListOwnPledges, request);
    EXPECT_OK(own);
    return *own;
  }
};

TEST_F(PolicyCampaignTest, PinsTheApprovedRevisions) {
  v1::CreateCampaignRequest request;
  request.set_parent(kEngagementName);
  *request.mutable_campaign() = About(v1::Campaign::SUBJECT_POLICY);
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  const auto create = [&] {
    return CallAs(Consultant(), *campaigns_, &Stub::CreateCampaign, request);
  };
  ASSERT_OK_AND_ASSIGN(const v1::Campaign campaign, create());
  EXPECT_EQ(create()->name(), campaign.name());
  EXPECT_EQ(campaign.subject(), v1::Campaign::SUBJECT_POLICY);
  EXPECT_EQ(campaign.rule_list(), "");
  EXPECT_EQ(campaign.text().id(), "policy-everybody");
  EXPECT_EQ(campaign.president_text().id(), "policy-president");
  EXPECT_THAT(campaign.text().rules(),
              ElementsAre("情報セキュリティ基本方針 第1版（2026-09-01承認）",
                          "情報セキュリティ規程 第2版（2026-09-01承認）"));
  ASSERT_EQ(campaign.documents_size(), 2);
  EXPECT_EQ(campaign.documents(0).digest(), "digest-of-15-1");
  EXPECT_EQ(campaign.documents(1).number(), 2);
  EXPECT_EQ(campaign.documents(0).file_sha256().size(), 64u);

  documents_->Approve(document::v1::DOCUMENT_KIND_BASIC_POLICY, "情報セキュリティ基本方針", 2);
  ASSERT_OK_AND_ASSIGN(const v1::Campaign later, Create(About(v1::Campaign::SUBJECT_POLICY)));
  EXPECT_NE(later.text().digest(), campaign.text().digest()) << "another revision, another text";
  documents_->Withdraw(document::v1::DOCUMENT_KIND_REGULATIONS);
  engagements_->engagement.mutable_editions()->clear_policy_pledge_text();
  EXPECT_THAT(Unmet(Create(About(v1::Campaign::SUBJECT_POLICY)).status()),
              ElementsAre("policy_pledge_text", "regulations"));
  EXPECT_THAT(CallAs(Member(1), *campaigns_, &Stub::CreateCampaign, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(PolicyCampaignTest, PeopleReadWhatTheySign) {
  const std::string campaign = OpenedPolicy();
  const auto own = Own(2);
  ASSERT_EQ(own.own_pledges_size(), 1);
  ASSERT_EQ(own.own_pledges(0).documents_size(), 2);
  const std::string revision = own.own_pledges(0).documents(0).revision();
  const std::string pledge = PledgeName(campaign, 2);
  // What is approved later changes nothing of what is pinned.
  documents_->Approve(document::v1::DOCUMENT_KIND_BASIC_POLICY, "情報セキュリティ基本方針", 2);
  ASSERT_OK_AND_ASSIGN(const auto file, Download(Member(2), pledge, revision));
  EXPECT_EQ(file.content_type(), "application/pdf");
  EXPECT_EQ(file.data(), "%PDF-1.7 情報セキュリティ基本方針 1");
  EXPECT_OK(Download(Consultant(), pledge, revision));
  EXPECT_THAT(Download(Member(1), pledge, revision), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Download(Member(2), pledge, revision + "1"), StatusIs(absl::StatusCode::kNotFound));
  v1::SignPledgeRequest sign = SignRequest(campaign, 2);
  sign.set_text_digest(own.own_pledges(0).text().digest());
  ASSERT_OK_AND_ASSIGN(const v1::Pledge signed_pledge, Sign(2, sign));
  EXPECT_EQ(signed_pledge.signature().text_digest(), own.own_pledges(0).text().digest());
}

TEST_F(PolicyCampaignTest, BothCampaignsStandSideBySide) {
  const std::string rules = Opened(About(v1::Campaign::SUBJECT_RULES));
  const std::string policy = OpenedPolicy();
  EXPECT_THAT(Due(), ElementsAre(MemberName(1), MemberName(2), MemberName(1), MemberName(2)));
  ASSERT_OK(Sign(1, SignRequest(policy, 1)));
  EXPECT_THAT(Facts(), Contains("pledge.policy_president=true"));
  EXPECT_THAT(Facts(), Contains("pledge.policy_coverage=0.5"));
  EXPECT_THAT(Facts(), Contains("pledge.president=false"));
  EXPECT_THAT(Facts(), Contains("pledge.coverage=0"));
  ASSERT_OK(Sign(1, SignRequest(rules, 1)));
  EXPECT_THAT(Facts(), Contains("pledge.president=true"));
  EXPECT_THAT(Due(), ElementsAre(MemberName(2), MemberName(2)));
  EXPECT_EQ(Own(2).own_pledges_size(), 2);
}

// Seen by the job, without anybody asking.
TEST_F(PolicyCampaignTest, AnotherApprovedRevisionAsksForAnotherPledge) {
  const std::string first = OpenedPolicy();
  ASSERT_OK(Sign(1, SignRequest(first, 1)));
  documents_->Approve(document::v1::DOCUMENT_KIND_REGULATIONS, "情報セキュリティ規程", 3);
  readings_ += 60 * 60;
  ASSERT_TRUE(Eventually([&] { return Get(first)->has_outdated_time(); }));
  EXPECT_THAT(Facts(), Not(Contains(StartsWith("pledge.policy_"))));
  EXPECT_THAT(Due(), IsEmpty()) << "nobody is chased for what holds no longer";
  const std::string second = OpenedPolicy();
  EXPECT_THAT(Facts(), Contains("pledge.policy_coverage=0"));
  EXPECT_THAT(Due(), ElementsAre(MemberName(1), MemberName(2)));
  EXPECT_EQ(GetPledge(PledgeName(first, 1))->state(), v1::Pledge::STATE_PLEDGED) << "stays";
  EXPECT_EQ(Get(second)->documents(1).number(), 3);
}

TEST_F(PolicyCampaignTest, RollingListsFollowTheRosterByThemselves) {
  v1::Campaign wanted = Wanted();
  wanted.set_enrolment(v1::Campaign::ENROLMENT_ROLLING);
  const std::string campaign = Opened(wanted);
  const std::string frozen = Opened();
  engagements_->AddMember(5, "新入 五郎", engagement::v1::MEMBER_STATUS_ACTIVE);
  readings_ += 60 * 60;
  const auto joined = [&](const std::string& name) { return GetPledge(PledgeName(name, 5)).ok(); };
  ASSERT_TRUE(Eventually([&] { return joined(campaign); }));
  ASSERT_OK_AND_ASSIGN(const v1::Pledge pledge, GetPledge(PledgeName(campaign, 5)));
  EXPECT_TRUE(pledge.joiner());
  EXPECT_EQ(pledge.events(0).actor(), "services/declaration");
  EXPECT_FALSE(joined(frozen));
  // One job of the client waits, however many campaigns and refreshments there were.
  v1::RefreshCampaignRosterRequest refresh;
  refresh.set_name(campaign);
  ASSERT_OK(CallAs(Consultant(), *campaigns_, &Stub::RefreshCampaignRoster, refresh));
  EXPECT_TRUE(Eventually([&] {
    return service_->database().Query(
               "select count(*) as value from declaration.job where kind = 'keep_campaigns'") ==
           "1";
  }));
}

}  // namespace
}  // namespace staraction::declaration
