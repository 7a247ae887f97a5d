#ifndef STARACTION_COMMON_BASE_CLOCK_H_
#define STARACTION_COMMON_BASE_CLOCK_H_

#include <functional>

#include "absl/time/time.h"

namespace staraction {

// The present, as a parameter: production passes RealClock(), tests a function of their own.
using Clock = std::function<absl::Time()>;

// The machine's clock. The only place that reads it.
Clock RealClock();

// The calendar of the product: every date that people see is a day in Asia/Tokyo.
absl::TimeZone Tokyo();

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_CLOCK_H_
