#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_VISIT_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_VISIT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "staraction/engagement/v1/visit.pb.h"

namespace staraction::engagement::domain {

// INVALID_ARGUMENT on start_time or end_time unless start < end ≤ start + one day and the start is
// not in the future.
absl::Status CheckHeld(absl::Time start, absl::Time end, absl::Time now);

// INVALID_ARGUMENT on `field`[i] unless each participant is one of a user, a member, and a guest
// with a name and a side.
absl::Status CheckParticipants(
    const google::protobuf::RepeatedPtrField<v1::Visit::Participant>& participants,
    const std::string& field);

// INVALID_ARGUMENT on homework[i] if it has two owners.
absl::Status CheckHomework(const google::protobuf::RepeatedPtrField<v1::Visit::Homework>& homework);

// SHA-256 in hex of what the client confirms: title, times, place, people, minutes, decisions,
// homework, next day. Equal reports have equal digests.
std::string ContentDigest(const v1::Visit& visit);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_VISIT_H_
