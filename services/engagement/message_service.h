#ifndef STARACTION_SERVICES_ENGAGEMENT_MESSAGE_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_MESSAGE_SERVICE_H_

#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/outreach.h"
#include "staraction/engagement/v1/message_service.grpc.pb.h"

namespace staraction::engagement {

// Messages and their deliveries. Thread safe. (Deliveries: delivery_methods.cc.)
class MessageService final : public v1::MessageService::CallbackService {
 public:
  MessageService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Outreach& outreach)
      : rpc_(rpc), pool_(pool), library_(library), outreach_(outreach) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* PlanMessages(Context* context, const v1::PlanMessagesRequest* request,
                        v1::PlanMessagesResponse* response) override;
  Reactor* CreateMessage(Context* context, const v1::CreateMessageRequest* request,
                         v1::Message* response) override;
  Reactor* GetMessage(Context* context, const v1::GetMessageRequest* request,
                      v1::Message* response) override;
  Reactor* ListMessages(Context* context, const v1::ListMessagesRequest* request,
                        v1::ListMessagesResponse* response) override;
  Reactor* CancelMessage(Context* context, const v1::CancelMessageRequest* request,
                         v1::Message* response) override;
  Reactor* ListDeliveries(Context* context, const v1::ListDeliveriesRequest* request,
                          v1::ListDeliveriesResponse* response) override;
  Reactor* RetryDelivery(Context* context, const v1::RetryDeliveryRequest* request,
                         v1::Delivery* response) override;
  Reactor* RecordBounce(Context* context, const v1::RecordBounceRequest* request,
                        v1::Delivery* response) override;
  Reactor* MarkPrinted(Context* context, const v1::MarkPrintedRequest* request,
                       v1::Message* response) override;
  Reactor* RecordCall(Context* context, const v1::RecordCallRequest* request,
                      v1::Delivery* response) override;

 private:
  absl::StatusOr<v1::PlanMessagesResponse> Plan(const Call& call,
                                                const v1::PlanMessagesRequest& request);
  absl::StatusOr<v1::Message> Create(const Call& call, const v1::CreateMessageRequest& request);
  // The message without a row yet, and whom it goes to.
  absl::StatusOr<v1::Message> Draft(pg::Transaction& tx, const v1::CreateMessageRequest& request,
                                    const std::vector<std::string>& silent,
                                    std::vector<v1::PlannedContact>* contacts) const;
  absl::StatusOr<std::string> Preview(pg::Transaction& tx, const v1::Message& message,
                                      const content::v1::MessageTemplate& text,
                                      const v1::PlannedContact& contact) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Outreach& outreach_;
};

// The message with its figures.
absl::StatusOr<v1::Message> GetWithFigures(pg::Transaction& tx, const std::string& name);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_MESSAGE_SERVICE_H_
