#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LIFE_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LIFE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "staraction/engagement/v1/activity.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/internal_check.pb.h"
#include "staraction/engagement/v1/operation_form.pb.h"
#include "staraction/engagement/v1/quote.pb.h"
#include "staraction/engagement/v1/rule_exception.pb.h"
#include "staraction/engagement/v1/task.pb.h"
#include "staraction/engagement/v1/visit.pb.h"

namespace staraction::engagement::domain {

// Verbs that a state allows, in order.
std::vector<std::string> ActionsOf(v1::Quote::State state);
std::vector<std::string> ActionsOf(v1::Engagement::State state);
std::vector<std::string> ActionsOf(v1::Task::State state);
std::vector<std::string> ActionsOf(v1::Visit::State state);
std::vector<std::string> ActionsOf(v1::Activity::State state);
std::vector<std::string> ActionsOf(v1::OperationForm::State state);
std::vector<std::string> ActionsOf(v1::InternalCheck::State state);
std::vector<std::string> ActionsOf(v1::Finding::State state);
std::vector<std::string> ActionsOf(v1::RuleException::State state);

// FAILED_PRECONDITION unless the state allows the verb.
absl::Status Check(const v1::Quote& quote, const std::string& verb);
absl::Status Check(const v1::Engagement& engagement, const std::string& verb);
absl::Status Check(const v1::Task& task, const std::string& verb);
absl::Status Check(const v1::Visit& visit, const std::string& verb);
absl::Status Check(const v1::Activity& activity, const std::string& verb);
absl::Status Check(const v1::OperationForm& form, const std::string& verb);
absl::Status Check(const v1::InternalCheck& check, const std::string& verb);
absl::Status Check(const v1::Finding& finding, const std::string& verb);
absl::Status Check(const v1::RuleException& exception, const std::string& verb);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LIFE_H_
