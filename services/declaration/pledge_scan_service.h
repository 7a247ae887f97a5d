#ifndef STARACTION_SERVICES_DECLARATION_PLEDGE_SCAN_SERVICE_H_
#define STARACTION_SERVICES_DECLARATION_PLEDGE_SCAN_SERVICE_H_

#include <functional>
#include <vector>

#include "common/paper/scan_reader.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/pledge_scan_service.grpc.pb.h"

namespace staraction::declaration {

// Files of sheets that were signed on paper. Thread safe.
class PledgeScanService final : public v1::PledgeScanService::CallbackService {
 public:
  // `clock` only measures how long reading takes.
  PledgeScanService(RpcLayer& rpc, pg::Pool& pool, const paper::ScanReader& scans, Clock clock)
      : rpc_(rpc), pool_(pool), scans_(scans), clock_(std::move(clock)) {}

  grpc::ServerUnaryReactor* UploadPledgeScans(grpc::CallbackServerContext* context,
                                              const v1::UploadPledgeScansRequest* request,
                                              v1::UploadPledgeScansResponse* response) override;
  grpc::ServerUnaryReactor* GetPledgeScan(grpc::CallbackServerContext* context,
                                          const v1::GetPledgeScanRequest* request,
                                          v1::PledgeScan* response) override;
  grpc::ServerUnaryReactor* ListPledgeScans(grpc::CallbackServerContext* context,
                                            const v1::ListPledgeScansRequest* request,
                                            v1::ListPledgeScansResponse* response) override;
  grpc::ServerUnaryReactor* AssignPledgeSheet(grpc::CallbackServerContext* context,
                                              const v1::AssignPledgeSheetRequest* request,
                                              v1::PledgeScan* response) override;
  grpc::ServerUnaryReactor* DiscardPledgeSheet(grpc::CallbackServerContext* context,
                                               const v1::DiscardPledgeSheetRequest* request,
                                               v1::PledgeScan* response) override;
  grpc::ServerUnaryReactor* DownloadPledgeScanFile(grpc::CallbackServerContext* context,
                                                   const v1::DownloadPledgeScanFileRequest* request,
                                                   google::api::HttpBody* response) override;

 private:
  // The pages of each file. A file for which no time is left has none: it is kept, and somebody
  // looks at it.
  absl::StatusOr<std::vector<paper::ScannedPages>> ReadFiles(
      const Call& call, const v1::UploadPledgeScansRequest& request) const;
  // Locks campaign and scan, checks the etag, acts, and stores the scan.
  using ScanAct = std::function<absl::Status(pg::Transaction& tx, const v1::Campaign& campaign,
                                             v1::PledgeScan& scan)>;
  template <typename Request>
  absl::StatusOr<v1::PledgeScan> ActOnScan(const Call& call, const Request& request,
                                           const ScanAct& act);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const paper::ScanReader& scans_;
  const Clock clock_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_PLEDGE_SCAN_SERVICE_H_
