#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_SECOND_FACTOR_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_SECOND_FACTOR_H_

#include <string>

#include "absl/time/time.h"
#include "staraction/common/v1/channel.pb.h"
#include "staraction/content/v1/contact.pb.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/participation.pb.h"

namespace staraction::engagement::domain {

// What a member is asked for besides their link: NONE, STAFF_NUMBER or PRINTED_CODE. Who has no
// staff number shows the printed code. On a tablet everybody is asked for something, since a name
// that is only picked proves nothing.
v1::SecondFactor AskedFactor(v1::SecondFactor setting, common::v1::Channel channel,
                             const v1::Member& member);

// Whether what was shown is what is asked for: width, case, spaces and hyphens don't count.
bool IsRightFactor(v1::SecondFactor asked, const v1::Member& member,
                   const std::string& printed_code, const std::string& shown);

enum class FactorVerdict {
  kRight,
  kMissing,  // nothing was shown; does not count as a try
  kWrong,
  kPaused,  // the link rests; what was shown is not even looked at
};

// Judges a try and counts it on the link: after the rule's number of wrong ones in a row the link
// rests. The verdict of the try that makes it rest is kPaused.
FactorVerdict JudgeFactor(v1::SecondFactor asked, const v1::Member& member,
                          const std::string& printed_code, const std::string& shown,
                          const content::v1::ContactRule& rule, absl::Time now,
                          v1::ParticipantLink& link);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_SECOND_FACTOR_H_
