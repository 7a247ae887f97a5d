// What the gateway does with requests: who asks, what comes back, how connections live.

#include <future>
#include <thread>

#include <nlohmann/json.hpp>

#include "absl/time/clock.h"
#include "services/gateway/testdata/gateway_fixture.h"

// Real HTTP requests to a gateway in this process, with a real gRPC server behind it.
namespace staraction::gateway {
namespace {

using staraction::test::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(GatewayTest, AnswersWithTheServicesMessage) {
  const Reply reply = AskAsUser(kShelf);
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.headers.at("content-type"), "application/json");
  EXPECT_THAT(reply.body, HasSubstr(R"("name":"rooms/1/shelves/2","displayName":"")"));
}

TEST_F(GatewayTest, TellsTheServiceWhoAsksAndHow) {
  const Reply reply =
      AskAsUser(kShelf,
                "Accept-Language: en\r\nX-Request-Id: 0123456789abcdef\r\nX-Timeout-Ms: 3000\r\n"
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(server_.Metadata("authorization"), "Bearer " + token_);
  EXPECT_EQ(server_.Metadata("accept-language"), "en");
  EXPECT_EQ(server_.Metadata("x-request-id"), "0123456789abcdef");
  EXPECT_EQ(reply.headers.at("x-request-id"), "0123456789abcdef");
  EXPECT_THAT(server_.Metadata("traceparent"),
              testing::MatchesRegex("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]*-01"));
  EXPECT_THAT(server_.Metadata("traceparent"), Not(HasSubstr("b7ad6b7169203331")));
  EXPECT_EQ(reply.headers.at("traceparent"), server_.Metadata("traceparent"));
  EXPECT_LT(server_.time_left(), absl::Seconds(3));
  EXPECT_GT(server_.time_left(), absl::Seconds(1));
}

TEST_F(GatewayTest, MakesIdsThatAreMissingOrUnfit) {
  for (const char* given : {"", "X-Request-Id: yamada.taro@example\r\n", "X-Request-Id: 12\r\n"}) {
    const Reply reply = AskAsUser(kShelf, given);
    EXPECT_THAT(reply.headers.at("x-request-id"), testing::MatchesRegex("[0-9a-f-]{36}")) << given;
  }
  EXPECT_LT(server_.time_left(), absl::Seconds(11));
}

TEST_F(GatewayTest, ReadsBodiesAndHeadersIntoTheRequest) {
  const Reply reply =
      AskAsUser("PATCH /v1/rooms/1/shelves/2?updateMask=displayName",
                "Content-Type: application/json\r\nIdempotency-Key: k-1\r\nIf-Match: \"7\"\r\n",
                R"({"displayName":"棚"})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto json = nlohmann::json::parse(reply.body);
  EXPECT_EQ(json["displayName"], "棚");
  EXPECT_EQ(json["etag"], "\"7\"");
  EXPECT_EQ(json["tags"][0], "k-1");
}

TEST_F(GatewayTest, TakesChunkedBodies) {
  RawConnection connection(gateway_->port());
  connection.Send("PATCH /v1/rooms/1/shelves/2 HTTP/1.1\r\nHost: a\r\n" + Auth() +
                  "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "5\r\n{\"wid\r\n7\r\nth\":2.5\r\n1\r\n}\r\n0\r\n\r\n");
  const Reply reply = connection.Read();
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr(R"("width":2.5)"));
}

TEST_F(GatewayTest, FilesGoBothWays) {
  const std::string file(3 << 20, '\xff');
  const Reply up = AskAsUser("POST /v1/rooms/1/shelves:import", "Content-Type: text/csv\r\n", file);
  EXPECT_EQ(up.status, 200) << up.body;
  EXPECT_THAT(up.body, HasSubstr(absl::StrCat("\"books\":\"", file.size(), "\"")));
  EXPECT_THAT(up.body, HasSubstr("text/csv"));
  const Reply down = AskAsUser("GET /v1/rooms/1:export");
  EXPECT_EQ(down.headers.at("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(down.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(down.body, std::string("a,b\r\n\0\xff", 7));
}

TEST_F(GatewayTest, LargestFileAndLargeRepliesPass) {
  RawConnection connection(gateway_->port());
  const std::string file(16 << 20, 'x');
  connection.Send(absl::StrCat("POST /v1/rooms/1/shelves:import HTTP/1.1\r\nHost: a\r\n", Auth(),
                               "Content-Length: ", file.size(),
                               "\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(connection.Read().status, 100);
  connection.Send(file);
  const Reply up = connection.Read();
  EXPECT_EQ(up.status, 200) << up.body;
  EXPECT_THAT(up.body, HasSubstr(absl::StrCat("\"books\":\"", file.size(), "\"")));
  EXPECT_EQ(AskAsUser("GET /v1/rooms/1/shelves/big").body.size() > (5u << 20), true);
  EXPECT_EQ(AskAsUser("GET /v1/rooms/1/shelves/huge").status, 500);
}

TEST_F(GatewayTest, RelaysAndMakesErrors) {
  const struct {
    const char* line;
    const char* headers;
    const char* body;
    int status;
    const char* reason;
  } cases[] = {
      {"GET /v1/rooms/1/shelves/missing", "", "", 404, "gatewaytest.staraction/NOT_FOUND"},
      {"GET /v1/rooms/1/shelves/sick", "", "", 503, "gatewaytest.staraction/DATABASE_UNAVAILABLE"},
      {"GET /v1/rooms/1/shelves/bare", "", "", 500, "gateway.staraction/INTERNAL"},
      {"GET /v1/rooms/1/shelves/down", "", "", 503, "gateway.staraction/PEER_UNAVAILABLE"},
      {"GET /v1/rooms/1/shelves", "", "", 501, "gateway.staraction/ROUTE_UNKNOWN"},
      {"GET /v1/rooms/1/shelves/slow", "X-Timeout-Ms: 100\r\n", "", 504,
       "gateway.staraction/DEADLINE_EXCEEDED"},
      {"GET /nowhere", "", "", 404, "gateway.staraction/ROUTE_UNKNOWN"},
      {"GET /", "", "", 404, "gateway.staraction/ROUTE_UNKNOWN"},
      {"PUT /v1/rooms/1/shelves", "", "", 405, "gateway.staraction/ROUTE_UNKNOWN"},
      {"BREW /v1/rooms/1/shelves", "", "", 405, "gateway.staraction/ROUTE_UNKNOWN"},
      {"GET /v1/rooms/%zz/shelves", "", "", 400, "gateway.staraction/INVALID_FIELDS"},
      {"GET http://other/v1/rooms/1/shelves/2", "", "", 400, "gateway.staraction/INVALID_FIELDS"},
      {"GET /v1/rooms/1/shelves/2?nope=1", "", "", 400, "gateway.staraction/INVALID_FIELDS"},
      {"GET /v1/rooms/1/shelves/2", "X-Timeout-Ms: soon\r\n", "", 400,
       "gateway.staraction/INVALID_FIELDS"},
      {"PATCH /v1/rooms/1/shelves/2", "Content-Type: application/json\r\n", "{'a':1}", 400,
       "gateway.staraction/MALFORMED_BODY"},
      {"PATCH /v1/rooms/1/shelves/2", "Content-Type: text/plain\r\n", "{}", 415,
       "gateway.staraction/INVALID_FIELDS"},
      {"PATCH /v1/rooms/1/shelves/2", "Content-Encoding: gzip\r\n", "{}", 415,
       "gateway.staraction/INVALID_FIELDS"},
  };
  for (const auto& c : cases) {
    const Reply reply = AskAsUser(c.line, c.headers, c.body);
    EXPECT_EQ(reply.status, c.status) << c.line << " " << reply.body;
    EXPECT_EQ(Reason(reply), c.reason) << c.line;
    EXPECT_THAT(reply.body, Not(HasSubstr("secret"))) << c.line;
    EXPECT_EQ(reply.headers.count("x-request-id"), 1u) << c.line;
  }
  EXPECT_EQ(AskAsUser("GET /v1/rooms/1/shelves/sick").headers.at("retry-after"), "7");
  EXPECT_EQ(AskAsUser("PUT /v1/rooms/1/shelves").headers.at("allow"), "GET, POST, HEAD, OPTIONS");
  EXPECT_THAT(AskAsUser("GET /nowhere", "Accept-Language: en\r\n").body,
              HasSubstr(R"("locale":"en")"));
}

TEST_F(GatewayTest, RepeatsOnlyReadsAndOnlyOnce) {
  const int before = server_.calls();
  AskAsUser("GET /v1/rooms/1/shelves/down");
  EXPECT_EQ(server_.calls() - before, 2);
  AskAsUser("PATCH /v1/rooms/1/shelves/down", "Content-Type: application/json\r\n", "{}");
  EXPECT_EQ(server_.calls() - before, 3);
  AskAsUser("GET /v1/rooms/1/shelves/sick");
  EXPECT_EQ(server_.calls() - before, 4);
}

TEST_F(GatewayTest, AServiceThatIsDownIsToldAtOnceAndComesBack) {
  const std::string address = server_.address();
  server_.Stop();
  const Reply down = AskAsUser(kShelf);
  EXPECT_EQ(down.status, 503);
  EXPECT_EQ(Reason(down), "gateway.staraction/PEER_UNAVAILABLE");
  EXPECT_EQ(down.headers.at("retry-after"), "1");
  EXPECT_EQ(Ask("GET /readyz").status, 200);
  server_.Listen(address);
  int status = 0;
  for (int i = 0; i < 100 && status != 200; ++i) {
    status = AskAsUser(kShelf).status;
    if (status != 200) absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_EQ(status, 200);
}

TEST_F(GatewayTest, CredentialsAreChecked) {
  const auto bearer = [](const std::string& token) {
    return absl::StrCat("Authorization: Bearer ", token, "\r\n");
  };
  std::string changed = token_;
  changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
  const std::string participant =
      *TokenSigner(link_key_, RealClock())
           .Participant({"0190a000-0000-7000-8000-000000000004",
                         kOrganization,
                         kClient,
                         "0190a000-0000-7000-8000-000000000003",
                         {absl::StrCat("clients/", kClient,
                                       "/members/0190a000-0000-7000-8000-000000000005")}});
  const struct {
    const char* name;
    std::string headers;
    const char* reason;  // empty: let in
  } cases[] = {
      {"user", bearer(token_), ""},
      {"scheme in lower case", "authorization: bearer " + token_ + "\r\n", ""},
      {"participant", bearer(participant), ""},
      {"none", "", "CREDENTIAL_MISSING"},
      {"empty", "Authorization: \r\n", "CREDENTIAL_MISSING"},
      {"two", bearer(token_) + bearer(token_), "CREDENTIAL_INVALID"},
      {"other scheme", "Authorization: Basic YTpi\r\n", "CREDENTIAL_INVALID"},
      {"no token", "Authorization: Bearer \r\n", "CREDENTIAL_INVALID"},
      {"garbage", bearer("a.b.c"), "CREDENTIAL_INVALID"},
      {"changed", bearer(changed), "CREDENTIAL_INVALID"},
      {"foreign key", bearer(UserToken(foreign_key_)), "CREDENTIAL_INVALID"},
      {"service", bearer(*TokenSigner(link_key_, RealClock()).Service(kOrganization, "")),
       "CREDENTIAL_INVALID"},
      {"operator", bearer(*TokenSigner(operator_key_, RealClock()).Operator()),
       "CREDENTIAL_INVALID"},
      {"too long", bearer(std::string(7000, 'a')), "CREDENTIAL_INVALID"},
      {"not ASCII", bearer("山"), "CREDENTIAL_INVALID"},
  };
  for (const auto& c : cases) {
    const int before = server_.calls();
    const Reply reply = Ask(kShelf, c.headers);
    if (*c.reason == '\0') {
      EXPECT_EQ(reply.status, 200) << c.name << " " << reply.body;
      continue;
    }
    EXPECT_EQ(reply.status, 401) << c.name;
    EXPECT_EQ(Reason(reply), absl::StrCat("gateway.staraction/", c.reason)) << c.name;
    EXPECT_EQ(reply.headers.at("www-authenticate"), "Bearer") << c.name;
    EXPECT_EQ(server_.calls(), before) << c.name;
  }
}

TEST_F(GatewayTest, PublicMethodsTakeNoCredential) {
  const Reply reply = Ask("POST /v1/greetings:exchange",
                          "Content-Type: application/json\r\nAuthorization: Bearer x\r\n", "{}");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(server_.Metadata("authorization"), "");
}

TEST_F(GatewayTest, WhatIsNoHttpIsRefusedAndTheConnectionEnds) {
  const std::string post = "POST /v1/greetings:exchange HTTP/1.1\r\n";
  for (const std::string& text : std::vector<std::string>{
           "\r\n\r\n\x16\x03\x01", "hello\r\n\r\n", "GET /healthz\r\n\r\n",
           "GET /healthz HTTP/9.9\r\n\r\n", "GET /healthz HTTP/1.1\r\nno colon\r\n\r\n",
           "GET /healthz HTTP/1.1\r\nA : b\r\n\r\n", post + "Content-Length: x\r\n\r\n",
           post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
           post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
           "GET /healthz HTTP/1.1\r\n\r\n", post + "Host: a\r\nTransfer-Encoding: gzip\r\n\r\n",
           post + "Host: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
           "POST /v1/greetings:exchange HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"}) {
    RawConnection connection(gateway_->port());
    connection.Send(text);
    const Reply reply = connection.Read();
    EXPECT_EQ(reply.status, 400) << text;
    EXPECT_EQ(Reason(reply), "gateway.staraction/MALFORMED_BODY") << text;
    EXPECT_TRUE(connection.IsClosed()) << text;
  }
  EXPECT_EQ(Ask("GET /healthz").status, 200);
}

TEST_F(GatewayTest, AHeadMayComeInAnyPieces) {
  const std::string text = "GET /healthz HTTP/1.1\r\nHost: a\r\nAccept: x/y\r\n\r\n";
  RawConnection connection(gateway_->port());
  for (size_t cut = 1; cut < text.size(); ++cut) {
    connection.Send(text.substr(0, cut));
    absl::SleepFor(absl::Milliseconds(2));
    connection.Send(text.substr(cut));
    EXPECT_EQ(connection.Read().status, 200) << cut;
  }
}

TEST_F(GatewayTest, ChunksWithoutAnEndAreRefused) {
  RawConnection connection(gateway_->port());
  connection.Send(
      "POST /v1/greetings:exchange HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n1;");
  for (int i = 0; i < 40; ++i) {
    if (!connection.Send(std::string(1000, 'a'))) break;
  }
  EXPECT_EQ(connection.Read().status, 400);
  EXPECT_TRUE(connection.IsClosed());
}

TEST_F(GatewayTest, ConnectionsAreKeptAndRequestsMayComeEarly) {
  RawConnection connection(gateway_->port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(connection.Ask(kShelf, Auth()).status, 200);
  EXPECT_EQ(connection.Ask("GET /nowhere").status, 404);
  const std::string next =
      absl::StrCat("GET /v1/rooms/1/shelves/pause HTTP/1.1\r\nHost: a\r\n", Auth(), "\r\n");
  connection.Send(next + "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + next);
  EXPECT_THAT(connection.Read().body, HasSubstr("shelves/pause"));
  EXPECT_THAT(connection.Read().body, HasSubstr("ok"));
  EXPECT_THAT(connection.Read().body, HasSubstr("shelves/pause"));
  EXPECT_EQ(connection.Ask("GET /healthz", "Connection: close\r\n").headers.at("connection"),
            "close");
  EXPECT_TRUE(connection.IsClosed());
}

TEST_F(GatewayTest, AClientThatLeavesEndsTheCall) {
  {
    RawConnection connection(gateway_->port());
    connection.Send(
        absl::StrCat("GET /v1/rooms/1/shelves/slow HTTP/1.1\r\nHost: a\r\n", Auth(), "\r\n"));
    while (server_.calls() == 0) absl::SleepFor(absl::Milliseconds(5));
  }
  for (int i = 0; i < 400 && server_.cancelled() == 0; ++i) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(server_.cancelled(), 1);
}

TEST_F(GatewayTest, DrainFinishesWhatRuns) {
  RawConnection idle(gateway_->port());
  EXPECT_EQ(idle.Ask("GET /healthz").status, 200);
  RawConnection busy(gateway_->port());
  busy.Send("GET /v1/rooms/1/shelves/pause HTTP/1.1\r\nHost: a\r\n" + Auth() + "\r\n");
  while (server_.calls() == 0) absl::SleepFor(absl::Milliseconds(5));
  auto drained = std::async(std::launch::async, [&] { return gateway_->Drain(absl::Seconds(10)); });
  EXPECT_TRUE(idle.IsClosed());
  const Reply reply = busy.Read();
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.headers.count("connection") == 1 && reply.headers.at("connection") == "close",
            true);
  EXPECT_TRUE(drained.get());
  RawConnection late(gateway_->port());
  EXPECT_TRUE(!late.connected() || late.IsClosed());
}

TEST_F(GatewayTest, DrainCutsOffWhatDoesNotEnd) {
  RawConnection busy(gateway_->port());
  busy.Send("GET /v1/rooms/1/shelves/slow HTTP/1.1\r\nHost: a\r\n" + Auth() + "\r\n");
  while (server_.calls() == 0) absl::SleepFor(absl::Milliseconds(5));
  const absl::Time begin = RealClock()();
  EXPECT_TRUE(gateway_->Drain(absl::Milliseconds(200)));
  EXPECT_LT(RealClock()() - begin, absl::Seconds(2));
  EXPECT_TRUE(busy.IsClosed());
}

TEST_F(GatewayTest, ManyConnectionsAtOnce) {
  std::vector<std::thread> threads;
  threads.reserve(8);
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      RawConnection connection(gateway_->port());
      for (int i = 0; i < 50; ++i) {
        const std::string id = absl::StrCat("t", t, "-", i);
        // A name that only this request has shows replies that got mixed up.
        const Reply reply = connection.Ask(absl::StrCat(kShelf, id), Auth());
        good += reply.status == 200 && absl::StrContains(reply.body, id);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 400);
}

TEST_F(GatewayTest, CountsRequestsByMethodAndCode) {
  AskAsUser(kShelf);
  AskAsUser("GET /v1/rooms/1/shelves/missing");
  Ask("GET /nowhere");
  std::map<std::string, double> counts;
  for (const auto& family : metrics_->Collect()) {
    if (family.name != "staraction_rpc_requests_total") continue;
    for (const auto& metric : family.metric) {
      std::map<std::string, std::string> labels;
      for (const auto& label : metric.label) labels[label.name] = label.value;
      counts[labels["method"] + " " + labels["code"]] = metric.counter.value;
    }
  }
  EXPECT_EQ(counts["staraction.gatewaytest.v1.ShelfService/GetShelf OK"], 1);
  EXPECT_EQ(counts["staraction.gatewaytest.v1.ShelfService/GetShelf NOT_FOUND"], 1);
  EXPECT_EQ(counts["none NOT_FOUND"], 1);
}

TEST_F(GatewayTest, LogHasNoPersonalData) {
  testing::internal::CaptureStderr();
  AskAsUser("GET /v1/rooms/yamada/shelves/2?withBooks=true", "User-Agent: secret-agent\r\n");
  AskAsUser("GET /v1/rooms/yamada/shelves?pageToken=hanako");
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr(R"("route":"/v1/{name=rooms/*/shelves/*}")"));
  EXPECT_THAT(log, HasSubstr(R"("status":200)"));
  for (const char* secret : {"yamada", "withBooks", "hanako", "secret-agent", "user-1", "eyJ"}) {
    EXPECT_THAT(log, Not(HasSubstr(secret)));
  }
}

TEST_F(GatewayTest, RefusesToStartWithoutAnAddressOrPort) {
  const auto start = [&](const Settings& settings) {
    return Gateway::Start(settings, {gatewaytest::v1::Shelf::descriptor()->file()->service(0)},
                          CheckAtTheEdge(*verifier_), *metrics_, RealClock())
        .status();
  };
  Settings settings = settings_;
  settings.listen = absl::StrCat("127.0.0.1:", gateway_->port());
  EXPECT_THAT(start(settings), StatusIs(absl::StatusCode::kUnavailable));
  settings.listen = "nowhere:1";
  EXPECT_THAT(start(settings), StatusIs(absl::StatusCode::kInvalidArgument));
  settings = settings_;
  settings.backends.clear();
  EXPECT_THAT(start(settings), StatusIs(absl::StatusCode::kInvalidArgument,
                                        HasSubstr("no address of service 'gatewaytest'")));
}

}  // namespace
}  // namespace staraction::gateway
