#ifndef STARACTION_COMMON_AUDIT_ENTRY_H_
#define STARACTION_COMMON_AUDIT_ENTRY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/pg/row.h"

// The chain of audit entries that a service keeps for each organization.
namespace staraction::audit {

// An entry as the table audit_entry has it. Requests, which may name people, are not in it: it
// holds a salted digest of its request, so that these can be erased and the chain still verifies.
struct Entry {
  std::string organization;  // UUID
  std::string id;            // UUID
  std::string client;        // UUID, or "" for entries of no client or of several
  absl::Time create_time;    // microseconds
  std::string actor;
  std::string method;
  std::string resource;
  std::string trace_id;
  std::string correlation_id;  // as in the logs; "" for entries of before there was one
  std::string digest;          // 32 bytes: SHA-256 of the payload's salt and the payload
  int64_t sequence = 0;        // 1, 2, 3, … in the organization; 0 if not sealed
  std::string hash;            // 32 bytes; "" if not sealed
};

// Columns of audit_entry in the order in which they are hashed, then sequence and hash.
inline constexpr char kEntryColumns[] =
    "organization_id, audit_entry_id, client_id, create_time, actor, method, resource, trace_id, "
    "correlation_id, digest, sequence, hash";
Entry ReadEntry(const pg::Row& row);

// SHA-256 over "staraction.audit/1", the service, the hash of the entry before ("" before the
// first), then sequence, organization, id, client, create_time (microseconds since 1970), actor,
// method, resource, trace_id, correlation_id and digest; each as its length in 8 bytes, the highest
// first, and its bytes, numbers in decimal.
std::string EntryHash(std::string_view service, std::string_view previous, const Entry& entry);

}  // namespace staraction::audit

#endif  // STARACTION_COMMON_AUDIT_ENTRY_H_
