#include "services/engagement/invitation_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/link_secret.h"
#include "services/engagement/domain/user.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;
using v1::User;

// Keeps codes apart from participants' secrets, which are made with the same installation's key.
constexpr char kKeyPurpose[] = "/invitation";

const pg::Statement kAccessesOf("accesses_of_user", [] {
  return absl::StrCat("select ", kAccesses.SelectList(), R"( from client_access
    where organization_id = $1 and user_id = $2
      and access_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
    order by access_id limit $4)");
});

absl::Status BadCode() {
  return MakeError(absl::StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                   "this invitation is not valid (any more); ask for a new one",
                   "この招待コードは使えません。新しいコードを管理者に依頼してください");
}

v1::Invitation InvitationOf(User user) {
  v1::Invitation invitation;
  *invitation.mutable_expire_time() = user.invitation_expire_time();
  *invitation.mutable_user() = domain::WithActions(std::move(user));
  return invitation;
}

// Nobody shuts themselves out: the last administrator could not come back.
absl::Status CheckOther(const Call& call, const User& user) {
  if (user.name() != "users/" + call.access.user_id) return absl::OkStatus();
  return StateConflict(user.name(), "SELF", "disable");
}

template <typename Request, typename Change>
absl::StatusOr<User> Verb(pg::Pool& pool, const Call& call, const Request& request,
                          const std::string& verb, Change change) {
  return pool.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<User> {
    SA_ASSIGN_OR_RETURN(User user, kUsers.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), user.etag(), user.name()));
    SA_RETURN_IF_ERROR(domain::Check(user, verb));
    SA_RETURN_IF_ERROR(change(user));
    SA_ASSIGN_OR_RETURN(user, kUsers.Update(tx, std::move(user)));
    return domain::WithActions(std::move(user));
  });
}

}  // namespace

v1::Invitation InvitationService::WithCode(const Call& call, v1::Invitation invitation) const {
  const User& user = invitation.user();
  invitation.set_code(domain::MakeLinkSecret(
      {call.organization(), LastId(user.name()), user.invitation_generation()},
      key_ + kKeyPurpose));
  return invitation;
}

InvitationService::Reactor* InvitationService::InviteUser(Context* context,
                                                          const v1::InviteUserRequest* request,
                                                          v1::Invitation* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Invitation> {
        SA_RETURN_IF_ERROR(domain::CheckRoles(request->roles(), "roles"));
        SA_ASSIGN_OR_RETURN(
            v1::Invitation invitation,
            pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Invitation> {
              User user;
              user.set_name("users/" + NewId(tx.now()));
              user.set_display_name(request->display_name());
              user.set_email(request->email());
              user.set_issuer(request->issuer().empty() ? call.principal.issuer
                                                        : request->issuer());
              *user.mutable_roles() = request->roles();
              domain::Invite(tx.now(), request->valid_days(), &user);
              SA_ASSIGN_OR_RETURN(user, kUsers.Insert(tx, std::move(user)));
              return InvitationOf(std::move(user));
            }));
        return WithCode(call, std::move(invitation));
      });
}

InvitationService::Reactor* InvitationService::RenewInvitation(
    Context* context, const v1::RenewInvitationRequest* request, v1::Invitation* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::Invitation> {
                      SA_ASSIGN_OR_RETURN(
                          User user,
                          Verb(pool_, call, *request, "renewInvitation", [&](User& stored) {
                            domain::Invite(call.now, request->valid_days(), &stored);
                            return absl::OkStatus();
                          }));
                      return WithCode(call, InvitationOf(std::move(user)));
                    });
}

absl::StatusOr<User> InvitationService::Accept(const Call& call,
                                               const v1::AcceptInvitationRequest& request) {
  SA_ASSIGN_OR_RETURN(const Principal principal, verifier_.Verify(request.access_token()));
  const auto claim = domain::ReadLinkSecret(request.code(), key_ + kKeyPurpose);
  if (!claim || principal.kind != Principal::Kind::kUser ||
      claim->organization != principal.organization) {
    return BadCode();
  }
  Call own = call;
  own.principal = principal;
  own.access.user_id = claim->link;
  v1::AcceptInvitationRequest kept = request;  // what the audit keeps
  kept.clear_access_token();
  kept.clear_code();
  auto user = pool_.Write(own, kept, [&](Transaction& tx) -> absl::StatusOr<User> {
    auto stored = kUsers.Lock(tx, "users/" + claim->link);
    if (absl::IsNotFound(stored.status())) return BadCode();
    SA_RETURN_IF_ERROR(stored.status());
    if (!domain::CanAccept(*stored, claim->generation, principal.issuer, tx.now())) {
      return BadCode();
    }
    stored->set_subject(principal.subject);
    stored->set_state(User::STATE_ACTIVE);
    stored->clear_invitation_expire_time();
    SA_ASSIGN_OR_RETURN(User updated, kUsers.Update(tx, *std::move(stored)));
    return domain::WithActions(std::move(updated));
  });
  if (pg::ConstraintOf(user.status()) != "user_account_subject_key") return user;
  return AlreadyExists("user with this login", "");
}

InvitationService::Reactor* InvitationService::AcceptInvitation(
    Context* context, const v1::AcceptInvitationRequest* request, User* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Accept(call, *request); });
}

InvitationService::Reactor* InvitationService::DisableUser(Context* context,
                                                           const v1::DisableUserRequest* request,
                                                           User* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Verb(pool_, call, *request, "disable", [&](User& user) -> absl::Status {
      SA_RETURN_IF_ERROR(CheckOther(call, user));
      user.set_disabled(true);
      user.set_state(User::STATE_DISABLED);
      user.clear_invitation_expire_time();
      return absl::OkStatus();
    });
  });
}

InvitationService::Reactor* InvitationService::EnableUser(Context* context,
                                                          const v1::EnableUserRequest* request,
                                                          User* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Verb(pool_, call, *request, "enable", [&](User& user) {
      user.set_disabled(false);
      user.set_state(user.subject().empty() ? User::STATE_INVITED : User::STATE_ACTIVE);
      return absl::OkStatus();
    });
  });
}

InvitationService::Reactor* InvitationService::ListUserAccesses(
    Context* context, const v1::ListUserAccessesRequest* request,
    v1::ListUserAccessesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListUserAccessesResponse> {
      SA_RETURN_IF_ERROR(kUsers.Get(tx, request->parent()).status());
      SA_ASSIGN_OR_RETURN(const PageQuery page,
                          ReadPage(request->page_size(), request->page_token(), *request, 1));
      SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
      SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                          tx.Exec(kAccessesOf, {tx.organization(), LastId(request->parent()), after,
                                                pg::ToParam(int64_t{page.size} + 1)}));
      return pg::ToResponse(kAccesses.ToPage(rows, page, *request),
                            &v1::ListUserAccessesResponse::mutable_accesses);
    });
  });
}

}  // namespace staraction::engagement
