// The methods on what controls would change, and on which to do first.

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/risk/analysis_service.h"
#include "services/risk/domain/bundles.h"
#include "services/risk/domain/summary.h"
#include "services/risk/scenarios.h"

namespace staraction::risk {
namespace {

using pg::Transaction;
using Reactor = AnalysisService::Reactor;

constexpr int kDefaultSeconds = 5;
constexpr double kMaxHours = 100'000;

// An analysis and its assets, for computing without more of the database.
struct Basis {
  StoredAnalysis stored;
  domain::Cells cells;
};

absl::StatusOr<Basis> ReadBasis(Transaction& tx, const std::string& name) {
  Basis basis;
  SA_ASSIGN_OR_RETURN(basis.stored, ReadStored(tx, name));
  SA_ASSIGN_OR_RETURN(basis.cells, ReadCells(tx, name));
  return basis;
}

Violation UnknownControl(const std::string& field, const std::string& code) {
  return {field,
          absl::StrCat("'", code, "' is no control of the analysis; want a code of its controls"),
          absl::StrCat("「", code, "」は、この分析の対策にありません")};
}

// The analysis's states with the request's changes.
absl::StatusOr<domain::States> WithChanges(const v1::SimulateControlsRequest& request,
                                           const domain::Thawed& frozen) {
  domain::States states = frozen.states;
  std::vector<Violation> problems;
  for (int i = 0; i < request.changes_size(); ++i) {
    const auto& change = request.changes(i);
    const int control = domain::IndexOf(frozen.model.controls, change.control());
    if (control < 0) {
      problems.push_back(
          UnknownControl(absl::StrCat("changes[", i, "].control"), change.control()));
      continue;
    }
    states.level[static_cast<size_t>(control)] =
        change.level() == v1::ControlState::LEVEL_UNSPECIFIED ? v1::ControlState::LEVEL_DONE
                                                              : change.level();
  }
  if (!problems.empty()) return InvalidFields(problems);
  return states;
}

v1::RiskResult ResultOf(const Basis& basis, const std::vector<domain::RiskTable>& tables,
                        v1::RiskView view, const domain::Words& words) {
  v1::RiskResult result = domain::Summarize(basis.stored.frozen.model, tables, basis.cells, view);
  words.Fill(result);
  return result;
}

// Costs by control: the content's, unless the request says others.
std::vector<domain::ControlOffer> UsualOffers(const domain::Model& model,
                                              const domain::Words& words) {
  std::vector<domain::ControlOffer> offers(model.controls.size());
  for (size_t i = 0; i < offers.size(); ++i) {
    const auto* control = words.FindControl(model.controls[i]);
    // Without content there is no cost to reckon with.
    if (control == nullptr) {
      offers[i].excluded = true;
    } else {
      offers[i] = {static_cast<double>(control->cost_yen()), control->hours(), false};
    }
  }
  return offers;
}

bool IsHours(double hours) {
  return hours >= 0 && hours <= kMaxHours;
}

absl::StatusOr<std::vector<domain::ControlOffer>> OffersFor(
    const v1::RecommendControlsRequest& request, const domain::Model& model,
    const domain::Words& words) {
  auto offers = UsualOffers(model, words);
  std::vector<Violation> problems;
  const auto check_hours = [&](const std::string& field, double hours) {
    if (IsHours(hours)) return;
    problems.push_back(
        {field, absl::StrCat(hours, " hours; want 0 to ", kMaxHours),
         absl::StrCat(hours, "時間は指定できません。0から", kMaxHours, "までで指定してください")});
  };
  if (request.has_budget_hours()) check_hours("budget_hours", request.budget_hours());
  for (int i = 0; i < request.costs_size(); ++i) {
    const std::string field = absl::StrCat("costs[", i, "]");
    const auto& cost = request.costs(i);
    const int control = domain::IndexOf(model.controls, cost.control());
    check_hours(field + ".hours", cost.hours());
    if (control < 0) {
      problems.push_back(UnknownControl(field + ".control", cost.control()));
    } else {
      offers[static_cast<size_t>(control)] = {static_cast<double>(cost.cost_yen()), cost.hours(),
                                              false};
    }
  }
  for (int i = 0; i < request.excluded_controls_size(); ++i) {
    const std::string& code = request.excluded_controls(i);
    const int control = domain::IndexOf(model.controls, code);
    if (control < 0) {
      problems.push_back(UnknownControl(absl::StrCat("excluded_controls[", i, "]"), code));
    } else {
      offers[static_cast<size_t>(control)].excluded = true;
    }
  }
  if (!problems.empty()) return InvalidFields(problems);
  return offers;
}

// The choice as a reply, without the view.
v1::RecommendControlsResponse ToResponse(const Basis& basis, const domain::ControlProblem& controls,
                                         const domain::Choice& choice, const domain::Words& words) {
  const domain::Thawed& frozen = basis.stored.frozen;
  v1::RecommendControlsResponse out;
  for (const int option : choice.options) {
    const auto& cost = controls.problem.options[static_cast<size_t>(option)];
    const size_t control = static_cast<size_t>(controls.controls[static_cast<size_t>(option)]);
    auto* added = out.add_controls();
    added->set_control(frozen.model.controls[control]);
    added->set_display_name(words.Control(added->control()));
    if (const auto* known = words.FindControl(added->control())) {
      added->set_how(words.In(known->how()));
    }
    added->set_level(frozen.states.level[control]);
    added->set_cost_yen(std::llround(cost.yen));
    added->set_hours(cost.hours);
    out.set_cost_yen(out.cost_yen() + added->cost_yen());
    out.set_hours(out.hours() + added->hours());
  }
  const domain::Risk before = domain::RiskOf(frozen.model, frozen.tables, basis.cells);
  out.set_risk_sum_before(before.risk_sum);
  out.set_high_scenarios_before(before.high_scenarios);
  out.set_proven(choice.bound == choice.gain);
  out.set_risk_sum_bound(before.risk_sum - choice.bound / controls.scale);
  return out;
}

v1::RecommendControlsResponse Recommend(const v1::RecommendControlsRequest& request,
                                        const Basis& basis,
                                        const std::vector<domain::ControlOffer>& offers,
                                        const domain::Words& words,
                                        const std::function<bool()>& stop) {
  const domain::Thawed& frozen = basis.stored.frozen;
  domain::ControlProblem controls =
      domain::MakeProblem(frozen.model, frozen.states, frozen.tables, basis.cells, offers);
  controls.problem.budget_yen =
      request.has_budget_yen() ? static_cast<double>(request.budget_yen()) : HUGE_VAL;
  controls.problem.budget_hours = request.has_budget_hours() ? request.budget_hours() : HUGE_VAL;
  const domain::Choice choice = domain::Optimise(controls.problem, stop);
  domain::States states = frozen.states;
  for (const int option : choice.options) {
    const int control = controls.controls[static_cast<size_t>(option)];
    states.level[static_cast<size_t>(control)] = v1::ControlState::LEVEL_DONE;
  }
  const auto tables = frozen.TablesWith(states);
  v1::RecommendControlsResponse out = ToResponse(basis, controls, choice, words);
  const domain::Risk after = domain::RiskOf(frozen.model, tables, basis.cells);
  out.set_risk_sum_after(after.risk_sum);
  out.set_high_scenarios_after(after.high_scenarios);
  *out.mutable_stage_after() = ResultOf(basis, tables, v1::RISK_VIEW_STAGE, words);
  return out;
}

}  // namespace

Reactor* AnalysisService::SimulateControls(Context* context,
                                           const v1::SimulateControlsRequest* request,
                                           v1::SimulateControlsResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::SimulateControlsResponse> {
        SA_ASSIGN_OR_RETURN(const Basis basis, pool_.Read(call, [&](Transaction& tx) {
          return ReadBasis(tx, request->name());
        }));
        const domain::Thawed& frozen = basis.stored.frozen;
        SA_ASSIGN_OR_RETURN(const domain::States states, WithChanges(*request, frozen));
        const auto after = frozen.TablesWith(states);
        const auto words = ContentOf(library_, basis.stored.analysis).WordsIn(call.language);
        const auto result = [&](const auto& tables, v1::RiskView view) {
          return ResultOf(basis, tables, view, words);
        };
        v1::SimulateControlsResponse out;
        *out.mutable_stage_before() = result(frozen.tables, v1::RISK_VIEW_STAGE);
        *out.mutable_stage_after() = result(after, v1::RISK_VIEW_STAGE);
        *out.mutable_sheet_before() = result(frozen.tables, v1::RISK_VIEW_SHEET);
        *out.mutable_sheet_after() = result(after, v1::RISK_VIEW_SHEET);
        return out;
      });
}

Reactor* AnalysisService::RecommendControls(Context* context,
                                            const v1::RecommendControlsRequest* request,
                                            v1::RecommendControlsResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::RecommendControlsResponse> {
        SA_ASSIGN_OR_RETURN(const Basis basis, pool_.Read(call, [&](Transaction& tx) {
          return ReadBasis(tx, request->name());
        }));
        const auto words = ContentOf(library_, basis.stored.analysis).WordsIn(call.language);
        SA_ASSIGN_OR_RETURN(const auto offers,
                            OffersFor(*request, basis.stored.frozen.model, words));
        const int seconds =
            request->time_limit_seconds() == 0 ? kDefaultSeconds : request->time_limit_seconds();
        // The answer has to travel, too.
        const absl::Time until =
            std::min(clock_() + absl::Seconds(seconds), call.deadline - absl::Seconds(1));
        return Recommend(*request, basis, offers, words,
                         [&] { return clock_() >= until || call.cancelled(); });
      });
}

}  // namespace staraction::risk
