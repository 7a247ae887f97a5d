#ifndef STARACTION_SERVICES_TRAINING_PAPER_SERVICE_H_
#define STARACTION_SERVICES_TRAINING_PAPER_SERVICE_H_

#include <string>
#include <utility>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/training/attempt_service.h"
#include "staraction/training/v1/paper_service.grpc.pb.h"

namespace staraction::training {

// Tests for paper and scans. Thread safe.
class PaperService final : public v1::PaperService::CallbackService {
 public:
  PaperService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, SeedSource seeds)
      : rpc_(rpc), pool_(pool), library_(library), seeds_(std::move(seeds)) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreatePaperTest(Context* context, const v1::CreatePaperTestRequest* request,
                           v1::PaperTest* response) override;
  Reactor* GetPaperTest(Context* context, const v1::GetPaperTestRequest* request,
                        v1::PaperTest* response) override;
  Reactor* ListPaperTests(Context* context, const v1::ListPaperTestsRequest* request,
                          v1::ListPaperTestsResponse* response) override;
  Reactor* CreateTrainingScan(Context* context, const v1::CreateTrainingScanRequest* request,
                              v1::TrainingScan* response) override;
  Reactor* GetTrainingScan(Context* context, const v1::GetTrainingScanRequest* request,
                           v1::TrainingScan* response) override;
  Reactor* DownloadTrainingScan(Context* context, const v1::DownloadTrainingScanRequest* request,
                                google::api::HttpBody* response) override;

 private:
  // Fills in the variants and stores the paper.
  absl::StatusOr<v1::PaperTest> Draw(pg::Transaction& tx, const std::string& parent,
                                     v1::PaperTest paper) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  const SeedSource seeds_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_PAPER_SERVICE_H_
