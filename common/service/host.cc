#include "common/service/host.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/identity/programs.h"
#include "common/obs/log.h"
#include "staraction/engagement/v1/access_service.grpc.pb.h"

namespace staraction {
namespace {

constexpr int kMaxMessageBytes = 20 * 1024 * 1024;
constexpr int kConnectionAgeMs = 2 * 60 * 1000;
constexpr absl::Duration kWatchInterval = absl::Seconds(1);

class RemoteAccess : public AccessResolver {
 public:
  explicit RemoteAccess(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(engagement::v1::AccessService::NewStub(channel)) {}

  absl::StatusOr<engagement::v1::ResolveResponse> Resolve(
      const Call& call, const std::vector<std::string>& names) override {
    engagement::v1::ResolveRequest request;
    for (const std::string& name : names) request.add_names(name);
    return CallPeer(call, *stub_, &engagement::v1::AccessService::Stub::Resolve, request);
  }

 private:
  std::unique_ptr<engagement::v1::AccessService::Stub> stub_;
};

pg::PoolOptions PoolFor(const HostOptions& options, bool jobs) {
  pg::PoolOptions pool;
  pool.service = options.schema.service;
  pool.url = jobs ? options.jobs_database_url : options.database_url;
  pool.role = jobs ? pg::Statement::Role::kJobs : pg::Statement::Role::kService;
  // Jobs and in-cluster calls have connections of their own, so that a full service still answers;
  // of the jobs' two one may be busy for seconds with an erasure or with gauges.
  pool.size = jobs ? 2 : options.database_connections + 3;
  return pool;
}

audit::SealerOptions SealerFor(const HostOptions& options) {
  audit::SealerOptions sealer;
  sealer.key = std::make_shared<Jwk>(options.signer->key());
  sealer.anchor_directory = options.audit_anchor_dir;
  return sealer;
}

}  // namespace

Host::Host(HostOptions options)
    : options_(std::move(options)),
      metrics_(options_.schema.service, options_.version),
      pool_(PoolFor(options_, false)),
      jobs_pool_(PoolFor(options_, true)),
      jobs_(jobs_pool_, options_.clock, metrics_),
      slow_jobs_(jobs_pool_, options_.clock, metrics_, "slow", 1),
      operation_gauges_("staraction_database_gauges_read", jobs_pool_, options_.clock,
                        options_.gauge_cache, metrics_),
      gauges_("staraction_business_gauges_read", jobs_pool_, options_.clock,
              6 * options_.gauge_cache, metrics_),
      sealer_(jobs_pool_, options_.clock, SealerFor(options_)) {
  RpcLayerOptions rpc;
  rpc.service = options_.schema.service;
  rpc.verifier = options_.verifier.get();
  rpc.clock = options_.clock;
  rpc.workers = options_.database_connections;
  if (options_.credentials->encrypted()) rpc.callers = CallersOf(name());
  rpc_ = std::make_unique<RpcLayer>(rpc, metrics_);
  eraser_ = std::make_unique<EraseServer>(*rpc_, pool_, jobs_pool_);
  Add<erasure::v1::EraseService>(*eraser_);
  AddDatabaseMetrics();
  OpenChannels();
}

void Host::AddDatabaseMetrics() {
  const std::pair<const char*, const pg::Pool*> pools[] = {{"service", &pool_},
                                                           {"jobs", &jobs_pool_}};
  for (const auto& [name, pool] : pools) {
    const prometheus::Labels labels = {{"pool", name}};
    metrics_.AddGauge("staraction_database_connections_in_use", "Connections taken from the pool.",
                      labels, [pool = pool] { return pool->in_use(); });
    metrics_.AddGauge("staraction_database_connections_limit", "Connections that a pool may open.",
                      labels, [pool = pool] { return pool->size(); });
    metrics_.AddGauge("staraction_database_waiting", "Callers that wait for a connection.", labels,
                      [pool = pool] { return pool->waiting(); });
  }
  metrics_.AddGauge("staraction_database_up", "Whether the database answered at the last look.", {},
                    [this] { return database_up_ ? 1 : 0; });
  AddJobGauges(operation_gauges_);
  audit::AddAuditGauges(operation_gauges_);
}

void Host::OpenChannels() {
  for (const auto& [peer, address] : options_.peers) {
    const auto breaker = std::make_shared<Breaker>();
    channels_[peer] = OpenChannel(address, options_.credentials->ForPeer(peer), breaker);
    metrics_.AddGauge("staraction_peer_circuit_open",
                      "Whether calls to a peer are refused because it does not answer.",
                      {{"peer", peer}}, [breaker] { return breaker->open() ? 1 : 0; });
  }
  metrics_.AddGauge("staraction_tls_certificate_expiry_seconds",
                    "When the program's certificate expires, since 1970; 0 if its files are "
                    "faulty, infinite without TLS.",
                    {}, [this] {
                      const absl::Time expires = options_.credentials->expires();
                      return std::max(0.0, absl::ToDoubleSeconds(expires - absl::UnixEpoch()));
                    });
}

absl::StatusOr<std::unique_ptr<Host>> Host::Create(HostOptions options) {
  if (options.credentials == nullptr) {
    SA_ASSIGN_OR_RETURN(options.credentials, Credentials::Create({}, options.schema.service));
  }
  SA_RETURN_IF_ERROR(pg::CheckVersion(options.database_url, options.schema));
  std::unique_ptr<Host> host(new Host(std::move(options)));
  SA_RETURN_IF_ERROR(host->pool_.Ping());
  SA_RETURN_IF_ERROR(host->jobs_pool_.Ping());
  return host;
}

Host::~Host() {
  Stop(absl::Seconds(5));
}

std::shared_ptr<grpc::Channel> Host::channel(const std::string& peer) const {
  const auto found = channels_.find(peer);
  // No such peer: every call finds it unavailable.
  return found == channels_.end() ? OpenChannel("") : found->second;
}

absl::StatusOr<Call> Host::ServiceCall(const std::string& organization, const std::string& client,
                                       absl::Duration limit) const {
  Call call = SystemCall(name(), organization, client, options_.clock(), limit);
  call.deadline = RealClock()() + limit;
  SA_ASSIGN_OR_RETURN(call.token, options_.signer->Service(organization, client));
  call.trace = NewTrace();
  call.correlation_id = call.trace.trace_id;
  return call;
}

void Host::Add(grpc::Service& service, const std::string& full_name) {
  services_.emplace_back(
      &service, google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(full_name));
}

void Host::ServeFacts(FactCollector collect) {
  facts_ = std::make_unique<FactServer>(*rpc_, pool_, std::move(collect));
  Add<fact::v1::FactService>(*facts_);
  jobs_.Add("announce", [this](const Job& job) { return Announce(job); });
}

absl::Status Host::Announce(const Job& job) {
  SA_ASSIGN_OR_RETURN(const Call call, ServiceCall(job.organization, job.client, absl::Seconds(5)));
  SA_ASSIGN_OR_RETURN(const int64_t version, ReadFactVersion(pool_, call));
  fact::v1::AnnounceChangeRequest request;
  request.set_client(call.client_name());
  request.set_service(name());
  request.set_version(version);
  const auto stub = fact::v1::FactInboxService::NewStub(channel("engagement"));
  return CallPeer(call, *stub, &fact::v1::FactInboxService::Stub::AnnounceChange, request).status();
}

absl::Status Host::Start() {
  if (access_ == nullptr) {
    remote_access_ = std::make_unique<RemoteAccess>(channel("engagement"));
    cached_access_ = std::make_unique<CachedAccess>(*remote_access_, options_.access_cache);
    access_ = cached_access_.get();
  }
  rpc_->SetAccess(*access_);
  SA_RETURN_IF_ERROR(Listen());
  if (!options_.metrics_listen.empty()) {
    SA_ASSIGN_OR_RETURN(metrics_server_,
                        MetricsServer::Start(options_.metrics_listen, metrics_,
                                             [this] { return database_up_ && !stopping_; }));
  }
  jobs_.Start();
  slow_jobs_.Start();
  sealer_.Start();
  watcher_ = std::thread([this] { WatchDatabase(); });
  Log(LogLevel::kInfo, "ready",
      {{"listen", options_.listen},
       {"port", int64_t{port_}},
       {"tls", options_.credentials->encrypted()}});
  return absl::OkStatus();
}

absl::Status Host::Listen() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  // A second process on the same port would share its traffic silently.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // Callers look names up when a connection ends, and so find new replicas; calls in hand are
  // finished.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, kConnectionAgeMs);
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kKeepaliveMs / 2);
  builder.AddListeningPort(options_.listen, options_.credentials->ForServer(), &port_);
  for (const auto& [service, descriptor] : services_) {
    SA_RETURN_IF_ERROR(rpc_->AddService(*descriptor));
    builder.RegisterService(service);
  }
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", options_.listen));
  }
  // "" is readiness and follows the database; "live" is the process itself.
  server_->GetHealthCheckService()->SetServingStatus("live", true);
  return absl::OkStatus();
}

void Host::WatchDatabase() {
  bool serving = true;
  while (!stopping_) {
    const bool ok = jobs_pool_.Ping().ok();
    if (ok != serving) {
      serving = ok;
      database_up_ = ok;
      server_->GetHealthCheckService()->SetServingStatus("", ok);
      Log(ok ? LogLevel::kInfo : LogLevel::kWarning,
          ok ? "database reachable again" : "database not reachable");
    }
    for (int i = 0; i < 10 && !stopping_; ++i) {
      std::this_thread::sleep_for(absl::ToChronoMilliseconds(kWatchInterval / 10));
    }
  }
}

void Host::Stop(absl::Duration limit) {
  if (stopping_.exchange(true)) return;
  if (watcher_.joinable()) watcher_.join();
  if (server_ != nullptr) {
    server_->GetHealthCheckService()->SetServingStatus(false);
    for (const auto& stop : on_stop_) stop();
    server_->Shutdown(absl::ToChronoTime(RealClock()() + limit));
    server_->Wait();
  }
  jobs_.Stop();
  slow_jobs_.Stop();
  sealer_.Stop();
  metrics_server_.reset();
}

}  // namespace staraction
