#include "services/gateway/http/server.h"

#include <future>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/macros.h"
#include "common/obs/log.h"

namespace staraction::gateway {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

absl::StatusOr<tcp::endpoint> ParseEndpoint(const std::string& address) {
  const size_t colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.size() >= 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto ip = asio::ip::make_address(host, error);
  uint32_t port = 0;
  if (error || colon == std::string::npos || !absl::SimpleAtoi(address.substr(colon + 1), &port) ||
      port > 65535) {
    return absl::InvalidArgumentError(absl::StrCat("'", address, "' is no IP address and port"));
  }
  return tcp::endpoint(ip, static_cast<uint16_t>(port));
}

}  // namespace

Server::Server(const ServerOptions& options) : options_(options) {}

Server::~Server() {
  if (acceptor_ != nullptr) Drain(absl::ZeroDuration());
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      const MakeApp& make_app) {
  std::unique_ptr<Server> server(new Server(options));
  SA_RETURN_IF_ERROR(server->StartWorkers(make_app));
  SA_RETURN_IF_ERROR(server->Listen());
  return server;
}

absl::Status Server::StartWorkers(const MakeApp& make_app) {
  for (int i = 0; i < options_.threads; ++i) {
    auto worker = std::make_unique<Worker>(options_.limits);
    if (!options_.tls_dir.empty()) SA_RETURN_IF_ERROR(worker->UseTls(options_.tls_dir));
    SA_ASSIGN_OR_RETURN(std::unique_ptr<App> app, make_app(worker->loop()));
    worker->Start(std::move(app));
    workers_.push_back(std::move(worker));
  }
  return absl::OkStatus();
}

absl::Status Server::Listen() {
  SA_ASSIGN_OR_RETURN(const tcp::endpoint endpoint, ParseEndpoint(options_.listen));
  auto& context = workers_.front()->loop().context;
  auto acceptor = std::make_unique<tcp::acceptor>(context);
  boost::system::error_code error;
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options_.listen, ": ", error.message()));
  }
  port_ = acceptor->local_endpoint().port();
  acceptor_ = std::move(acceptor);
  pause_ = std::make_unique<asio::steady_timer>(context);
  asio::post(context, [this] { Accept(); });
  return absl::OkStatus();
}

void Server::Accept() {
  Worker& worker = *workers_[next_worker_++ % workers_.size()];
  acceptor_->async_accept(
      worker.loop().context,
      [this, &worker](const boost::system::error_code& error, tcp::socket socket) {
        OnAccept(error, std::move(socket), worker);
      });
}

void Server::OnAccept(const boost::system::error_code& error, tcp::socket socket, Worker& worker) {
  if (!acceptor_->is_open()) return;
  if (error) {
    // Mostly no free file descriptor: let some connections end first.
    Log(LogLevel::kWarning, "accept failed", {{"error", error.message()}});
    pause_->expires_after(std::chrono::milliseconds(100));
    pause_->async_wait([this](const boost::system::error_code& stopped) {
      if (!stopped && acceptor_->is_open()) Accept();
    });
    return;
  }
  boost::system::error_code gone;
  // One too many is closed without a word: reading its request is what there is no room for.
  if (HasRoomFor(socket.remote_endpoint(gone).address().to_string())) {
    worker.Serve(std::move(socket));
  }
  Accept();
}

bool Server::HasRoomFor(const std::string& address) const {
  if (connections() >= options_.limits.connections) return false;
  if (options_.limits.address_connections == 0) return true;
  int count = 0;
  for (const auto& worker : workers_) count += worker->connections_of(address);
  return count < options_.limits.address_connections;
}

int Server::connections() const {
  int count = 0;
  for (const auto& worker : workers_) count += worker->connections();
  return count;
}

bool Server::AwaitNoConnections(absl::Duration patience) const {
  constexpr absl::Duration kStep = absl::Milliseconds(5);
  for (absl::Duration waited; connections() > 0; waited += kStep) {
    if (waited >= patience) return false;
    absl::SleepFor(kStep);
  }
  return true;
}

void Server::StopAccepting() {
  std::promise<void> stopped;
  auto& context = workers_.front()->loop().context;
  asio::post(context, [&] {
    boost::system::error_code ignored;
    acceptor_->close(ignored);
    pause_->cancel();
    // Behind the handlers that the two calls have just put into the queue.
    asio::post(context, [&] { stopped.set_value(); });
  });
  stopped.get_future().wait();
}

bool Server::Drain(absl::Duration patience) {
  StopAccepting();
  for (const auto& worker : workers_) worker->DrainAll();
  if (AwaitNoConnections(patience)) return true;
  for (const auto& worker : workers_) worker->AbortAll();
  return AwaitNoConnections(absl::Seconds(2));
}

}  // namespace staraction::gateway
