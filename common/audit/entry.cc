#include "common/audit/entry.h"

#include <openssl/sha.h>

#include "absl/strings/str_cat.h"

namespace staraction::audit {
namespace {

void AppendPart(std::string& text, std::string_view part) {
  const uint64_t size = part.size();
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>((size >> shift) & 0xff);
  text += part;
}

}  // namespace

Entry ReadEntry(const pg::Row& row) {
  Entry entry;
  entry.organization = row.Text("organization_id");
  entry.id = row.Text("audit_entry_id");
  entry.client = row.Text("client_id");
  entry.create_time = row.Time("create_time");
  entry.actor = row.Text("actor");
  entry.method = row.Text("method");
  entry.resource = row.Text("resource");
  entry.trace_id = row.Text("trace_id");
  entry.correlation_id = row.Text("correlation_id");
  entry.digest = row.Bytes("digest");
  entry.sequence = row.Int("sequence");
  entry.hash = row.IsNull("hash") ? "" : row.Bytes("hash");
  return entry;
}

std::string EntryHash(std::string_view service, std::string_view previous, const Entry& entry) {
  const std::string sequence = absl::StrCat(entry.sequence);
  const std::string time = absl::StrCat(absl::ToUnixMicros(entry.create_time));
  const std::string_view parts[] = {
      "staraction.audit/1", service,      previous,       sequence,
      entry.organization,   entry.id,     entry.client,   time,
      entry.actor,          entry.method, entry.resource, entry.trace_id,
      entry.correlation_id, entry.digest,
  };
  std::string text;
  for (const std::string_view part : parts) AppendPart(text, part);
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

}  // namespace staraction::audit
