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
#include "services/gateway/http/session.h"

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

Worker::Worker() : work_(asio::make_work_guard(context_)), thread_([this] { context_.run(); }) {}

Worker::~Worker() {
  work_.reset();
  context_.stop();
  thread_.join();
}

void Worker::Add(Session* session) {
  const absl::MutexLock lock(&mutex_);
  sessions_.insert(session);
}

void Worker::Remove(Session* session) {
  const absl::MutexLock lock(&mutex_);
  sessions_.erase(session);
}

int Worker::sessions() const {
  const absl::MutexLock lock(&mutex_);
  return static_cast<int>(sessions_.size());
}

void Worker::ForEach(void (Session::*function)()) {
  asio::post(context_, [this, function] {
    std::vector<std::shared_ptr<Session>> alive;
    {
      const absl::MutexLock lock(&mutex_);
      for (Session* session : sessions_) {
        if (auto shared = session->weak_from_this().lock()) alive.push_back(std::move(shared));
      }
    }
    for (const auto& session : alive) (session.get()->*function)();
  });
}

Server::Server(Front& front, int threads)
    : front_(front),
      workers_([threads] {
        std::vector<std::unique_ptr<Worker>> workers;
        for (int i = 0; i < threads; ++i) workers.push_back(std::make_unique<Worker>());
        return workers;
      }()),
      acceptor_(workers_.front()->context()),
      pause_(workers_.front()->context()) {}

Server::~Server() {
  Drain(absl::ZeroDuration());
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const std::string& address, Front& front,
                                                      int threads) {
  std::unique_ptr<Server> server(new Server(front, threads));
  SA_RETURN_IF_ERROR(server->Listen(address));
  return server;
}

absl::Status Server::Listen(const std::string& address) {
  SA_ASSIGN_OR_RETURN(const tcp::endpoint endpoint, ParseEndpoint(address));
  boost::system::error_code error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address, ": ", error.message()));
  }
  port_ = acceptor_.local_endpoint().port();
  asio::post(workers_.front()->context(), [this] { Accept(); });
  return absl::OkStatus();
}

void Server::Accept() {
  Worker& worker = *workers_[next_worker_++ % workers_.size()];
  acceptor_.async_accept(worker.context(), [this, &worker](const boost::system::error_code& error,
                                                           tcp::socket socket) {
    OnAccept(error, std::move(socket), worker);
  });
}

void Server::OnAccept(const boost::system::error_code& error, tcp::socket socket, Worker& worker) {
  if (!acceptor_.is_open()) return;
  if (error) {
    // Mostly no free file descriptor: let some connections end first.
    Log(LogLevel::kWarning, "accept failed", {{"error", error.message()}});
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([this](const boost::system::error_code& stopped) {
      if (!stopped && acceptor_.is_open()) Accept();
    });
    return;
  }
  if (connections() < front_.limits().connections) {
    const auto session = std::make_shared<Session>(std::move(socket), front_, worker);
    asio::post(worker.context(), [session] { session->Start(); });
  }
  // One too many is closed without a word: reading its request is what there is no room for.
  Accept();
}

int Server::connections() const {
  int count = 0;
  for (const auto& worker : workers_) count += worker->sessions();
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
  asio::post(workers_.front()->context(), [&] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    // Behind the handlers that the two calls have just put into the queue.
    asio::post(workers_.front()->context(), [&] { stopped.set_value(); });
  });
  stopped.get_future().wait();
}

bool Server::Drain(absl::Duration patience) {
  front_.Drain();
  StopAccepting();
  for (const auto& worker : workers_) worker->ForEach(&Session::Drain);
  if (AwaitNoConnections(patience)) return true;
  for (const auto& worker : workers_) worker->ForEach(&Session::Abort);
  return AwaitNoConnections(absl::Seconds(2));
}

}  // namespace staraction::gateway
