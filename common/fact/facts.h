#ifndef STARACTION_COMMON_FACT_FACTS_H_
#define STARACTION_COMMON_FACT_FACTS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/job/job.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction {

// Reads what a service knows of a client, in one snapshot, from its own tables only.
// `engagement` is "engagements/{engagement}", or "" for all engagements of the client.
using FactCollector = std::function<absl::StatusOr<std::vector<fact::v1::Fact>>(
    pg::Transaction& tx, const std::string& engagement)>;

// Facts in the making; `engagement` may be empty (the client as a whole).
fact::v1::Fact TruthFact(const std::string& code, const std::string& engagement, bool truth);
fact::v1::Fact CountFact(const std::string& code, const std::string& engagement, int64_t count);
fact::v1::Fact RatioFact(const std::string& code, const std::string& engagement, double ratio);
fact::v1::Fact TextFact(const std::string& code, const std::string& engagement,
                        const std::string& text);

// The call's client's facts with the version that they were read from.
absl::StatusOr<fact::v1::FactSheet> ReadFactSheet(pg::Pool& pool, const Call& call,
                                                  const std::string& engagement,
                                                  const FactCollector& collect);
// Version of the call's client's data; 0 if nothing was ever written.
absl::StatusOr<int64_t> ReadFactVersion(pg::Pool& pool, const Call& call);

// staraction.fact.v1.FactService over a collector. Thread safe.
class FactServer final : public fact::v1::FactService::CallbackService {
 public:
  FactServer(RpcLayer& rpc, pg::Pool& pool, FactCollector collect)
      : rpc_(rpc), pool_(pool), collect_(std::move(collect)) {}

  grpc::ServerUnaryReactor* CollectFacts(grpc::CallbackServerContext* context,
                                         const fact::v1::CollectFactsRequest* request,
                                         fact::v1::FactSheet* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const FactCollector collect_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_FACT_FACTS_H_
