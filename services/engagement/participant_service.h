#ifndef STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/participant_entry.h"
#include "staraction/engagement/v1/participant_service.grpc.pb.h"

namespace staraction::engagement {

// Personal links of people without an account, and how they take part. Thread safe.
class ParticipantService final : public v1::ParticipantService::CallbackService {
 public:
  ParticipantService(RpcLayer& rpc, pg::Pool& pool, const ParticipantEntry& entry)
      : rpc_(rpc), pool_(pool), entry_(entry) {}

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
  Reactor* GetParticipation(Context* context, const v1::GetParticipationRequest* request,
                            v1::Participation* response) override;
  Reactor* UpdateParticipation(Context* context, const v1::UpdateParticipationRequest* request,
                               v1::Participation* response) override;

 private:
  absl::StatusOr<v1::ExchangeParticipantLinkResponse> Exchange(
      const Call& call, const v1::ExchangeParticipantLinkRequest& request) const;
  absl::StatusOr<v1::Participation> Change(pg::Transaction& tx,
                                           const v1::UpdateParticipationRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const ParticipantEntry& entry_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_SERVICE_H_
