#ifndef STARACTION_COMMON_AUTH_SIGNER_H_
#define STARACTION_COMMON_AUTH_SIGNER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/jwk.h"
#include "common/base/clock.h"
#include "staraction/common/v1/channel.pb.h"

namespace staraction {

struct UserToken {
  std::string issuer{};
  std::string subject{};
  std::string organization{};
  std::string audience = "staraction";
  std::string organization_claim = "organization";
  absl::Duration lifetime = absl::Minutes(10);
};

struct ParticipantToken {
  std::string link{};
  std::string organization{};
  std::string client{};
  std::string engagement{};
  std::vector<std::string> members{};                      // Resource names, 1 to 20.
  common::v1::Channel channel = common::v1::CHANNEL_LINK;  // LINK or TABLET.
  bool second_factor = false;                              // Whether the participant showed one.
  absl::Duration lifetime = absl::Minutes(15);
};

// Makes the tokens of README.md with one private key. The key's kid says whose it is: that of a
// service, "operator", or any for a user issuer (the development issuer, tests). Makes what it is
// told; TokenVerifier is the judge. Thread safe, as far as the clock is.
class TokenSigner {
 public:
  // The file holds one private JWK, as Jwk::ToPrivateJson() writes it.
  static absl::StatusOr<TokenSigner> FromFile(const std::string& path, Clock clock);
  // `key` is private.
  TokenSigner(Jwk key, Clock clock);

  const Jwk& key() const { return key_; }

  absl::StatusOr<std::string> User(const UserToken& token) const;
  // For a participant who showed their link. The key is the engagement service's.
  absl::StatusOr<std::string> Participant(const ParticipantToken& token) const;
  // The service that the key belongs to, for `organization` and, if not empty, one client of it.
  absl::StatusOr<std::string> Service(const std::string& organization,
                                      const std::string& client) const;
  absl::StatusOr<std::string> Operator() const;

 private:
  Jwk key_;
  Clock clock_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_SIGNER_H_
