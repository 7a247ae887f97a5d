#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_EXPAND_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_EXPAND_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/document/model/resolve.h"
#include "staraction/document/v1/block.pb.h"

namespace staraction::document {

// What fills a template.
struct TemplateData {
  FieldValues fields;
  // Rows by the list's name; their codes are without it: {"rule", {{{"title", "…"}}}} is what
  // `repeat: "rule"` with the field "rule.title" shows. The lists of a row are named after it:
  // "department[0].member" is "department.member" below the first row of "department".
  std::map<std::string, std::vector<FieldValues>> lists;
  // Markdown by code.
  std::map<std::string, std::string> prose;
};

// A template with its rows repeated, its groups decided and its prose put in: fit for Resolve with
// these fields.
struct Expanded {
  v1::BlockDocument document;
  FieldValues fields;
};

// The field "rule.title" of the second row becomes "rule[1].title". INVALID_ARGUMENT with all
// violations if the template names a list or a prose that is not there.
absl::StatusOr<Expanded> Expand(const v1::BlockDocument& document, const TemplateData& data);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_EXPAND_H_
