#ifndef STARACTION_SERVICES_TRAINING_BRIEFING_SERVICE_H_
#define STARACTION_SERVICES_TRAINING_BRIEFING_SERVICE_H_

#include <set>
#include <string>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/training/roster.h"
#include "staraction/training/v1/briefing_service.grpc.pb.h"

namespace staraction::training {

// Briefings of the president. Thread safe.
class BriefingService final : public v1::BriefingService::CallbackService {
 public:
  BriefingService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateBriefing(Context* context, const v1::CreateBriefingRequest* request,
                          v1::Briefing* response) override;
  Reactor* GetBriefing(Context* context, const v1::GetBriefingRequest* request,
                       v1::Briefing* response) override;
  Reactor* ListBriefings(Context* context, const v1::ListBriefingsRequest* request,
                         v1::ListBriefingsResponse* response) override;
  Reactor* UpdateBriefing(Context* context, const v1::UpdateBriefingRequest* request,
                          v1::Briefing* response) override;
  Reactor* AcknowledgeBriefing(Context* context, const v1::AcknowledgeBriefingRequest* request,
                               v1::Briefing* response) override;

 private:
  // INVALID_ARGUMENT unless the member is the president of the call's client.
  absl::Status CheckPresident(const Call& call, const std::string& member);
  // Names of those decided persons who are on the roster of the call's client.
  absl::StatusOr<std::set<std::string>> KnownMembers(const Call& call,
                                                     const v1::Briefing& briefing);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_BRIEFING_SERVICE_H_
