#include "services/risk/company.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::risk {

using Clients = engagement::v1::ClientService::Stub;

absl::StatusOr<std::string> EngagementCompany::Industry(const Call& call) {
  engagement::v1::GetClientRequest request;
  request.set_name(call.client_name());
  const absl::StatusOr<engagement::v1::Client> client =
      CallPeer<Clients, engagement::v1::GetClientRequest, engagement::v1::Client>(
          call, *clients_, &Clients::GetClient, request);
  if (!client.ok()) return client.status();
  return client->industry();
}

absl::StatusOr<std::string> EngagementCompany::MemberName(const Call& call,
                                                          const std::string& member) {
  engagement::v1::GetMemberRequest request;
  request.set_name(member);
  const absl::StatusOr<engagement::v1::Member> found =
      CallPeer<Clients, engagement::v1::GetMemberRequest, engagement::v1::Member>(
          call, *clients_, &Clients::GetMember, request);
  if (!found.ok()) return found.status();
  return found->display_name();
}

absl::StatusOr<std::string> PersonName(const Call& call, Company& company,
                                       const std::string& person, const std::string& field) {
  if (!person.starts_with("clients/")) return person;
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("clients/{client}/members/{member}", person, field));
  const absl::Status unknown =
      InvalidField(field, absl::StrCat("'", person, "' is no member of this client"),
                   absl::StrCat("「", person, "」はこの会社の名簿にありません"));
  if (ids.front() != call.client()) return unknown;
  absl::StatusOr<std::string> name = company.MemberName(call, person);
  if (absl::IsNotFound(name.status())) return unknown;
  return name;
}

}  // namespace staraction::risk
