#ifndef STARACTION_SERVICES_DOCUMENT_DOMAIN_LIFE_H_
#define STARACTION_SERVICES_DOCUMENT_DOMAIN_LIFE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/document/model/resolve.h"
#include "staraction/document/v1/document.pb.h"

// The life of a revision: which verb leads where, what an approval is about, what pages say of it.
namespace staraction::document::domain {

// Verbs that the state allows, in order of their use.
std::vector<std::string> ActionsOf(const v1::Revision& revision);

// The revision with these in allowed_actions.
v1::Revision WithActions(v1::Revision revision);

// The state that the verb leads to; FAILED_PRECONDITION if the present one does not allow it.
absl::StatusOr<v1::Revision::State> After(const v1::Revision& revision, const std::string& verb);

// FAILED_PRECONDITION with every place that is not filled in and every choice that nobody made, or
// if the revision is older than digests.
absl::Status CheckComplete(const v1::Revision& revision);

// SHA-256 of the revision's content in 64 hexadecimal digits: its blocks in protobuf's
// deterministic bytes, then a line "code=value" for each value in order of the codes.
std::string ContentDigest(const v1::Revision& revision);

// INVALID_ARGUMENT on "digest" if what an approver saw is not this content; the first 16 digits are
// enough, none are not checked.
absl::Status CheckDigest(const std::string& seen, const std::string& digest);

// What pages show of the revision's life and its content does not hold:
//   approval.mark (案, 承認待ち, 廃止; empty once it is approved), .approver, .date, .digest (its
//   first 16 digits)
FieldValues LifeFields(const v1::Revision& revision);

}  // namespace staraction::document::domain

#endif  // STARACTION_SERVICES_DOCUMENT_DOMAIN_LIFE_H_
