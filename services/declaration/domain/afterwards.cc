#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/declaration.h"
#include "services/declaration/domain/fields.h"

// The planned day, and what comes after the declaration: logo files, changes in the portal, the
// next star.
namespace staraction::declaration::domain {
namespace {

// In the past, and not before the company declared.
void CheckAfter(const google::type::Date& date, const std::string& field, const Act& act,
                const v1::Declaration& declaration, std::vector<Violation>& violations) {
  RefuseFuture(date, field, act.now, violations);
  const absl::CivilDay declared = DayOf(declaration.submission().submit_date());
  if (DayOf(date) >= declared) return;
  violations.push_back(
      {field, absl::StrCat("is before the declaration of ", FormatIsoDate(declared)),
       absl::StrCat("宣言した日（", FormatIsoDate(declared), "）より前の日付です")});
}

std::map<std::string, std::string> ValuesOf(const v1::Declaration& declaration) {
  std::map<std::string, std::string> values;
  for (const auto& field : declaration.fields()) values[field.code()] = field.value();
  return values;
}

}  // namespace

absl::StatusOr<std::string> ChooseUpgrade(const std::string& wanted, int star,
                                          const std::vector<v1::Declaration>& others) {
  std::string newest;
  for (const v1::Declaration& other : others) {
    const bool fits = other.state() == v1::Declaration::STATE_ISSUED && other.star() < star;
    if (fits && (wanted.empty() || other.name() == wanted)) newest = other.name();
  }
  if (!wanted.empty() && newest.empty()) {
    return InvalidField("declaration.upgrades",
                        "is no issued declaration of this client with fewer stars",
                        "このお客様の、IDが出ている一段階前の宣言ではありません");
  }
  return newest;
}

v1::DeclarationEvent Supersede(const v1::Declaration& later, const Act& act,
                               v1::Declaration& declaration) {
  auto* stop = declaration.mutable_stop();
  *stop->mutable_stop_date() = later.issue_date();
  stop->set_reason("次の段階の宣言に引き継がれました");
  stop->set_superseded_by(later.name());
  stop->set_recorded_by(act.actor);
  *stop->mutable_record_time() = ToTimestamp(act.now);
  declaration.set_state(v1::Declaration::STATE_SUPERSEDED);
  v1::DeclarationEvent event = NewDeclarationEvent("supersede", later.issued_id(), act);
  *event.mutable_effective_date() = later.issue_date();
  return event;
}

absl::StatusOr<v1::DeclarationEvent> Plan(const v1::PlanDeclarationRequest& request, const Act& act,
                                          v1::Declaration& declaration) {
  if (!request.has_planned_date()) {
    declaration.clear_planned_date();
    return NewDeclarationEvent("plan", "", act);
  }
  const absl::CivilDay day = DayOf(request.planned_date());
  if (day < TokyoDay(act.now)) {
    return InvalidField("planned_date", FormatIsoDate(day) + " is in the past",
                        FormatIsoDate(day) + "は過去の日付です");
  }
  *declaration.mutable_planned_date() = request.planned_date();
  return NewDeclarationEvent("plan", FormatIsoDate(day), act);
}

absl::StatusOr<v1::DeclarationEvent> RecordLogo(const v1::RecordLogoRequest& request,
                                                const Act& act, v1::Declaration& declaration) {
  std::vector<Violation> violations;
  CheckAfter(request.obtain_date(), "obtain_date", act, declaration, violations);
  if (!violations.empty()) return InvalidFields(violations);
  auto* logo = declaration.add_logos();
  *logo->mutable_obtain_date() = request.obtain_date();
  logo->set_obtained_by(request.obtained_by());
  logo->set_terms_read(request.terms_read());
  logo->set_note(request.note());
  logo->set_recorded_by(act.actor);
  *logo->mutable_record_time() = ToTimestamp(act.now);
  v1::DeclarationEvent event = NewDeclarationEvent("recordLogo", request.note(), act);
  *event.mutable_effective_date() = request.obtain_date();
  return event;
}

absl::StatusOr<v1::DeclarationEvent> RecordChange(const v1::RecordChangeRequest& request,
                                                  const content::Library& library, const Act& act,
                                                  v1::Declaration& declaration) {
  std::vector<Violation> violations;
  CheckAfter(request.change_date(), "change_date", act, declaration, violations);
  if (!violations.empty()) return InvalidFields(violations);
  auto before = ValuesOf(declaration);
  const absl::Status set = SetFields(request.fields(), library, act, declaration);
  if (!set.ok()) return set;
  v1::DeclarationChange change;
  *change.mutable_change_date() = request.change_date();
  change.set_reason(request.reason());
  change.set_submitted_by(request.submitted_by());
  change.set_recorded_by(act.actor);
  *change.mutable_record_time() = ToTimestamp(act.now);
  for (const auto& field : declaration.fields()) {
    if (request.fields().count(field.code()) == 0 || before[field.code()] == field.value())
      continue;
    auto* changed = change.add_fields();
    changed->set_code(field.code());
    changed->set_label(field.label());
    changed->set_before(before[field.code()]);
    changed->set_after(field.value());
  }
  *declaration.add_changes() = std::move(change);
  v1::DeclarationEvent event = NewDeclarationEvent("recordChange", Codes(request.fields()), act);
  *event.mutable_effective_date() = request.change_date();
  return event;
}

}  // namespace staraction::declaration::domain
