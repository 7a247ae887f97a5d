#ifndef STARACTION_SERVICES_DECLARATION_STORE_DECLARATIONS_H_
#define STARACTION_SERVICES_DECLARATION_STORE_DECLARATIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "common/pg/table.h"
#include "services/declaration/store/event_log.h"
#include "staraction/declaration/v1/declaration.pb.h"

namespace staraction::declaration {

extern const pg::Table<v1::Declaration> kDeclarations;
extern const EventLog<v1::DeclarationEvent> kDeclarationEvents;

// Declarations of the call's client that have not ended. `engagement` is an id or "" for all.
absl::StatusOr<std::vector<v1::Declaration>> ReadOpenDeclarations(pg::Transaction& tx,
                                                                  const std::string& engagement);

// Those that count for facts: also declarations that had their id and were superseded.
absl::StatusOr<std::vector<v1::Declaration>> ReadCurrentDeclarations(pg::Transaction& tx,
                                                                     const std::string& engagement);

// What is known of the call's client's GビズID, without `usable`; nothing if it was never read.
absl::StatusOr<std::optional<v1::GbizIdState>> ReadGbizId(pg::Transaction& tx);
absl::Status StoreGbizId(pg::Transaction& tx, const v1::GbizIdState& state);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_DECLARATIONS_H_
