#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_ACT_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_ACT_H_

#include <string>

#include "absl/time/time.h"

namespace staraction::declaration::domain {

// Who acts (Call::Actor), and when.
struct Act {
  std::string actor;
  absl::Time now;
};

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_ACT_H_
