#include "services/document/sources.h"

#include "common/base/macros.h"
#include "common/rpc/peer.h"
#include "staraction/declaration/v1/campaign_service.grpc.pb.h"
#include "staraction/declaration/v1/declaration_service.grpc.pb.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/organization_service.grpc.pb.h"

namespace staraction::document {
namespace {

using declaration::v1::CampaignService;
using declaration::v1::DeclarationService;
using engagement::v1::ClientService;
using engagement::v1::OrganizationService;

constexpr int kPageSize = 1000;

class Peers final : public Sources {
 public:
  explicit Peers(Host& host)
      : clients_(ClientService::NewStub(host.channel("engagement"))),
        organizations_(OrganizationService::NewStub(host.channel("engagement"))),
        campaigns_(CampaignService::NewStub(host.channel("declaration"))),
        declarations_(DeclarationService::NewStub(host.channel("declaration"))) {}

  absl::StatusOr<engagement::v1::Client> GetClient(const Call& call,
                                                   const std::string& name) override {
    engagement::v1::GetClientRequest request;
    request.set_name(name);
    return CallPeer(call, *clients_, &ClientService::Stub::GetClient, request);
  }

  absl::StatusOr<std::map<std::string, std::string>> UserNames(const Call& call) override {
    engagement::v1::ListUsersRequest request;
    request.set_page_size(kPageSize);
    std::map<std::string, std::string> names;
    do {
      SA_ASSIGN_OR_RETURN(
          const auto page,
          CallPeer(call, *organizations_, &OrganizationService::Stub::ListUsers, request));
      for (const auto& user : page.users()) names[user.name()] = user.display_name();
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }

  absl::StatusOr<declaration::v1::Campaign> GetCampaign(const Call& call,
                                                        const std::string& name) override {
    declaration::v1::GetCampaignRequest request;
    request.set_name(name);
    return CallPeer(call, *campaigns_, &CampaignService::Stub::GetCampaign, request);
  }

  absl::StatusOr<declaration::v1::Pledge> GetPledge(const Call& call,
                                                    const std::string& name) override {
    declaration::v1::GetPledgeRequest request;
    request.set_name(name);
    return CallPeer(call, *campaigns_, &CampaignService::Stub::GetPledge, request);
  }

  absl::StatusOr<declaration::v1::Declaration> GetDeclaration(const Call& call,
                                                              const std::string& name) override {
    declaration::v1::GetDeclarationRequest request;
    request.set_name(name);
    return CallPeer(call, *declarations_, &DeclarationService::Stub::GetDeclaration, request);
  }

 private:
  const std::unique_ptr<ClientService::Stub> clients_;
  const std::unique_ptr<OrganizationService::Stub> organizations_;
  const std::unique_ptr<CampaignService::Stub> campaigns_;
  const std::unique_ptr<DeclarationService::Stub> declarations_;
};

}  // namespace

std::shared_ptr<Sources> PeerSources(Host& host) {
  return std::make_shared<Peers>(host);
}

}  // namespace staraction::document
