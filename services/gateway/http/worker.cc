#include "services/gateway/http/worker.h"

#include <vector>

#include <boost/asio/post.hpp>

#include "common/base/macros.h"
#include "common/obs/log.h"
#include "common/status/grpc_status.h"

namespace staraction::gateway {

namespace asio = boost::asio;

Worker::Worker(const HttpLimits& limits)
    : limits_(limits), work_(asio::make_work_guard(loop_.context)) {}

Worker::~Worker() {
  work_.reset();
  loop_.context.stop();
  if (thread_.joinable()) thread_.join();
  connections_.clear();
  app_.reset();
}

absl::Status Worker::UseTls(const std::string& directory) {
  SA_ASSIGN_OR_RETURN(
      tls_, TlsFiles::Open(directory, TlsFiles::Side::kServer, [](const absl::Status& status) {
        Log(LogLevel::kWarning, "no new certificate", {{"why", LogText(status)}});
      }));
  return absl::OkStatus();
}

void Worker::Start(std::unique_ptr<App> app) {
  app_ = std::move(app);
  thread_ = std::thread([this] { loop_.context.run(); });
}

void Worker::Serve(asio::ip::tcp::socket socket) {
  boost::system::error_code gone;
  const std::string address = socket.remote_endpoint(gone).address().to_string();
  Count(address, 1);
  asio::post(loop_.context, [this, address, socket = std::move(socket)]() mutable {
    Open(std::move(socket), address);
  });
}

void Worker::Open(asio::ip::tcp::socket socket, const std::string& address) {
  const uint64_t id = next_id_++;
  auto& connection = connections_[id];
  connection = std::make_unique<Connection>(
      ConnectionContext{loop_, *app_, limits_}, std::move(socket), [this, id, address] {
        // It is still in one of its functions.
        asio::post(loop_.context, [this, id, address] { Closed(id, address); });
      });
  connection->Start(tls_ == nullptr ? nullptr : &tls_->Current());
  if (draining_) connection->Drain();
}

void Worker::Closed(uint64_t id, const std::string& address) {
  connections_.erase(id);
  Count(address, -1);
}

void Worker::Count(const std::string& address, int change) {
  const absl::MutexLock lock(&mutex_);
  count_ += change;
  const auto place = by_address_.try_emplace(address, 0).first;
  if ((place->second += change) == 0) by_address_.erase(place);
}

int Worker::connections() const {
  const absl::MutexLock lock(&mutex_);
  return count_;
}

int Worker::connections_of(const std::string& address) const {
  const absl::MutexLock lock(&mutex_);
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? 0 : found->second;
}

void Worker::DrainAll() {
  asio::post(loop_.context, [this] {
    draining_ = true;
    // What ends is taken out of the map later, from the loop.
    for (const auto& [id, connection] : connections_) connection->Drain();
  });
}

void Worker::AbortAll() {
  asio::post(loop_.context, [this] {
    for (const auto& [id, connection] : connections_) connection->Abort();
  });
}

}  // namespace staraction::gateway
