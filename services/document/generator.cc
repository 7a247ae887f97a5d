#include "services/document/generator.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/document/domain/decide.h"
#include "services/document/domain/formats.h"
#include "services/document/domain/kinds.h"
#include "services/document/domain/life.h"
#include "services/document/model/edit.h"
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

// What of new edits can be told without the document.
absl::Status CheckFurther(const content::v1::DocumentTemplate& from, const v1::Edits& further) {
  std::vector<Violation> violations;
  domain::CheckGiven(from.variables(), further, violations);
  CheckParts(further, violations);
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

absl::Status ApplyFurther(const v1::Edits& further, v1::Edits& edits, Expanded& expanded) {
  ApplyEdits(expanded.document, edits);
  std::vector<Violation> violations;
  CheckEffect(further, edits, expanded.fields, violations);
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

void SetUnresolved(const Resolved& resolved, const std::vector<std::string>& undecided,
                   v1::Revision& revision) {
  std::set<std::string> codes(undecided.begin(), undecided.end());
  for (const v1::Field& field : resolved.unresolved) codes.insert(field.code());
  for (const std::string& code : codes) revision.add_unresolved_fields(code);
}

}  // namespace

absl::StatusOr<Generated> Generator::Generate(const Call& call,
                                              const content::v1::DocumentTemplate& from,
                                              const std::string& subject, const Wishes& wishes) {
  SA_ASSIGN_OR_RETURN(const domain::Kind* kind, KindOf(from.kind()));
  SA_RETURN_IF_ERROR(CheckFurther(from, wishes.further));
  SA_ASSIGN_OR_RETURN(const domain::SubjectFacts facts,
                      ReadFacts({call, sources_, library_, subject}, *kind));
  TemplateData data = domain::MakeTemplateData(*kind, facts);
  data.fields["document.establish_date"] = domain::DateText(wishes.establish_date);
  Generated out;
  out.title = TitleOf(wishes.title, from, data);
  out.engagement = facts.engagement.name();
  v1::Edits edits = MergeEdits(wishes.edits, wishes.further);
  const auto values = domain::Decide(from.variables(), edits, data);
  SA_ASSIGN_OR_RETURN(Expanded expanded, Expand(from.document(), data));
  expanded.document.set_title(out.title);
  expanded.document.set_author(facts.client.legal_name());
  expanded.fields[kNumber] = "1";
  SA_RETURN_IF_ERROR(ApplyFurther(wishes.further, edits, expanded));
  SA_ASSIGN_OR_RETURN(const Resolved resolved, Resolve(expanded.document, expanded.fields));
  SetUnresolved(resolved, domain::Undecided(from.variables(), values), out.revision);
  *out.revision.mutable_document() = std::move(expanded.document);
  out.revision.mutable_field_values()->insert(expanded.fields.begin(), expanded.fields.end());
  out.revision.mutable_variables()->Assign(values.begin(), values.end());
  *out.revision.mutable_edits() = std::move(edits);
  out.revision.set_state(v1::Revision::STATE_DRAFT);
  out.revision.set_pack(PackOf(from));
  out.revision.set_creator(call.Actor());
  SetNumber(1, out.revision);
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
  revision.set_digest(domain::ContentDigest(revision));
}

}  // namespace staraction::document
