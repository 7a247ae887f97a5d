#ifndef STARACTION_COMMON_AUTH_TOKEN_H_
#define STARACTION_COMMON_AUTH_TOKEN_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/key_source.h"
#include "common/auth/principal.h"
#include "common/auth/token_cache.h"
#include "common/base/clock.h"

namespace staraction {

struct Jws;

// An identity provider whose access tokens make users.
struct UserIssuer {
  std::string issuer{};  // The exact `iss`.
  std::string audience = "staraction";
  std::string organization_claim = "organization";  // Its value is the organization's UUID.
  std::shared_ptr<KeySource> keys{};
};

struct TokenVerifierOptions {
  std::vector<UserIssuer> user_issuers{};
  // Keys of our own services; see README.md.
  std::shared_ptr<KeySource> internal_keys{};
  size_t cache_entries = 10'000;
};

// Decides whose token it is. Good ones are remembered by their SHA-256 until they expire or their
// key set changes. Thread safe.
class TokenVerifier {
 public:
  // INVALID_ARGUMENT if no key set is given, issuers repeat, or one calls itself as we do.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> Create(TokenVerifierOptions options,
                                                               Clock clock);

  // `token` is a compact JWS. Every fault of it is UNAUTHENTICATED with CREDENTIAL_INVALID and one
  // text; the cause stands in LogText() only. UNAVAILABLE with PEER_UNAVAILABLE while the issuer's
  // keys could not be fetched even once.
  absl::StatusOr<Principal> Verify(std::string_view token);

 private:
  TokenVerifier(TokenVerifierOptions options, Clock clock);

  absl::Status VerifyNew(std::string_view token, absl::Time now, TokenCache::Entry& entry) const;
  static absl::Status CheckSignature(const Jws& jws, TokenCache::Entry& entry);

  const TokenVerifierOptions options_;
  const Clock clock_;
  TokenCache cache_;
};

// The token of an `authorization` header's value ("Bearer …", scheme in any case). UNAUTHENTICATED
// with CREDENTIAL_MISSING if the value is empty, with CREDENTIAL_INVALID if it is something else.
// A call with two such headers is the transport's to refuse.
absl::StatusOr<std::string_view> BearerToken(std::string_view authorization);

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_TOKEN_H_
