#ifndef STARACTION_SERVICES_ENGAGEMENT_INVITATION_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_INVITATION_SERVICE_H_

#include <string>

#include "common/auth/token.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/invitation_service.grpc.pb.h"

namespace staraction::engagement {

// How people become users, and cease to be. Thread safe.
class InvitationService final : public v1::InvitationService::CallbackService {
 public:
  // `key` makes the codes; at least 32 bytes.
  InvitationService(RpcLayer& rpc, pg::Pool& pool, TokenVerifier& verifier, std::string key)
      : rpc_(rpc), pool_(pool), verifier_(verifier), key_(std::move(key)) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* InviteUser(Context* context, const v1::InviteUserRequest* request,
                      v1::Invitation* response) override;
  Reactor* RenewInvitation(Context* context, const v1::RenewInvitationRequest* request,
                           v1::Invitation* response) override;
  Reactor* AcceptInvitation(Context* context, const v1::AcceptInvitationRequest* request,
                            v1::User* response) override;
  Reactor* DisableUser(Context* context, const v1::DisableUserRequest* request,
                       v1::User* response) override;
  Reactor* EnableUser(Context* context, const v1::EnableUserRequest* request,
                      v1::User* response) override;
  Reactor* ListUserAccesses(Context* context, const v1::ListUserAccessesRequest* request,
                            v1::ListUserAccessesResponse* response) override;

 private:
  // Adds the code, which is never stored: neither with the user nor with a request_id's answer.
  v1::Invitation WithCode(const Call& call, v1::Invitation invitation) const;
  absl::StatusOr<v1::User> Accept(const Call& call, const v1::AcceptInvitationRequest& request);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  TokenVerifier& verifier_;
  const std::string key_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_INVITATION_SERVICE_H_
