#include "services/declaration/domain/declaration.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/domain/action.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/fields.h"

namespace staraction::declaration::domain {
namespace {

using State = v1::Declaration;

constexpr Allowed<v1::Declaration::State> kDeclaration[] = {
    {State::STATE_DRAFT, "setFields"},
    {State::STATE_DRAFT, "prefill"},
    {State::STATE_DRAFT, "acknowledgeRules"},
    {State::STATE_DRAFT, "prepare"},
    {State::STATE_DRAFT, "recordSubmission"},
    {State::STATE_DRAFT, "recordStop"},
    {State::STATE_READY, "setFields"},
    {State::STATE_READY, "prefill"},
    {State::STATE_READY, "acknowledgeRules"},
    {State::STATE_READY, "recordSubmission"},
    {State::STATE_READY, "recordStop"},
    {State::STATE_SUBMITTED, "recordIssue"},
    {State::STATE_SUBMITTED, "recordStop"},
    {State::STATE_ISSUED, "recordIssue"},
    {State::STATE_ISSUED, "recordStop"},
    {State::STATE_DRAFT, "plan"},
    {State::STATE_READY, "plan"},
    {State::STATE_ISSUED, "recordLogo"},
    {State::STATE_SUBMITTED, "recordChange"},
    {State::STATE_ISSUED, "recordChange"},
};

std::string VersionedUrn(const content::v1::PackRef& pack) {
  return absl::StrCat(pack.urn(), "@", pack.version());
}

// Criteria of the star that are not met, in their order.
std::vector<Violation> UnmetCriteria(const engagement::v1::Readiness& readiness) {
  using CriterionState = engagement::v1::CriterionState;
  std::vector<Violation> unmet;
  bool any = false;
  for (const CriterionState& criterion : readiness.criteria()) {
    if (!criterion.official()) continue;
    any = true;
    if (criterion.verdict() == CriterionState::VERDICT_MET) continue;
    const bool unknown = criterion.verdict() != CriterionState::VERDICT_UNMET;
    unmet.push_back({criterion.code(),
                     unknown ? "not known: the service that knows is silent"
                             : absl::StrCat("not met: wanted ", criterion.wanted(), ", came '",
                                            criterion.actual(), "'"),
                     absl::StrCat(criterion.title(), "：", unknown ? "確認できません。" : "",
                                  criterion.hint())});
  }
  // Without a criterion nothing was checked, which is no permission.
  if (!any) {
    unmet.push_back({"OFFICIAL", "the criteria set has no official criterion",
                     "確認項目に段階の要件がありません"});
  }
  return unmet;
}

}  // namespace

std::vector<std::string> ActionsOf(v1::Declaration::State state) {
  return VerbsOf(kDeclaration, state);
}

absl::Status CheckAction(const v1::Declaration& declaration, const std::string& verb) {
  return CheckVerb(ActionsOf(declaration.state()), declaration.name(),
                   v1::Declaration::State_Name(declaration.state()), verb);
}

absl::StatusOr<v1::Declaration> NewDeclaration(const v1::Declaration& wanted,
                                               const engagement::v1::Engagement& engagement,
                                               const engagement::v1::Client& client,
                                               const v1::DeclarationBasis& basis,
                                               const content::Library& library, const Act& act) {
  v1::Declaration declaration;
  declaration.set_engagement(engagement.name());
  declaration.set_star(engagement.star());
  const auto& editions = engagement.editions();
  declaration.set_rule_list(wanted.rule_list().empty() ? editions.rule_list() : wanted.rule_list());
  declaration.set_procedure(wanted.procedure().empty() ? editions.declaration_procedure()
                                                       : wanted.procedure());
  std::vector<Violation> violations;
  const auto* procedure = library.FindDeclarationProcedure(declaration.procedure());
  if (procedure == nullptr) {
    violations.push_back(UnknownContent("declaration.procedure", declaration.procedure()));
  }
  if (library.FindRuleList(declaration.rule_list()) == nullptr) {
    violations.push_back(UnknownContent("declaration.rule_list", declaration.rule_list()));
  }
  if (engagement.client() != client.name()) {
    violations.push_back(
        {"declaration.engagement", "is an engagement of another client", "別のお客様の案件です"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  declaration.set_pack(VersionedUrn(procedure->pack()));
  declaration.set_state(v1::Declaration::STATE_DRAFT);
  for (auto& field : NewFields(*procedure, client.kind(), declaration.star(), library)) {
    *declaration.add_fields() = std::move(field);
  }
  Prefill(client, basis, library, act, declaration);
  return declaration;
}

absl::StatusOr<v1::DeclarationEvent> Acknowledge(const v1::AcknowledgeRulesRequest& request,
                                                 bool president, const content::Library& library,
                                                 const Act& act, v1::Declaration& declaration) {
  const std::string& list =
      request.rule_list().empty() ? declaration.rule_list() : request.rule_list();
  std::vector<Violation> violations;
  if (library.FindRuleList(list) == nullptr)
    violations.push_back(UnknownContent("rule_list", list));
  const auto channel = request.channel();
  const bool told = channel == common::v1::CHANNEL_PAPER ||
                    channel == common::v1::CHANNEL_TELEPHONE ||
                    channel == common::v1::CHANNEL_CONSULTANT;
  if (president && channel != common::v1::CHANNEL_UNSPECIFIED) {
    violations.push_back({"channel", "wanted none: the president uses an own account",
                          "社長ご自身の操作では経路を指定しません"});
  }
  if (!president && !told) {
    violations.push_back(
        {"channel",
         "wanted how the president said so: CHANNEL_PAPER, CHANNEL_TELEPHONE or "
         "CHANNEL_CONSULTANT",
         "社長の確認をどう受けたか（PAPER、TELEPHONE、CONSULTANT）を指定してください"});
  }
  RefuseFuture(request.effective_date(), "effective_date", act.now, violations);
  if (!violations.empty()) return InvalidFields(violations);
  v1::Acknowledgement acknowledgement;
  acknowledgement.set_rule_list(list);
  acknowledgement.set_president_name(request.president_name());
  acknowledgement.set_channel(channel);
  *acknowledgement.mutable_effective_date() =
      request.has_effective_date() ? request.effective_date() : ToProtoDate(TokyoDay(act.now));
  acknowledgement.set_recorded_by(act.actor);
  *acknowledgement.mutable_record_time() = ToTimestamp(act.now);
  v1::DeclarationEvent event = NewDeclarationEvent("acknowledgeRules", list, act);
  event.set_channel(channel);
  *event.mutable_effective_date() = acknowledgement.effective_date();
  *declaration.mutable_acknowledgement() = std::move(acknowledgement);
  SetAcknowledged(act, declaration);
  return event;
}

absl::StatusOr<v1::DeclarationEvent> Prepare(const engagement::v1::Readiness& readiness,
                                             const v1::DeclarationBasis& basis, const Act& act,
                                             v1::Declaration& declaration) {
  std::vector<Violation> unmet = UnmetCriteria(readiness);
  for (const auto* field : MissingFields(declaration)) {
    unmet.push_back({absl::StrCat("fields[", field->code(), "]"), "is required and missing",
                     field->label() + "：入力されていません"});
  }
  if (!unmet.empty()) return CriteriaUnmet(declaration.name(), unmet);
  declaration.set_state(v1::Declaration::STATE_READY);
  if (declaration.star() == kTwoStars) *declaration.mutable_basis() = basis;
  return NewDeclarationEvent("prepare", readiness.pack(), act);
}

Violation UnknownContent(const std::string& field, const std::string& id) {
  return {field, absl::StrCat("the content has no '", id, "'"),
          absl::StrCat("「", id, "」はコンテンツにありません")};
}

v1::DeclarationEvent NewDeclarationEvent(const std::string& verb, const std::string& detail,
                                         const Act& act) {
  v1::DeclarationEvent event;
  event.set_kind(verb);
  event.set_actor(act.actor);
  *event.mutable_record_time() = ToTimestamp(act.now);
  event.set_detail(detail);
  return event;
}

const content::v1::DeclarationProcedure* ProcedureOf(const v1::Declaration& declaration,
                                                     const content::Library& library) {
  const std::string& pack = declaration.pack();
  int version = 0;
  const size_t at = pack.rfind('@');
  if (at != std::string::npos && absl::SimpleAtoi(pack.substr(at + 1), &version)) {
    const auto* pinned = library.FindDeclarationProcedure(declaration.procedure(), version);
    if (pinned != nullptr) return pinned;
  }
  return library.FindDeclarationProcedure(declaration.procedure());
}

v1::Guide GuideOf(const v1::Declaration& declaration, const content::Library& library) {
  v1::Guide guide;
  const auto add_uncertainty = [&guide](const content::v1::Uncertainty& uncertainty) {
    if (!uncertainty.note().ja().empty()) guide.add_uncertainties(uncertainty.note().ja());
  };
  if (const auto* procedure = ProcedureOf(declaration, library)) {
    guide.set_procedure_title(procedure->title().ja());
    guide.set_entry_system(procedure->entry_system().ja());
    for (const auto& from : procedure->steps()) {
      auto* step = guide.add_steps();
      step->set_code(from.code());
      step->set_text(from.text().ja());
      step->set_side(from.side());
    }
    add_uncertainty(procedure->uncertainty());
    add_uncertainty(procedure->declaration_id().uncertainty());
  }
  if (const auto* list = library.FindRuleList(declaration.rule_list())) {
    guide.set_rule_list_title(list->title().ja());
    for (const auto& rule : list->rules()) guide.add_rules(rule.title().ja());
    add_uncertainty(list->uncertainty());
  }
  return guide;
}

}  // namespace staraction::declaration::domain
