#ifndef STARACTION_COMMON_AUTH_JWS_H_
#define STARACTION_COMMON_AUTH_JWS_H_

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/jwk.h"

// The outer form of a token: a compact JWS (RFC 7515) whose payload is a JSON object. Errors are
// INVALID_ARGUMENT whose text is for the log and quotes no value of the token.
namespace staraction {

inline constexpr size_t kMaxTokenBytes = 8 * 1024;

struct Jws {
  Algorithm algorithm;
  std::string kid;
  std::string type;  // `typ` in lower case without "application/"; empty if absent.
  nlohmann::json claims;
  std::string_view signing_input;  // Part of the token that was parsed.
  std::string signature;           // Not empty, not yet verified.
};

// At most 8 KiB. Refuses headers that would have us take the key from the token (jku, jwk, x5u,
// x5c) or process it otherwise (crit, b64, zip, enc), and algorithms off the list.
absl::StatusOr<Jws> ParseJws(std::string_view token);

// A claim that is a text of 1 to 255 bytes without control characters.
absl::StatusOr<std::string> TextClaim(const Jws& jws, const std::string& name);
// A text claim that is a lower-case UUID.
absl::StatusOr<std::string> UuidClaim(const Jws& jws, const std::string& name);
// A time (seconds since 1970, up to the year 9999), or `absent` if there is none.
absl::StatusOr<absl::Time> TimeClaim(const Jws& jws, const std::string& name, absl::Time absent);
// Whether `aud` is this text or a list of texts that has it.
bool HasAudience(const Jws& jws, const std::string& audience);

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_JWS_H_
