#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_DELIVERY_LIFE_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_DELIVERY_LIFE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "staraction/content/v1/contact.pb.h"
#include "staraction/engagement/v1/message.pb.h"

namespace staraction::engagement::domain {

// Verbs that a message with its figures allows.
std::vector<std::string> ActionsOf(const v1::Message& message);

// How an attempt to send a mail ended.
enum class MailEnd {
  kSent,
  kBounced,  // there is no such address
  kFailed,   // refused for another reason
  kInDoubt,  // nobody knows
  kAgain,    // passing trouble
};

// Moves a delivery in sending on. Passing trouble makes it wait, longer each time, until the rule's
// number of attempts is reached.
void ApplyEnd(MailEnd end, const content::v1::ContactRule& rule, absl::Time now,
              v1::Delivery& delivery);

// FAILED_PRECONDITION unless the delivery is a mail that failed or is in doubt; then it waits
// again.
absl::Status Retry(absl::Time now, v1::Delivery& delivery);

// FAILED_PRECONDITION unless the delivery is a mail that went out, or may have.
absl::Status Bounce(absl::Time now, const std::string& recorder, const std::string& detail,
                    v1::Delivery& delivery);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_DELIVERY_LIFE_H_
