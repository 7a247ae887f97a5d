#include "services/diagnosis/fact_source.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::diagnosis {
namespace {

using fact::v1::FactService;

constexpr absl::Duration kLimit = absl::Seconds(2);

class PeerFactSource : public FactSource {
 public:
  PeerFactSource(Host& host, const std::vector<std::string>& services) : host_(host) {
    for (const auto& service : services) {
      stubs_[service] = FactService::NewStub(host.channel(service));
    }
  }

  absl::StatusOr<fact::v1::FactSheet> Collect(const Call& call, const std::string& service,
                                              const std::string& engagement) override {
    const auto stub = stubs_.find(service);
    if (stub == stubs_.end()) {
      return TryAgain(absl::StatusCode::kUnavailable, error::v1::ERROR_REASON_PEER_UNAVAILABLE,
                      absl::StrCat("the service ", service, " is not known here"),
                      absl::StrCat("サービス ", service, " は設定されていません"));
    }
    SA_ASSIGN_OR_RETURN(Call own, host_.ServiceCall(call.organization(), call.client(), kLimit));
    own.trace = call.trace;
    own.deadline = std::min(own.deadline, call.deadline);
    fact::v1::CollectFactsRequest request;
    request.set_client(call.client_name());
    request.set_engagement(engagement);
    return CallPeer(own, *stub->second, &FactService::Stub::CollectFacts, request, kLimit);
  }

 private:
  Host& host_;
  std::map<std::string, std::unique_ptr<FactService::Stub>> stubs_;
};

}  // namespace

std::unique_ptr<FactSource> PeerFacts(Host& host, const std::vector<std::string>& services) {
  return std::make_unique<PeerFactSource>(host, services);
}

}  // namespace staraction::diagnosis
