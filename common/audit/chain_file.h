#ifndef STARACTION_COMMON_AUDIT_CHAIN_FILE_H_
#define STARACTION_COMMON_AUDIT_CHAIN_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/audit/entry.h"

// A service's sealed entries as a file: JSON lines, first a header, then an entry a line, by
// organization and sequence. Every byte counts: a line is an entry only as FormatEntry writes it.
namespace staraction::audit {

struct Header {
  std::string service;
  std::string organization;  // UUID, or "" for all
  absl::Time export_time;    // seconds; later entries may be missing
};

std::string FormatHeader(const Header& header);
std::string FormatEntry(const Entry& entry);

// INVALID_ARGUMENT for anything that the functions above don't write.
absl::StatusOr<Header> ParseHeader(std::string_view line);
absl::StatusOr<Entry> ParseEntry(std::string_view line);

}  // namespace staraction::audit

#endif  // STARACTION_COMMON_AUDIT_CHAIN_FILE_H_
