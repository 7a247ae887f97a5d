#include "services/engagement/domain/life.h"

#include <algorithm>

#include "common/status/errors.h"

namespace staraction::engagement::domain {
namespace {

template <typename State>
struct Allowed {
  State state;
  const char* verb;
};

constexpr Allowed<v1::Quote::State> kQuote[] = {
    {v1::Quote::STATE_DRAFT, "issue"},
    {v1::Quote::STATE_ISSUED, "accept"},
    {v1::Quote::STATE_ISSUED, "decline"},
};
constexpr Allowed<v1::Engagement::State> kEngagement[] = {
    {v1::Engagement::STATE_CONTRACTED, "start"},
    {v1::Engagement::STATE_CONTRACTED, "cancel"},
    {v1::Engagement::STATE_ACTIVE, "close"},
    {v1::Engagement::STATE_ACTIVE, "cancel"},
};

template <typename State, size_t n>
std::vector<std::string> Verbs(const Allowed<State> (&table)[n], State state) {
  std::vector<std::string> verbs;
  for (const auto& row : table) {
    if (row.state == state) verbs.push_back(row.verb);
  }
  return verbs;
}

template <typename Resource>
absl::Status CheckVerb(const Resource& resource, const std::string& state,
                       const std::string& verb) {
  const auto verbs = ActionsOf(resource.state());
  if (std::find(verbs.begin(), verbs.end(), verb) != verbs.end()) return absl::OkStatus();
  return StateConflict(resource.name(), state.substr(sizeof("STATE_") - 1), verb);
}

}  // namespace

std::vector<std::string> ActionsOf(v1::Quote::State state) {
  return Verbs(kQuote, state);
}
std::vector<std::string> ActionsOf(v1::Engagement::State state) {
  return Verbs(kEngagement, state);
}

absl::Status Check(const v1::Quote& quote, const std::string& verb) {
  return CheckVerb(quote, v1::Quote::State_Name(quote.state()), verb);
}
absl::Status Check(const v1::Engagement& engagement, const std::string& verb) {
  return CheckVerb(engagement, v1::Engagement::State_Name(engagement.state()), verb);
}

}  // namespace staraction::engagement::domain
