#include "services/document/generator.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/document/domain/kinds.h"
#include "services/document/templates.h"

namespace staraction::document {
namespace {

constexpr char kNumber[] = "document.number";

absl::StatusOr<const domain::Kind*> KindOf(v1::DocumentKind kind) {
  const domain::Kind* found = domain::FindKind(kind);
  if (found != nullptr) return found;
  return InvalidField("document.template", "is of a kind that is not made here",
                      "この種類の書類は作れません");
}

// What was asked for, else what the subject says, else the template's.
std::string TitleOf(const std::string& asked, const content::v1::DocumentTemplate& from,
                    const TemplateData& data) {
  if (!asked.empty()) return asked;
  const std::string& own = data.fields.at("document.title");
  return own.empty() ? from.document().title() : own;
}

}  // namespace

absl::StatusOr<Generated> Generator::Generate(const Call& call,
                                              const content::v1::DocumentTemplate& from,
                                              const std::string& subject,
                                              const std::string& title) {
  SA_ASSIGN_OR_RETURN(const domain::Kind* kind, KindOf(from.kind()));
  SA_ASSIGN_OR_RETURN(const domain::SubjectFacts facts,
                      ReadFacts({call, sources_, library_, subject}, *kind));
  const TemplateData data = domain::MakeTemplateData(*kind, facts);
  SA_ASSIGN_OR_RETURN(Expanded expanded, Expand(from.document(), data));
  Generated out;
  out.title = TitleOf(title, from, data);
  out.engagement = facts.engagement.name();
  expanded.document.set_title(out.title);
  expanded.document.set_author(facts.client.legal_name());
  SetNumber(1, out.revision);
  expanded.fields[kNumber] = out.revision.field_values().at(kNumber);
  SA_ASSIGN_OR_RETURN(const Resolved resolved, Resolve(expanded.document, expanded.fields));
  for (const v1::Field& field : resolved.unresolved) {
    out.revision.add_unresolved_fields(field.code());
  }
  *out.revision.mutable_document() = std::move(expanded.document);
  out.revision.mutable_field_values()->insert(expanded.fields.begin(), expanded.fields.end());
  out.revision.set_state(v1::Revision::STATE_DRAFT);
  out.revision.set_pack(PackOf(from));
  out.revision.set_creator(call.Actor());
  return out;
}

absl::StatusOr<std::vector<MemberSheet>> Generator::Sheets(const Call& call,
                                                           const v1::Document& document,
                                                           const std::string& member) {
  SA_ASSIGN_OR_RETURN(const domain::Kind* kind, KindOf(document.kind()));
  return ReadSheets({call, sources_, library_, document.subject()}, *kind, member);
}

void SetNumber(int number, v1::Revision& revision) {
  revision.set_number(number);
  (*revision.mutable_field_values())[kNumber] = absl::StrCat(number);
}

}  // namespace staraction::document
