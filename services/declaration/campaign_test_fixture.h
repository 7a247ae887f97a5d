#ifndef STARACTION_SERVICES_DECLARATION_CAMPAIGN_TEST_FIXTURE_H_
#define STARACTION_SERVICES_DECLARATION_CAMPAIGN_TEST_FIXTURE_H_

#include <string>

#include "services/declaration/service_test_fixture.h"

namespace staraction::declaration {

class CampaignServiceTest : public ServiceTest {
 protected:
  using Stub = v1::CampaignService::Stub;

  // A campaign in which anybody may sign first, unless said otherwise.
  static v1::Campaign Wanted(v1::Campaign::SigningOrder order = v1::Campaign::SIGNING_ORDER_ANY) {
    v1::Campaign campaign;
    *campaign.mutable_due_date() = ToProtoDate(absl::CivilDay(2026, 10, 31));
    campaign.set_signing_order(order);
    return campaign;
  }
  absl::StatusOr<v1::Campaign> Create(const v1::Campaign& wanted = Wanted()) {
    v1::CreateCampaignRequest request;
    request.set_parent(kEngagementName);
    *request.mutable_campaign() = wanted;
    return test::CallAs(Consultant(), *campaigns_, &Stub::CreateCampaign, request);
  }
  absl::StatusOr<v1::Campaign> Open(const std::string& name, const std::string& etag = "") {
    v1::OpenCampaignRequest request;
    request.set_name(name);
    request.set_etag(etag);
    return test::CallAs(Consultant(), *campaigns_, &Stub::OpenCampaign, request);
  }
  absl::StatusOr<v1::Campaign> Close(const std::string& name) {
    v1::CloseCampaignRequest request;
    request.set_name(name);
    return test::CallAs(Consultant(), *campaigns_, &Stub::CloseCampaign, request);
  }
  // An opened campaign's name.
  std::string Opened(const v1::Campaign& wanted = Wanted()) {
    auto campaign = Create(wanted);
    EXPECT_OK(campaign);
    if (!campaign.ok()) return "";
    EXPECT_OK(Open(campaign->name()));
    return campaign->name();
  }
  absl::StatusOr<v1::Campaign> Get(const std::string& name) {
    v1::GetCampaignRequest request;
    request.set_name(name);
    return test::CallAs(Consultant(), *campaigns_, &Stub::GetCampaign, request);
  }
  absl::StatusOr<v1::Pledge> GetPledge(const std::string& name) {
    v1::GetPledgeRequest request;
    request.set_name(name);
    return test::CallAs(Consultant(), *campaigns_, &Stub::GetPledge, request);
  }
  static std::string PledgeName(const std::string& campaign, int member) {
    return campaign + "/pledges/" + MemberId(member);
  }
  v1::SignPledgeRequest SignRequest(const std::string& campaign, int member) {
    v1::SignPledgeRequest request;
    request.set_name(PledgeName(campaign, member));
    request.set_channel(common::v1::CHANNEL_LINK);
    request.set_confirmed_name(
        engagements_->roster[static_cast<size_t>(member - 1)].display_name());
    return request;
  }
  absl::StatusOr<v1::Pledge> Sign(int who, const v1::SignPledgeRequest& request) {
    return test::CallAs(Member(who), *campaigns_, &Stub::SignPledge, request);
  }
  v1::RecordPledgeRequest PaperRequest(const std::string& campaign, int member) {
    v1::RecordPledgeRequest request;
    request.set_name(PledgeName(campaign, member));
    *request.mutable_effective_date() = ToProtoDate(absl::CivilDay(2026, 9, 28));
    return request;
  }
  absl::StatusOr<v1::Pledge> Record(const v1::RecordPledgeRequest& request) {
    return test::CallAs(Consultant(), *campaigns_, &Stub::RecordPledge, request);
  }
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_CAMPAIGN_TEST_FIXTURE_H_
