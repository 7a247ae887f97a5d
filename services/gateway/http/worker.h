#ifndef STARACTION_SERVICES_GATEWAY_HTTP_WORKER_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_WORKER_H_

#include <memory>
#include <string>
#include <thread>
#include <unordered_map>

#include <boost/asio/executor_work_guard.hpp>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/http/connection.h"
#include "services/gateway/net/tls_files.h"

namespace staraction::gateway {

// A thread with the connections that it serves. The functions may be called on any thread.
class Worker {
 public:
  explicit Worker(const HttpLimits& limits);
  ~Worker();

  Loop& loop() { return loop_; }
  // Before Start.
  absl::Status UseTls(const std::string& directory);
  void Start(std::unique_ptr<App> app);

  void Serve(boost::asio::ip::tcp::socket socket);
  int connections() const;
  int connections_of(const std::string& address) const;
  void DrainAll();
  void AbortAll();

 private:
  void Open(boost::asio::ip::tcp::socket socket, const std::string& address);
  void Closed(uint64_t id, const std::string& address);
  void Count(const std::string& address, int change);

  const HttpLimits limits_;
  Loop loop_;
  std::unique_ptr<TlsFiles> tls_;
  std::unique_ptr<App> app_;
  std::unordered_map<uint64_t, std::unique_ptr<Connection>> connections_;
  uint64_t next_id_ = 0;
  bool draining_ = false;

  mutable absl::Mutex mutex_;
  // Counted from the moment of accepting.
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int> by_address_ ABSL_GUARDED_BY(mutex_);

  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_WORKER_H_
