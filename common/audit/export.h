#ifndef STARACTION_COMMON_AUDIT_EXPORT_H_
#define STARACTION_COMMON_AUDIT_EXPORT_H_

#include <cstdint>
#include <ostream>

#include "absl/status/statusor.h"
#include "common/audit/chain_file.h"
#include "common/pg/pool.h"

namespace staraction::audit {

// Writes the service's sealed entries as a chain file (chain_file.h), page by page; how many.
// `pool` logs in as the service's jobs role. Entries that were not yet sealed are left out.
absl::StatusOr<int64_t> Export(pg::Pool& pool, const Header& header, std::ostream& out);

}  // namespace staraction::audit

#endif  // STARACTION_COMMON_AUDIT_EXPORT_H_
