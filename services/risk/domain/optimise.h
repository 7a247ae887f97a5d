#ifndef STARACTION_SERVICES_RISK_DOMAIN_OPTIMISE_H_
#define STARACTION_SERVICES_RISK_DOMAIN_OPTIMISE_H_

#include <cstdint>
#include <functional>
#include <vector>

namespace staraction::risk::domain {

// Something worth `gain` once all of its needs are met. Options don't add up: what counts is which
// bundles are complete.
struct Bundle {
  int64_t gain = 0;
  std::vector<int> all;               // options, each of which is needed
  std::vector<std::vector<int>> any;  // of each list one option is needed
};

// Options to choose from, within two budgets.
struct Problem {
  struct Option {
    double yen = 0;
    double hours = 0;
  };
  std::vector<Option> options;
  std::vector<Bundle> bundles;
  double budget_yen = 0;    // infinity: no limit
  double budget_hours = 0;  // infinity: no limit
};

struct Choice {
  std::vector<int> options;  // ascending; none of them can be left out without losing gain
  int64_t gain = 0;
  // No choice within the budgets gains more than this; equals `gain` if that is proven.
  int64_t bound = 0;
};

// Gain of choosing exactly these options.
int64_t GainOf(const Problem& problem, const std::vector<int>& options);

// The choice with the largest gain, by branch and bound over the options. Exact unless `stop`
// becomes true, which is asked at every step; then the best choice found, and an honest bound.
//
// The bound: a bundle's gain is split over its needs. Since a complete bundle has met each of them,
// its gain is at most the sum of the parts of the options that are chosen, so any splitting turns
// the bundles into options that do add up, and the best of those within a budget is at most the
// fractional knapsack's. At the root the splitting is improved, parts moving to the options that
// are worth least for their cost.
Choice Optimise(const Problem& problem, const std::function<bool()>& stop);

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_OPTIMISE_H_
