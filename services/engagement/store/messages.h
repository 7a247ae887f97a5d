#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_MESSAGES_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_MESSAGES_H_

#include <optional>
#include <string>
#include <vector>

#include "common/pg/transaction.h"
#include "services/engagement/domain/contact_plan.h"
#include "staraction/engagement/v1/message_service.pb.h"

namespace staraction::engagement {

// What members have had in the engagement, by member's name.
absl::StatusOr<std::map<std::string, domain::ContactHistory>> LoadHistory(
    pg::Transaction& tx, const std::string& engagement);

// The client's blocks that hold, by member's name.
absl::StatusOr<std::map<std::string, std::vector<v1::ContactBlock>>> LoadBlocks(
    pg::Transaction& tx);

// Queues one delivery a contact, and makes links for those who have none; a few statements, however
// many there are.
absl::Status QueueDeliveries(pg::Transaction& tx, const std::string& message,
                             const std::vector<v1::PlannedContact>& contacts);

// Figures of the message, and what may be done with it.
absl::Status AddFigures(pg::Transaction& tx, std::vector<v1::Message*> messages);

// One page of a message's deliveries.
absl::StatusOr<v1::ListDeliveriesResponse> FindDeliveries(pg::Transaction& tx,
                                                          const v1::ListDeliveriesRequest& request);

// Takes the next mail of the message that is due and marks it as in sending until `lease`; nothing
// if there is none. Nobody else gets it.
absl::StatusOr<std::optional<v1::Delivery>> TakeMail(pg::Transaction& tx,
                                                     const std::string& message, absl::Time lease);
// Mails whose sender was interrupted become IN_DOUBT.
absl::Status GiveUpLeases(pg::Transaction& tx, const std::string& message);
// When there is work for the message's mails next; InfiniteFuture: never.
absl::StatusOr<absl::Time> NextMailTime(pg::Transaction& tx, const std::string& message);

// What waits is given up (all of it), or marked as printed (slips; of these members, "" of all).
absl::Status CancelWaiting(pg::Transaction& tx, const std::string& message,
                           const std::string& detail);
absl::StatusOr<int> MarkWaitingPrinted(pg::Transaction& tx, const v1::MarkPrintedRequest& request);

// Records that mails to the address (empty: any) go out no more; once only.
absl::Status BlockMail(pg::Transaction& tx, const std::string& member,
                       v1::ContactBlock::Reason reason, const std::string& address,
                       const std::string& recorder);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_MESSAGES_H_
