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

// What there is one rendering of.
struct RenderingKey {
  std::string revision;
  std::string member;  // "": nobody in particular
  std::string media_type;
  v1::Revision::State state = v1::Revision::STATE_UNSPECIFIED;
};

// What was rendered of it; nothing if not yet.
absl::StatusOr<std::optional<v1::Rendering>> FindRendering(pg::Transaction& tx,
                                                           const RenderingKey& key);

// Stores the bytes and their record, which gets size and digest from them. It has its name.
absl::StatusOr<v1::Rendering> StoreRendering(pg::Transaction& tx, v1::Rendering rendering,
                                             const std::string& bytes);

absl::StatusOr<std::string> ReadBytes(pg::Transaction& tx, const v1::Rendering& rendering);

// The facts of kinds that have one (domain/kinds.cc), for each engagement with such a document; of
// the company's own documents without engagement; and whether policy and regulations are approved,
// and in which revision.
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_STORE_DOCUMENTS_H_
