#ifndef STARACTION_SERVICES_DOCUMENT_READERS_H_
#define STARACTION_SERVICES_DOCUMENT_READERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "services/document/domain/kinds.h"
#include "services/document/sources.h"

// What documents read from the peers. Not to be called in a transaction; errors of peers as they
// come.
namespace staraction::document {

// One call's reading for one document.
struct Reading {
  const Call& call;
  Sources& sources;
  const content::Library& library;
  std::string subject;

  template <typename Response, typename Request>
  absl::StatusOr<Response> Get(const std::string& name) const {
    return sources.Get<Response, Request>(call, name);
  }
};

// Everything that the kind's templates may show of the subject. INVALID_ARGUMENT if the subject is
// not of the kind, or not of the call's client.
absl::StatusOr<domain::SubjectFacts> ReadFacts(const Reading& reading, const domain::Kind& kind);

// The sheet of a single member.
struct MemberSheet {
  std::string member;
  std::string display_name;
  FieldValues fields;
};

// The member's sheet, or with an empty member the sheets of all who have one, in the order of the
// list. INVALID_ARGUMENT on `member` if the kind has none or the member has none of it.
absl::StatusOr<std::vector<MemberSheet>> ReadSheets(const Reading& reading,
                                                    const domain::Kind& kind,
                                                    const std::string& member);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_READERS_H_
