#ifndef STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_SERVICE_H_

#include <string>

#include "common/auth/signer.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/participant_service.grpc.pb.h"

namespace staraction::engagement {

// Personal links of people without an account. Thread safe.
class ParticipantService final : public v1::ParticipantService::CallbackService {
 public:
  // `link_key` makes the links' secrets: at least 32 bytes. Another key voids all links.
  ParticipantService(RpcLayer& rpc, pg::Pool& pool, const TokenSigner& signer, std::string link_key)
      : rpc_(rpc), pool_(pool), signer_(signer), link_key_(std::move(link_key)) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateParticipantLinks(Context* context,
                                  const v1::CreateParticipantLinksRequest* request,
                                  v1::CreateParticipantLinksResponse* response) override;
  Reactor* ListParticipantLinks(Context* context, const v1::ListParticipantLinksRequest* request,
                                v1::ListParticipantLinksResponse* response) override;
  Reactor* RevokeParticipantLink(Context* context, const v1::RevokeParticipantLinkRequest* request,
                                 v1::ParticipantLink* response) override;
  Reactor* ExchangeParticipantLink(Context* context,
                                   const v1::ExchangeParticipantLinkRequest* request,
                                   v1::ExchangeParticipantLinkResponse* response) override;

 private:
  absl::StatusOr<v1::ParticipantLink> MakeLink(pg::Transaction& tx, const std::string& engagement,
                                               const std::string& member) const;
  absl::StatusOr<v1::CreateParticipantLinksResponse> MakeLinks(
      pg::Transaction& tx, const v1::CreateParticipantLinksRequest& request) const;
  absl::StatusOr<v1::ExchangeParticipantLinkResponse> Exchange(const Call& call,
                                                               const std::string& secret) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const TokenSigner& signer_;
  const std::string link_key_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_SERVICE_H_
