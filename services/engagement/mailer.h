#ifndef STARACTION_SERVICES_ENGAGEMENT_MAILER_H_
#define STARACTION_SERVICES_ENGAGEMENT_MAILER_H_

#include <memory>
#include <string>

#include "common/client/mail.h"
#include "common/content/library.h"
#include "common/service/host.h"
#include "services/engagement/participant_entry.h"
#include "staraction/engagement/v1/message.pb.h"
#include "staraction/engagement/v1/organization.pb.h"

namespace staraction::engagement {

// Sends the mails that messages have queued, as jobs of kind "mail". Each mail is marked as in
// sending before it is handed over, so that after a crash it is in doubt and not sent twice.
// Thread safe.
class Mailer {
 public:
  // `sender` is null where no mail server is configured.
  Mailer(Host& host, const content::Library& library, const ParticipantEntry& entry,
         std::unique_ptr<MailSender> sender);

  // Why mails cannot be sent for this organization, in Japanese; "" if they can.
  std::string Obstacle(const v1::Organization& organization) const;

  // Asks for the message's mails to be sent, from within the transaction that queues them.
  static absl::Status Enqueue(pg::Transaction& tx, const std::string& message, absl::Time due);

 private:
  struct Sheet;  // what all mails of a message have in common

  absl::Status Run(const Job& job);
  absl::StatusOr<Sheet> Prepare(const Call& call, const std::string& message);
  absl::Status SendOne(const Call& call, const Sheet& sheet, v1::Delivery delivery);
  absl::Status Compose(pg::Transaction& tx, const Sheet& sheet, const v1::Delivery& delivery,
                       Mail& mail) const;
  absl::Status Record(const Call& call, const Sheet& sheet, v1::Delivery delivery,
                      const MailOutcome& outcome);

  Host& host_;
  const content::Library& library_;
  const ParticipantEntry& entry_;
  const std::unique_ptr<MailSender> sender_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_MAILER_H_
