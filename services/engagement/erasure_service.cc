#include "services/engagement/erasure_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
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
constexpr absl::Duration kServiceLimit = absl::Seconds(50);

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

// Job keys: the service, and for what is left until a day that day.
std::string ServiceOf(const Job& job) {
  return job.key.substr(0, job.key.find(' '));
}

v1::Erasure::Service& EntryOf(const std::string& service, v1::Erasure& erasure) {
  for (v1::Erasure::Service& entry : *erasure.mutable_services()) {
    if (entry.service() == service) return entry;
  }
  v1::Erasure::Service& entry = *erasure.add_services();
  entry.set_service(service);
  return entry;
}

void SetKeepUntil(v1::Erasure& erasure) {
  erasure.clear_keep_until();
  for (const v1::Erasure::Service& entry : erasure.services()) {
    if (entry.has_keep_until() &&
        (!erasure.has_keep_until() ||
         FromProtoDate(erasure.keep_until()) < FromProtoDate(entry.keep_until()))) {
      *erasure.mutable_keep_until() = entry.keep_until();
    }
  }
}

}  // namespace

ErasureService::ErasureService(Host& host, std::vector<std::string> peers, absl::Duration delay)
    : host_(host), services_(std::move(peers)), delay_(delay) {
  services_.push_back(host_.name());
  host_.slow_jobs().Add(kJob, [this](const Job& job) { return Run(job); });
}

grpc::ServerUnaryReactor* ErasureService::EraseClient(grpc::CallbackServerContext* context,
                                                      const v1::EraseClientRequest* request,
                                                      v1::Erasure* response) {
  return host_.rpc().Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Erasure> {
        SA_ASSIGN_OR_RETURN(const Call own, AboutClient(call, request->name()));
        return host_.pool().Write(own, *request,
                                  [&](Transaction& tx) { return Request(tx, *request); });
      });
}

absl::StatusOr<v1::Erasure> ErasureService::Request(Transaction& tx,
                                                    const v1::EraseClientRequest& request) {
  SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Lock(tx, request.name()));
  if (!client.has_delete_time()) return StateConflict(client.name(), "PRESENT", "erase");
  auto erasure = kErasures.Lock(tx, request.name() + "/erasure");
  if (absl::IsNotFound(erasure.status())) {
    erasure = kErasures.Insert(tx, NewErasure(request, tx.call()));
    SA_RETURN_IF_ERROR(
        tx.Exec(kClose, {tx.organization(), tx.call().client(), pg::ToParam(tx.now())}).status());
  }
  SA_RETURN_IF_ERROR(erasure.status());
  for (const std::string& service : services_) {
    SA_RETURN_IF_ERROR(EnqueueJob(tx, kJob, service, delay_));
  }
  return erasure;
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
  SA_ASSIGN_OR_RETURN(Call call, host_.ServiceCall(job.organization, job.client, kServiceLimit));
  call.method = "staraction.erasure.v1.EraseService.EraseData";
  call.resource = call.client_name();
  const std::string service = ServiceOf(job);
  SA_ASSIGN_OR_RETURN(const EraseDataResponse response, Ask(service, call));
  return host_.pool().Run(
      SystemCall(host_.name(), job.organization, job.client, host_.clock()(), absl::Seconds(10)),
      [&](Transaction& tx) { return Record(tx, service, response); });
}

absl::Status ErasureService::Record(Transaction& tx, const std::string& service,
                                    const EraseDataResponse& response) {
  const std::string client = tx.call().client_name();
  SA_ASSIGN_OR_RETURN(v1::Erasure erasure, kErasures.Lock(tx, client + "/erasure"));
  v1::Erasure::Service& entry = EntryOf(service, erasure);
  entry.set_row_count(response.row_count());
  *entry.mutable_latest_erase_time() = pg::ToTimestamp(tx.now());
  if (!entry.has_erase_time()) *entry.mutable_erase_time() = entry.latest_erase_time();
  entry.clear_keep_until();
  if (response.has_keep_until()) *entry.mutable_keep_until() = response.keep_until();
  SetKeepUntil(erasure);
  if (erasure.state() == v1::Erasure::STATE_REQUESTED &&
      static_cast<size_t>(erasure.services_size()) == services_.size()) {
    erasure.set_state(v1::Erasure::STATE_ERASED);
    *erasure.mutable_complete_time() = pg::ToTimestamp(tx.now());
    // Whoever restores an older backup reads here what to erase again.
    Log(LogLevel::kInfo, "client erased",
        {{"organization", tx.organization()}, {"client", client}});
  }
  SA_RETURN_IF_ERROR(kErasures.Update(tx, std::move(erasure)).status());
  const auto last = FromProtoDate(response.keep_until());
  if (!response.has_keep_until() || !last) return absl::OkStatus();
  const absl::Time after = absl::FromCivil(absl::CivilSecond(*last + 2), Tokyo());
  return EnqueueJob(tx, kJob, absl::StrCat(service, " ", FormatIsoDate(*last)), after - tx.now());
}

}  // namespace staraction::engagement
