#include "services/engagement/domain/life_event.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/status/errors.h"
#include "services/engagement/domain/code.h"

namespace staraction::engagement::domain {
namespace {

using v1::LifeEvent;

// Both enums have the same numbers; content's is older and spells ORGANIZATION.
template <typename Kinds>
bool IsFor(const Kinds& kinds, v1::ClientKind kind) {
  return kinds.empty() || std::count(kinds.begin(), kinds.end(), static_cast<int>(kind)) > 0;
}
static_assert(static_cast<int>(v1::CLIENT_KIND_ORGANISATION) ==
              static_cast<int>(content::v1::CLIENT_KIND_ORGANIZATION));

bool Applies(const content::v1::LifeEventStep& step, const LifeEventTerms& terms) {
  const bool star = terms.star == 0 || step.stars().empty() ||
                    std::count(step.stars().begin(), step.stars().end(), terms.star) > 0;
  return star && IsFor(step.client_kinds(), terms.client_kind);
}

}  // namespace

absl::Status CheckLifeEvent(const content::v1::LifeEvent& kind, const LifeEventTerms& terms) {
  std::vector<Violation> wrong;
  if (!IsFor(kind.client_kinds(), terms.client_kind)) {
    const std::string client = v1::ClientKind_Name(terms.client_kind);
    wrong.push_back({"life_event.kind",
                     absl::StrCat("came ", kind.id(), ", which cannot happen to a ", client),
                     absl::StrCat("「", kind.title().ja(),
                                  "」は、この種類の事業者には当てはまりません（", client, "）")});
  }
  const auto years = absl::CivilYear(terms.effective) - absl::CivilYear(terms.today);
  if (years > 10 || years < -10) {
    const std::string day = FormatIsoDate(terms.effective);
    wrong.push_back({"life_event.effective_date",
                     absl::StrCat("came ", day, "; want a day within ten years of today"),
                     absl::StrCat(day,
                                  " は離れすぎています。今日から前後10年以内の日付を"
                                  "入力してください")});
  }
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

std::vector<v1::LifeEventStep> StepsOf(const content::v1::LifeEvent& kind,
                                       const LifeEventTerms& terms,
                                       const BusinessCalendar& calendar,
                                       const content::v1::CodeList& subjects) {
  std::vector<v1::LifeEventStep> steps;
  const absl::CivilDay from = std::max(terms.effective, terms.today);
  for (const auto& step : kind.steps()) {
    if (!Applies(step, terms)) continue;
    v1::LifeEventStep out;
    out.set_code(step.code());
    out.set_title(step.title().ja());
    out.set_side(step.side() == content::v1::SIDE_CLIENT ? v1::SIDE_CLIENT : v1::SIDE_CONSULTANT);
    *out.mutable_due_date() =
        ToProtoDate(calendar.OnOrAfter(calendar.Add(from, step.due_business_days())));
    out.set_redo(step.redo());
    out.set_redo_label(LabelOf(subjects, step.redo()));
    out.set_hint(step.hint().ja());
    steps.push_back(std::move(out));
  }
  return steps;
}

absl::StatusOr<v1::LifeEventStep*> StepToTick(LifeEvent& event, const std::string& code) {
  std::string codes;
  for (v1::LifeEventStep& step : *event.mutable_steps()) {
    absl::StrAppend(&codes, codes.empty() ? "" : ", ", step.code());
    if (step.code() != code) continue;
    if (step.task().empty()) return &step;
    return CriteriaUnmet(event.name(), {{code, "is the task " + step.task() + "; complete it there",
                                         "支援の課題になっています。課題の画面で終えてください"}});
  }
  return InvalidField("code", absl::StrCat("came '", code, "'; want one of ", codes),
                      absl::StrCat("「", code, "」という手順はありません。次のいずれか: ", codes));
}

std::vector<std::string> ActionsOf(LifeEvent::State state) {
  if (state == LifeEvent::STATE_OPEN) return {"completeStep", "complete", "cancel"};
  return {};
}

absl::Status Check(const LifeEvent& event, const std::string& verb) {
  const std::vector<std::string> actions = ActionsOf(event.state());
  if (std::find(actions.begin(), actions.end(), verb) != actions.end()) return absl::OkStatus();
  return StateConflict(event.name(), LifeEvent::State_Name(event.state()).substr(6), verb);
}

}  // namespace staraction::engagement::domain
