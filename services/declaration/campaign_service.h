#ifndef STARACTION_SERVICES_DECLARATION_CAMPAIGN_SERVICE_H_
#define STARACTION_SERVICES_DECLARATION_CAMPAIGN_SERVICE_H_

#include <functional>

#include "common/content/library.h"
#include "common/paper/scan_reader.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/declaration/document_reader.h"
#include "services/declaration/engagement_reader.h"
#include "staraction/declaration/v1/campaign_service.grpc.pb.h"

namespace staraction::declaration {

// Campaigns and their pledges: campaign_service.cc, campaign_list_methods.cc (roster, order,
// coverage), pledge_methods.cc, certificate_methods.cc. Thread safe.
class CampaignService final : public v1::CampaignService::CallbackService {
 public:
  CampaignService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                  EngagementReader& engagements, DocumentReader& documents,
                  const paper::ScanReader& scans)
      : rpc_(rpc),
        pool_(pool),
        library_(library),
        engagements_(engagements),
        documents_(documents),
        scans_(scans) {}

  grpc::ServerUnaryReactor* CreateCampaign(grpc::CallbackServerContext* context,
                                           const v1::CreateCampaignRequest* request,
                                           v1::Campaign* response) override;
  grpc::ServerUnaryReactor* GetCampaign(grpc::CallbackServerContext* context,
                                        const v1::GetCampaignRequest* request,
                                        v1::Campaign* response) override;
  grpc::ServerUnaryReactor* ListCampaigns(grpc::CallbackServerContext* context,
                                          const v1::ListCampaignsRequest* request,
                                          v1::ListCampaignsResponse* response) override;
  grpc::ServerUnaryReactor* OpenCampaign(grpc::CallbackServerContext* context,
                                         const v1::OpenCampaignRequest* request,
                                         v1::Campaign* response) override;
  grpc::ServerUnaryReactor* CloseCampaign(grpc::CallbackServerContext* context,
                                          const v1::CloseCampaignRequest* request,
                                          v1::Campaign* response) override;
  grpc::ServerUnaryReactor* RefreshCampaignRoster(grpc::CallbackServerContext* context,
                                                  const v1::RefreshCampaignRosterRequest* request,
                                                  v1::Campaign* response) override;
  grpc::ServerUnaryReactor* WaiveSigningOrder(grpc::CallbackServerContext* context,
                                              const v1::WaiveSigningOrderRequest* request,
                                              v1::Campaign* response) override;
  grpc::ServerUnaryReactor* GetCampaignCoverage(grpc::CallbackServerContext* context,
                                                const v1::GetCampaignCoverageRequest* request,
                                                v1::CampaignCoverage* response) override;
  grpc::ServerUnaryReactor* GetPledge(grpc::CallbackServerContext* context,
                                      const v1::GetPledgeRequest* request,
                                      v1::Pledge* response) override;
  grpc::ServerUnaryReactor* ListPledges(grpc::CallbackServerContext* context,
                                        const v1::ListPledgesRequest* request,
                                        v1::ListPledgesResponse* response) override;
  grpc::ServerUnaryReactor* ListOwnPledges(grpc::CallbackServerContext* context,
                                           const v1::ListOwnPledgesRequest* request,
                                           v1::ListOwnPledgesResponse* response) override;
  grpc::ServerUnaryReactor* SignPledge(grpc::CallbackServerContext* context,
                                       const v1::SignPledgeRequest* request,
                                       v1::Pledge* response) override;
  grpc::ServerUnaryReactor* RecordPledge(grpc::CallbackServerContext* context,
                                         const v1::RecordPledgeRequest* request,
                                         v1::Pledge* response) override;
  grpc::ServerUnaryReactor* WithdrawPledge(grpc::CallbackServerContext* context,
                                           const v1::WithdrawPledgeRequest* request,
                                           v1::Pledge* response) override;
  grpc::ServerUnaryReactor* ExemptPledge(grpc::CallbackServerContext* context,
                                         const v1::ExemptPledgeRequest* request,
                                         v1::Pledge* response) override;
  grpc::ServerUnaryReactor* IncludePledge(grpc::CallbackServerContext* context,
                                          const v1::IncludePledgeRequest* request,
                                          v1::Pledge* response) override;
  grpc::ServerUnaryReactor* GetPledgeCertificate(grpc::CallbackServerContext* context,
                                                 const v1::GetPledgeCertificateRequest* request,
                                                 v1::PledgeCertificate* response) override;
  grpc::ServerUnaryReactor* VerifyPledgeCertificate(
      grpc::CallbackServerContext* context, const v1::VerifyPledgeCertificateRequest* request,
      v1::VerifyPledgeCertificateResponse* response) override;
  grpc::ServerUnaryReactor* DownloadPledgeScan(grpc::CallbackServerContext* context,
                                               const v1::DownloadPledgeScanRequest* request,
                                               google::api::HttpBody* response) override;

 private:
  // An act on one pledge inside a transaction: changes it and returns the event to be kept.
  // `campaign` is complete.
  using PledgeAct = std::function<absl::StatusOr<v1::PledgeEvent>(
      pg::Transaction& tx, const v1::Campaign& campaign, v1::Pledge& pledge)>;
  // Locks the pledge, checks etag and state, acts, and stores pledge and event.
  template <typename Request>
  absl::StatusOr<v1::Pledge> ActOnPledge(const Call& call, const Request& request,
                                         const std::string& verb, const PledgeAct& act);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  EngagementReader& engagements_;
  DocumentReader& documents_;
  const paper::ScanReader& scans_;
};

// The campaign with what is computed for replies.
v1::Campaign CompleteCampaign(v1::Campaign campaign, const v1::Coverage& coverage);
absl::StatusOr<v1::Campaign> CompleteCampaign(pg::Transaction& tx, v1::Campaign campaign);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_CAMPAIGN_SERVICE_H_
