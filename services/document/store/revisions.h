#ifndef STARACTION_SERVICES_DOCUMENT_STORE_REVISIONS_H_
#define STARACTION_SERVICES_DOCUMENT_STORE_REVISIONS_H_

#include <string>
#include <vector>

#include "common/pg/transaction.h"
#include "staraction/document/v1/document.pb.h"

namespace staraction::document {

// "clients/{client}/documents/{document}" of a revision's name.
std::string DocumentOf(const std::string& revision);

// A document as it is seen before a further revision is generated.
struct Edited {
  v1::Document document;
  v1::Edits edits;  // of its latest revision
};
absl::StatusOr<Edited> ReadEdited(pg::Transaction& tx, const std::string& document);

// The revision that came before; INVALID_ARGUMENT on "base" if it is the first.
absl::StatusOr<v1::Revision> RevisionBefore(pg::Transaction& tx, const v1::Revision& revision);

// What holds of a document.
struct ApprovedRevision {
  v1::DocumentKind kind = v1::DOCUMENT_KIND_UNSPECIFIED;
  v1::Revision revision;
};

// The approved revision of each document of these kinds that has one: in order of the kinds, then
// of the documents.
absl::StatusOr<std::vector<ApprovedRevision>> ReadApproved(
    pg::Transaction& tx, const google::protobuf::RepeatedField<int>& kinds);

// Adds a revision, which gets name and number, to the document as the caller saw it. ABORTED if it
// has got another revision since, or `etag` is not the document's.
absl::StatusOr<v1::Revision> AddRevision(pg::Transaction& tx, const v1::Document& seen,
                                         const std::string& etag, v1::Revision revision);

// The revision with its acts; nobody else changes its document until the transaction ends.
absl::StatusOr<v1::Revision> LockRevision(pg::Transaction& tx, const std::string& name);

// Fills in the acts, oldest first.
absl::Status ReadActs(pg::Transaction& tx, v1::Revision& revision);

// Stores where the revision is in its life, and the act that brought it there, under a name of its
// own and with `scan` as its signed paper; the document follows. The answer is as of LockRevision.
absl::StatusOr<v1::Revision> StoreAct(pg::Transaction& tx, v1::Revision revision,
                                      v1::RevisionAct act, const std::string& scan);

// The act's signed paper; NOT_FOUND if it has none.
absl::StatusOr<std::string> ReadScan(pg::Transaction& tx, const v1::RevisionAct& act);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_STORE_REVISIONS_H_
