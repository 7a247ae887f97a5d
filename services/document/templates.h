#ifndef STARACTION_SERVICES_DOCUMENT_TEMPLATES_H_
#define STARACTION_SERVICES_DOCUMENT_TEMPLATES_H_

#include <map>
#include <string>
#include <vector>

#include "common/content/library.h"
#include "staraction/document/v1/document.pb.h"

namespace staraction::document {

// The content's document templates that the model accepts. Immutable, thread safe.
class Templates {
 public:
  // The library must live longer.
  explicit Templates(const content::Library& library);

  // Newest version by resource name, "templates/{template}"; null if there is none.
  const content::v1::DocumentTemplate* Find(const std::string& name) const;
  // All by id.
  const std::map<std::string, const content::v1::DocumentTemplate*>& all() const { return all_; }
  // Why others were left out.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::map<std::string, const content::v1::DocumentTemplate*> all_;
  std::vector<std::string> problems_;
};

// "urn@version" of its pack.
std::string PackOf(const content::v1::DocumentTemplate& content);

// The template as a resource, without its blocks.
v1::Template ToMessage(const content::v1::DocumentTemplate& content);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_TEMPLATES_H_
