#ifndef STARACTION_SERVICES_DOCUMENT_STORE_DOCUMENTS_H_
#define STARACTION_SERVICES_DOCUMENT_STORE_DOCUMENTS_H_

#include <optional>
#include <string>
#include <vector>

#include "common/fact/facts.h"
#include "common/pg/transaction.h"
#include "staraction/document/v1/document.pb.h"

namespace staraction::document {

// ALREADY_EXISTS, with its name, if the call's client has a document of this template about this
// subject.
absl::Status CheckIsNew(pg::Transaction& tx, const v1::Document& document);

// What was rendered of the revision for this member ("": nobody in particular); nothing if not yet.
absl::StatusOr<std::optional<v1::Rendering>> FindRendering(pg::Transaction& tx,
                                                           const std::string& revision,
                                                           const std::string& member);

// Stores the bytes and their record, which gets size and digest from them. It has its name.
absl::StatusOr<v1::Rendering> StoreRendering(pg::Transaction& tx, v1::Rendering rendering,
                                             const std::string& bytes);

absl::StatusOr<std::string> ReadBytes(pg::Transaction& tx, const v1::Rendering& rendering);

// The facts of kinds that have one (domain/kinds.cc), for each engagement with such a document; of
// the company's own documents without engagement.
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_STORE_DOCUMENTS_H_
