#include "services/diagnosis/rulebook.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/domain/rule_text.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

absl::Status RecordVersion(pg::Transaction& tx, const v1::Rule& rule, const std::string& reason) {
  v1::RuleVersion version;
  version.set_name(rule.name() + "/ruleVersions/" + NewId(tx.now()));
  version.set_revision(rule.revision());
  version.set_text(rule.text());
  version.set_short_text(rule.short_text());
  *version.mutable_effective_date() = rule.effective_date();
  version.set_change_reason(reason);
  version.set_recorded_by(tx.call().Actor());
  return kRuleVersions.Insert(tx, std::move(version)).status();
}

}  // namespace

absl::Status CheckTexts(const v1::Rule& rule, const std::string& prefix) {
  auto problems = domain::OpenVariables(rule.text(), prefix + "text");
  for (auto& problem : domain::OpenVariables(rule.short_text(), prefix + "short_text")) {
    problems.push_back(std::move(problem));
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(problems);
}

v1::Rule WithActions(v1::Rule rule) {
  for (const std::string& verb : domain::ActionsOf(rule)) rule.add_allowed_actions(verb);
  return rule;
}

absl::StatusOr<v1::Rule> PutIntoForce(pg::Transaction& tx, v1::Rule rule) {
  rule.set_name(tx.call().client_name() + "/rules/" + NewId(tx.now()));
  if (!rule.has_effective_date()) {
    *rule.mutable_effective_date() = ToProtoDate(TokyoDay(tx.now()));
  }
  rule.set_revision(1);
  rule.set_state(v1::Rule::STATE_IN_FORCE);
  SA_ASSIGN_OR_RETURN(rule, kRules.Insert(tx, std::move(rule)));
  SA_RETURN_IF_ERROR(RecordVersion(tx, rule, ""));
  return WithActions(std::move(rule));
}

absl::StatusOr<v1::Rule> Revise(pg::Transaction& tx, v1::Rule rule, const std::string& reason) {
  rule.set_revision(rule.revision() + 1);
  SA_ASSIGN_OR_RETURN(rule, kRules.Update(tx, std::move(rule)));
  SA_RETURN_IF_ERROR(RecordVersion(tx, rule, reason));
  return WithActions(std::move(rule));
}

}  // namespace staraction::diagnosis
