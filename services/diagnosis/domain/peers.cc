#include "services/diagnosis/domain/peers.h"

#include <cmath>

namespace staraction::diagnosis::domain {

const content::v1::PeerSize* SizeOf(const content::v1::PeerGroups& peers, int people) {
  const content::v1::PeerSize* found = nullptr;
  for (const auto& size : peers.sizes()) {  // smallest first
    if (people >= size.minimum()) found = &size;
  }
  return found;
}

double DeviationScore(double total, double mean, double standard_deviation) {
  if (standard_deviation <= 0) return 50;
  return std::round((50 + 10 * (total - mean) / standard_deviation) * 10) / 10;
}

}  // namespace staraction::diagnosis::domain
