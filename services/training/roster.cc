#include "services/training/roster.h"

#include <algorithm>
#include <utility>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/rpc/peer.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"
#include "staraction/engagement/v1/organization_service.grpc.pb.h"
#include "staraction/engagement/v1/roster_service.grpc.pb.h"

namespace staraction::training {
namespace {

using engagement::v1::ClientService;
using engagement::v1::EngagementService;
using engagement::v1::Member;
using engagement::v1::OrganizationService;
using engagement::v1::RosterEntry;
using engagement::v1::RosterService;

constexpr int kPageSize = 1000;

// Whether they were there on that day: people on leave were.
bool Employed(const RosterEntry& entry) {
  return std::none_of(entry.reasons().begin(), entry.reasons().end(), [](int reason) {
    return reason == RosterEntry::REASON_LEFT || reason == RosterEntry::REASON_NOT_YET_JOINED;
  });
}

// "PART_TIME", as content names it.
std::string EmploymentCode(engagement::v1::EmploymentType type) {
  if (type == engagement::v1::EMPLOYMENT_TYPE_UNSPECIFIED) return "";
  return engagement::v1::EmploymentType_Name(type).substr(sizeof("EMPLOYMENT_TYPE_") - 1);
}

Person ToPerson(RosterEntry entry) {
  Person person;
  person.counted = entry.counted();
  person.reason = entry.reason_text();
  person.employment = EmploymentCode(entry.member().employment_type());
  person.member = std::move(*entry.mutable_member());
  return person;
}

class PeerRoster : public Roster {
 public:
  explicit PeerRoster(const std::shared_ptr<grpc::Channel>& channel)
      : clients_(ClientService::NewStub(channel)),
        engagements_(EngagementService::NewStub(channel)),
        organizations_(OrganizationService::NewStub(channel)),
        rosters_(RosterService::NewStub(channel)) {}

  absl::StatusOr<std::vector<Person>> List(const Call& call, const std::string& engagement,
                                           absl::CivilDay day) override {
    engagement::v1::ListRosterEntriesRequest request;
    request.set_parent(engagement);
    request.set_page_size(kPageSize);
    request.set_purpose(engagement::v1::ROSTER_PURPOSE_TRAINING);
    *request.mutable_as_of() = ToProtoDate(day);
    std::vector<Person> people;
    do {
      SA_ASSIGN_OR_RETURN(
          auto page, CallPeer(call, *rosters_, &RosterService::Stub::ListRosterEntries, request));
      for (RosterEntry& entry : *page.mutable_roster_entries()) {
        if (Employed(entry)) people.push_back(ToPerson(std::move(entry)));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return people;
  }

  absl::StatusOr<Member> Get(const Call& call, const std::string& name) override {
    engagement::v1::GetMemberRequest request;
    request.set_name(name);
    return CallPeer(call, *clients_, &ClientService::Stub::GetMember, request);
  }

  absl::StatusOr<Parties> PartiesOf(const Call& call, const std::string& engagement) override {
    engagement::v1::GetEngagementRequest named;
    named.set_name(engagement);
    SA_ASSIGN_OR_RETURN(const auto found, CallPeer(call, *engagements_,
                                                   &EngagementService::Stub::GetEngagement, named));
    engagement::v1::GetOrganizationRequest request;
    request.set_name("organization");
    SA_ASSIGN_OR_RETURN(
        const auto organization,
        CallPeer(call, *organizations_, &OrganizationService::Stub::GetOrganization, request));
    return Parties{found.client_display_name(), organization.display_name()};
  }

 private:
  std::unique_ptr<ClientService::Stub> clients_;
  std::unique_ptr<EngagementService::Stub> engagements_;
  std::unique_ptr<OrganizationService::Stub> organizations_;
  std::unique_ptr<RosterService::Stub> rosters_;
};

}  // namespace

std::unique_ptr<Roster> RemoteRoster(Host& host) {
  return std::make_unique<PeerRoster>(host.channel("engagement"));
}

}  // namespace staraction::training
