#ifndef STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_VERSION_SERVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_VERSION_SERVICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/diagnosis/roster.h"
#include "staraction/diagnosis/v1/rulebook_version_service.grpc.pb.h"

namespace staraction::diagnosis {

// The rulebook as a whole. Thread safe.
class RulebookVersionService final : public v1::RulebookVersionService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  RulebookVersionService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                         Roster& roster)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster) {}

  Reactor* GetRulebook(Context* context, const v1::GetRulebookRequest* request,
                       v1::Rulebook* response) override;
  Reactor* CreateRulebookVersion(Context* context, const v1::CreateRulebookVersionRequest* request,
                                 v1::RulebookVersion* response) override;
  Reactor* GetRulebookVersion(Context* context, const v1::GetRulebookVersionRequest* request,
                              v1::RulebookVersion* response) override;
  Reactor* ListRulebookVersions(Context* context, const v1::ListRulebookVersionsRequest* request,
                                v1::ListRulebookVersionsResponse* response) override;

 private:
  // The list that gives order and titles: the one of this id, or the newest edition's.
  // INVALID_ARGUMENT on `field` if the content has none.
  absl::StatusOr<const content::v1::RuleList*> ListOf(const std::string& id,
                                                      const std::string& field) const;
  absl::StatusOr<v1::Rulebook> Book(pg::Transaction& tx, const std::string& name,
                                    const content::v1::RuleList& list) const;
  absl::StatusOr<v1::RulebookVersion> Publish(pg::Transaction& tx, v1::RulebookVersion version,
                                              const content::v1::RuleList& list) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_VERSION_SERVICE_H_
