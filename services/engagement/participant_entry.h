#ifndef STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_ENTRY_H_
#define STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_ENTRY_H_

#include <string>

#include "common/auth/signer.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "services/engagement/domain/link_secret.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/participant_service.pb.h"
#include "staraction/engagement/v1/participation.pb.h"

namespace staraction::engagement {

// The one door through which people without an account come in, by link or at a tablet: looks at
// the second factor where one is asked for, and makes the token. Thread safe.
class ParticipantEntry {
 public:
  // `link_key` makes the secrets of links and kiosks and the printed codes: at least 32 bytes.
  // Another key voids all of them.
  ParticipantEntry(pg::Pool& pool, const TokenSigner& signer, const content::Library& library,
                   std::string link_key)
      : pool_(pool), signer_(signer), library_(library), link_key_(std::move(link_key)) {}

  // The same call with the rights of a credential that it brought: first of the organization, to
  // find what the secret names, then of one client. `actor` is a member's name or "".
  static Call InOrganization(const Call& call, const std::string& organization);
  static Call InClient(const Call& call, const std::string& client, const std::string& actor);

  // A token for the link's member. `inside` is a call in the link's client. UNAUTHENTICATED: the
  // member has left, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_WRONG. RESOURCE_EXHAUSTED,
  // SECOND_FACTOR_PAUSED: the link rests.
  absl::StatusOr<v1::ExchangeParticipantLinkResponse> Enter(const Call& inside,
                                                            const v1::ParticipantLink& link,
                                                            common::v1::Channel channel,
                                                            const std::string& shown) const;

  // The rule that the participation names; INVALID_ARGUMENT on `participation.contact_rule` if no
  // pack has it.
  absl::StatusOr<const content::v1::ContactRule*> RuleOf(
      const v1::Participation& participation) const;

  // Puts secret and address (`base` with the secret as its fragment, unless empty) into the link.
  void AddSecret(const std::string& organization, const std::string& base,
                 v1::ParticipantLink& link) const;
  std::string PrintedCode(const std::string& organization, const v1::ParticipantLink& link) const;
  const std::string& link_key() const { return link_key_; }

  static absl::Status BadSecret();

 private:
  absl::Status CheckFactor(const Call& inside, const v1::ParticipantLink& link,
                           const v1::Member& member, const v1::Participation& participation,
                           v1::SecondFactor asked, const std::string& shown) const;

  pg::Pool& pool_;
  const TokenSigner& signer_;
  const content::Library& library_;
  const std::string link_key_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_PARTICIPANT_ENTRY_H_
