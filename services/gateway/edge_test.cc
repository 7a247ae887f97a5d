// What the gateway puts up with, and what it shows of itself.

#include "absl/time/clock.h"
#include "services/gateway/testdata/gateway_fixture.h"

namespace staraction::gateway {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST_F(GatewayTest, TooMuchIsRefused) {
  // By its announced length, before a byte of it is read.
  RawConnection announced(gateway_->port());
  announced.Send("POST /v1/rooms/1/shelves:import HTTP/1.1\r\nHost: a\r\n" + Auth() +
                 "Content-Length: 17825793\r\n\r\n");
  Reply reply = announced.Read();
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(Reason(reply), "gateway.staraction/TOO_LARGE");
  EXPECT_TRUE(announced.IsClosed(5000));

  // In chunks that never end.
  RawConnection chunked(gateway_->port());
  chunked.Send(
      "POST /v1/greetings:exchange HTTP/1.1\r\nHost: a\r\nContent-Type: "
      "application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 20; ++i) {
    if (!chunked.Send("2000\r\n" + std::string(0x2000, ' ') + "\r\n")) break;
  }
  EXPECT_EQ(chunked.Read().status, 413);

  // Nobody gets a large body read without showing who they are.
  EXPECT_EQ(Ask("POST /v1/greetings:exchange", "Content-Type: application/json\r\n",
                std::string(70000, ' '))
                .status,
            413);
  RawConnection stranger(gateway_->port());
  stranger.Send(
      "POST /v1/rooms/1/shelves:import HTTP/1.1\r\nHost: a\r\nContent-Length: "
      "10000000\r\n\r\n");
  EXPECT_EQ(stranger.Read().status, 401);

  EXPECT_EQ(Ask(kShelf, "X-Long: " + std::string(20000, 'x') + "\r\n").status, 431);
  EXPECT_EQ(Ask("GET /" + std::string(20000, 'x')).status, 431);
}

TEST_F(GatewayTest, SlowClientsAreCutOff) {
  settings_.http.idle = absl::Milliseconds(300);
  settings_.http.header = absl::Milliseconds(300);
  settings_.http.body = absl::Milliseconds(300);
  Restart();
  RawConnection idle(gateway_->port());
  EXPECT_TRUE(idle.IsClosed());
  // A byte now and then does not put the end off.
  RawConnection dribble(gateway_->port());
  bool open = true;
  int sent = 0;
  for (; open && sent < 60; ++sent) {
    open = dribble.Send(sent == 0 ? "G" : "E") && !dribble.IsClosed(50);
  }
  EXPECT_FALSE(open);
  EXPECT_LT(sent, 20);
  RawConnection body(gateway_->port());
  body.Send("PATCH /v1/rooms/1/shelves/2 HTTP/1.1\r\nHost: a\r\n" + Auth() +
            "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
  EXPECT_TRUE(body.IsClosed());
}

TEST_F(GatewayTest, ConnectionsBeyondTheLimitAreClosed) {
  settings_.http.connections = 2;
  Restart();
  RawConnection first(gateway_->port());
  auto second = std::make_unique<RawConnection>(gateway_->port());
  EXPECT_EQ(first.Ask("GET /healthz").status, 200);
  EXPECT_EQ(second->Ask("GET /healthz").status, 200);
  EXPECT_TRUE(RawConnection(gateway_->port()).IsClosed());
  second.reset();
  int status = 0;
  for (int i = 0; i < 200 && status != 200; ++i) {
    status = Ask("GET /healthz").status;
    if (status != 200) absl::SleepFor(absl::Milliseconds(10));
  }
  EXPECT_EQ(status, 200);
}

TEST_F(GatewayTest, HeadAndOptions) {
  const Reply get = AskAsUser(kShelf);
  RawConnection connection(gateway_->port());
  const Reply head = connection.Ask("HEAD /v1/rooms/1/shelves/2", Auth());
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), get.headers.at("content-length"));
  EXPECT_EQ(connection.Ask("HEAD /v1/rooms/1/shelves/missing", Auth()).status, 404);
  const Reply options = connection.Ask("OPTIONS /v1/rooms/1/shelves/2");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.at("allow"), "DELETE, GET, PATCH, HEAD, OPTIONS");
  EXPECT_EQ(options.headers.count("content-length"), 0u);
  EXPECT_EQ(connection.Ask("OPTIONS /nowhere").status, 404);
  EXPECT_EQ(connection.Ask("HEAD /healthz").status, 200);
  EXPECT_EQ(connection.Ask("GET /healthz").body, R"({"status":"ok"})");
}

TEST_F(GatewayTest, CorsFollowsTheList) {
  const std::string asks =
      "Access-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: authorization\r\n";
  const Reply preflight =
      Ask("OPTIONS /v1/rooms/1/shelves/2", "Origin: https://app.example\r\n" + asks);
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.headers.at("access-control-allow-origin"), "https://app.example");
  EXPECT_THAT(preflight.headers.at("access-control-allow-methods"), HasSubstr("PATCH"));
  EXPECT_THAT(preflight.headers.at("access-control-allow-headers"), HasSubstr("Idempotency-Key"));
  EXPECT_EQ(preflight.headers.at("vary"), "Origin");
  EXPECT_EQ(preflight.headers.count("access-control-allow-credentials"), 0u);

  for (const char* origin : {"https://evil.example", "https://app.example.evil", "null"}) {
    const std::string header = absl::StrCat("Origin: ", origin, "\r\n");
    const Reply other = Ask("OPTIONS /v1/rooms/1/shelves/2", header + asks);
    EXPECT_EQ(other.headers.count("access-control-allow-origin"), 0u) << origin;
    EXPECT_EQ(AskAsUser(kShelf, header).headers.count("access-control-allow-origin"), 0u) << origin;
  }
  const Reply real = AskAsUser(kShelf, "Origin: https://app.example\r\n");
  EXPECT_EQ(real.headers.at("access-control-allow-origin"), "https://app.example");
  EXPECT_THAT(real.headers.at("access-control-expose-headers"),
              AllOf(HasSubstr("X-Request-Id"), HasSubstr("Grpc-Status")));
  // A page must be able to read errors, too.
  EXPECT_EQ(
      Ask(kShelf, "Origin: https://app.example\r\n").headers.at("access-control-allow-origin"),
      "https://app.example");
}

TEST_F(GatewayTest, WhoAsksTooOftenIsToldWhenToComeAgain) {
  settings_.requests.caller_rate = 1;
  settings_.requests.organization_rate = 2;
  settings_.requests.address_rate = 1;
  Restart();
  constexpr int kBurst = RequestLimits::kBurstSeconds;
  for (int i = 0; i < kBurst; ++i) EXPECT_EQ(AskAsUser(kShelf).status, 200) << i;
  const Reply refused = AskAsUser(kShelf);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(Reason(refused), "gateway.staraction/OVERLOADED");
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  // Somebody else of the organization still may, until all together are too many.
  const std::string other = absl::StrCat(
      "Authorization: Bearer ",
      *TokenSigner(user_key_, RealClock()).User({kIssuer, "user-2", kOrganization}), "\r\n");
  int let = 0;
  while (let < 2 * kBurst && Ask(kShelf, other).status == 200) ++let;
  EXPECT_GE(let, kBurst);
  EXPECT_LT(let, 2 * kBurst);
  // Without a token it is the address that counts.
  const std::string exchange = "POST /v1/greetings:exchange";
  for (int i = 0; i < kBurst; ++i) {
    EXPECT_EQ(Ask(exchange, "Content-Type: application/json\r\n", "{}").status, 200) << i;
  }
  EXPECT_EQ(Ask(exchange, "Content-Type: application/json\r\n", "{}").status, 429);
  EXPECT_EQ(Ask("GET /healthz").status, 200) << "probes are not counted";
}

TEST_F(GatewayTest, AResourceThatTheClientHasIsNotSentAgain) {
  constexpr char kKept[] = "GET /v1/rooms/1/shelves/kept";
  const Reply first = AskAsUser(kKept);
  const std::string etag = first.headers.at("etag");
  EXPECT_EQ(etag, "\"v7\"");
  const Reply again = AskAsUser(kKept, "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.headers.at("etag"), etag);
  EXPECT_EQ(AskAsUser(kKept, "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(GatewayTest, ShowsItsContractAndPagesToEverybody) {
  const Reply contract = Ask("GET /openapi.json");
  EXPECT_EQ(contract.status, 200);
  EXPECT_EQ(contract.headers.at("content-type"), "application/json");
  const auto document = nlohmann::json::parse(contract.body);
  EXPECT_TRUE(document["paths"].contains("/v1/rooms/{roomsId}/shelves/{shelvesId}"));
  const std::string etag = contract.headers.at("etag");
  const Reply unchanged = Ask("GET /openapi.json", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.body, "");
  const Reply packed = Ask("GET /openapi.json", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), contract.body.size());
  const Reply page = Ask("GET /docs");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("script-src 'self'"));
  EXPECT_EQ(page.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(Ask("GET /docs/none").status, 404);
  EXPECT_EQ(Ask("POST /docs", "Content-Length: 0\r\n").status, 404);
}

}  // namespace
}  // namespace staraction::gateway
