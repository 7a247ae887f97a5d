#ifndef STARACTION_SERVICES_ENGAGEMENT_KIOSK_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_KIOSK_SERVICE_H_

#include <string>

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/participant_entry.h"
#include "services/engagement/store/participation.h"
#include "staraction/engagement/v1/kiosk_service.grpc.pb.h"

namespace staraction::engagement {

// Tablets that are passed around in the office. Thread safe.
class KioskService final : public v1::KioskService::CallbackService {
 public:
  KioskService(RpcLayer& rpc, pg::Pool& pool, const ParticipantEntry& entry)
      : rpc_(rpc), pool_(pool), entry_(entry) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateKiosk(Context* context, const v1::CreateKioskRequest* request,
                       v1::Kiosk* response) override;
  Reactor* ListKiosks(Context* context, const v1::ListKiosksRequest* request,
                      v1::ListKiosksResponse* response) override;
  Reactor* CloseKiosk(Context* context, const v1::CloseKioskRequest* request,
                      v1::Kiosk* response) override;
  Reactor* ListKioskMembers(Context* context, const v1::ListKioskMembersRequest* request,
                            v1::ListKioskMembersResponse* response) override;
  Reactor* IdentifyAtKiosk(Context* context, const v1::IdentifyAtKioskRequest* request,
                           v1::ExchangeParticipantLinkResponse* response) override;

 private:
  // A kiosk that is open, and a call in its client.
  struct Opened {
    v1::Kiosk kiosk;
    Call inside;
  };
  absl::StatusOr<Opened> Open(const Call& call, const std::string& secret) const;
  absl::StatusOr<v1::Kiosk> Insert(pg::Transaction& tx,
                                   const v1::CreateKioskRequest& request) const;
  absl::StatusOr<v1::ListKioskMembersResponse> Members(
      const Call& call, const v1::ListKioskMembersRequest& request) const;
  absl::StatusOr<v1::ExchangeParticipantLinkResponse> Identify(
      const Call& call, const v1::IdentifyAtKioskRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const ParticipantEntry& entry_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_KIOSK_SERVICE_H_
