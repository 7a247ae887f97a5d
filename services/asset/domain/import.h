#ifndef STARACTION_SERVICES_ASSET_DOMAIN_IMPORT_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_IMPORT_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/status/grpc_status.h"
#include "common/table/table.h"
#include "common/table/table_options.h"
#include "google/protobuf/message.h"
#include "services/asset/domain/column.h"
#include "staraction/asset/v1/file_transfer.pb.h"

// What a file does to a ledger or register.
namespace staraction::asset::domain {

inline constexpr size_t kMaxImportRows = 100'000;
inline constexpr int kMostReported = 1000;  // in each list of a report

struct ImportPlan {
  std::vector<Column> columns;
  // What no two entries share.
  std::function<std::string(const google::protobuf::Message&)> key;
  // Fills in what follows from the rest of an entry.
  std::function<void(google::protobuf::Message&)> finish;
  // The company's own number of an entry; null if entries have none.
  const google::protobuf::FieldDescriptor* source_id = nullptr;
  Language language = Language::kJapanese;
};

struct ImportOutcome {
  // Entries to store, finished: without names, and with the names that they have.
  std::vector<std::unique_ptr<google::protobuf::Message>> created, updated;
  // Without what only the reader of the file knows (format, sheets, token) and without problems,
  // which are in the table's report.
  v1::ImportReport report;
};

// How the file's header is found.
std::vector<ColumnNames> HeaderColumns(const std::vector<Column>& columns);

// Joins the table's rows with the entries: by ID if the row has one, else by key. What the file has
// no column for stays as it is. Faults go to the table's report: cells that cannot be read, IDs and
// keys that stand in the file twice, changes that would give two entries one key.
ImportOutcome Import(Table& table, const ImportPlan& plan,
                     const google::protobuf::Message& prototype,
                     const std::vector<const google::protobuf::Message*>& present);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_IMPORT_H_
