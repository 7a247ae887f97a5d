#include "services/risk/domain/optimise.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace staraction::risk::domain {
namespace {

enum class Mark : uint8_t { kOpen, kChosen, kRefused };

constexpr double kSlack = 1e-9;
constexpr int kRefinements = 200;

// What is left to reach at a node: the gain that is safe, and what options are worth beyond it.
struct Outlook {
  int64_t safe = 0;
  std::vector<double> worth;  // by option; 0 for those that aren't open
};

class Search {
 public:
  Search(const Problem& problem, const std::function<bool()>& stop)
      : problem_(problem), stop_(stop), marks_(problem.options.size(), Mark::kOpen) {
    weights_.resize(problem.options.size());
    for (size_t k = 0; k < weights_.size(); ++k) weights_[k] = Cost(k) + kSlack;
  }

  Choice Run() {
    ChooseWhatIsFree();
    Refine();
    Visit(std::numeric_limits<double>::max());
    Choice choice;
    choice.options = WithoutUseless(best_options_);
    choice.gain = best_;
    choice.bound = std::max(best_, open_bound_);
    return choice;
  }

 private:
  // Cost in shares of the budgets.
  double Cost(size_t k) const {
    return problem_.options[k].yen / std::max(problem_.budget_yen, 1.0) +
           problem_.options[k].hours / std::max(problem_.budget_hours, kSlack);
  }
  bool Fits(size_t k) const {
    return yen_ + problem_.options[k].yen <= problem_.budget_yen + kSlack &&
           hours_ + problem_.options[k].hours <= problem_.budget_hours + kSlack;
  }
  bool IsOpen(int k) const { return marks_[static_cast<size_t>(k)] == Mark::kOpen; }
  bool IsChosen(int k) const { return marks_[static_cast<size_t>(k)] == Mark::kChosen; }

  void Choose(size_t k) {
    marks_[k] = Mark::kChosen;
    yen_ += problem_.options[k].yen;
    hours_ += problem_.options[k].hours;
  }
  void ChooseWhatIsFree() {
    for (size_t k = 0; k < marks_.size(); ++k) {
      if (problem_.options[k].yen <= 0 && problem_.options[k].hours <= 0) Choose(k);
    }
  }

  // What a bundle still needs. False if it is out of reach.
  bool NeedsOf(const Bundle& bundle) {
    all_.clear();
    any_.clear();
    double yen = yen_;
    double hours = hours_;
    for (const int k : bundle.all) {
      if (IsChosen(k)) continue;
      if (!IsOpen(k)) return false;
      all_.push_back(k);
      yen += problem_.options[static_cast<size_t>(k)].yen;
      hours += problem_.options[static_cast<size_t>(k)].hours;
    }
    if (yen > problem_.budget_yen + kSlack || hours > problem_.budget_hours + kSlack) return false;
    for (const auto& list : bundle.any) {
      if (std::any_of(list.begin(), list.end(), [&](int k) { return IsChosen(k); })) continue;
      if (std::none_of(list.begin(), list.end(), [&](int k) { return IsOpen(k); })) return false;
      // A need that another one meets anyway is none.
      const auto needed = [&](int k) { return std::count(all_.begin(), all_.end(), k) > 0; };
      if (std::none_of(list.begin(), list.end(), needed)) any_.push_back(&list);
    }
    return true;
  }

  double WeightOf(const std::vector<int>& list) const {
    double weight = std::numeric_limits<double>::max();
    for (const int k : list) {
      if (IsOpen(k)) weight = std::min(weight, weights_[static_cast<size_t>(k)]);
    }
    return weight;
  }

  // Splits the gain of the bundle whose needs were just found.
  void Split(double gain, std::vector<double>& worth) const {
    double total = 0;
    for (const int k : all_) total += weights_[static_cast<size_t>(k)];
    for (const auto* list : any_) total += WeightOf(*list);
    for (const int k : all_) {
      worth[static_cast<size_t>(k)] += gain * weights_[static_cast<size_t>(k)] / total;
    }
    for (const auto* list : any_) {
      const double part = gain * WeightOf(*list) / total;
      for (const int k : *list) {
        if (IsOpen(k)) worth[static_cast<size_t>(k)] += part;
      }
    }
  }

  Outlook Look() {
    for (size_t k = 0; k < marks_.size(); ++k) {
      if (marks_[k] == Mark::kOpen && !Fits(k)) marks_[k] = Mark::kRefused;
    }
    Outlook out;
    out.worth.assign(marks_.size(), 0);
    for (const Bundle& bundle : problem_.bundles) {
      if (!NeedsOf(bundle)) continue;
      if (all_.empty() && any_.empty()) {
        out.safe += bundle.gain;
      } else {
        Split(static_cast<double>(bundle.gain), out.worth);
      }
    }
    return out;
  }

  // Fractional knapsack of what the options are worth.
  template <typename CostOf>
  double Knapsack(const std::vector<double>& worth, double room, CostOf cost_of) {
    if (std::isinf(room)) return std::numeric_limits<double>::max();
    order_.clear();
    double total = 0;
    for (size_t k = 0; k < worth.size(); ++k) {
      if (worth[k] <= 0) continue;
      if (cost_of(k) <= 0) {
        total += worth[k];
      } else {
        order_.push_back(k);
      }
    }
    std::sort(order_.begin(), order_.end(),
              [&](size_t a, size_t b) { return worth[a] * cost_of(b) > worth[b] * cost_of(a); });
    for (const size_t k : order_) {
      const double cost = cost_of(k);
      if (cost >= room) return total + worth[k] * std::max(room, 0.0) / cost;
      room -= cost;
      total += worth[k];
    }
    return total;
  }

  double BoundOf(const Outlook& out) {
    double all = 0;
    for (const double worth : out.worth) all += worth;
    const double yen = problem_.budget_yen - yen_;
    const double hours = problem_.budget_hours - hours_;
    double bound =
        std::min(all, Knapsack(out.worth, yen, [&](size_t k) { return problem_.options[k].yen; }));
    bound = std::min(
        bound, Knapsack(out.worth, hours, [&](size_t k) { return problem_.options[k].hours; }));
    if (!std::isinf(yen) && !std::isinf(hours)) {
      const double room = yen / std::max(problem_.budget_yen, 1.0) +
                          hours / std::max(problem_.budget_hours, kSlack);
      bound = std::min(bound, Knapsack(out.worth, room, [&](size_t k) { return Cost(k); }));
    }
    // Rounding must not cut off the best choice.
    return static_cast<double>(out.safe) + bound * (1 + 1e-12) + 1e-6;
  }

  // Moves the parts of gains to options that are worth less for their cost, as long as it helps.
  void Refine() {
    std::vector<double> best = weights_;
    double lowest = std::numeric_limits<double>::max();
    for (int round = 0; round < kRefinements && !stop_(); ++round) {
      const Outlook out = Look();
      const double bound = BoundOf(out);
      if (bound < lowest) {
        lowest = bound;
        best = weights_;
      }
      double mean = 0;
      for (const double worth : out.worth) mean += worth / static_cast<double>(out.worth.size());
      if (mean <= 0) break;
      const double step = 1.0 / (2 + 0.1 * round);
      for (size_t k = 0; k < weights_.size(); ++k) {
        const double density = out.worth[k] / mean / (Cost(k) + kSlack);
        if (density > 0) weights_[k] *= std::pow(density, -step);
      }
      const double largest = *std::max_element(weights_.begin(), weights_.end());
      for (double& weight : weights_) weight = std::max(weight / largest, 1e-9);
    }
    weights_ = best;
  }

  void Keep(int64_t gain) {
    if (gain <= best_) return;
    best_ = gain;
    best_options_.clear();
    for (size_t k = 0; k < marks_.size(); ++k) {
      if (marks_[k] == Mark::kChosen) best_options_.push_back(static_cast<int>(k));
    }
  }

  // Searches below the present marks, and leaves them as they were. `bound`: of the node above.
  void Visit(double bound) {
    if (stop_()) {
      open_bound_ = std::max(open_bound_, ToGain(bound));
      return;
    }
    const std::vector<Mark> marks = marks_;
    const double yen = yen_;
    const double hours = hours_;
    const Outlook out = Look();
    Keep(out.safe);
    bound = std::min(bound, BoundOf(out));
    const auto next = std::max_element(out.worth.begin(), out.worth.end());
    if (ToGain(bound) > best_ && next != out.worth.end() && *next > 0) {
      const size_t k = static_cast<size_t>(next - out.worth.begin());
      Choose(k);
      Visit(bound);
      yen_ = yen;
      hours_ = hours;
      marks_[k] = Mark::kRefused;
      if (ToGain(bound) > best_) Visit(bound);
    }
    marks_ = marks;
  }

  // The largest whole gain below a bound.
  int64_t ToGain(double bound) const {
    int64_t total = 0;
    for (const Bundle& bundle : problem_.bundles) total += bundle.gain;
    return bound >= static_cast<double>(total) ? total : static_cast<int64_t>(std::floor(bound));
  }

  std::vector<int> WithoutUseless(std::vector<int> options) const {
    std::vector<int> dearest_first = options;
    std::stable_sort(dearest_first.begin(), dearest_first.end(), [&](int a, int b) {
      return Cost(static_cast<size_t>(a)) > Cost(static_cast<size_t>(b));
    });
    for (const int k : dearest_first) {
      std::vector<int> fewer = options;
      std::erase(fewer, k);
      if (GainOf(problem_, fewer) == best_) options = std::move(fewer);
    }
    return options;
  }

  const Problem& problem_;
  const std::function<bool()>& stop_;
  std::vector<Mark> marks_;
  std::vector<double> weights_;
  double yen_ = 0;
  double hours_ = 0;
  int64_t best_ = 0;
  std::vector<int> best_options_;
  int64_t open_bound_ = 0;
  // Scratch space of NeedsOf and Knapsack.
  std::vector<int> all_;
  std::vector<const std::vector<int>*> any_;
  std::vector<size_t> order_;
};

}  // namespace

int64_t GainOf(const Problem& problem, const std::vector<int>& options) {
  std::vector<bool> chosen(problem.options.size());
  for (const int k : options) chosen[static_cast<size_t>(k)] = true;
  const auto is_chosen = [&](int k) { return chosen[static_cast<size_t>(k)]; };
  int64_t gain = 0;
  for (const Bundle& bundle : problem.bundles) {
    const bool complete = std::all_of(bundle.all.begin(), bundle.all.end(), is_chosen) &&
                          std::all_of(bundle.any.begin(), bundle.any.end(), [&](const auto& list) {
                            return std::any_of(list.begin(), list.end(), is_chosen);
                          });
    if (complete) gain += bundle.gain;
  }
  return gain;
}

Choice Optimise(const Problem& problem, const std::function<bool()>& stop) {
  return Search(problem, stop).Run();
}

}  // namespace staraction::risk::domain
