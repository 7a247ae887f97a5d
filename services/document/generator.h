#ifndef STARACTION_SERVICES_DOCUMENT_GENERATOR_H_
#define STARACTION_SERVICES_DOCUMENT_GENERATOR_H_

#include <string>

#include "common/content/library.h"
#include "services/document/sources.h"
#include "staraction/document/v1/document.pb.h"

namespace staraction::document {

// A revision in the making, before it has a name and a number.
struct Generated {
  v1::Revision revision;
  std::string title;
  std::string engagement;
};

// Makes revisions of templates and of what the peers know. Thread safe.
class Generator {
 public:
  Generator(const content::Library& library, Sources& sources)
      : library_(library), sources_(sources) {}

  // Reads the subject of the call's client; not to be called in a transaction. `title` may be
  // empty. INVALID_ARGUMENT if the subject is not of the template's kind or of another client;
  // errors of peers as they come.
  absl::StatusOr<Generated> Generate(const Call& call, const content::v1::DocumentTemplate& from,
                                     const std::string& subject, const std::string& title);

 private:
  const content::Library& library_;
  Sources& sources_;
};

// Gives the revision its number, which its pages may show.
void SetNumber(int number, v1::Revision& revision);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_GENERATOR_H_
