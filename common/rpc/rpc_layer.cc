#include "common/rpc/rpc_layer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/obs/log.h"
#include "common/resource/check.h"
#include "common/resource/policy.h"
#include "common/rpc/caller.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"

namespace staraction {
namespace {

// Kept back from the caller's deadline, so that our answer arrives before it.
constexpr absl::Duration kShave = absl::Milliseconds(20);

// The header's value; two of the same name count as a malformed one.
absl::StatusOr<std::string> Header(const grpc::CallbackServerContext& context, const char* name) {
  const auto range = context.client_metadata().equal_range(name);
  if (range.first == range.second) return std::string();
  if (std::next(range.first) != range.second) return absl::InvalidArgumentError("header repeated");
  return std::string(range.first->second.data(), range.first->second.size());
}

absl::Status Overloaded() {
  return TryAgain(absl::StatusCode::kResourceExhausted, error::v1::ERROR_REASON_OVERLOADED,
                  "too many calls at once; try again",
                  "混み合っています。少し待ってからお試しください");
}

absl::Status TooLate() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, error::v1::ERROR_REASON_DEADLINE_EXCEEDED,
                   "the deadline passed before the work began", "処理を始める前に期限が過ぎました");
}

// Neutral text with the id under which the log has the cause.
absl::Status WithLogId(const std::string& id) {
  return MakeError(absl::StatusCode::kInternal, error::v1::ERROR_REASON_INTERNAL,
                   absl::StrCat("internal error; log id ", id),
                   absl::StrCat("内部エラーが発生しました（ログ番号 ", id, "）"), {{"log_id", id}});
}

}  // namespace

struct RpcLayer::Method {
  const google::protobuf::MethodDescriptor* descriptor;
  const common::v1::MethodPolicy* policy;
  RpcMetrics::Method* metrics;
  bool reserved;
};

RpcLayer::RpcLayer(RpcLayerOptions options, Metrics& metrics)
    : options_(std::move(options)),
      metrics_(metrics),
      workers_(options_.workers, options_.queue_limit),
      reserved_(options_.reserved_workers, options_.queue_limit) {
  const std::pair<const char*, const WorkerPool*> pools[] = {{"calls", &workers_},
                                                             {"reserved", &reserved_}};
  for (const auto& [name, pool] : pools) {
    const prometheus::Labels labels = {{"pool", name}};
    metrics.AddGauge("staraction_rpc_queue_length", "Calls that wait for a worker.", labels,
                     [pool = pool] { return pool->queued(); });
    metrics.AddGauge("staraction_rpc_queue_limit", "Calls that may wait; more are refused.", labels,
                     [limit = options_.queue_limit] { return limit; });
    metrics.AddGauge("staraction_rpc_workers_busy", "Workers that run a call.", labels,
                     [pool = pool] { return pool->busy(); });
    metrics.AddGauge("staraction_rpc_workers", "Workers.", labels,
                     [pool = pool] { return pool->threads(); });
  }
}

RpcLayer::~RpcLayer() = default;

absl::Status RpcLayer::AddService(const google::protobuf::ServiceDescriptor& service) {
  SA_RETURN_IF_ERROR(CheckService(service));
  for (int i = 0; i < service.method_count(); ++i) {
    const auto* descriptor = service.method(i);
    auto method = std::make_unique<Method>(
        Method{descriptor, &PolicyOf(*descriptor),
               &metrics_.ForMethod(absl::StrCat(service.full_name(), "/", descriptor->name())),
               !HasRoute(*descriptor)});
    if (!methods_.emplace(descriptor->input_type(), std::move(method)).second) {
      return absl::FailedPreconditionError(absl::StrCat(
          descriptor->full_name(), ": its request type belongs to another method too"));
    }
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* RpcLayer::Start(grpc::CallbackServerContext* context,
                                          const google::protobuf::Message& request, Body body) {
  auto pending = NewPending(context, request);
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  pending->finish = [reactor](const grpc::Status& status) { reactor->Finish(status); };
  Submit(pending, std::move(body));
  return reactor;
}

std::shared_ptr<RpcLayer::Pending> RpcLayer::NewPending(grpc::CallbackServerContext* context,
                                                        const google::protobuf::Message& request) {
  auto pending = std::make_shared<Pending>();
  pending->started = RealClock()();
  pending->context = context;
  // gRPC made this message for us alone; output-only fields are cleared in it before anybody looks.
  pending->request = const_cast<google::protobuf::Message*>(&request);
  pending->call.now = options_.clock();
  const auto traceparent = Header(*context, kTraceparentHeader);
  pending->call.trace = ContinueTrace(traceparent.ok() ? *traceparent : "");
  const auto request_id = Header(*context, kRequestIdHeader);
  pending->call.correlation_id =
      request_id.ok() && IsRequestId(*request_id) ? *request_id : pending->call.trace.trace_id;
  const auto language = Header(*context, "accept-language");
  pending->call.language = ParseAcceptLanguage(language.ok() ? *language : "");
  const auto found = methods_.find(request.GetDescriptor());
  if (found == methods_.end()) return pending;
  pending->method = found->second.get();
  pending->call.method = pending->method->descriptor->full_name();
  return pending;
}

void RpcLayer::Submit(const std::shared_ptr<Pending>& pending, Body body) {
  if (pending->method == nullptr) {
    std::exchange(pending->finish,
                  nullptr)(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "service not registered"));
    if (pending->release) std::exchange(pending->release, nullptr)();
    return;
  }
  if (options_.callers.has_value()) {
    const absl::Status allowed =
        CheckCaller(*pending->context->auth_context(), *options_.callers,
                    *pending->method->descriptor, pending->method->policy->permission());
    if (!allowed.ok()) return Finish(*pending, allowed);
  }
  pending->body = std::move(body);
  WorkerPool& workers = pending->method->reserved ? reserved_ : workers_;
  if (!workers.Submit([this, pending] { Run(*pending); })) Finish(*pending, Overloaded());
}

void RpcLayer::Run(Pending& pending) {
  absl::Status status;
  try {
    status = Admit(pending);
    if (status.ok()) status = pending.body(pending.call);
  } catch (const std::exception& error) {
    status = Internal(absl::StrCat("exception: ", error.what()));
  } catch (...) {
    status = Internal("exception of unknown type");
  }
  Finish(pending, status);
}

absl::Status RpcLayer::Admit(Pending& pending) {
  Call& call = pending.call;
  grpc::CallbackServerContext* context = pending.context;
  call.cancelled = [context] { return context->IsCancelled(); };
  const absl::Time asked = absl::FromChrono(context->deadline());
  call.deadline = std::min(asked - kShave, pending.started + options_.max_time);

  const common::v1::MethodPolicy& policy = *pending.method->policy;
  call.request_id = RequestId(*pending.request);
  if (!policy.public_()) {
    const auto header = Header(*context, "authorization");
    SA_ASSIGN_OR_RETURN(const std::string_view token,
                        BearerToken(header.ok() ? std::string_view(*header) : "repeated"));
    SA_ASSIGN_OR_RETURN(call.principal, options_.verifier->Verify(token));
    call.token = std::string(token);
    const auto scope = ScopeNames(policy, *pending.request);
    SA_ASSIGN_OR_RETURN(
        call.access, ResolveAccess(call, policy, scope.ok() ? *scope : std::vector<std::string>(),
                                   scope_lookups_, *access_));
    SA_RETURN_IF_ERROR(scope.status());
    if (!scope->empty()) call.resource = scope->front();
  }
  if (call.deadline <= RealClock()()) return TooLate();
  SA_RETURN_IF_ERROR(CheckRequest(*pending.request));
  ClearOutputOnly(pending.request);
  return absl::OkStatus();
}

void RpcLayer::Finish(Pending& pending, const absl::Status& status) {
  const Call& call = pending.call;
  pending.body = nullptr;
  const auto finish = std::exchange(pending.finish, nullptr);
  const auto release = std::exchange(pending.release, nullptr);
  if (!status.ok()) pending.error = LogText(status);
  if (release == nullptr) Record(pending, status.code());
  // Who holds a stream that was opened ends it.
  if (release == nullptr || !status.ok()) {
    const absl::Status answer = absl::IsInternal(status) ? WithLogId(call.correlation_id) : status;
    finish(ToGrpc(
        ToWire(answer, options_.service + ".staraction", call.language, call.correlation_id)));
  }
  if (release != nullptr) release();
}

void RpcLayer::RecordEnd(const Pending& pending, const grpc::Status& status) {
  if (pending.method == nullptr) return;
  Record(pending, static_cast<absl::StatusCode>(status.error_code()));
}

void RpcLayer::Record(const Pending& pending, absl::StatusCode code) {
  const Call& call = pending.call;
  const absl::Duration took = RealClock()() - pending.started;
  pending.method->metrics->Record(code, took);
  Log(code == absl::StatusCode::kInternal ? LogLevel::kError : LogLevel::kInfo, "rpc",
      {{"method", call.method},
       {"code", absl::StatusCodeToString(code)},
       {"error", pending.error},
       {"ms", absl::ToDoubleMilliseconds(took)},
       {"statements", *call.statements},
       {"trace", call.trace.trace_id},
       {"request", call.correlation_id},
       {"caller", PrincipalKindName(call.principal.kind)}});
}

}  // namespace staraction
