#include "services/document/templates.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "services/document/domain/kinds.h"

namespace staraction::document {
namespace {

constexpr char kTemplates[] = "templates/";

// Generates the template from nothing, which shows whether it names only what there is.
absl::Status Try(const content::v1::DocumentTemplate& content) {
  const domain::Kind* kind = domain::FindKind(content.kind());
  if (kind == nullptr) return absl::InvalidArgumentError("is of a kind that is not made here");
  SA_ASSIGN_OR_RETURN(const Expanded expanded,
                      Expand(content.document(), domain::MakeTemplateData(*kind, {})));
  SA_ASSIGN_OR_RETURN(const Resolved resolved, Resolve(expanded.document, expanded.fields));
  for (const v1::Field& field : resolved.unresolved) {
    if (expanded.fields.contains(field.code())) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("names the field '", field.code(), "', which is no data of this kind"));
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
