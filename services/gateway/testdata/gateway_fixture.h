#ifndef STARACTION_SERVICES_GATEWAY_TESTDATA_GATEWAY_FIXTURE_H_
#define STARACTION_SERVICES_GATEWAY_TESTDATA_GATEWAY_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "common/auth/jwk.h"
#include "common/auth/signer.h"
#include "common/base/clock.h"
#include "common/testing/status_matchers.h"
#include "services/gateway/gateway.h"
#include "services/gateway/testdata/http_client.h"
#include "services/gateway/testdata/shelf_server.h"

// Real HTTP requests to a gateway in this process, with a real gRPC server behind it.
namespace staraction::gateway {

using test::RawConnection;
using test::Reply;

inline constexpr char kIssuer[] = "https://id.example";
inline constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";
inline constexpr char kClient[] = "0190a000-0000-7000-8000-000000000002";

class GatewayTest : public testing::Test {
 protected:
  GatewayTest()
      : user_key_(*Jwk::Generate(Algorithm::kEdDsa, "u1")),
        link_key_(*Jwk::Generate(Algorithm::kEdDsa, "engagement")),
        operator_key_(*Jwk::Generate(Algorithm::kEdDsa, "operator")),
        foreign_key_(*Jwk::Generate(Algorithm::kEdDsa, "u1")) {
    UserIssuer issuer;
    issuer.issuer = kIssuer;
    issuer.keys = *StaticKeys(ToPublicJwks({user_key_}));
    TokenVerifierOptions options;
    options.user_issuers = {issuer};
    options.internal_keys = *StaticKeys(ToPublicJwks({link_key_, operator_key_}));
    verifier_ = *TokenVerifier::Create(options, RealClock());
    settings_.listen = "127.0.0.1:0";
    settings_.backends = {{"gatewaytest", {server_.address()}}};
    settings_.cors_origins = {"https://app.example"};
    token_ = UserToken(user_key_);
  }

  void SetUp() override { Restart(); }

  void Restart() {
    gateway_.reset();
    metrics_ = std::make_unique<Metrics>("gateway", "test");
    auto gateway =
        Gateway::Start(settings_, {gatewaytest::v1::Shelf::descriptor()->file()->service(0)},
                       CheckAtTheEdge(*verifier_), *metrics_, RealClock());
    ASSERT_OK(gateway);
    gateway_ = *std::move(gateway);
  }

  static std::string UserToken(const Jwk& key) {
    return *TokenSigner(key, RealClock()).User({kIssuer, "user-1", kOrganization});
  }

  std::string Auth() const { return absl::StrCat("Authorization: Bearer ", token_, "\r\n"); }
  Reply Ask(const std::string& line, const std::string& headers = "",
            const std::string& body = "") {
    return RawConnection(gateway_->port()).Ask(line, headers, body);
  }
  Reply AskAsUser(const std::string& line, const std::string& headers = "",
                  const std::string& body = "") {
    return Ask(line, Auth() + headers, body);
  }

  static std::string Reason(const Reply& reply) {
    const auto json = nlohmann::json::parse(reply.body, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded() || !json.contains("error")) return "no envelope: " + reply.body;
    EXPECT_EQ(json["error"]["code"], reply.status);
    return json["error"]["details"][0].value("domain", "") + "/" +
           json["error"]["details"][0].value("reason", "");
  }

  test::ShelfServer server_;
  Jwk user_key_;
  Jwk link_key_;
  Jwk operator_key_;
  Jwk foreign_key_;
  std::unique_ptr<TokenVerifier> verifier_;
  Settings settings_;
  std::string token_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Gateway> gateway_;
};

inline constexpr char kShelf[] = "GET /v1/rooms/1/shelves/2";

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TESTDATA_GATEWAY_FIXTURE_H_
