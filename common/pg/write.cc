// The one write path: see Pool::Write.

#include <openssl/sha.h>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/pg/pool.h"
#include "common/resource/fingerprint.h"
#include "common/status/errors.h"

namespace staraction::pg {
namespace {

// A parallel first request makes this wait until that one commits; then it inserts nothing.
const Statement kClaimRequest("pg_claim_request", R"(
  insert into request (organization_id, method, request_id, fingerprint, create_time)
  values ($1, $2, $3, $4, $5)
  on conflict on constraint request_pkey do nothing)");

const Statement kFirstAnswer("pg_first_answer", R"(
  select fingerprint, response from request
  where organization_id = $1 and method = $2 and request_id = $3)");

// All records of a change in one statement: audit entry with its payload, the clients' fact
// versions, their announcements (one a client until it has been made), the answer by request_id.
const Statement kRecord("pg_record", R"(
  with client as (select unnest($2::uuid[]) as client_id),
  entry as (
    insert into audit_entry (organization_id, client_id, audit_entry_id, create_time, actor,
                             method, resource, trace_id, digest, correlation_id)
    values ($1, case when cardinality($2::uuid[]) = 1 then ($2::uuid[])[1] end, $3, $4, $5, $6, $7,
            $8, $9, $15)),
  payload as (
    insert into audit_payload (organization_id, client_id, audit_entry_id, salt, payload, clients)
    values ($1, case when cardinality($2::uuid[]) = 1 then ($2::uuid[])[1] end, $3, $10, $11,
            $2::uuid[])),
  version as (
    insert into fact_version as v (organization_id, client_id, version)
    select $1, client_id, 1 from client
    on conflict on constraint fact_version_pkey do update set version = v.version + 1),
  announcement as (
    insert into job as j (organization_id, client_id, kind, key, due_time, create_time)
    select $1, client_id, 'announce', '', $12, $4 from client
    on conflict on constraint job_pkey do update set generation = j.generation + 1)
  update request set response = $13, clients = $2::uuid[]
  where organization_id = $1 and method = $6 and request_id = $14)");

// Long enough for the writes of one screen or one import to be announced together.
constexpr absl::Duration kDebounce = absl::Milliseconds(300);
constexpr size_t kMaxPayload = 64 * 1024;

std::string Sha256(const std::string& text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

// Whether this is the first request with its id; if not, `answer` gets the first one's.
absl::StatusOr<bool> Claim(Transaction& tx, const std::string& fingerprint,
                           google::protobuf::Message& answer) {
  const Call& call = tx.call();
  SA_ASSIGN_OR_RETURN(const Rows claimed,
                      tx.Exec(kClaimRequest, {call.organization(), call.method, call.request_id,
                                              ToByteaParam(fingerprint), ToParam(call.now)}));
  if (claimed.affected() == 1) return true;
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kFirstAnswer, {call.organization(), call.method, call.request_id}));
  if (rows.empty() || rows[0].Bytes("fingerprint") != fingerprint) {
    return MakeError(absl::StatusCode::kInvalidArgument, error::v1::ERROR_REASON_REQUEST_ID_REUSED,
                     "request_id was used before with a different request",
                     "request_id は別の内容で使用済みです", {{"request_id", call.request_id}});
  }
  if (rows[0].IsNull("response")) return NotFound(call.resource);  // erased with its client
  if (!answer.ParseFromString(rows[0].Bytes("response")))
    return Internal("stored answer unreadable");
  return false;
}

absl::Status Record(Transaction& tx, const google::protobuf::Message& request,
                    const google::protobuf::Message& answer) {
  const Call& call = tx.call();
  const std::string salt = RandomBytes(16);
  std::string payload = DeterministicBytes(request);
  const std::string digest = Sha256(salt + payload);
  // An uploaded file is kept as a blob by its handler; here its digest is enough.
  if (payload.size() > kMaxPayload) payload.clear();
  const Param request_id = call.request_id.empty() ? Param() : Param(call.request_id);
  return tx
      .Exec(kRecord, {call.organization(), ToArrayParam(call.access.clients), NewId(call.now),
                      ToParam(call.now), call.Actor(), call.method, call.resource,
                      call.trace.trace_id, ToByteaParam(digest), ToByteaParam(salt),
                      ToByteaParam(payload), ToParam(call.now + kDebounce),
                      ToByteaParam(answer.SerializeAsString()), request_id, call.correlation_id})
      .status();
}

}  // namespace

absl::Status Pool::WriteMessage(const Call& call, const google::protobuf::Message& request,
                                google::protobuf::Message& answer, const Body& body) {
  const std::string fingerprint =
      call.request_id.empty() ? "" : Sha256(call.Actor() + Fingerprint(request));
  return InTransaction(call, "begin", [&](Transaction& tx) -> absl::Status {
    answer.Clear();
    if (!call.request_id.empty()) {
      SA_ASSIGN_OR_RETURN(const bool first, Claim(tx, fingerprint, answer));
      if (!first) return absl::OkStatus();
    }
    SA_RETURN_IF_ERROR(body(tx));
    return Record(tx, request, answer);
  });
}

}  // namespace staraction::pg
