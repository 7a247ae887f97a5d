#ifndef STARACTION_SERVICES_ASSET_TESTING_H_
#define STARACTION_SERVICES_ASSET_TESTING_H_

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/asset/parts.h"
#include "staraction/asset/v1/asset_service.grpc.pb.h"
#include "staraction/asset/v1/asset_snapshot_service.grpc.pb.h"
#include "staraction/asset/v1/asset_template_service.grpc.pb.h"
#include "staraction/asset/v1/system_service.grpc.pb.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::asset {

inline constexpr char kClientId[] = "0190a000-0000-7000-8000-0000000000c1";
inline constexpr char kEngagementId[] = "0190a000-0000-7000-8000-0000000000e1";
inline constexpr char kOtherClientId[] = "0190a000-0000-7000-8000-0000000000c2";
inline constexpr char kOtherEngagementId[] = "0190a000-0000-7000-8000-0000000000e2";
inline const std::string kClient = std::string("clients/") + kClientId;
inline const std::string kEngagement = std::string("engagements/") + kEngagementId;
inline const std::string kOtherClient = std::string("clients/") + kOtherClientId;
inline const std::string kOffice = kClient + "/sites/0190a000-0000-7000-8000-0000000000a1";

// Every client has one site, 本社.
class FixedSites : public Sites {
 public:
  absl::Status Find(const Call& /*call*/, const std::string& site) override {
    return site == kOffice ? absl::OkStatus() : NotFound(site);
  }
  absl::StatusOr<std::map<std::string, std::string>> List(const Call& call) override {
    const std::string site = call.client_name() + "/sites/0190a000-0000-7000-8000-0000000000a1";
    return std::map<std::string, std::string>{{site, "本社"}};
  }
};

template <typename T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// The whole service over real gRPC and PostgreSQL with the built-in content. A consultant and a
// president of one client, a consultant of another, and somebody who only reads the portfolio.
class AssetTest : public ::testing::Test {
 protected:
  AssetTest() {
    access_.Grant(test::kOrganization, "consultant", common::v1::ROLE_CONSULTANT, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "president", common::v1::ROLE_PRESIDENT, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "other", common::v1::ROLE_CONSULTANT, kOtherClientId,
                  kOtherEngagementId);
    service_ = std::make_unique<test::TestService>(
        pg::Schema{"asset", Migrations()}, keys_, &access_,
        [](Host& host) { return MakeParts(host, "", std::make_shared<FixedSites>()); });
    assets_ = v1::AssetService::NewStub(service_->channel());
    snapshots_ = v1::AssetSnapshotService::NewStub(service_->channel());
    templates_ = v1::AssetTemplateService::NewStub(service_->channel());
    systems_ = v1::SystemService::NewStub(service_->channel());
  }

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> As(const std::string& user, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const std::string& text) {
    return test::CallAs(keys_.User(user), stub, method, Parse<Request>(text));
  }
  using Assets = v1::AssetService::Stub;
  using Snapshots = v1::AssetSnapshotService::Stub;
  using Templates = v1::AssetTemplateService::Stub;
  using Systems = v1::SystemService::Stub;

  // "business: … " of an entry with these levels; `more` adds to it.
  static std::string Entry(const std::string& name, const std::string& levels = "BOTTOM",
                           const std::string& more = "") {
    return "business: '人事' display_name: '" + name +
           "' department: '総務部' medium: 'OFFICE_PC' " + "confidentiality: '" + levels +
           "' integrity: '" + levels + "' availability: '" + levels + "' " + more;
  }
  absl::StatusOr<v1::Asset> Create(const std::string& entry, const std::string& more = "") {
    return As("consultant", *assets_, &Assets::CreateAsset,
              "parent: '" + kClient + "' asset { " + entry + " } " + more);
  }
  absl::StatusOr<v1::Asset> Update(const std::string& name, const std::string& change,
                                   const std::string& more = "") {
    return As("president", *assets_, &Assets::UpdateAsset,
              "asset { name: '" + name + "' " + change + " } " + more);
  }
  absl::StatusOr<v1::AssetSnapshot> Freeze(const std::string& note = "") {
    return As("consultant", *snapshots_, &Snapshots::CreateAssetSnapshot,
              "parent: '" + kClient + "' asset_snapshot { note: '" + note + "' }");
  }
  // Names of the entries of a list, in its order.
  std::vector<std::string> Listed(const std::string& filter) {
    const auto page =
        As("president", *assets_, &Assets::ListAssets, "parent: '" + kClient + "' " + filter);
    EXPECT_OK(page);
    std::vector<std::string> names;
    for (const auto& asset : page->assets()) names.push_back(asset.display_name());
    return names;
  }
  // The fields that a call was refused for.
  static std::vector<std::string> BadFields(const absl::Status& status) {
    std::vector<std::string> fields;
    const auto bad = GetDetail<google::rpc::BadRequest>(status);
    if (!bad) return fields;
    for (const auto& violation : bad->field_violations()) fields.push_back(violation.field());
    return fields;
  }
  // "code=count" of every fact, as the engagement service would collect them.
  std::vector<std::string> Facts() {
    auto call = service_->host().ServiceCall(test::kOrganization, kClientId, absl::Seconds(10));
    EXPECT_OK(call);
    fact::v1::CollectFactsRequest request;
    request.set_client(kClient);
    const auto stub = fact::v1::FactService::NewStub(service_->channel());
    const auto sheet =
        test::CallAs(call->token, *stub, &fact::v1::FactService::Stub::CollectFacts, request);
    EXPECT_OK(sheet);
    std::vector<std::string> facts;
    for (const auto& fact : sheet->facts()) {
      facts.push_back(fact.code() + "=" + std::to_string(fact.count()));
    }
    return facts;
  }

  test::TestKeys keys_;
  test::TestAccess access_;
  std::unique_ptr<test::TestService> service_;
  std::unique_ptr<Assets> assets_;
  std::unique_ptr<Snapshots> snapshots_;
  std::unique_ptr<Templates> templates_;
  std::unique_ptr<Systems> systems_;
};

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_TESTING_H_
