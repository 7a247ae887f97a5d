#ifndef STARACTION_SERVICES_GATEWAY_HTTP_SERVER_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_SERVER_H_

#include <memory>
#include <string>
#include <thread>
#include <unordered_set>
#include <utility>  // Boost 1.74 uses std::exchange without it.
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/gateway/http/front.h"

namespace staraction::gateway {

class Session;

// A thread with the connections that it serves.
class Worker {
 public:
  Worker();
  ~Worker();

  boost::asio::io_context& context() { return context_; }
  void Add(Session* session);
  void Remove(Session* session);
  int sessions() const;
  // Calls the function for each session, on the worker's thread.
  void ForEach(void (Session::*function)());

 private:
  mutable absl::Mutex mutex_;
  std::unordered_set<Session*> sessions_ ABSL_GUARDED_BY(mutex_);
  // Destroyed before the set: what is still pending holds sessions, which take themselves out.
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

// Listens on one port and serves HTTP/1.1 on some threads. Thread-safe.
class Server {
 public:
  // `address` as in "127.0.0.1:8080"; port 0 takes a free one. UNAVAILABLE if it can't be had.
  // `front` outlives the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& address, Front& front,
                                                       int threads);
  ~Server();

  int port() const { return port_; }
  int connections() const;

  // Stops accepting, lets what runs finish until `patience` is over and cuts off the rest. False
  // if even that didn't end them; then the process must not wait for the threads.
  bool Drain(absl::Duration patience);

 private:
  Server(Front& front, int threads);

  absl::Status Listen(const std::string& address);
  void Accept();
  void OnAccept(const boost::system::error_code& error, boost::asio::ip::tcp::socket socket,
                Worker& worker);
  void StopAccepting();
  bool AwaitNoConnections(absl::Duration patience) const;

  Front& front_;
  std::vector<std::unique_ptr<Worker>> workers_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  size_t next_worker_ = 0;
  int port_ = 0;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_SERVER_H_
