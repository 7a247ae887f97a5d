#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_PARTICIPATION_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_PARTICIPATION_H_

#include <map>
#include <optional>
#include <string>

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/participation.pb.h"

namespace staraction::engagement {

// How people take part in the engagement ("engagements/{engagement}"); defaults if never set.
absl::StatusOr<v1::Participation> ParticipationOf(pg::Transaction& tx,
                                                  const std::string& engagement);

// The member's link in the engagement, locked; nothing if there is none.
absl::StatusOr<std::optional<v1::ParticipantLink>> LinkOfMember(pg::Transaction& tx,
                                                                const std::string& engagement,
                                                                const std::string& member);
// All links of the engagement, revoked ones too, locked; by the member's name.
absl::StatusOr<std::map<std::string, v1::ParticipantLink>> LockLinks(pg::Transaction& tx,
                                                                     const std::string& engagement);
// A first link for the member, to be stored.
v1::ParticipantLink NewLink(const std::string& engagement, const std::string& member,
                            absl::Time now);
// Makes all earlier secrets of the link void.
absl::StatusOr<v1::ParticipantLink> RenewLink(pg::Transaction& tx, v1::ParticipantLink link);

// The engagement's links that are not revoked, by the member's name.
absl::StatusOr<std::map<std::string, v1::ParticipantLink>> LinksByMember(
    pg::Transaction& tx, const std::string& engagement);

// A row that a secret names, with the client that it belongs to (UUID).
template <typename T>
struct Found {
  T resource;
  std::string client;
};
// For a transaction that sees the whole organization.
absl::StatusOr<std::optional<Found<v1::ParticipantLink>>> FindLink(pg::Transaction& tx,
                                                                   const std::string& id);
absl::StatusOr<std::optional<Found<v1::Kiosk>>> FindKiosk(pg::Transaction& tx,
                                                          const std::string& id);

// Whether the member belongs to the company on that day, at work or on leave.
bool IsEmployed(const v1::Member& member, absl::CivilDay today);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_PARTICIPATION_H_
