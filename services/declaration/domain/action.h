#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_ACTION_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_ACTION_H_

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace staraction::declaration::domain {

// A row of a state table: in this state this verb is allowed.
template <typename State>
struct Allowed {
  State state;
  const char* verb;
};

template <typename State, size_t n>
std::vector<std::string> VerbsOf(const Allowed<State> (&table)[n], State state) {
  std::vector<std::string> verbs;
  for (const auto& row : table) {
    if (row.state == state) verbs.push_back(row.verb);
  }
  return verbs;
}

// `state` is the enum value's name.
inline absl::Status CheckVerb(const std::vector<std::string>& allowed, const std::string& name,
                              const std::string& state, const std::string& verb) {
  if (std::find(allowed.begin(), allowed.end(), verb) != allowed.end()) return absl::OkStatus();
  return StateConflict(name, state.substr(sizeof("STATE_") - 1), verb);
}

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_ACTION_H_
