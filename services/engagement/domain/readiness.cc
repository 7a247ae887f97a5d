#include "services/engagement/domain/readiness.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/fact/condition.h"

namespace staraction::engagement::domain {
namespace {

using content::v1::Condition;
using fact::v1::Fact;

std::string WantedText(const Condition& condition) {
  switch (condition.comparator()) {
    case content::v1::COMPARATOR_AT_LEAST:
      return "≥ " + ValueText(condition);
    case content::v1::COMPARATOR_AT_MOST:
      return "≤ " + ValueText(condition);
    case content::v1::COMPARATOR_EXISTS:
      return "any";
    default:
      return "= " + ValueText(condition);
  }
}

std::vector<const Fact*> FactsFor(const content::v1::Criterion& criterion,
                                  const std::string& engagement, const fact::v1::FactSheet& sheet) {
  std::vector<const Fact*> facts;
  const Condition& condition = criterion.condition();
  for (const Fact& fact : sheet.facts()) {
    if (fact.code() != condition.fact()) continue;
    if (!condition.subject().empty() && fact.subject() != condition.subject()) continue;
    const bool here = fact.engagement().empty() || fact.engagement() == engagement;
    if (here || criterion.carry_over()) facts.push_back(&fact);
  }
  return facts;
}

void Judge(const content::v1::Criterion& criterion, const std::string& engagement,
           const fact::v1::FactSheet* sheet, v1::CriterionState& state) {
  state.set_code(criterion.code());
  state.set_title(criterion.title().ja());
  state.set_official(criterion.kind() == content::v1::CRITERION_KIND_OFFICIAL);
  state.set_side(criterion.side() == content::v1::SIDE_CLIENT ? v1::SIDE_CLIENT
                                                              : v1::SIDE_CONSULTANT);
  state.set_wanted(WantedText(criterion.condition()));
  state.set_hint(criterion.hint().ja());
  if (sheet == nullptr) {
    state.set_verdict(v1::CriterionState::VERDICT_UNKNOWN);
    return;
  }
  state.set_verdict(v1::CriterionState::VERDICT_UNMET);
  for (const Fact* fact : FactsFor(criterion, engagement, *sheet)) {
    state.set_actual(ValueText(*fact));
    if (!Holds(*fact, criterion.condition())) continue;
    state.set_verdict(v1::CriterionState::VERDICT_MET);
    return;
  }
}

void Count(const v1::CriterionState& state, v1::ReadinessSummary& summary) {
  const int met = state.verdict() == v1::CriterionState::VERDICT_MET ? 1 : 0;
  if (state.official()) {
    summary.set_official_total(summary.official_total() + 1);
    summary.set_official_met(summary.official_met() + met);
  } else {
    summary.set_deliverable_total(summary.deliverable_total() + 1);
    summary.set_deliverable_met(summary.deliverable_met() + met);
  }
  if (met == 0 && summary.next_step().empty()) summary.set_next_step(state.title());
}

}  // namespace

void AddTrainingCoverage(const std::string& engagement, const std::vector<v1::RosterEntry>& roster,
                         FactSheets& sheets) {
  const auto training = sheets.find("training");
  if (training == sheets.end()) return;
  std::set<std::string> completed;
  for (const Fact& fact : training->second.facts()) {
    if (fact.code() == "training.completed" && fact.engagement() == engagement && fact.truth()) {
      completed.insert(fact.subject());
    }
  }
  double counted = 0, trained = 0;
  bool president = false;
  for (const v1::RosterEntry& entry : roster) {
    if (!entry.counted()) continue;
    const bool done = completed.contains(entry.member().name());
    counted += 1;
    trained += done ? 1 : 0;
    president = president || (done && entry.member().president());
  }
  Fact coverage;
  coverage.set_code("training.coverage");
  coverage.set_engagement(engagement);
  coverage.set_ratio(counted == 0 ? 0 : trained / counted);
  *training->second.add_facts() = coverage;
  coverage.set_code("training.president_completed");
  coverage.set_truth(president);
  *training->second.add_facts() = coverage;
}

Figures FiguresOf(const std::string& engagement, const FactSheets& sheets) {
  Figures figures;
  for (const auto& [service, sheet] : sheets) {
    for (const Fact& fact : sheet.facts()) {
      if (!fact.subject().empty()) continue;
      if (!fact.engagement().empty() && fact.engagement() != engagement) continue;
      if (fact.value_case() == Fact::kCount) {
        figures[fact.code()] = static_cast<double>(fact.count());
      } else if (fact.value_case() == Fact::kRatio) {
        figures[fact.code()] = fact.ratio();
      }
    }
  }
  return figures;
}

v1::Readiness Evaluate(const std::string& engagement, const content::v1::CriteriaSet& criteria,
                       const FactSheets& sheets, const OwnerOf& owner_of) {
  v1::Readiness readiness;
  readiness.set_name(engagement + "/readiness");
  readiness.set_criteria_set(criteria.id());
  readiness.set_pack(absl::StrCat(criteria.pack().urn(), "@", criteria.pack().version()));
  for (const auto& criterion : criteria.criteria()) {
    const auto sheet = sheets.find(owner_of(criterion.condition().fact()));
    auto* state = readiness.add_criteria();
    Judge(criterion, engagement, sheet == sheets.end() ? nullptr : &sheet->second, *state);
    Count(*state, *readiness.mutable_summary());
  }
  for (const auto& [service, sheet] : sheets) {
    auto* source = readiness.add_sources();
    source->set_service(service);
    source->set_version(sheet.version());
    *source->mutable_collect_time() = sheet.collect_time();
  }
  return readiness;
}

}  // namespace staraction::engagement::domain
