#include "services/document/generator.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/document/domain/template_data.h"
#include "services/document/templates.h"

namespace staraction::document {
namespace {

constexpr char kNumber[] = "document.number";

absl::Status CheckSubject(v1::DocumentKind kind, const std::string& subject) {
  const auto* type = domain::IsPledgeSheet(kind) ? declaration::v1::Campaign::descriptor()
                                                 : declaration::v1::Declaration::descriptor();
  return ParseName(ResourcePattern(*type), subject, "document.subject").status();
}

absl::Status OtherClient() {
  return InvalidField("document.subject", "is of another client",
                      "別のお客様のものは指定できません");
}

absl::StatusOr<domain::SubjectFacts> ReadFacts(const Call& call, v1::DocumentKind kind,
                                               const std::string& subject,
                                               const content::Library& library, Sources& sources) {
  domain::SubjectFacts facts;
  facts.today = TokyoDay(call.now);
  if (domain::IsPledgeSheet(kind)) {
    SA_ASSIGN_OR_RETURN(facts.campaign, sources.GetCampaign(call, subject));
    if (facts.campaign.client() != call.client_name()) return OtherClient();
    const auto* rules = library.FindRuleList(facts.campaign.rule_list());
    if (rules != nullptr) facts.rule_list_title = rules->title().ja();
  } else {
    if (ClientOf(subject) != call.client_name()) return OtherClient();
    SA_ASSIGN_OR_RETURN(facts.declaration, sources.GetDeclaration(call, subject));
    SA_ASSIGN_OR_RETURN(facts.user_names, sources.UserNames(call));
  }
  SA_ASSIGN_OR_RETURN(facts.client, sources.GetClient(call, call.client_name()));
  return facts;
}

std::string TitleOf(const std::string& asked, const content::v1::DocumentTemplate& from,
                    const TemplateData& data) {
  if (!asked.empty()) return asked;
  const auto pledge = data.fields.find("pledge.title");
  if (pledge != data.fields.end() && !pledge->second.empty()) return pledge->second;
  return from.document().title();
}

}  // namespace

absl::StatusOr<Generated> Generator::Generate(const Call& call,
                                              const content::v1::DocumentTemplate& from,
                                              const std::string& subject,
                                              const std::string& title) {
  SA_RETURN_IF_ERROR(CheckSubject(from.kind(), subject));
  SA_ASSIGN_OR_RETURN(const domain::SubjectFacts facts,
                      ReadFacts(call, from.kind(), subject, library_, sources_));
  const TemplateData data = domain::MakeTemplateData(from.kind(), facts);
  SA_ASSIGN_OR_RETURN(Expanded expanded, Expand(from.document(), data));
  Generated out;
  out.title = TitleOf(title, from, data);
  out.engagement =
      domain::IsPledgeSheet(from.kind()) ? EngagementOf(subject) : facts.declaration.engagement();
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

void SetNumber(int number, v1::Revision& revision) {
  revision.set_number(number);
  (*revision.mutable_field_values())[kNumber] = absl::StrCat(number);
}

}  // namespace staraction::document
