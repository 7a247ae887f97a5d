#include <CivetServer.h>
#include <prometheus/text_serializer.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/obs/metrics.h"

namespace staraction {
namespace {

// What is served at one path: 200 or 503, and a text.
class Page : public CivetHandler {
 public:
  using Answer = std::function<std::pair<int, std::string>()>;
  Page(std::string media_type, Answer answer)
      : media_type_(std::move(media_type)), answer_(std::move(answer)) {}

  bool handleGet(CivetServer*, mg_connection* connection) override {
    const auto [code, body] = answer_();
    mg_printf(connection,
              "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
              "Cache-Control: no-store\r\n\r\n",
              code, code == 200 ? "OK" : "Service Unavailable", media_type_.c_str(), body.size());
    mg_write(connection, body.data(), body.size());
    return true;
  }

 private:
  const std::string media_type_;
  const Answer answer_;
};

constexpr char kPlain[] = "text/plain; charset=utf-8";

}  // namespace

struct MetricsServer::Impl {
  Impl(const std::string& address, const Metrics& metrics, std::function<bool()> ready)
      : metrics_page("text/plain; version=0.0.4; charset=utf-8",
                     [&metrics] {
                       return std::make_pair(
                           200, prometheus::TextSerializer().Serialize(metrics.Collect()));
                     }),
        live_page(kPlain, [] { return std::make_pair(200, std::string("ok\n")); }),
        ready_page(kPlain,
                   [ready = std::move(ready)] {
                     return ready() ? std::make_pair(200, std::string("ok\n"))
                                    : std::make_pair(503, std::string("not ready\n"));
                   }),
        server(std::vector<std::string>{"listening_ports", address, "num_threads", "3",
                                        "request_timeout_ms", "5000"}) {
    server.addHandler("/metrics", metrics_page);
    server.addHandler("/healthz", live_page);
    server.addHandler("/readyz", ready_page);
  }

  Page metrics_page, live_page, ready_page;
  CivetServer server;  // ends first
};

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(const std::string& address,
                                                                    const Metrics& metrics,
                                                                    std::function<bool()> ready) {
  try {
    return std::unique_ptr<MetricsServer>(
        new MetricsServer(std::make_unique<Impl>(address, metrics, std::move(ready))));
  } catch (const CivetException& error) {
    return absl::UnavailableError(
        absl::StrCat("metrics: cannot listen on '", address, "': ", error.what()));
  }
}

MetricsServer::MetricsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

MetricsServer::~MetricsServer() = default;

int MetricsServer::port() const {
  return impl_->server.getListeningPorts().front();
}

}  // namespace staraction
