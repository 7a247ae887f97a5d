#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_TRANSITIONS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_TRANSITIONS_H_

#include <string>

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/engagement.pb.h"

namespace staraction::engagement {

// Records a step in an engagement's life. Who and when are the call's.
absl::Status AddTransition(pg::Transaction& tx, const std::string& engagement,
                           const v1::Engagement::Transition& transition);

// Adds the steps of the engagement's life to it, oldest first.
absl::Status LoadTransitions(pg::Transaction& tx, v1::Engagement& engagement);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_TRANSITIONS_H_
