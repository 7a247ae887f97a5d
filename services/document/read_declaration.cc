// Reads from the declaration service: pledges and declarations.

#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/document/domain/fill.h"
#include "services/document/reading.h"
#include "staraction/declaration/v1/campaign_service.pb.h"
#include "staraction/declaration/v1/declaration_service.pb.h"
#include "staraction/declaration/v1/publication_service.pb.h"
#include "staraction/engagement/v1/engagement_service.pb.h"
#include "staraction/engagement/v1/organization_service.pb.h"

namespace staraction::document {
namespace {

using declaration::v1::Campaign;
using declaration::v1::Pledge;

absl::StatusOr<Campaign> GetCampaign(const Reading& reading) {
  return reading.Get<Campaign, declaration::v1::GetCampaignRequest>(reading.subject);
}

absl::StatusOr<std::vector<Pledge>> ReadPledges(const Reading& reading, const std::string& member) {
  if (!member.empty()) {
    SA_ASSIGN_OR_RETURN(Pledge pledge, (reading.Get<Pledge, declaration::v1::GetPledgeRequest>(
                                           reading.subject + "/pledges/" + LastId(member))));
    return std::vector<Pledge>{std::move(pledge)};
  }
  declaration::v1::ListPledgesRequest request;
  request.set_parent(reading.subject);
  return reading.sources.List(reading.call, request,
                              &declaration::v1::ListPledgesResponse::mutable_pledges);
}

// Sheets of the president or of everybody else. Who is exempt gets one only when asked for by name.
absl::StatusOr<std::vector<MemberSheet>> SheetsOf(bool president, const Reading& reading,
                                                  const std::string& member) {
  SA_ASSIGN_OR_RETURN(const Campaign campaign, GetCampaign(reading));
  SA_ASSIGN_OR_RETURN(const std::vector<Pledge> pledges, ReadPledges(reading, member));
  std::vector<MemberSheet> sheets;
  for (const Pledge& pledge : pledges) {
    if (pledge.president() != president) {
      if (member.empty()) continue;
      return InvalidField("member", "signs another sheet: the president's is a document of its own",
                          "代表者と従業員では用紙が違います。対象の方の用紙を選んでください");
    }
    if (member.empty() && pledge.has_exemption()) continue;
    sheets.push_back(
        {pledge.member(), pledge.display_name(), domain::PledgeSheetFields(campaign, pledge)});
  }
  return sheets;
}

}  // namespace

absl::Status ReadCampaign(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(facts.campaign, GetCampaign(reading));
  const auto* rules = reading.library.FindRuleList(facts.campaign.rule_list());
  if (rules != nullptr) facts.rule_list_title = rules->title().ja();
  if (facts.campaign.subject() == declaration::v1::Campaign::SUBJECT_POLICY) {
    facts.rule_list_title = "会社が承認した基本方針と規程";
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<MemberSheet>> ReadPledgeSheets(const Reading& reading,
                                                          const std::string& member) {
  return SheetsOf(false, reading, member);
}

absl::StatusOr<std::vector<MemberSheet>> ReadPresidentPledgeSheets(const Reading& reading,
                                                                   const std::string& member) {
  return SheetsOf(true, reading, member);
}

absl::StatusOr<std::vector<MemberSheet>> ReadPledgeCertificates(const Reading& reading,
                                                                const std::string& member) {
  SA_ASSIGN_OR_RETURN(const std::vector<Pledge> pledges, ReadPledges(reading, member));
  std::vector<MemberSheet> sheets;
  for (const Pledge& pledge : pledges) {
    // Whoever is asked for by name gets the peer's own refusal.
    if (member.empty() && pledge.state() != Pledge::STATE_PLEDGED) continue;
    SA_ASSIGN_OR_RETURN(const auto certificate,
                        (reading.Get<declaration::v1::PledgeCertificate,
                                     declaration::v1::GetPledgeCertificateRequest>(pledge.name())));
    sheets.push_back(
        {pledge.member(), pledge.display_name(), domain::PledgeCertificateFields(certificate)});
  }
  return sheets;
}

absl::Status ReadDeclaration(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.declaration,
      (reading.Get<declaration::v1::Declaration, declaration::v1::GetDeclarationRequest>(
          reading.subject)));
  if (!facts.declaration.engagement().empty()) {
    SA_ASSIGN_OR_RETURN(
        facts.engagement,
        (reading.Get<engagement::v1::Engagement, engagement::v1::GetEngagementRequest>(
            facts.declaration.engagement())));
  }
  SA_ASSIGN_OR_RETURN(const auto users,
                      reading.sources.List(reading.call, engagement::v1::ListUsersRequest(),
                                           &engagement::v1::ListUsersResponse::mutable_users));
  for (const auto& user : users) facts.user_names[user.name()] = user.display_name();
  return absl::OkStatus();
}

absl::Status ReadAnnouncement(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      const auto drafts,
      (reading.Get<declaration::v1::ListAnnouncementDraftsResponse,
                   declaration::v1::ListAnnouncementDraftsRequest>(reading.subject)));
  facts.announcement_drafts.assign(drafts.announcement_drafts().begin(),
                                   drafts.announcement_drafts().end());
  return absl::OkStatus();
}

}  // namespace staraction::document
