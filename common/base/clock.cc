#include "common/base/clock.h"

#include <chrono>

namespace staraction {

Clock RealClock() {
  return [] { return absl::FromChrono(std::chrono::system_clock::now()); };
}

// Japan has had one offset and no summer time since 1951, so no time zone database is needed.
absl::TimeZone Tokyo() {
  return absl::FixedTimeZone(9 * 60 * 60);
}

}  // namespace staraction
