#ifndef STARACTION_SERVICES_DECLARATION_INQUIRY_SERVICE_H_
#define STARACTION_SERVICES_DECLARATION_INQUIRY_SERVICE_H_

#include <functional>
#include <string>

#include "common/calendar/business_calendar.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/declaration/engagement_reader.h"
#include "staraction/declaration/v1/inquiry_service.grpc.pb.h"

namespace staraction::declaration {

// Questions that others ask a company. Thread safe.
class InquiryService final : public v1::InquiryService::CallbackService {
 public:
  InquiryService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                 const BusinessCalendar& calendar, EngagementReader& engagements)
      : rpc_(rpc), pool_(pool), library_(library), calendar_(calendar), engagements_(engagements) {}

  grpc::ServerUnaryReactor* CreateInquiry(grpc::CallbackServerContext* context,
                                          const v1::CreateInquiryRequest* request,
                                          v1::Inquiry* response) override;
  grpc::ServerUnaryReactor* GetInquiry(grpc::CallbackServerContext* context,
                                       const v1::GetInquiryRequest* request,
                                       v1::Inquiry* response) override;
  grpc::ServerUnaryReactor* ListInquiries(grpc::CallbackServerContext* context,
                                          const v1::ListInquiriesRequest* request,
                                          v1::ListInquiriesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateInquiry(grpc::CallbackServerContext* context,
                                          const v1::UpdateInquiryRequest* request,
                                          v1::Inquiry* response) override;
  grpc::ServerUnaryReactor* AddInquiryEntry(grpc::CallbackServerContext* context,
                                            const v1::AddInquiryEntryRequest* request,
                                            v1::Inquiry* response) override;
  grpc::ServerUnaryReactor* AnswerInquiry(grpc::CallbackServerContext* context,
                                          const v1::AnswerInquiryRequest* request,
                                          v1::Inquiry* response) override;
  grpc::ServerUnaryReactor* CloseInquiry(grpc::CallbackServerContext* context,
                                         const v1::CloseInquiryRequest* request,
                                         v1::Inquiry* response) override;

 private:
  // An act on an inquiry: changes it and returns the entry to be kept.
  using InquiryAct = std::function<absl::StatusOr<v1::InquiryEntry>(v1::Inquiry& inquiry)>;
  // Locks the inquiry, checks etag and state, acts, and stores inquiry and entry.
  template <typename Request>
  absl::StatusOr<v1::Inquiry> ActOnInquiry(const Call& call, const Request& request,
                                           const std::string& verb, const InquiryAct& act);
  // The inquiry with what is computed for replies.
  v1::Inquiry Complete(v1::Inquiry inquiry, absl::Time now) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  const BusinessCalendar& calendar_;
  EngagementReader& engagements_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_INQUIRY_SERVICE_H_
