#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PRICING_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PRICING_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "staraction/content/v1/offering.pb.h"

namespace staraction::engagement::domain {

struct Price {
  int64_t base_yen;   // of the headcount's band
  int64_t price_yen;  // with the options
};

// Price of an offering, tax excluded, for so many people with these options (code → number).
// INVALID_ARGUMENT on quote.headcount or quote.options if they are unknown, too many, or lead out
// of the band.
absl::StatusOr<Price> PriceOf(const content::v1::Pricing& pricing, int headcount,
                              const std::map<std::string, int>& options);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PRICING_H_
