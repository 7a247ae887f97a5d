#ifndef STARACTION_SERVICES_ASSET_DOMAIN_EXPORT_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_EXPORT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "services/asset/domain/column.h"

// Files that people go on with.
namespace staraction::asset::domain {

using Entries = std::vector<const google::protobuf::Message*>;

absl::StatusOr<std::string> ExportCsv(const std::vector<Column>& columns, const Entries& entries);

// Importance stays a formula over the cells of its line, so that people see what their values come
// to while they type.
absl::StatusOr<std::string> ExportXlsx(const std::vector<Column>& columns, const Entries& entries,
                                       const content::v1::AssetScheme& scheme,
                                       const content::v1::ValueScale& scale,
                                       const std::string& title, absl::Time now);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_EXPORT_H_
