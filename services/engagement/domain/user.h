#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_USER_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_USER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "staraction/engagement/v1/organization.pb.h"

namespace staraction::engagement::domain {

// INVALID_ARGUMENT on `field` if a role is none of an organization.
absl::Status CheckRoles(const google::protobuf::RepeatedField<int>& roles,
                        const std::string& field);

// The user with the verbs that their state allows.
v1::User WithActions(v1::User user);

// FAILED_PRECONDITION if the user's state does not allow the verb.
absl::Status Check(const v1::User& user, const std::string& verb);

// Opens an invitation for so many days (0: 7); codes of earlier ones are void.
void Invite(absl::Time now, int valid_days, v1::User* user);

// Whether a code of this generation still makes the bearer of a token of this issuer the user.
bool CanAccept(const v1::User& user, int generation, const std::string& issuer, absl::Time now);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_USER_H_
