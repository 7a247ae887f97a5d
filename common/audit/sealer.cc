#include "common/audit/sealer.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/audit/anchor.h"
#include "common/audit/entry.h"
#include "common/base/macros.h"
#include "common/obs/log.h"

namespace staraction::audit {
namespace {

using pg::Statement;
using pg::ToArrayParam;
using pg::ToByteaParam;
using pg::ToParam;

constexpr absl::Duration kSealInterval = absl::Seconds(5);
constexpr absl::Duration kAnchorInterval = absl::Minutes(1);
// Organizations looked at in one go, and anchors written in one transaction.
constexpr int64_t kMaxChains = 1000;

const Statement kWaiting("audit_waiting", R"(
  select distinct organization_id from audit_entry where sequence is null limit $1)",
                         Statement::Role::kJobs);

const Statement kBegin("audit_begin_chain", R"(
  insert into audit_chain (organization_id, sequence, hash, seal_time, anchor_sequence)
  values ($1, 0, '', $2, 0) on conflict on constraint audit_chain_pkey do nothing)",
                       Statement::Role::kJobs);

const Statement kLock("audit_lock_chain", R"(
  select sequence, hash from audit_chain where organization_id = $1 for update)",
                      Statement::Role::kJobs);

// Only ever run with the chain locked, so what another sealer has sealed is not seen again.
const Statement kUnsealed(
    "audit_unsealed",
    absl::StrCat("select ", kEntryColumns,
                 " from audit_entry where organization_id = $1 and sequence is null "
                 "order by create_time, audit_entry_id limit $2"),
    Statement::Role::kJobs);

const Statement kSeal("audit_seal", R"(
  update audit_entry e set sequence = s.sequence, hash = decode(s.hash, 'hex')
  from unnest($2::uuid[], $3::bigint[], $4::text[]) as s (id, sequence, hash)
  where e.organization_id = $1 and e.audit_entry_id = s.id and e.sequence is null)",
                      Statement::Role::kJobs);

const Statement kAdvance("audit_advance_chain", R"(
  update audit_chain set sequence = $2, hash = $3, seal_time = $4 where organization_id = $1)",
                         Statement::Role::kJobs);

const Statement kUnanchored("audit_unanchored", R"(
  select organization_id, sequence, hash from audit_chain
  where sequence > anchor_sequence order by organization_id limit $1)",
                            Statement::Role::kJobs);

const Statement kAnchored("audit_anchored", R"(
  update audit_chain c set anchor_sequence = s.sequence, anchor_time = $3
  from unnest($1::uuid[], $2::bigint[]) as s (organization_id, sequence)
  where c.organization_id = s.organization_id and c.anchor_sequence < s.sequence)",
                          Statement::Role::kJobs);

const Statement kUnsealedCount("audit_gauge_unsealed",
                               "select count(*) as value from audit_entry where sequence is null",
                               Statement::Role::kJobs);

const Statement kUnsealedAge("audit_gauge_unsealed_age", R"(
  select greatest(0, coalesce(extract(epoch from $1::timestamptz - min(create_time)), 0)) as value
  from audit_entry where sequence is null)",
                             Statement::Role::kJobs);

const Statement kUnanchoredAge("audit_gauge_unanchored_age", R"(
  select greatest(0, coalesce(extract(epoch from $1::timestamptz - min(seal_time)), 0)) as value
  from audit_chain where sequence > anchor_sequence)",
                               Statement::Role::kJobs);

// Seals the rows after the entry (sequence, hash), which then is the last of them.
absl::Status SealRows(pg::Transaction& tx, const std::string& service,
                      const std::string& organization, const pg::Rows& rows, int64_t& sequence,
                      std::string& hash) {
  std::vector<std::string> ids, sequences, hashes;
  for (const pg::Row row : rows) {
    Entry entry = ReadEntry(row);
    entry.sequence = ++sequence;
    hash = EntryHash(service, hash, entry);
    ids.push_back(entry.id);
    sequences.push_back(absl::StrCat(sequence));
    hashes.push_back(absl::BytesToHexString(hash));
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows sealed,
                      tx.Exec(kSeal, {organization, ToArrayParam(ids), ToArrayParam(sequences),
                                      ToArrayParam(hashes)}));
  if (sealed.affected() != rows.size()) return absl::InternalError("entries were sealed meanwhile");
  return absl::OkStatus();
}

void Warn(const absl::Status& status) {
  if (!status.ok()) Log(LogLevel::kWarning, "audit sealer", {{"error", LogText(status)}});
}

}  // namespace

void AddAuditGauges(DatabaseGauges& gauges) {
  gauges.Add({"staraction_audit_unsealed_entries",
              "Audit entries that no chain has yet.",
              {},
              &kUnsealedCount});
  gauges.Add({"staraction_audit_unsealed_age_seconds",
              "How long the oldest unsealed audit entry has waited.",
              {},
              &kUnsealedAge});
  gauges.Add({"staraction_audit_unanchored_age_seconds",
              "How long the oldest sealed end of a chain has waited for its anchor.",
              {},
              &kUnanchoredAge});
}

Sealer::Sealer(pg::Pool& pool, Clock clock, SealerOptions options)
    : pool_(pool), clock_(std::move(clock)), options_(std::move(options)) {}

void Sealer::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Sealer::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Sealer::Loop() {
  absl::Time next_anchor = absl::InfinitePast();
  while (!stopping_) {
    Warn(SealAll().status());
    if (clock_() >= next_anchor) {
      Warn(AnchorAll().status());
      next_anchor = clock_() + kAnchorInterval;
    }
    for (int i = 0; i < 50 && !stopping_; ++i) {
      std::this_thread::sleep_for(absl::ToChronoMilliseconds(kSealInterval / 50));
    }
  }
}

Call Sealer::OwnCall() const {
  return SystemCall(pool_.service(), "", "", clock_(), absl::Seconds(10));
}

absl::StatusOr<std::vector<std::string>> Sealer::Waiting() {
  std::vector<std::string> organizations;
  SA_RETURN_IF_ERROR(pool_.Run(OwnCall(), [&](pg::Transaction& tx) -> absl::Status {
    organizations.clear();
    SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kWaiting, {ToParam(kMaxChains)}));
    for (const pg::Row row : rows) organizations.push_back(row.Text("organization_id"));
    return absl::OkStatus();
  }));
  return organizations;
}

absl::StatusOr<int> Sealer::SealAll() {
  int sealed = 0;
  SA_ASSIGN_OR_RETURN(std::vector<std::string> waiting, Waiting());
  absl::Status failed;
  // In turns of one batch, so that a large import of one organization holds up no other; nor does a
  // chain that cannot be gone on with.
  while (!waiting.empty() && !stopping_) {
    std::vector<std::string> left;
    for (const std::string& organization : waiting) {
      const auto count = SealBatch(organization);
      if (!count.ok()) {
        failed = absl::Status(count.status().code(), absl::StrCat("organization ", organization,
                                                                  ": ", LogText(count.status())));
        continue;
      }
      sealed += *count;
      if (*count == options_.batch) left.push_back(organization);
    }
    waiting = std::move(left);
  }
  if (!failed.ok()) return failed;
  return sealed;
}

absl::StatusOr<int> Sealer::SealBatch(const std::string& organization) {
  int count = 0;
  SA_RETURN_IF_ERROR(pool_.Run(OwnCall(), [&](pg::Transaction& tx) -> absl::Status {
    SA_RETURN_IF_ERROR(tx.Exec(kBegin, {organization, ToParam(tx.now())}).status());
    SA_ASSIGN_OR_RETURN(const pg::Rows chain, tx.Exec(kLock, {organization}));
    if (chain.empty()) return absl::InternalError("audit_chain lost a row");
    int64_t sequence = chain[0].Int("sequence");
    std::string hash = chain[0].Bytes("hash");
    SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                        tx.Exec(kUnsealed, {organization, ToParam(int64_t{options_.batch})}));
    count = rows.size();
    if (count == 0) return absl::OkStatus();
    SA_RETURN_IF_ERROR(SealRows(tx, pool_.service(), organization, rows, sequence, hash));
    return tx
        .Exec(kAdvance, {organization, ToParam(sequence), ToByteaParam(hash), ToParam(tx.now())})
        .status();
  }));
  return count;
}

absl::StatusOr<int> Sealer::AnchorAll() {
  std::vector<std::string> organizations, sequences, lines;
  const Call call = OwnCall();
  SA_RETURN_IF_ERROR(pool_.Run(call, [&](pg::Transaction& tx) -> absl::Status {
    organizations.clear(), sequences.clear(), lines.clear();
    SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kUnanchored, {ToParam(kMaxChains)}));
    for (const pg::Row row : rows) {
      organizations.push_back(row.Text("organization_id"));
      sequences.push_back(row.Text("sequence"));
      SA_ASSIGN_OR_RETURN(std::string line, SignAnchor({.service = pool_.service(),
                                                        .organization = organizations.back(),
                                                        .sequence = row.Int("sequence"),
                                                        .hash = row.Bytes("hash"),
                                                        .time = tx.now()},
                                                       *options_.key));
      lines.push_back(std::move(line));
    }
    return absl::OkStatus();
  }));
  if (lines.empty()) return 0;
  // Written before the database says so: an anchor may be there twice, never be missing.
  if (!options_.anchor_directory.empty()) {
    SA_RETURN_IF_ERROR(AppendAnchors(options_.anchor_directory, pool_.service(), lines));
  }
  for (const std::string& line : lines) Log(LogLevel::kInfo, "audit anchor", {{"anchor", line}});
  SA_RETURN_IF_ERROR(pool_.Run(OwnCall(), [&](pg::Transaction& tx) {
    return tx
        .Exec(kAnchored, {ToArrayParam(organizations), ToArrayParam(sequences), ToParam(tx.now())})
        .status();
  }));
  return static_cast<int>(lines.size());
}

}  // namespace staraction::audit
