#ifndef STARACTION_SERVICES_ASSET_TRANSFER_H_
#define STARACTION_SERVICES_ASSET_TRANSFER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/macros.h"
#include "common/resource/fingerprint.h"
#include "common/status/errors.h"
#include "common/table/table_file.h"
#include "services/asset/domain/import.h"

// What the imports of the ledger and of the register share.
namespace staraction::asset {

// Reads the request's file; INVALID_ARGUMENT on "content".
template <typename Request>
absl::StatusOr<TableFile> ReadRequest(const Request& request,
                                      const std::vector<domain::Column>& columns) {
  TableOptions options;
  options.limits.rows = domain::kMaxImportRows;
  options.columns = domain::HeaderColumns(columns);
  options.sheet = request.sheet();
  return ReadTableFile(request.content(), options);
}

// The entries as the rules take them.
template <typename T>
std::vector<const google::protobuf::Message*> Pointers(const std::vector<T>& entries) {
  std::vector<const google::protobuf::Message*> pointers;
  pointers.reserve(entries.size());
  for (const T& entry : entries) pointers.push_back(&entry);
  return pointers;
}

template <typename T>
std::vector<T> Values(std::vector<std::unique_ptr<google::protobuf::Message>> entries) {
  std::vector<T> values;
  values.reserve(entries.size());
  for (auto& entry : entries) values.push_back(std::move(static_cast<T&>(*entry)));
  return values;
}

// Stands for the file, what it is read against, and every entry's version: equal tokens mean equal
// outcomes.
template <typename Request, typename T>
std::string ImportToken(const Request& request, const std::string& terms,
                        const std::vector<T>& present) {
  Request basis;
  basis.set_content(request.content());
  basis.set_sheet(request.sheet());
  std::string state = terms;
  for (const T& entry : present) state += "\n" + entry.name() + entry.etag();
  basis.set_import_token(state);
  return Fingerprint(basis);
}

absl::Status StaleToken();

// Adds what the file turned out to be, and, of a dry run, its problems or its token.
void Complete(const TableFile& file, bool validate_only, Language language,
              const std::string& token, v1::ImportReport& report);

// Runs an import: compares, and unless it is a dry run stores by `store(created, updated)`.
template <typename T, typename Request, typename Store>
absl::StatusOr<v1::ImportReport> RunImport(const Request& request, const domain::ImportPlan& plan,
                                           const std::string& terms, TableFile file,
                                           const std::vector<T>& present, Store store) {
  const std::string token = ImportToken(request, terms, present);
  if (!request.import_token().empty() && request.import_token() != token) return StaleToken();
  domain::ImportOutcome outcome =
      domain::Import(file.table, plan, T::default_instance(), Pointers(present));
  if (!request.validate_only()) {
    SA_RETURN_IF_ERROR(file.table.report().ToStatus());
    SA_RETURN_IF_ERROR(
        store(Values<T>(std::move(outcome.created)), Values<T>(std::move(outcome.updated))));
  }
  Complete(file, request.validate_only(), plan.language, token, outcome.report);
  return std::move(outcome.report);
}

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_TRANSFER_H_
