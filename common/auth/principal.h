#ifndef STARACTION_COMMON_AUTH_PRINCIPAL_H_
#define STARACTION_COMMON_AUTH_PRINCIPAL_H_

#include <string>
#include <vector>

#include "staraction/common/v1/channel.pb.h"

namespace staraction {

// Who calls, as a verified token says it. What they may do is decided elsewhere. A value; the
// braces let users name only the members that they set.
struct Principal {
  enum class Kind { kUser, kParticipant, kService, kOperator };

  Kind kind = Kind::kUser;
  // UUID of the tenant. Empty for an operator only.
  std::string organization{};

  // User: issuer and its name for the person.
  std::string issuer{};
  std::string subject{};

  // Participant: UUIDs of link, client and engagement, and names of the members who act by the
  // link ("clients/{client}/members/{member}"), 1 to 20.
  std::string link{};
  std::string engagement{};
  std::vector<std::string> members{};
  // How the participant came, LINK or TABLET, and whether they showed a second factor besides (a
  // printed code or their staff number): records of their acts keep both. UNSPECIFIED for others.
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  bool second_factor = false;

  // Participant, and service (empty there if it is not about one client): UUID of the client.
  std::string client{};

  // Service: its short name, e.g. "training".
  std::string service{};

  friend bool operator==(const Principal&, const Principal&) = default;
};

// "user", "participant", "service", "operator".
const char* PrincipalKindName(Principal::Kind kind);

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_PRINCIPAL_H_
