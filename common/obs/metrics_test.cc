#include "common/obs/metrics.h"

#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using testing::HasSubstr;
using testing::Not;

size_t Append(char* data, size_t size, size_t count, void* out) {
  static_cast<std::string*>(out)->append(data, size * count);
  return size * count;
}

// The page at a path; its status is added if it isn't 200.
std::string Fetch(const MetricsServer& server, const std::string& path) {
  std::string body;
  CURL* curl = curl_easy_init();
  const std::string url = absl::StrCat("http://127.0.0.1:", server.port(), path);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  EXPECT_EQ(curl_easy_perform(curl), CURLE_OK) << url;
  long code = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
  curl_easy_cleanup(curl);
  return code == 200 ? body : absl::StrCat(code, " ", body);
}

std::string Scrape(const MetricsServer& server) {
  return Fetch(server, "/metrics");
}

TEST(MetricsServerTest, TellsProbesApart) {
  const Metrics metrics("engagement", "0.1.0");
  std::atomic<bool> ready{false};
  ASSERT_OK_AND_ASSIGN(const auto server,
                       MetricsServer::Start("127.0.0.1:0", metrics, [&] { return ready.load(); }));
  EXPECT_EQ(Fetch(*server, "/healthz"), "ok\n");
  EXPECT_EQ(Fetch(*server, "/readyz"), "503 not ready\n");
  ready = true;
  EXPECT_EQ(Fetch(*server, "/readyz"), "ok\n");
  EXPECT_THAT(Fetch(*server, "/other"), testing::StartsWith("404"));
}

TEST(MetricsTest, ServesWhatWasRecorded) {
  Metrics metrics("engagement", "0.1.0");
  RpcMetrics rpc(metrics);
  RpcMetrics::Method& method = rpc.ForMethod("x.v1.Y/Get");
  EXPECT_EQ(&method, &rpc.ForMethod("x.v1.Y/Get"));
  method.Record(absl::StatusCode::kOk, absl::Milliseconds(3));
  method.Record(absl::StatusCode::kOk, absl::Milliseconds(30));
  method.Record(absl::StatusCode::kNotFound, absl::Milliseconds(1));
  method.Record(static_cast<absl::StatusCode>(99), absl::Milliseconds(1));
  ASSERT_OK_AND_ASSIGN(const auto server, MetricsServer::Start("127.0.0.1:0", metrics));

  const std::string body = Scrape(*server);
  for (const char* line :
       {"staraction_build_info{service=\"engagement\",version=\"0.1.0\"} 1",
        "# TYPE staraction_rpc_requests_total counter",
        "staraction_rpc_requests_total{code=\"OK\",method=\"x.v1.Y/Get\",service=\"engagement\"} 2",
        "{code=\"NOT_FOUND\",method=\"x.v1.Y/Get\",service=\"engagement\"} 1",
        "{code=\"UNKNOWN\",method=\"x.v1.Y/Get\",service=\"engagement\"} 1",
        "staraction_rpc_duration_seconds_count{method=\"x.v1.Y/Get\",service=\"engagement\"} 4",
        "service=\"engagement\",le=\"0.01\"} 3"}) {
    EXPECT_THAT(body, HasSubstr(line));
  }
}

TEST(MetricsTest, SamplesGaugesAtEachScrape) {
  Metrics metrics("engagement", "0.1.0");
  double in_use = 1;
  metrics.AddGauge("staraction_pool_connections", "Connections.", {{"state", "in_use"}},
                   [&] { return in_use; });
  metrics.AddGauge("staraction_pool_connections", "Connections.", {{"state", "idle"}},
                   [] { return 7; });
  ASSERT_OK_AND_ASSIGN(const auto server, MetricsServer::Start("127.0.0.1:0", metrics));
  EXPECT_THAT(Scrape(*server),
              HasSubstr("# HELP staraction_pool_connections Connections.\n"
                        "# TYPE staraction_pool_connections gauge\n"
                        "staraction_pool_connections{service=\"engagement\",state=\"in_use\"} 1\n"
                        "staraction_pool_connections{service=\"engagement\",state=\"idle\"} 7\n"));
  in_use = 2.5;
  EXPECT_THAT(Scrape(*server), HasSubstr("state=\"in_use\"} 2.5"));
}

TEST(MetricsTest, MeasuresMethodsOfAKindTogether) {
  Metrics metrics("gateway", "0.1.0");
  RpcMetrics rpc(metrics);
  rpc.ForMethod("x.v1.Y/Get", "read").Record(absl::StatusCode::kOk, absl::Milliseconds(3));
  rpc.ForMethod("x.v1.Y/List", "read").Record(absl::StatusCode::kOk, absl::Milliseconds(3));
  rpc.ForMethod("x.v1.Y/Never", "write");
  ASSERT_OK_AND_ASSIGN(const auto server, MetricsServer::Start("127.0.0.1:0", metrics));
  const std::string body = Scrape(*server);
  EXPECT_THAT(body, HasSubstr("staraction_http_duration_seconds_count{kind=\"read\","
                              "service=\"gateway\"} 2\n"));
  EXPECT_THAT(body, Not(HasSubstr("\"write\"")));
  EXPECT_THAT(body, Not(HasSubstr("staraction_rpc_duration_seconds")));
}

TEST(MetricsTest, TellsOfItsProcess) {
  const Metrics metrics("engagement", "0.1.0");
  std::map<std::string, double> values;
  for (const auto& family : metrics.Collect()) {
    ASSERT_EQ(family.metric.size(), 1u) << family.name;
    EXPECT_EQ(family.metric[0].label.front().value, "engagement") << family.name;
    const bool counter = family.type == prometheus::MetricType::Counter;
    values[family.name] = counter ? family.metric[0].counter.value : family.metric[0].gauge.value;
  }
  EXPECT_GT(values.at("process_resident_memory_bytes"), 1 << 20);
  EXPECT_LT(values.at("process_resident_memory_bytes"), 1 << 30);
  EXPECT_GE(values.at("process_cpu_seconds_total"), 0);
  EXPECT_GE(values.at("process_open_fds"), 3);
  EXPECT_GE(values.at("process_max_fds"), values.at("process_open_fds"));
  const double age = absl::ToDoubleSeconds(RealClock()() - absl::UnixEpoch()) -
                     values.at("process_start_time_seconds");
  EXPECT_GE(age, -1);
  EXPECT_LT(age, 300);
}

TEST(MetricsTest, CountsFromManyThreads) {
  Metrics metrics("engagement", "0.1.0");
  RpcMetrics rpc(metrics);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      auto& method = rpc.ForMethod("x.v1.Y/Get");
      for (int i = 0; i < 1000; ++i) method.Record(absl::StatusCode::kOk, absl::ZeroDuration());
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& family : metrics.Collect()) {
    if (family.name != "staraction_rpc_requests_total") continue;
    ASSERT_EQ(family.metric.size(), 1u);
    EXPECT_EQ(family.metric[0].counter.value, 4000);
    return;
  }
  FAIL() << "no staraction_rpc_requests_total";
}

TEST(MetricsTest, ATakenPortIsAnError) {
  Metrics metrics("engagement", "0.1.0");
  ASSERT_OK_AND_ASSIGN(const auto first, MetricsServer::Start("127.0.0.1:0", metrics));
  const std::string address = absl::StrCat("127.0.0.1:", first->port());
  EXPECT_THAT(MetricsServer::Start(address, metrics),
              test::StatusIs(absl::StatusCode::kUnavailable, HasSubstr(address)));
}

}  // namespace
}  // namespace staraction
