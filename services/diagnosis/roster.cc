#include "services/diagnosis/roster.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::diagnosis {

namespace {

using engagement::v1::ClientService;
using engagement::v1::RosterService;

constexpr int kPageSize = 1000;

Person ToPerson(const engagement::v1::Member& member) {
  return {member.name(), member.display_name(), member.department()};
}

}  // namespace

absl::StatusOr<Person> EngagementRoster::Find(const Call& call, const std::string& member) {
  engagement::v1::GetMemberRequest request;
  request.set_name(member);
  SA_ASSIGN_OR_RETURN(const auto found,
                      CallPeer(call, *clients_, &ClientService::Stub::GetMember, request));
  return ToPerson(found);
}

absl::StatusOr<std::vector<Person>> EngagementRoster::Staff(const Call& call,
                                                            const std::string& engagement) {
  engagement::v1::ListRosterEntriesRequest request;
  request.set_parent(engagement);
  request.set_page_size(kPageSize);
  std::vector<Person> staff;
  do {
    SA_ASSIGN_OR_RETURN(
        const auto page,
        CallPeer(call, *rosters_, &RosterService::Stub::ListRosterEntries, request));
    for (const auto& entry : page.roster_entries()) {
      if (entry.counted() && !entry.member().president()) {
        staff.push_back(ToPerson(entry.member()));
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return staff;
}

absl::StatusOr<ClientProfile> EngagementRoster::Profile(const Call& call) {
  engagement::v1::GetClientRequest request;
  request.set_name(call.client_name());
  SA_ASSIGN_OR_RETURN(const auto client,
                      CallPeer(call, *clients_, &ClientService::Stub::GetClient, request));
  return ClientProfile{client.industry(), client.employee_count()};
}

absl::StatusOr<std::string> EngagementRoster::SiteName(const Call& call, const std::string& site) {
  engagement::v1::GetSiteRequest request;
  request.set_name(site);
  const absl::StatusOr<engagement::v1::Site> found =
      CallPeer<engagement::v1::CompanyService::Stub, engagement::v1::GetSiteRequest,
               engagement::v1::Site>(call, *companies_,
                                     &engagement::v1::CompanyService::Stub::GetSite, request);
  if (!found.ok()) return found.status();
  if (found->has_delete_time()) return NotFound(site);
  return found->display_name();
}

absl::StatusOr<std::string> PersonName(const Call& call, Roster& roster, const std::string& person,
                                       const std::string& field) {
  if (!person.starts_with("clients/")) return person;
  SA_ASSIGN_OR_RETURN(const Person found, FindMember(call, roster, person, field));
  return found.display_name;
}

absl::StatusOr<Person> FindMember(const Call& call, Roster& roster, const std::string& member,
                                  const std::string& field) {
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("clients/{client}/members/{member}", member, field));
  const absl::Status unknown =
      InvalidField(field, absl::StrCat("'", member, "' is no member of this client"),
                   absl::StrCat("「", member, "」はこの会社の名簿にありません"));
  if (ids.front() != call.client()) return unknown;
  absl::StatusOr<Person> found = roster.Find(call, member);
  if (absl::IsNotFound(found.status())) return unknown;
  return found;
}

}  // namespace staraction::diagnosis
