#include "services/diagnosis/roster.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::diagnosis {

absl::StatusOr<std::string> EngagementRoster::DisplayName(const Call& call,
                                                          const std::string& member) {
  engagement::v1::GetMemberRequest request;
  request.set_name(member);
  const absl::StatusOr<engagement::v1::Member> found =
      CallPeer<engagement::v1::ClientService::Stub, engagement::v1::GetMemberRequest,
               engagement::v1::Member>(call, *clients_,
                                       &engagement::v1::ClientService::Stub::GetMember, request);
  if (!found.ok()) return found.status();
  return found->display_name();
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
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("clients/{client}/members/{member}", person, field));
  const absl::Status unknown =
      InvalidField(field, absl::StrCat("'", person, "' is no member of this client"),
                   absl::StrCat("「", person, "」はこの会社の名簿にありません"));
  if (ids.front() != call.client()) return unknown;
  absl::StatusOr<std::string> name = roster.DisplayName(call, person);
  if (absl::IsNotFound(name.status())) return unknown;
  return name;
}

}  // namespace staraction::diagnosis
