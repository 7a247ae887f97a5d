#include "services/engagement/organization_service.h"

#include <algorithm>

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/policy.h"
#include "services/engagement/domain/quote.h"
#include "services/engagement/domain/user.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using common::v1::Role;
using pg::Transaction;

const pg::Statement kMyCompanies("my_companies", R"(
  select c.client_id, c.legal_name, string_agg(a.role, ',' order by a.role) as roles
  from client_access a join client c using (organization_id, client_id)
  where a.organization_id = $1 and a.user_id = $2 and a.revoke_time is null
    and a.role <> 'ROLE_CONSULTANT' and c.delete_time is null
  group by c.client_id, c.legal_name order by c.client_id limit 100)");

v1::Organization WithUid(v1::Organization organization, const Call& call) {
  organization.set_uid(call.organization());
  return organization;
}

absl::StatusOr<v1::User> InsertUser(Transaction& tx, v1::User user) {
  user.set_name("users/" + NewId(tx.now()));
  user.set_state(v1::User::STATE_ACTIVE);
  SA_ASSIGN_OR_RETURN(user, kUsers.Insert(tx, std::move(user)));
  return domain::WithActions(std::move(user));
}

// What any of the roles allows.
void AddPermissions(const google::protobuf::RepeatedField<int>& roles,
                    google::protobuf::RepeatedField<int>* permissions) {
  for (int p = common::v1::Permission_MIN; p <= common::v1::Permission_MAX; ++p) {
    const auto permission = static_cast<common::v1::Permission>(p);
    if (std::any_of(roles.begin(), roles.end(), [permission](int role) {
          return Grants(permission, static_cast<Role>(role));
        })) {
      permissions->Add(p);
    }
  }
}

absl::StatusOr<v1::Me> MeAsParticipant(Transaction& tx) {
  v1::Me me;
  const Call& call = tx.call();
  SA_ASSIGN_OR_RETURN(const v1::Member member, kMembers.Get(tx, call.principal.members.front()));
  SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, call.client_name()));
  me.set_name(member.name());
  me.set_display_name(member.display_name());
  me.set_engagement("engagements/" + call.principal.engagement);
  auto* company = me.add_companies();
  company->set_client(client.name());
  company->set_display_name(client.legal_name());
  company->add_roles(common::v1::ROLE_PARTICIPANT);
  AddPermissions(company->roles(), company->mutable_permissions());
  return me;
}

// With its registration number as it is stored and printed.
absl::StatusOr<v1::Organization> Normalized(v1::Organization organization) {
  SA_ASSIGN_OR_RETURN(
      *organization.mutable_invoice_number(),
      domain::ParseRegistrationNumber(organization.invoice_number(), organization.issuer_kind(),
                                      "organization.invoice_number"));
  return organization;
}

absl::StatusOr<v1::Me> MeAsUser(Transaction& tx) {
  v1::Me me;
  const Call& call = tx.call();
  SA_ASSIGN_OR_RETURN(const v1::User user, kUsers.Get(tx, "users/" + call.access.user_id));
  me.set_name(user.name());
  me.set_display_name(user.display_name());
  *me.mutable_roles() = user.roles();
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kMyCompanies, {tx.organization(), call.access.user_id}));
  for (const pg::Row row : rows) {
    auto* company = me.add_companies();
    company->set_client("clients/" + row.Text("client_id"));
    company->set_display_name(row.Text("legal_name"));
    for (int role = common::v1::Role_MIN; role <= common::v1::Role_MAX; ++role) {
      if (row.Text("roles").find(common::v1::Role_Name(static_cast<Role>(role))) !=
          std::string::npos) {
        company->add_roles(static_cast<Role>(role));
      }
    }
    AddPermissions(company->roles(), company->mutable_permissions());
  }
  AddPermissions(user.roles(), me.mutable_permissions());
  return me;
}

}  // namespace

grpc::ServerUnaryReactor* OrganizationService::CreateOrganization(
    grpc::CallbackServerContext* context, const v1::CreateOrganizationRequest* request,
    v1::Organization* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Organization> {
        Call inside = call;
        inside.principal.organization = request->organization_id();
        return pool_.Write(
            inside, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Organization> {
              SA_ASSIGN_OR_RETURN(v1::Organization organization,
                                  Normalized(request->organization()));
              organization.set_name("organization");
              SA_ASSIGN_OR_RETURN(organization, kOrganizations.Insert(tx, std::move(organization)));
              v1::User user = request->administrator();
              user.clear_roles();
              user.add_roles(common::v1::ROLE_ADMIN);
              user.add_roles(common::v1::ROLE_CONSULTANT);
              SA_RETURN_IF_ERROR(InsertUser(tx, std::move(user)).status());
              return WithUid(std::move(organization), inside);
            });
      });
}

grpc::ServerUnaryReactor* OrganizationService::GetOrganization(
    grpc::CallbackServerContext* context, const v1::GetOrganizationRequest* request,
    v1::Organization* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Organization> {
      SA_ASSIGN_OR_RETURN(v1::Organization found, kOrganizations.Get(tx, request->name()));
      return WithUid(std::move(found), call);
    });
  });
}

grpc::ServerUnaryReactor* OrganizationService::UpdateOrganization(
    grpc::CallbackServerContext* context, const v1::UpdateOrganizationRequest* request,
    v1::Organization* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Organization> {
      const v1::Organization& patch = request->organization();
      SA_ASSIGN_OR_RETURN(v1::Organization stored, kOrganizations.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
      SA_ASSIGN_OR_RETURN(stored, Normalized(std::move(stored)));
      SA_ASSIGN_OR_RETURN(stored, kOrganizations.Update(tx, std::move(stored)));
      return WithUid(std::move(stored), call);
    });
  });
}

grpc::ServerUnaryReactor* OrganizationService::GetMe(grpc::CallbackServerContext* context,
                                                     const v1::GetMeRequest* request,
                                                     v1::Me* response) {
  return rpc_.Unary(context, request, response, [this](const Call& call) {
    Call own = call;
    const bool participant = call.principal.kind == Principal::Kind::kParticipant;
    if (participant) own.access.clients = {call.principal.client};
    own.access.portfolio = call.access.user_id;
    return pool_.Read(own, participant ? MeAsParticipant : MeAsUser);
  });
}

grpc::ServerUnaryReactor* OrganizationService::CreateUser(grpc::CallbackServerContext* context,
                                                          const v1::CreateUserRequest* request,
                                                          v1::User* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::User> {
      SA_RETURN_IF_ERROR(domain::CheckRoles(request->user().roles(), "user.roles"));
      return InsertUser(tx, request->user());
    });
  });
}

grpc::ServerUnaryReactor* OrganizationService::GetUser(grpc::CallbackServerContext* context,
                                                       const v1::GetUserRequest* request,
                                                       v1::User* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::User> {
      SA_ASSIGN_OR_RETURN(v1::User user, kUsers.Get(tx, request->name()));
      return domain::WithActions(std::move(user));
    });
  });
}

grpc::ServerUnaryReactor* OrganizationService::ListUsers(grpc::CallbackServerContext* context,
                                                         const v1::ListUsersRequest* request,
                                                         v1::ListUsersResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListUsersResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kUsers.List(tx, "", *request));
      for (v1::User& user : page.items) user = domain::WithActions(std::move(user));
      return pg::ToResponse(std::move(page), &v1::ListUsersResponse::mutable_users);
    });
  });
}

grpc::ServerUnaryReactor* OrganizationService::UpdateUser(grpc::CallbackServerContext* context,
                                                          const v1::UpdateUserRequest* request,
                                                          v1::User* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::User> {
      const v1::User& patch = request->user();
      SA_RETURN_IF_ERROR(domain::CheckRoles(patch.roles(), "user.roles"));
      SA_ASSIGN_OR_RETURN(v1::User stored, kUsers.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
      SA_ASSIGN_OR_RETURN(stored, kUsers.Update(tx, std::move(stored)));
      return domain::WithActions(std::move(stored));
    });
  });
}

}  // namespace staraction::engagement
