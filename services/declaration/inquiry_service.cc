#include "services/declaration/inquiry_service.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/declaration/domain/inquiry.h"
#include "services/declaration/store/declarations.h"
#include "services/declaration/store/inquiries.h"

namespace staraction::declaration {
namespace {

using pg::Transaction;

domain::Act ActOf(const Call& call) {
  return {call.Actor(), call.now};
}

absl::Status CheckDeclaration(Transaction& tx, const std::string& name) {
  if (name.empty() || kDeclarations.Get(tx, name).ok()) return absl::OkStatus();
  return InvalidField("inquiry.declaration", "is no declaration of this client",
                      "このお客様の宣言ではありません");
}

}  // namespace

v1::Inquiry InquiryService::Complete(v1::Inquiry inquiry, absl::Time now) const {
  domain::Complete(library_, TokyoDay(now), inquiry);
  return inquiry;
}

template <typename Request>
absl::StatusOr<v1::Inquiry> InquiryService::ActOnInquiry(const Call& call, const Request& request,
                                                         const std::string& verb,
                                                         const InquiryAct& act) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Inquiry> {
    SA_ASSIGN_OR_RETURN(v1::Inquiry inquiry, kInquiries.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), inquiry.etag(), inquiry.name()));
    SA_RETURN_IF_ERROR(domain::CheckAction(inquiry, verb));
    SA_ASSIGN_OR_RETURN(const v1::InquiryEntry entry, act(inquiry));
    SA_RETURN_IF_ERROR(kInquiryEntries.Append(tx, inquiry.name(), entry));
    SA_ASSIGN_OR_RETURN(inquiry, kInquiries.Update(tx, std::move(inquiry)));
    return Complete(std::move(inquiry), tx.now());
  });
}

grpc::ServerUnaryReactor* InquiryService::CreateInquiry(grpc::CallbackServerContext* context,
                                                        const v1::CreateInquiryRequest* request,
                                                        v1::Inquiry* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Inquiry> {
        SA_RETURN_IF_ERROR(CheckEngagement(engagements_, call, request->inquiry().engagement(),
                                           "inquiry.engagement"));
        SA_ASSIGN_OR_RETURN(
            const v1::Inquiry wanted,
            domain::NewInquiry(request->inquiry(), library_, calendar_, ActOf(call)));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Inquiry> {
          SA_RETURN_IF_ERROR(CheckDeclaration(tx, wanted.declaration()));
          v1::Inquiry inquiry = wanted;
          inquiry.set_name(request->parent() + "/inquiries/" + NewId(tx.now()));
          SA_ASSIGN_OR_RETURN(inquiry, kInquiries.Insert(tx, std::move(inquiry)));
          SA_RETURN_IF_ERROR(kInquiryEntries.Append(tx, inquiry.name(),
                                                    domain::FirstEntry(*request, ActOf(call))));
          return Complete(std::move(inquiry), tx.now());
        });
      });
}

grpc::ServerUnaryReactor* InquiryService::GetInquiry(grpc::CallbackServerContext* context,
                                                     const v1::GetInquiryRequest* request,
                                                     v1::Inquiry* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Inquiry> {
      SA_ASSIGN_OR_RETURN(v1::Inquiry inquiry, kInquiries.Get(tx, request->name()));
      SA_ASSIGN_OR_RETURN(auto entries, kInquiryEntries.List(tx, inquiry.name()));
      for (v1::InquiryEntry& entry : entries) *inquiry.add_entries() = std::move(entry);
      return Complete(std::move(inquiry), tx.now());
    });
  });
}

grpc::ServerUnaryReactor* InquiryService::ListInquiries(grpc::CallbackServerContext* context,
                                                        const v1::ListInquiriesRequest* request,
                                                        v1::ListInquiriesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListInquiriesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, declaration::ListInquiries(tx, *request));
      for (v1::Inquiry& inquiry : page.items) inquiry = Complete(std::move(inquiry), tx.now());
      return pg::ToResponse(std::move(page), &v1::ListInquiriesResponse::mutable_inquiries);
    });
  });
}

grpc::ServerUnaryReactor* InquiryService::UpdateInquiry(grpc::CallbackServerContext* context,
                                                        const v1::UpdateInquiryRequest* request,
                                                        v1::Inquiry* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Inquiry> {
        const v1::Inquiry& patch = request->inquiry();
        SA_RETURN_IF_ERROR(
            CheckEngagement(engagements_, call, patch.engagement(), "inquiry.engagement"));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Inquiry> {
          SA_ASSIGN_OR_RETURN(v1::Inquiry inquiry, kInquiries.Lock(tx, patch.name()));
          SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), inquiry.etag(), patch.name()));
          SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &inquiry));
          SA_RETURN_IF_ERROR(domain::CheckUpdated(inquiry));
          SA_RETURN_IF_ERROR(CheckDeclaration(tx, inquiry.declaration()));
          SA_ASSIGN_OR_RETURN(inquiry, kInquiries.Update(tx, std::move(inquiry)));
          return Complete(std::move(inquiry), tx.now());
        });
      });
}

grpc::ServerUnaryReactor* InquiryService::AddInquiryEntry(grpc::CallbackServerContext* context,
                                                          const v1::AddInquiryEntryRequest* request,
                                                          v1::Inquiry* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnInquiry(call, *request, "addEntry", [&](v1::Inquiry& inquiry) {
      return domain::AddEntry(*request, library_, calendar_, ActOf(call), inquiry);
    });
  });
}

grpc::ServerUnaryReactor* InquiryService::AnswerInquiry(grpc::CallbackServerContext* context,
                                                        const v1::AnswerInquiryRequest* request,
                                                        v1::Inquiry* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnInquiry(call, *request, "answer", [&](v1::Inquiry& inquiry) {
      return domain::Answer(*request, ActOf(call), inquiry);
    });
  });
}

grpc::ServerUnaryReactor* InquiryService::CloseInquiry(grpc::CallbackServerContext* context,
                                                       const v1::CloseInquiryRequest* request,
                                                       v1::Inquiry* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnInquiry(call, *request, "close", [&](v1::Inquiry& inquiry) {
      return domain::Close(*request, ActOf(call), inquiry);
    });
  });
}

}  // namespace staraction::declaration
