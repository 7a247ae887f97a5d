#include "services/engagement/access_service.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "staraction/engagement/v1/organization.pb.h"

namespace staraction::engagement {
namespace {

using common::v1::Role;
using pg::Rows;

const pg::Statement kFindUser("access_find_user", R"(
  select user_id, roles, array_to_string(array(
      select distinct a.role from client_access a
      where a.organization_id = $1 and a.user_id = u.user_id and a.revoke_time is null), ',')
      as company_roles
  from user_account u
  where organization_id = $1 and issuer = $2 and subject = $3 and not disabled)");

// Clients of the names, in their order, with the user's roles there. $2 are the collections
// ("clients", "engagements"), $3 the ids, $4 the user.
const pg::Statement kResolveNames("access_resolve_names", R"(
  select n.collection, c.client_id, e.engagement_id, array_to_string(array(
      select a.role from client_access a
      where a.organization_id = $1 and a.client_id = c.client_id and a.user_id = $4
        and a.revoke_time is null), ',') as roles
  from unnest($2::text[], $3::uuid[]) with ordinality n (collection, id, position)
  left join engagement e
    on n.collection = 'engagements' and e.organization_id = $1 and e.engagement_id = n.id
  left join client c
    on c.organization_id = $1 and c.erase_time is null
    and c.client_id = case n.collection when 'clients' then n.id else e.client_id end
  order by n.position)");

const pg::Statement kFindLink("access_find_link", R"(
  select client_id, engagement_id from participant_link
  where organization_id = $1 and engagement_id = $2 and participant_link_id = $3 and not revoked)");

constexpr char kNobody[] = "00000000-0000-0000-0000-000000000000";

struct Names {
  std::vector<std::string> collections;
  std::vector<std::string> ids;
};

// First two segments of each name; one that cannot exist becomes the nil UUID, which does not.
Names Split(const std::vector<std::string>& names) {
  Names out;
  for (const std::string& name : names) {
    const std::vector<std::string> parts = absl::StrSplit(name, '/');
    const bool known = parts.size() >= 2 && IsUuid(parts[1]);
    out.collections.push_back(parts[0]);
    out.ids.push_back(known ? parts[1] : kNobody);
  }
  return out;
}

bool Holds(const v1::ResolveResponse& response, Role role) {
  return std::count(response.roles().begin(), response.roles().end(), role) > 0;
}

// A consultant's access counts only while they are a consultant of the organization.
bool Counts(const v1::ResolveResponse& user, Role role) {
  if (role == common::v1::ROLE_CONSULTANT) return Holds(user, role);
  return role == common::v1::ROLE_PRESIDENT || role == common::v1::ROLE_SECURITY_MANAGER;
}

// Adds the roles of a list that count.
void AddRoles(const std::string& list, const v1::ResolveResponse& user,
              google::protobuf::RepeatedField<int>* roles) {
  for (const auto name : absl::StrSplit(list, ',', absl::SkipEmpty())) {
    Role role;
    if (common::v1::Role_Parse(std::string(name), &role) && Counts(user, role)) roles->Add(role);
  }
}

void AddResolution(const pg::Row& row, v1::ResolveResponse& response) {
  auto* resolution = response.add_resolutions();
  const bool admin = Holds(response, common::v1::ROLE_ADMIN);
  if (admin) resolution->add_roles(common::v1::ROLE_ADMIN);
  if (row.IsNull("client_id")) {
    resolution->set_absent(admin);
    return;
  }
  AddRoles(row.Text("roles"), response, resolution->mutable_roles());
  if (resolution->roles().empty()) return;
  resolution->set_client("clients/" + row.Text("client_id"));
  if (!row.IsNull("engagement_id")) {
    resolution->set_engagement("engagements/" + row.Text("engagement_id"));
  }
}

absl::StatusOr<v1::ResolveResponse> ResolveUser(pg::Transaction& tx,
                                                const std::vector<std::string>& names) {
  v1::ResolveResponse response;
  const Principal& principal = tx.call().principal;
  SA_ASSIGN_OR_RETURN(const Rows users,
                      tx.Exec(kFindUser, {tx.organization(), principal.issuer, principal.subject}));
  if (!users.empty()) {
    v1::User user;
    pg::FieldFromColumn(users[0], "roles", v1::User::descriptor()->FindFieldByName("roles"), user);
    *response.mutable_roles() = user.roles();
    // People of companies have roles there only; in the organization they may ask who they are.
    v1::ResolveResponse company;
    AddRoles(users[0].Text("company_roles"), company, company.mutable_roles());
    response.mutable_roles()->MergeFrom(company.roles());
    response.set_user_id(users[0].Text("user_id"));
  }
  if (names.empty()) return response;
  const Names split = Split(names);
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kResolveNames,
              {tx.organization(), pg::ToArrayParam(split.collections), pg::ToArrayParam(split.ids),
               response.user_id().empty() ? kNobody : response.user_id()}));
  for (const pg::Row row : rows) AddResolution(row, response);
  return response;
}

// A participant has their own engagement and its client, as long as the link is not revoked.
absl::StatusOr<v1::ResolveResponse> ResolveParticipant(pg::Transaction& tx,
                                                       const std::vector<std::string>& names) {
  v1::ResolveResponse response;
  const Principal& principal = tx.call().principal;
  SA_ASSIGN_OR_RETURN(const Rows links, tx.Exec(kFindLink, {tx.organization(), principal.engagement,
                                                            principal.link}));
  if (!links.empty()) response.add_roles(common::v1::ROLE_PARTICIPANT);
  const std::string client = "clients/" + principal.client;
  const std::string engagement = "engagements/" + principal.engagement;
  for (const std::string& name : names) {
    const std::string own = name.substr(0, name.find('/', name.find('/') + 1));
    auto* resolution = response.add_resolutions();
    if (links.empty() || (own != client && own != engagement)) continue;
    resolution->add_roles(common::v1::ROLE_PARTICIPANT);
    resolution->set_client(client);
    resolution->set_engagement(engagement);
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::ResolveResponse> LocalAccess::Resolve(const Call& call,
                                                         const std::vector<std::string>& names) {
  // The names decide which clients may be seen, so this read sees all of the organization's.
  Call wide = call;
  wide.access.portfolio = "all";
  const bool participant = call.principal.kind == Principal::Kind::kParticipant;
  if (participant) wide.access.clients = {call.principal.client};
  return pool_.Read(wide, [&](pg::Transaction& tx) {
    return participant ? ResolveParticipant(tx, names) : ResolveUser(tx, names);
  });
}

grpc::ServerUnaryReactor* AccessService::Resolve(grpc::CallbackServerContext* context,
                                                 const v1::ResolveRequest* request,
                                                 v1::ResolveResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return access_.Resolve(call, {request->names().begin(), request->names().end()});
  });
}

}  // namespace staraction::engagement
