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
    {v1::Quote::STATE_DRAFT, "update"},
    {v1::Quote::STATE_DRAFT, "issue"},
    {v1::Quote::STATE_ISSUED, "accept"},
    {v1::Quote::STATE_ISSUED, "decline"},
    // A decision of a day before may still be recorded.
    {v1::Quote::STATE_EXPIRED, "accept"},
    {v1::Quote::STATE_EXPIRED, "decline"},
};
constexpr Allowed<v1::Engagement::State> kEngagement[] = {
    {v1::Engagement::STATE_CONTRACTED, "start"},  {v1::Engagement::STATE_CONTRACTED, "cancel"},
    {v1::Engagement::STATE_CONTRACTED, "replan"}, {v1::Engagement::STATE_ACTIVE, "declare"},
    {v1::Engagement::STATE_ACTIVE, "close"},      {v1::Engagement::STATE_ACTIVE, "cancel"},
    {v1::Engagement::STATE_ACTIVE, "replan"},     {v1::Engagement::STATE_DECLARED, "sustain"},
    {v1::Engagement::STATE_DECLARED, "close"},    {v1::Engagement::STATE_DECLARED, "cancel"},
    {v1::Engagement::STATE_DECLARED, "replan"},   {v1::Engagement::STATE_DECLARED, "renew"},
    {v1::Engagement::STATE_SUSTAINING, "close"},  {v1::Engagement::STATE_SUSTAINING, "renew"},
    {v1::Engagement::STATE_CLOSED, "renew"},
};

constexpr Allowed<v1::Task::State> kTask[] = {
    {v1::Task::STATE_OPEN, "update"},
    {v1::Task::STATE_OPEN, "complete"},
    {v1::Task::STATE_DONE, "reopen"},
};
constexpr Allowed<v1::Visit::State> kVisit[] = {
    {v1::Visit::STATE_PLANNED, "update"}, {v1::Visit::STATE_PLANNED, "hold"},
    {v1::Visit::STATE_PLANNED, "cancel"}, {v1::Visit::STATE_HELD, "update"},
    {v1::Visit::STATE_HELD, "confirm"},   {v1::Visit::STATE_CONFIRMED, "confirm"},
};

constexpr Allowed<v1::Activity::State> kActivity[] = {
    {v1::Activity::STATE_PLANNED, "update"}, {v1::Activity::STATE_PLANNED, "complete"},
    {v1::Activity::STATE_PLANNED, "skip"},   {v1::Activity::STATE_DONE, "reopen"},
    {v1::Activity::STATE_SKIPPED, "reopen"},
};
constexpr Allowed<v1::OperationForm::State> kOperationForm[] = {
    {v1::OperationForm::STATE_IN_USE, "update"},
    {v1::OperationForm::STATE_IN_USE, "stop"},
};
constexpr Allowed<v1::InternalCheck::State> kInternalCheck[] = {
    {v1::InternalCheck::STATE_OPEN, "answer"},
    {v1::InternalCheck::STATE_OPEN, "find"},
    {v1::InternalCheck::STATE_OPEN, "conclude"},
    {v1::InternalCheck::STATE_OPEN, "cancel"},
};
constexpr Allowed<v1::Finding::State> kFinding[] = {
    {v1::Finding::STATE_OPEN, "decide"},      {v1::Finding::STATE_OPEN, "withdraw"},
    {v1::Finding::STATE_DECIDED, "decide"},   {v1::Finding::STATE_DECIDED, "correct"},
    {v1::Finding::STATE_DECIDED, "withdraw"}, {v1::Finding::STATE_CORRECTED, "verify"},
};
constexpr Allowed<v1::RuleException::State> kRuleException[] = {
    {v1::RuleException::STATE_REQUESTED, "approve"},
    {v1::RuleException::STATE_REQUESTED, "reject"},
    {v1::RuleException::STATE_REQUESTED, "withdraw"},
    {v1::RuleException::STATE_APPROVED, "end"},
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
std::vector<std::string> ActionsOf(v1::Task::State state) {
  return Verbs(kTask, state);
}
std::vector<std::string> ActionsOf(v1::Visit::State state) {
  return Verbs(kVisit, state);
}
std::vector<std::string> ActionsOf(v1::Activity::State state) {
  return Verbs(kActivity, state);
}
std::vector<std::string> ActionsOf(v1::OperationForm::State state) {
  return Verbs(kOperationForm, state);
}
std::vector<std::string> ActionsOf(v1::InternalCheck::State state) {
  return Verbs(kInternalCheck, state);
}
std::vector<std::string> ActionsOf(v1::Finding::State state) {
  return Verbs(kFinding, state);
}
std::vector<std::string> ActionsOf(v1::RuleException::State state) {
  return Verbs(kRuleException, state);
}

absl::Status Check(const v1::Quote& quote, const std::string& verb) {
  return CheckVerb(quote, v1::Quote::State_Name(quote.state()), verb);
}
absl::Status Check(const v1::Engagement& engagement, const std::string& verb) {
  return CheckVerb(engagement, v1::Engagement::State_Name(engagement.state()), verb);
}
absl::Status Check(const v1::Task& task, const std::string& verb) {
  return CheckVerb(task, v1::Task::State_Name(task.state()), verb);
}
absl::Status Check(const v1::Visit& visit, const std::string& verb) {
  return CheckVerb(visit, v1::Visit::State_Name(visit.state()), verb);
}
absl::Status Check(const v1::Activity& activity, const std::string& verb) {
  return CheckVerb(activity, v1::Activity::State_Name(activity.state()), verb);
}
absl::Status Check(const v1::OperationForm& form, const std::string& verb) {
  return CheckVerb(form, v1::OperationForm::State_Name(form.state()), verb);
}
absl::Status Check(const v1::InternalCheck& check, const std::string& verb) {
  return CheckVerb(check, v1::InternalCheck::State_Name(check.state()), verb);
}
absl::Status Check(const v1::Finding& finding, const std::string& verb) {
  return CheckVerb(finding, v1::Finding::State_Name(finding.state()), verb);
}
absl::Status Check(const v1::RuleException& exception, const std::string& verb) {
  return CheckVerb(exception, v1::RuleException::State_Name(exception.state()), verb);
}

}  // namespace staraction::engagement::domain
