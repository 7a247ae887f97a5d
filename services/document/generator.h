#ifndef STARACTION_SERVICES_DOCUMENT_GENERATOR_H_
#define STARACTION_SERVICES_DOCUMENT_GENERATOR_H_

#include <string>
#include <vector>

#include "common/content/library.h"
#include "services/document/readers.h"
#include "staraction/document/v1/document.pb.h"

namespace staraction::document {

// A revision in the making, before it has a name and a number.
struct Generated {
  v1::Revision revision;
  std::string title;
  std::string engagement;  // empty: the subject belongs to none
};

// What of a document is no fact of the peers.
struct Wishes {
  std::string title;                  // empty: as the subject or the template says
  v1::Edits edits;                    // those of the revision before
  v1::Edits further;                  // those that are new, to be checked
  google::type::Date establish_date;  // unset: never approved so far
};

// Makes revisions of templates and of what the peers know. Thread safe.
class Generator {
 public:
  Generator(const content::Library& library, Sources& sources)
      : library_(library), sources_(sources) {}

  // Reads the subject of the call's client; not to be called in a transaction. Errors as ReadFacts;
  // INVALID_ARGUMENT with all that does not fit of the further edits.
  absl::StatusOr<Generated> Generate(const Call& call, const content::v1::DocumentTemplate& from,
                                     const std::string& subject, const Wishes& wishes);

  // The sheets of single members that belong to a document; errors as ReadSheets.
  absl::StatusOr<std::vector<MemberSheet>> Sheets(const Call& call, const v1::Document& document,
                                                  const std::string& member);

 private:
  const content::Library& library_;
  Sources& sources_;
};

// Gives the revision its number, which its pages may show, and the digest of its content.
void SetNumber(int number, v1::Revision& revision);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_GENERATOR_H_
