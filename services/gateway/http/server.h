#ifndef STARACTION_SERVICES_GATEWAY_HTTP_SERVER_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>  // Boost 1.74 uses std::exchange without it.
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/gateway/http/handler.h"
#include "services/gateway/http/limits.h"
#include "services/gateway/http/worker.h"
#include "services/gateway/net/loop.h"

namespace staraction::gateway {

struct ServerOptions {
  std::string listen{};  // "127.0.0.1:8080"; port 0 takes a free one
  int threads = 2;
  HttpLimits limits{};
  std::string tls_dir{};  // certificate and key; empty: plain
};

// Makes the application of one thread.
using MakeApp = std::function<absl::StatusOr<std::unique_ptr<App>>(Loop&)>;

// Listens on one port and serves HTTP/1.1 and HTTP/2 on some threads. Thread-safe.
class Server {
 public:
  // UNAVAILABLE if the port can't be had, INVALID_ARGUMENT if the certificate can't be used.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       const MakeApp& make_app);
  ~Server();

  int port() const { return port_; }
  int connections() const;

  // Stops accepting, lets what runs finish until `patience` is over and cuts off the rest. False
  // if even that didn't end them; then the process must not wait for the threads.
  bool Drain(absl::Duration patience);

 private:
  explicit Server(const ServerOptions& options);

  absl::Status StartWorkers(const MakeApp& make_app);
  absl::Status Listen();
  void Accept();
  void OnAccept(const boost::system::error_code& error, boost::asio::ip::tcp::socket socket,
                Worker& worker);
  bool HasRoomFor(const std::string& address) const;
  void StopAccepting();
  bool AwaitNoConnections(absl::Duration patience) const;

  const ServerOptions options_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<boost::asio::ip::tcp::acceptor> acceptor_;
  std::unique_ptr<boost::asio::steady_timer> pause_;
  size_t next_worker_ = 0;
  int port_ = 0;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_SERVER_H_
