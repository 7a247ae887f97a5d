// MessageService: what becomes of a message's ways to each person.

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/delivery_life.h"
#include "services/engagement/message_service.h"
#include "services/engagement/store/messages.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

// "engagements/{e}/messages/{m}/deliveries/{d}" → "engagements/{e}/messages/{m}".
std::string MessageOf(const std::string& delivery) {
  const size_t collection = delivery.rfind('/', delivery.rfind('/') - 1);
  return delivery.substr(0, collection);
}

template <typename Request>
absl::StatusOr<v1::Delivery> LockDelivery(Transaction& tx, const Request& request) {
  SA_ASSIGN_OR_RETURN(v1::Delivery delivery, kDeliveries.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), delivery.etag(), delivery.name()));
  return delivery;
}

absl::StatusOr<v1::Delivery> InsertCall(Transaction& tx, const v1::RecordCallRequest& request) {
  SA_RETURN_IF_ERROR(kMessages.Get(tx, request.parent()).status());
  SA_ASSIGN_OR_RETURN(const v1::Member member, kMembers.Get(tx, request.member()));
  if (request.opted_out()) {
    SA_RETURN_IF_ERROR(
        BlockMail(tx, member.name(), v1::ContactBlock::REASON_OPTED_OUT, "", tx.call().Actor()));
  }
  v1::Delivery delivery;
  delivery.set_name(request.parent() + "/deliveries/" + NewId(tx.now()));
  delivery.set_member(member.name());
  delivery.set_channel(v1::DELIVERY_CHANNEL_TELEPHONE);
  delivery.set_state(request.reached() ? v1::Delivery::STATE_REACHED
                                       : v1::Delivery::STATE_NOT_REACHED);
  delivery.set_detail(request.detail());
  delivery.set_recorder(tx.call().Actor());
  *delivery.mutable_done_time() = ToTimestamp(tx.now());
  return kDeliveries.Insert(tx, std::move(delivery));
}

}  // namespace

MessageService::Reactor* MessageService::ListDeliveries(Context* context,
                                                        const v1::ListDeliveriesRequest* request,
                                                        v1::ListDeliveriesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return FindDeliveries(tx, *request); });
  });
}

MessageService::Reactor* MessageService::RetryDelivery(Context* context,
                                                       const v1::RetryDeliveryRequest* request,
                                                       v1::Delivery* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Delivery> {
      SA_ASSIGN_OR_RETURN(v1::Delivery delivery, LockDelivery(tx, *request));
      SA_RETURN_IF_ERROR(domain::Retry(tx.now(), delivery));
      SA_RETURN_IF_ERROR(Mailer::Enqueue(tx, MessageOf(delivery.name()), tx.now()));
      return kDeliveries.Update(tx, std::move(delivery));
    });
  });
}

MessageService::Reactor* MessageService::RecordBounce(Context* context,
                                                      const v1::RecordBounceRequest* request,
                                                      v1::Delivery* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Delivery> {
      SA_ASSIGN_OR_RETURN(v1::Delivery delivery, LockDelivery(tx, *request));
      SA_RETURN_IF_ERROR(domain::Bounce(tx.now(), tx.call().Actor(), request->detail(), delivery));
      SA_RETURN_IF_ERROR(BlockMail(tx, delivery.member(), v1::ContactBlock::REASON_BOUNCED,
                                   delivery.address(), tx.call().Actor()));
      return kDeliveries.Update(tx, std::move(delivery));
    });
  });
}

MessageService::Reactor* MessageService::MarkPrinted(Context* context,
                                                     const v1::MarkPrintedRequest* request,
                                                     v1::Message* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Message> {
      SA_RETURN_IF_ERROR(kMessages.Lock(tx, request->parent()).status());
      for (const std::string& member : request->members()) {
        SA_RETURN_IF_ERROR(kMembers.Get(tx, member).status());
      }
      SA_ASSIGN_OR_RETURN(const int printed, MarkWaitingPrinted(tx, *request));
      if (printed == 0) return StateConflict(request->parent(), "WITHOUT SLIPS", "markPrinted");
      return GetWithFigures(tx, request->parent());
    });
  });
}

MessageService::Reactor* MessageService::RecordCall(Context* context,
                                                    const v1::RecordCallRequest* request,
                                                    v1::Delivery* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return InsertCall(tx, *request); });
  });
}

}  // namespace staraction::engagement
