#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_VISITS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_VISITS_H_

#include <map>
#include <string>

#include "absl/time/civil_time.h"
#include "common/pg/transaction.h"
#include "staraction/engagement/v1/visit.pb.h"

namespace staraction::engagement {

// The visit with its verbs.
v1::Visit PresentVisit(v1::Visit visit);

// The visit with all that its report prints but the offering's name: verbs, confirmations, number,
// the consultancy's and the client's name. `offering` receives the engagement's offering.
absl::StatusOr<v1::Visit> CompleteVisit(pg::Transaction& tx, v1::Visit visit,
                                        std::string* offering);

// Sets names (and positions of members) of participants and owners of homework from their entries;
// INVALID_ARGUMENT on `field` for users and members that do not exist.
absl::Status NamePeople(pg::Transaction& tx, v1::Visit& visit);

absl::Status AddConfirmation(pg::Transaction& tx, const std::string& visit,
                             const v1::Visit::Confirmation& confirmation);

// Moves the earliest visit of the engagement that is still planned to this day, if there is one.
absl::Status MoveNextVisit(pg::Transaction& tx, const std::string& engagement, absl::CivilDay day);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_VISITS_H_
