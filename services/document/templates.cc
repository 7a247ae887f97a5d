#include "services/document/templates.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "services/document/domain/decide.h"
#include "services/document/domain/kinds.h"

namespace staraction::document {
namespace {

constexpr char kTemplates[] = "templates/";

// Decisions under which as much as possible stands in the document: everything that may be in it
// is, and of each choice the option of this number (or the last).
v1::Edits Everything(const content::v1::DocumentTemplate& content, int option) {
  v1::Edits edits;
  auto& values = *edits.mutable_variables();
  for (const v1::Variable& variable : content.variables()) {
    if (variable.kind() == v1::VARIABLE_KIND_CHOICE) {
      const int last = variable.options_size() - 1;
      if (last >= 0) values[variable.code()] = variable.options(std::min(option, last)).code();
    } else if (variable.kind() == v1::VARIABLE_KIND_TRUTH ||
               variable.kind() == v1::VARIABLE_KIND_CHAPTER) {
      values[variable.code()] = "true";
    }
  }
  return edits;
}

// Generates the template from nothing, which shows whether it names only what there is.
absl::Status TryWith(const content::v1::DocumentTemplate& content, const domain::Kind& kind,
                     const v1::Edits& edits) {
  TemplateData data = domain::MakeTemplateData(kind, {});
  domain::Decide(content.variables(), edits, data);
  SA_ASSIGN_OR_RETURN(const Expanded expanded, Expand(content.document(), data));
  SA_ASSIGN_OR_RETURN(const Resolved resolved, Resolve(expanded.document, expanded.fields));
  for (const v1::Field& field : resolved.unresolved) {
    if (expanded.fields.contains(field.code())) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("names the field '", field.code(), "', which is no data of this kind"));
  }
  return absl::OkStatus();
}

absl::Status Try(const content::v1::DocumentTemplate& content) {
  const domain::Kind* kind = domain::FindKind(content.kind());
  if (kind == nullptr) return absl::InvalidArgumentError("is of a kind that is not made here");
  SA_RETURN_IF_ERROR(TryWith(content, *kind, {}));
  int options = 1;
  for (const v1::Variable& variable : content.variables()) {
    options = std::max(options, variable.options_size());
  }
  for (int option = 0; option < options; ++option) {
    SA_RETURN_IF_ERROR(TryWith(content, *kind, Everything(content, option)));
  }
  return absl::OkStatus();
}

}  // namespace

Templates::Templates(const content::Library& library) {
  for (const auto* content : library.List<content::v1::DocumentTemplate>()) {
    const absl::Status status = Try(*content);
    if (status.ok()) {
      all_[content->id()] = content;
    } else {
      problems_.push_back(absl::StrCat(content->id(), ": ", status.message()));
    }
  }
}

const content::v1::DocumentTemplate* Templates::Find(const std::string& name) const {
  if (name.rfind(kTemplates, 0) != 0) return nullptr;
  const auto found = all_.find(name.substr(sizeof(kTemplates) - 1));
  return found == all_.end() ? nullptr : found->second;
}

std::string PackOf(const content::v1::DocumentTemplate& content) {
  return absl::StrCat(content.pack().urn(), "@", content.pack().version());
}

v1::Template ToMessage(const content::v1::DocumentTemplate& content) {
  v1::Template message;
  message.set_name(kTemplates + content.id());
  message.set_title(content.title().ja());
  message.set_kind(content.kind());
  message.set_style(content.document().style());
  message.set_uncertainty(content.uncertainty().note().ja());
  message.set_pack(PackOf(content));
  return message;
}

}  // namespace staraction::document
