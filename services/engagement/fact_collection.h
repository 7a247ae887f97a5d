#ifndef STARACTION_SERVICES_ENGAGEMENT_FACT_COLLECTION_H_
#define STARACTION_SERVICES_ENGAGEMENT_FACT_COLLECTION_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/service/host.h"
#include "services/engagement/domain/readiness.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::engagement {

// Pulls the facts of all services, stores them and judges engagements by them. Changes are only
// announced: an announcement marks a client, a job collects, and losing one does no harm because
// every refresh collects anew. Thread safe.
class FactCollection final : public fact::v1::FactInboxService::CallbackService {
 public:
  // `peers` are the services that are asked besides this one.
  FactCollection(Host& host, const content::Library& library, std::vector<std::string> peers);

  grpc::ServerUnaryReactor* AnnounceChange(grpc::CallbackServerContext* context,
                                           const fact::v1::AnnounceChangeRequest* request,
                                           fact::v1::AnnounceChangeResponse* response) override;

  // This service's own changes need no call: its announcements become collections directly.
  absl::Status AnnounceOwn(const Job& job);

  // Collects from all services now; those that do not answer within `limit` are named in `silent`.
  absl::Status CollectAll(const Call& call, absl::Duration limit, std::vector<std::string>* silent);

  // Judges an engagement of the call's client by the stored facts. A service that is in `silent`
  // counts as unknown. `figures`, unless null, gets the numbers among the facts.
  absl::StatusOr<v1::Readiness> Judge(pg::Transaction& tx, const v1::Engagement& engagement,
                                      const std::vector<std::string>& silent,
                                      domain::Figures* figures = nullptr) const;

  // Whether the stored facts say that the engagement's declaration was issued.
  absl::StatusOr<bool> Declared(pg::Transaction& tx, const v1::Engagement& engagement) const;

 private:
  absl::Status Collect(const std::string& service, const Job& job);
  absl::StatusOr<fact::v1::FactSheet> Ask(const std::string& service, const Call& call);
  absl::Status Store(const Call& call, const std::vector<fact::v1::FactSheet>& sheets);
  absl::Status CollectOnChangeOfDay(pg::Transaction& tx);

  Host& host_;
  const content::Library& library_;
  const std::vector<std::string> peers_;
  std::map<std::string, std::unique_ptr<fact::v1::FactService::Stub>> stubs_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_FACT_COLLECTION_H_
