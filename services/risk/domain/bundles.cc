#include "services/risk/domain/bundles.h"

#include <algorithm>
#include <map>

namespace staraction::risk::domain {
namespace {

bool IsHigh(const Model& model, int value) {
  return model.BandOf(value) == 0;
}

// The largest vulnerability with which the likelihood is at most `likelihood`; 0 if there is none.
int VulnerabilityFor(const Model& model, int frequency, int likelihood) {
  for (int vulnerability = 3; vulnerability >= 1; --vulnerability) {
    if (model.likelihood[frequency][vulnerability] <= likelihood) return vulnerability;
  }
  return 0;
}

class Builder {
 public:
  Builder(const Model& model, const States& states, const std::vector<ControlOffer>& offers)
      : model_(model), level_(states.level), option_of_(states.level.size(), -1) {
    for (size_t control = 0; control < level_.size(); ++control) {
      if (!IsMissing(level_[control]) || offers[control].excluded) continue;
      option_of_[control] = static_cast<int>(out_.controls.size());
      out_.controls.push_back(static_cast<int>(control));
      out_.problem.options.push_back({offers[control].yen, offers[control].hours});
    }
  }

  // What brings a slot down to this vulnerability, added to `bundle`. False if nothing can.
  bool AddNeeds(const Slot& slot, int vulnerability, Bundle& bundle) const {
    if (vulnerability >= slot.vulnerability) return true;
    std::vector<int> options;
    for (const int control : model_.Counters(slot.threat, slot.stage)) {
      if (!IsMissing(level_[static_cast<size_t>(control)])) continue;
      const int option = option_of_[static_cast<size_t>(control)];
      if (option >= 0) {
        options.push_back(option);
      } else if (vulnerability == 1) {
        return false;
      }
    }
    if (options.empty() || vulnerability < 1) return false;
    std::sort(options.begin(), options.end());
    // To counter a threat fully takes all that is missing, to counter it in part any one of it.
    if (vulnerability == 1) {
      bundle.all.insert(bundle.all.end(), options.begin(), options.end());
    } else {
      bundle.any.push_back(std::move(options));
    }
    return true;
  }

  // Bundles with the same needs are one.
  void Add(Bundle bundle) {
    if (bundle.gain == 0) return;
    std::sort(bundle.all.begin(), bundle.all.end());
    bundle.all.erase(std::unique(bundle.all.begin(), bundle.all.end()), bundle.all.end());
    std::sort(bundle.any.begin(), bundle.any.end());
    bundle.any.erase(std::unique(bundle.any.begin(), bundle.any.end()), bundle.any.end());
    gains_[{std::move(bundle.all), std::move(bundle.any)}] += bundle.gain;
  }

  // `weight`: sum of the importance of the table's assets.
  void AddTable(const RiskTable& table, int64_t weight, int64_t scale) {
    for (int likelihood = RiskTable::Max(table.stage_view) - 1; likelihood >= 1; --likelihood) {
      Bundle bundle;
      bundle.gain = weight * scale;
      for (const Slot& slot : table.stage_view) {
        if (slot.likelihood <= likelihood) break;
        const int wanted = VulnerabilityFor(model_, slot.frequency, likelihood);
        if (wanted == 0 || !AddNeeds(slot, wanted, bundle)) return;
      }
      Add(std::move(bundle));
    }
  }

  // `counts`: the table's assets by importance.
  void AddSlot(const Slot& slot, const std::map<int, int64_t>& counts) {
    int before = slot.likelihood;
    for (int vulnerability = slot.vulnerability - 1; vulnerability >= 1; --vulnerability) {
      const int after = model_.likelihood[slot.frequency][vulnerability];
      Bundle bundle;
      for (const auto& [importance, count] : counts) {
        const bool leaves =
            IsHigh(model_, importance * before) && !IsHigh(model_, importance * after);
        if (leaves) bundle.gain += count;
      }
      if (AddNeeds(slot, vulnerability, bundle)) Add(std::move(bundle));
      before = after;
    }
  }

  ControlProblem Finish(int64_t scale) {
    for (const auto& [needs, gain] : gains_) {
      out_.problem.bundles.push_back({gain, needs.first, needs.second});
    }
    out_.scale = scale;
    return std::move(out_);
  }

 private:
  using Needs = std::pair<std::vector<int>, std::vector<std::vector<int>>>;

  const Model& model_;
  const std::vector<Level>& level_;
  std::vector<int> option_of_;  // by control; -1: none
  std::map<Needs, int64_t> gains_;
  ControlProblem out_;
};

}  // namespace

Risk RiskOf(const Model& model, const std::vector<RiskTable>& tables, const Cells& cells) {
  Risk risk;
  for (const Cell& cell : cells.cells) {
    const auto& view = tables[static_cast<size_t>(cell.table)].stage_view;
    risk.risk_sum += cell.count * cell.importance * RiskTable::Max(view);
    for (const Slot& slot : view) {
      if (slot.likelihood > 0 && IsHigh(model, cell.importance * slot.likelihood)) {
        risk.high_scenarios += cell.count;
      }
    }
  }
  return risk;
}

ControlProblem MakeProblem(const Model& model, const States& states,
                           const std::vector<RiskTable>& tables, const Cells& cells,
                           const std::vector<ControlOffer>& offers) {
  std::vector<std::map<int, int64_t>> counts(tables.size());
  for (const Cell& cell : cells.cells) {
    counts[static_cast<size_t>(cell.table)][cell.importance] += cell.count;
  }
  Builder builder(model, states, offers);
  const int64_t scale = RiskOf(model, tables, cells).high_scenarios + 1;
  for (size_t i = 0; i < tables.size(); ++i) {
    int64_t weight = 0;
    for (const auto& [importance, count] : counts[i]) weight += importance * count;
    builder.AddTable(tables[i], weight, scale);
    for (const Slot& slot : tables[i].stage_view) builder.AddSlot(slot, counts[i]);
  }
  return builder.Finish(scale);
}

}  // namespace staraction::risk::domain
