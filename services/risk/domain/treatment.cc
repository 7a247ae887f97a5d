#include "services/risk/domain/treatment.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"

namespace staraction::risk::domain {
namespace {

using v1::Treatment;

struct Step {
  const char* verb;
  Treatment::State from;
  Treatment::State to;
  bool reduce;  // strategies that have the verb
  bool accept;
  bool other;
};

constexpr Step kSteps[] = {
    {"createMeasures", Treatment::STATE_PLANNED, Treatment::STATE_PLANNED, true, false, false},
    {"complete", Treatment::STATE_PLANNED, Treatment::STATE_IN_EFFECT, true, false, true},
    {"accept", Treatment::STATE_PLANNED, Treatment::STATE_IN_EFFECT, false, true, false},
    {"accept", Treatment::STATE_IN_EFFECT, Treatment::STATE_IN_EFFECT, false, true, false},
    {"withdraw", Treatment::STATE_PLANNED, Treatment::STATE_WITHDRAWN, true, true, true},
    {"withdraw", Treatment::STATE_IN_EFFECT, Treatment::STATE_WITHDRAWN, true, true, true},
};

bool Has(const Step& step, Treatment::Strategy strategy) {
  if (strategy == Treatment::STRATEGY_REDUCE) return step.reduce;
  return strategy == Treatment::STRATEGY_ACCEPT ? step.accept : step.other;
}

bool Contains(const google::protobuf::RepeatedPtrField<std::string>& list,
              const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// Largest value of the slots that the treatment is about, and how many there are.
int Largest(const Model& model, const RiskTable& table, const Treatment& treatment, int importance,
            int64_t* count) {
  int largest = 0;
  for (const Slot& slot : table.stage_view) {
    if (slot.likelihood == 0 ||
        model.threats[static_cast<size_t>(slot.threat)] != treatment.threat()) {
      continue;
    }
    const std::string& stage = model.stages[static_cast<size_t>(slot.stage)];
    if (!treatment.stages().empty() && !Contains(treatment.stages(), stage)) continue;
    ++*count;
    largest = std::max(largest, importance * slot.likelihood);
  }
  return largest;
}

}  // namespace

std::vector<std::string> ActionsOf(const Treatment& treatment) {
  std::vector<std::string> verbs;
  for (const Step& step : kSteps) {
    if (step.from == treatment.state() && Has(step, treatment.strategy())) {
      verbs.push_back(step.verb);
    }
  }
  return verbs;
}

absl::StatusOr<Treatment::State> After(const Treatment& treatment, const std::string& verb) {
  bool known = false;
  for (const Step& step : kSteps) {
    if (step.verb != verb || !Has(step, treatment.strategy())) continue;
    if (step.from == treatment.state()) return step.to;
    known = true;
  }
  const std::string name = known ? Treatment::State_Name(treatment.state())
                                 : Treatment::Strategy_Name(treatment.strategy());
  return StateConflict(treatment.name(), name.substr(name.find('_') + 1), verb);
}

bool IsExpired(const Treatment& treatment, absl::CivilDay today) {
  if (treatment.state() != Treatment::STATE_IN_EFFECT ||
      treatment.strategy() != Treatment::STRATEGY_ACCEPT) {
    return false;
  }
  const auto last = FromProtoDate(treatment.acceptance().expire_date());
  return !last || *last < today;
}

bool Stands(const Treatment& treatment, absl::CivilDay today) {
  if (treatment.state() == Treatment::STATE_WITHDRAWN) return false;
  if (treatment.strategy() != Treatment::STRATEGY_ACCEPT) return true;
  return treatment.state() == Treatment::STATE_IN_EFFECT && !IsExpired(treatment, today);
}

bool StandsIn(const Treatment& treatment, absl::CivilDay today, absl::Time analysis_time) {
  if (!Stands(treatment, today)) return false;
  const bool changes_risk = treatment.strategy() == Treatment::STRATEGY_REDUCE ||
                            treatment.strategy() == Treatment::STRATEGY_AVOID;
  return !changes_risk || !treatment.has_effect_time() ||
         FromTimestamp(treatment.effect_time()) > analysis_time;
}

bool IsAbout(const Treatment& treatment, const std::string& asset, const std::string& stage,
             const std::string& threat) {
  return IsAboutAnyStage(treatment, asset, threat) &&
         (treatment.stages().empty() || Contains(treatment.stages(), stage));
}

bool IsAboutAnyStage(const Treatment& treatment, const std::string& asset,
                     const std::string& threat) {
  return treatment.threat() == threat &&
         (treatment.assets().empty() || Contains(treatment.assets(), asset));
}

absl::Status CheckAcceptance(const v1::Acceptance& acceptance, absl::CivilDay today) {
  const auto accepted = FromProtoDate(acceptance.accept_date());
  const auto last = FromProtoDate(acceptance.expire_date());
  std::vector<Violation> problems;
  if (!accepted || *accepted > today) {
    problems.push_back({"accept_date", "is no day of the calendar up to today",
                        "今日までの実在する日付を指定してください"});
  }
  const absl::CivilDay from = accepted.value_or(today);
  const absl::CivilDay limit(from.year() + kMaxAcceptanceYears, from.month(), from.day());
  if (!last || *last <= from || *last > limit) {
    problems.push_back(
        {"expire_date",
         absl::StrCat("want a day after the acceptance, up to ", FormatIsoDate(limit)),
         absl::StrCat("引き受けた日の翌日から", FormatIsoDate(limit),
                      "までの日付を指定してください")});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(problems);
}

void SetValues(const Model& model, const std::vector<RiskTable>& tables,
               const std::vector<RiskTable>& after, const Cells& cells, Treatment& treatment) {
  int64_t scenarios = 0;
  int value = 0;
  int residual = 0;
  for (const Cell& cell : cells.cells) {
    const size_t table = static_cast<size_t>(cell.table);
    int64_t count = 0;
    value = std::max(value, Largest(model, tables[table], treatment, cell.importance, &count));
    scenarios += count * cell.count;
    residual = std::max(residual, Largest(model, after[table], treatment, cell.importance, &count));
  }
  if (treatment.strategy() == Treatment::STRATEGY_AVOID) residual = 0;
  const auto band = [&](int of) {
    return of == 0 ? "" : model.bands[static_cast<size_t>(model.BandOf(of))].code;
  };
  treatment.set_scenario_count(scenarios);
  treatment.set_value(value);
  treatment.set_band(band(value));
  treatment.set_residual_value(residual);
  treatment.set_residual_band(band(residual));
}

}  // namespace staraction::risk::domain
