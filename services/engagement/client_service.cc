#include "services/engagement/client_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/corporate_number.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/engagement/domain/client_rules.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

const pg::Statement kListClients("list_visible_clients", [] {
  return absl::StrCat("select ", kClients.SelectList(), R"( from client
    where organization_id = $1 and ($2 or delete_time is null) and erase_time is null
      and client_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
    order by client_id limit $4)");
});

const pg::Statement kFindByCorporateNumber("find_client_by_corporate_number", R"(
  select client_id, delete_time is not null as deleted from client
  where organization_id = $1 and corporate_number = $2)");

v1::Client Normalized(v1::Client client) {
  const auto number = ParseCorporateNumber(client.corporate_number());
  if (number.ok()) client.set_corporate_number(*number);
  return client;
}

// ALREADY_EXISTS with the client to use instead, or to take back first.
absl::Status Taken(const std::string& number, const std::string& name, bool deleted) {
  absl::Status status = MakeError(
      absl::StatusCode::kAlreadyExists, error::v1::ERROR_REASON_ALREADY_EXISTS,
      absl::StrCat("corporate number ", number, " belongs to ", name,
                   deleted ? ", which is deleted; call :undelete on it" : "; use that client"),
      absl::StrCat("法人番号 ", number, " のお客様は ", name, " として",
                   deleted ? "登録されていましたが、削除されています。:undelete で元に戻せます"
                           : "登録されています。そちらをお使いください"),
      {{"resource", name},
       {"corporate_number", number},
       {"state", deleted ? "DELETED" : "PRESENT"},
       {"action", deleted ? "undelete" : "get"}});
  google::rpc::ResourceInfo info;
  info.set_resource_type("engagement.staraction/Client");
  info.set_resource_name(name);
  SetDetail(status, info);
  return status;
}

absl::Status InsertAccess(Transaction& tx, const std::string& user, common::v1::Role role) {
  v1::Access access;
  access.set_name(tx.call().client_name() + "/accesses/" + NewId(tx.now()));
  access.set_user(user);
  access.set_role(role);
  return kAccesses.Insert(tx, std::move(access)).status();
}

}  // namespace

absl::Status ClientService::OfferExisting(const Call& call, const std::string& number,
                                          const absl::Status& status) {
  if (pg::ConstraintOf(status) != "client_corporate_number_key") return status;
  Call wide = call;
  wide.access.portfolio = "all";
  return pool_
      .Read(wide,
            [&](Transaction& tx) -> absl::StatusOr<bool> {
              SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                                  tx.Exec(kFindByCorporateNumber, {tx.organization(), number}));
              if (rows.empty()) return status;
              return Taken(number, "clients/" + rows[0].Text("client_id"), rows[0].Bool("deleted"));
            })
      .status();
}

ClientService::Reactor* ClientService::CreateClient(Context* context,
                                                    const v1::CreateClientRequest* request,
                                                    v1::Client* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Client> {
        v1::Client client = Normalized(request->client());
        SA_RETURN_IF_ERROR(domain::CheckClient(client, library_));
        // The new client is the one whose rows this call may write.
        Call own = call;
        own.access.clients = {NewId(call.now)};
        own.resource = own.client_name();
        client.set_name(own.client_name());
        auto created =
            pool_.Write(own, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Client> {
              SA_ASSIGN_OR_RETURN(v1::Client stored, kClients.Insert(tx, client));
              if (!call.access.Has(common::v1::ROLE_CONSULTANT)) return stored;
              SA_RETURN_IF_ERROR(
                  InsertAccess(tx, "users/" + call.access.user_id, common::v1::ROLE_CONSULTANT));
              return stored;
            });
        if (created.ok()) return created;
        return OfferExisting(call, client.corporate_number(), created.status());
      });
}

ClientService::Reactor* ClientService::GetClient(Context* context,
                                                 const v1::GetClientRequest* request,
                                                 v1::Client* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kClients.Get(tx, request->name()); });
  });
}

ClientService::Reactor* ClientService::ListClients(Context* context,
                                                   const v1::ListClientsRequest* request,
                                                   v1::ListClientsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListClientsResponse> {
      SA_ASSIGN_OR_RETURN(const PageQuery page,
                          ReadPage(request->page_size(), request->page_token(), *request, 1));
      SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
      SA_ASSIGN_OR_RETURN(
          const pg::Rows rows,
          tx.Exec(kListClients, {tx.organization(), pg::ToParam(request->show_deleted()), after,
                                 pg::ToParam(int64_t{page.size} + 1)}));
      return pg::ToResponse(kClients.ToPage(rows, page, *request),
                            &v1::ListClientsResponse::mutable_clients);
    });
  });
}

ClientService::Reactor* ClientService::UpdateClient(Context* context,
                                                    const v1::UpdateClientRequest* request,
                                                    v1::Client* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Client> {
        const v1::Client patch = Normalized(request->client());
        auto updated =
            pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Client> {
              SA_ASSIGN_OR_RETURN(v1::Client stored, kClients.Lock(tx, patch.name()));
              SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
              SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
              SA_RETURN_IF_ERROR(domain::CheckClient(stored, library_));
              return kClients.Update(tx, std::move(stored));
            });
        if (updated.ok()) return updated;
        return OfferExisting(call, patch.corporate_number(), updated.status());
      });
}

ClientService::Reactor* ClientService::DeleteClient(Context* context,
                                                    const v1::DeleteClientRequest* request,
                                                    v1::Client* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Client> {
      SA_ASSIGN_OR_RETURN(v1::Client stored, kClients.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      if (stored.has_delete_time()) return StateConflict(stored.name(), "DELETED", "delete");
      *stored.mutable_delete_time() = pg::ToTimestamp(tx.now());
      return kClients.Update(tx, std::move(stored));
    });
  });
}

ClientService::Reactor* ClientService::UndeleteClient(Context* context,
                                                      const v1::UndeleteClientRequest* request,
                                                      v1::Client* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Client> {
      SA_ASSIGN_OR_RETURN(v1::Client stored, kClients.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      if (!stored.has_delete_time()) return StateConflict(stored.name(), "PRESENT", "undelete");
      stored.clear_delete_time();
      return kClients.Update(tx, std::move(stored));
    });
  });
}

ClientService::Reactor* ClientService::CreateAccess(Context* context,
                                                    const v1::CreateAccessRequest* request,
                                                    v1::Access* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Access> {
        v1::Access access = request->access();
        if (access.role() != common::v1::ROLE_CONSULTANT &&
            access.role() != common::v1::ROLE_PRESIDENT &&
            access.role() != common::v1::ROLE_SECURITY_MANAGER) {
          return InvalidField(
              "access.role",
              absl::StrCat(
                  common::v1::Role_Name(access.role()),
                  " is no role in a client; want CONSULTANT, PRESIDENT or SECURITY_MANAGER"),
              "担当者（CONSULTANT）、社長（PRESIDENT）、情報セキュリティ責任者"
              "（SECURITY_MANAGER）のいずれかを指定してください");
        }
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Access> {
          access.set_name(request->parent() + "/accesses/" + NewId(tx.now()));
          return kAccesses.Insert(tx, access);
        });
      });
}

ClientService::Reactor* ClientService::ListAccesses(Context* context,
                                                    const v1::ListAccessesRequest* request,
                                                    v1::ListAccessesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListAccessesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kAccesses.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListAccessesResponse::mutable_accesses);
    });
  });
}

ClientService::Reactor* ClientService::DeleteAccess(Context* context,
                                                    const v1::DeleteAccessRequest* request,
                                                    v1::Access* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Access> {
      SA_ASSIGN_OR_RETURN(v1::Access stored, kAccesses.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      if (stored.has_revoke_time()) return StateConflict(stored.name(), "REVOKED", "delete");
      *stored.mutable_revoke_time() = pg::ToTimestamp(tx.now());
      return kAccesses.Update(tx, std::move(stored));
    });
  });
}

}  // namespace staraction::engagement
