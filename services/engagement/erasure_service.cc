#include "services/engagement/erasure_service.h"

#include <utility>

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/obs/log.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using erasure::v1::EraseDataResponse;
using pg::Transaction;

constexpr char kJob[] = "erase_client";
// For one service; a ledger of a hundred thousand entries takes some seconds.
constexpr absl::Duration kServiceLimit = absl::Seconds(25);

// Nobody comes in by any door.
const pg::Statement kClose("erasure_close_client", R"(
  with accesses as (
    update client_access set revoke_time = $3
    where organization_id = $1 and client_id = $2 and revoke_time is null),
  links as (
    update participant_link set revoked = true where organization_id = $1 and client_id = $2),
  kiosks as (
    update kiosk set close_time = $3
    where organization_id = $1 and client_id = $2 and close_time is null)
  update client set erase_time = $3 where organization_id = $1 and client_id = $2)");

// The call about the client of a name. The server layer doesn't resolve it, since nobody has
// access to a client that is being erased; its rows are those of the caller's organization all the
// same.
absl::StatusOr<Call> AboutClient(const Call& call, const std::string& name) {
  const std::string client = ClientOf(name);
  if (client.empty() || !IsUuid(LastId(client))) return NotFound(name);
  Call own = call;
  own.access.clients = {LastId(client)};
  own.resource = client;
  return own;
}

v1::Erasure NewErasure(const v1::EraseClientRequest& request, const Call& call) {
  v1::Erasure erasure;
  erasure.set_name(request.name() + "/erasure");
  erasure.set_reason(request.reason());
  erasure.set_approver_display_name(request.approver_display_name());
  erasure.set_requester(call.Actor());
  erasure.set_state(v1::Erasure::STATE_REQUESTED);
  return erasure;
}

}  // namespace

ErasureService::ErasureService(Host& host, std::vector<std::string> peers, absl::Duration delay)
    : host_(host), peers_(std::move(peers)), delay_(delay) {
  host_.slow_jobs().Add(kJob, [this](const Job& job) { return Run(job); });
}

grpc::ServerUnaryReactor* ErasureService::EraseClient(grpc::CallbackServerContext* context,
                                                      const v1::EraseClientRequest* request,
                                                      v1::Erasure* response) {
  return host_.rpc().Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Erasure> {
        SA_ASSIGN_OR_RETURN(const Call own, AboutClient(call, request->name()));
        return host_.pool().Write(
            own, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Erasure> {
              SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Lock(tx, request->name()));
              if (!client.has_delete_time()) {
                return StateConflict(client.name(), "PRESENT", "erase");
              }
              SA_ASSIGN_OR_RETURN(v1::Erasure erasure,
                                  kErasures.Insert(tx, NewErasure(*request, own)));
              SA_RETURN_IF_ERROR(
                  tx.Exec(kClose, {tx.organization(), own.client(), pg::ToParam(tx.now())})
                      .status());
              SA_RETURN_IF_ERROR(EnqueueJob(tx, kJob, "", delay_));
              return erasure;
            });
      });
}

grpc::ServerUnaryReactor* ErasureService::GetErasure(grpc::CallbackServerContext* context,
                                                     const v1::GetErasureRequest* request,
                                                     v1::Erasure* response) {
  return host_.rpc().Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Erasure> {
        SA_ASSIGN_OR_RETURN(const Call own, AboutClient(call, request->name()));
        return host_.pool().Read(
            own, [&](Transaction& tx) { return kErasures.Get(tx, request->name()); });
      });
}

absl::StatusOr<EraseDataResponse> ErasureService::Ask(const std::string& service,
                                                      const Call& call) {
  if (service == host_.name()) return host_.eraser().Erase(call);
  erasure::v1::EraseDataRequest request;
  request.set_client(call.client_name());
  const auto stub = erasure::v1::EraseService::NewStub(host_.channel(service));
  return CallPeer(call, *stub, &erasure::v1::EraseService::Stub::EraseData, request, kServiceLimit);
}

absl::Status ErasureService::Run(const Job& job) {
  std::vector<std::string> services = peers_;
  // Last: what this service erases includes what a second attempt would need.
  services.push_back(host_.name());
  std::vector<v1::Erasure::Service> done;
  std::optional<google::type::Date> keep_until;
  for (const std::string& service : services) {
    SA_ASSIGN_OR_RETURN(Call call, host_.ServiceCall(job.organization, job.client, kServiceLimit));
    call.method = "staraction.erasure.v1.EraseService.EraseData";
    call.resource = call.client_name();
    SA_ASSIGN_OR_RETURN(const EraseDataResponse response, Ask(service, call));
    v1::Erasure::Service& entry = done.emplace_back();
    entry.set_service(service);
    entry.set_row_count(response.row_count());
    *entry.mutable_erase_time() = pg::ToTimestamp(call.now);
    if (response.has_keep_until() &&
        (!keep_until || FromProtoDate(*keep_until) < FromProtoDate(response.keep_until()))) {
      keep_until = response.keep_until();
    }
  }
  return Record(job, done, keep_until);
}

absl::Status ErasureService::Record(const Job& job, const std::vector<v1::Erasure::Service>& done,
                                    const std::optional<google::type::Date>& keep_until) {
  const Call call =
      SystemCall(host_.name(), job.organization, job.client, host_.clock()(), absl::Seconds(10));
  return host_.pool().Run(call, [&](Transaction& tx) -> absl::Status {
    SA_ASSIGN_OR_RETURN(v1::Erasure erasure, kErasures.Lock(tx, call.client_name() + "/erasure"));
    erasure.mutable_services()->Assign(done.begin(), done.end());
    erasure.set_state(v1::Erasure::STATE_ERASED);
    *erasure.mutable_complete_time() = pg::ToTimestamp(tx.now());
    erasure.clear_keep_until();
    if (keep_until) *erasure.mutable_keep_until() = *keep_until;
    SA_RETURN_IF_ERROR(kErasures.Update(tx, std::move(erasure)).status());
    // Whoever restores an older backup reads here what to erase again.
    Log(LogLevel::kInfo, "client erased",
        {{"organization", job.organization}, {"client", call.client_name()}});
    const auto last = keep_until ? FromProtoDate(*keep_until) : std::nullopt;
    if (!last) return absl::OkStatus();
    const absl::Time after = absl::FromCivil(absl::CivilSecond(*last + 2), Tokyo());
    return EnqueueJob(tx, kJob, FormatIsoDate(*last), after - tx.now());
  });
}

}  // namespace staraction::engagement
