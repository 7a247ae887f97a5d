#include "services/declaration/pledged_document_service.h"

#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/declaration/own_pledge.h"
#include "services/declaration/store/pledges.h"
#include "services/declaration/store/scans.h"

namespace staraction::declaration {

using pg::Transaction;

grpc::ServerUnaryReactor* PledgedDocumentService::DownloadPledgedDocument(
    grpc::CallbackServerContext* context, const v1::DownloadPledgedDocumentRequest* request,
    google::api::HttpBody* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<google::api::HttpBody> {
        if (IsParticipant(call) && !IsOwn(call, request->name())) return NotOwn();
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
          SA_RETURN_IF_ERROR(kPledges.Get(tx, request->name()).status());
          SA_ASSIGN_OR_RETURN(const v1::Campaign campaign,
                              kCampaigns.Get(tx, CampaignOf(request->name())));
          for (const auto& document : campaign.documents()) {
            if (document.revision() != request->revision()) continue;
            google::api::HttpBody body;
            body.set_content_type("application/pdf");
            SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadScan(tx, document.file()));
            return body;
          }
          return NotFound(request->revision());
        });
      });
}

}  // namespace staraction::declaration
