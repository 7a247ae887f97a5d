#ifndef STARACTION_COMMON_SERVICE_HOST_H_
#define STARACTION_COMMON_SERVICE_HOST_H_

#include <grpcpp/server.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "common/audit/sealer.h"
#include "common/auth/signer.h"
#include "common/auth/token.h"
#include "common/erase/erase.h"
#include "common/fact/facts.h"
#include "common/gauge/database_gauges.h"
#include "common/job/job.h"
#include "common/obs/metrics.h"
#include "common/pg/migrate.h"
#include "common/pg/pool.h"
#include "common/rpc/credentials.h"
#include "common/rpc/peer.h"
#include "common/rpc/rpc_layer.h"

namespace staraction {

// What a service process is started with; service_main.h reads it from the configuration.
struct HostOptions {
  pg::Schema schema;  // name and migrations
  std::string version = "0.1.0";
  std::string listen = "127.0.0.1:0";
  std::string metrics_listen;  // empty: no metrics server (tests)
  std::string database_url;    // as the service's role
  std::string jobs_database_url;
  int database_connections = 4;
  std::shared_ptr<TokenVerifier> verifier;
  std::shared_ptr<TokenSigner> signer;       // of the service's own internal key
  std::map<std::string, std::string> peers;  // short name → address
  std::shared_ptr<Credentials> credentials;  // null: plaintext
  std::string audit_anchor_dir;              // empty: anchors go to the log alone
  Clock clock = RealClock();
  absl::Duration access_cache = absl::Seconds(3);
  // How old the gauges that are read from the database may be; those of the business six times
  // that.
  absl::Duration gauge_cache = absl::Seconds(10);
};

// One running service: pools, server layer, jobs, health, metrics. The service's parts are made
// with a host, register themselves, and then the host starts.
class Host {
 public:
  // Fails if the database has another schema version, or a statement is wrong.
  static absl::StatusOr<std::unique_ptr<Host>> Create(HostOptions options);
  ~Host();

  RpcLayer& rpc() { return *rpc_; }
  pg::Pool& pool() { return pool_; }
  JobRunner& jobs() { return jobs_; }
  // For jobs that wait for the world outside, on a thread of their own: they hold up no other.
  JobRunner& slow_jobs() { return slow_jobs_; }
  // Logs in as the jobs' role, which sees the tables that are open to it across clients.
  pg::Pool& jobs_pool() { return jobs_pool_; }
  // Erases a client in this service.
  EraseServer& eraser() { return *eraser_; }
  Metrics& metrics() { return metrics_; }
  // Gauges that the jobs' role reads from the service's tables; to be added before Start.
  // Those of the business; apart from those of operation, which must not wait for them.
  DatabaseGauges& gauges() { return gauges_; }
  const Clock& clock() const { return options_.clock; }
  const TokenSigner& signer() const { return *options_.signer; }
  // For tokens that come in requests.
  TokenVerifier& verifier() const { return *options_.verifier; }
  const std::string& name() const { return options_.schema.service; }
  // Channel to a peer by its short name; one for the life of the process. Thread safe.
  std::shared_ptr<grpc::Channel> channel(const std::string& peer) const;

  // A call to a peer or to our own tables for one client, on nobody's behalf, with a service token.
  absl::StatusOr<Call> ServiceCall(const std::string& organization, const std::string& client,
                                   absl::Duration limit) const;

  // Registers an implementation of a generated service; it must live as long as the host:
  //   host.Add<engagement::v1::ClientService>(client_service);
  template <typename Generated>
  void Add(grpc::Service& service) {
    Add(service, Generated::service_full_name());
  }
  // Who may do what; without it the engagement service is asked.
  void SetAccess(AccessResolver& access) { access_ = &access; }
  // Serves this service's facts and announces its changes to the engagement service.
  void ServeFacts(FactCollector collect);

  // Called when the host stops, before calls are waited for: for what would not end by itself.
  void OnStop(std::function<void()> stop) { on_stop_.push_back(std::move(stop)); }

  // Listens and starts the jobs.
  absl::Status Start();
  int port() const { return port_; }
  // NOT_SERVING, then the calls in hand are finished, then the jobs; within `limit`.
  void Stop(absl::Duration limit);

 private:
  explicit Host(HostOptions options);
  void AddDatabaseMetrics();
  void Add(grpc::Service& service, const std::string& full_name);
  absl::Status Announce(const Job& job);
  void OpenChannels();
  absl::Status Listen();
  void WatchDatabase();

  const HostOptions options_;
  Metrics metrics_;
  pg::Pool pool_;
  pg::Pool jobs_pool_;
  std::unique_ptr<RpcLayer> rpc_;
  JobRunner jobs_;
  JobRunner slow_jobs_;
  DatabaseGauges operation_gauges_;
  DatabaseGauges gauges_;
  audit::Sealer sealer_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
  std::unique_ptr<AccessResolver> remote_access_;
  std::unique_ptr<AccessResolver> cached_access_;
  AccessResolver* access_ = nullptr;
  std::unique_ptr<EraseServer> eraser_;
  std::unique_ptr<FactServer> facts_;
  std::vector<std::pair<grpc::Service*, const google::protobuf::ServiceDescriptor*>> services_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<MetricsServer> metrics_server_;
  int port_ = 0;
  std::vector<std::function<void()>> on_stop_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> database_up_{true};
  std::thread watcher_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_SERVICE_HOST_H_
