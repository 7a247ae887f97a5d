#ifndef STARACTION_SERVICES_ASSET_TEMPLATE_SERVICE_H_
#define STARACTION_SERVICES_ASSET_TEMPLATE_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/asset/schemes.h"
#include "staraction/asset/v1/asset_template_service.grpc.pb.h"

namespace staraction::asset {

// Ledgers to start from, out of the content. Thread safe.
class AssetTemplateService final : public v1::AssetTemplateService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  AssetTemplateService(RpcLayer& rpc, pg::Pool& pool, const Schemes& schemes)
      : rpc_(rpc), pool_(pool), schemes_(schemes) {}

  Reactor* ListAssetTemplates(Context* context, const v1::ListAssetTemplatesRequest* request,
                              v1::ListAssetTemplatesResponse* response) override;
  Reactor* GetAssetTemplate(Context* context, const v1::GetAssetTemplateRequest* request,
                            v1::AssetTemplate* response) override;
  Reactor* AddAssetsFromTemplate(Context* context, const v1::AddAssetsFromTemplateRequest* request,
                                 v1::AddAssetsFromTemplateResponse* response) override;

 private:
  // NOT_FOUND if the content has no such template.
  absl::StatusOr<const content::v1::AssetTemplate*> Find(const std::string& name) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const Schemes& schemes_;
};

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_TEMPLATE_SERVICE_H_
