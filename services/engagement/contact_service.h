#ifndef STARACTION_SERVICES_ENGAGEMENT_CONTACT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_CONTACT_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/outreach.h"
#include "staraction/engagement/v1/contact_service.grpc.pb.h"

namespace staraction::engagement {

// Who has something left to do, and who wants no mails. Thread safe.
class ContactService final : public v1::ContactService::CallbackService {
 public:
  ContactService(RpcLayer& rpc, pg::Pool& pool, const ParticipantEntry& entry, Outreach& outreach)
      : rpc_(rpc), pool_(pool), entry_(entry), outreach_(outreach) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* ListOutstandingMembers(Context* context,
                                  const v1::ListOutstandingMembersRequest* request,
                                  v1::ListOutstandingMembersResponse* response) override;
  Reactor* ListOpenItems(Context* context, const v1::ListOpenItemsRequest* request,
                         v1::ListOpenItemsResponse* response) override;
  Reactor* CreateContactBlock(Context* context, const v1::CreateContactBlockRequest* request,
                              v1::ContactBlock* response) override;
  Reactor* ListContactBlocks(Context* context, const v1::ListContactBlocksRequest* request,
                             v1::ListContactBlocksResponse* response) override;
  Reactor* LiftContactBlock(Context* context, const v1::LiftContactBlockRequest* request,
                            v1::ContactBlock* response) override;

 private:
  absl::StatusOr<v1::ListOutstandingMembersResponse> Outstanding(
      const Call& call, const v1::ListOutstandingMembersRequest& request);
  absl::StatusOr<v1::ListOpenItemsResponse> OpenItems(const Call& call,
                                                      const v1::ListOpenItemsRequest& request);
  absl::Status AddLinks(pg::Transaction& tx, const v1::ListOutstandingMembersRequest& request,
                        v1::ListOutstandingMembersResponse& reply) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const ParticipantEntry& entry_;
  Outreach& outreach_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_CONTACT_SERVICE_H_
