#ifndef STARACTION_COMMON_AUTH_JWK_H_
#define STARACTION_COMMON_AUTH_JWK_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "absl/status/statusor.h"

// OpenSSL's key, so that only jwk.cc includes its headers.
struct evp_pkey_st;

namespace staraction {

// The signature algorithms that exist for us (RFC 7518, RFC 8037). No "none", nothing symmetric.
enum class Algorithm { kRs256, kEs256, kEdDsa };

// "RS256", "ES256", "EdDSA".
const char* AlgorithmName(Algorithm algorithm);
std::optional<Algorithm> ParseAlgorithm(std::string_view name);

// One key (RFC 7517) that is bound to one algorithm by its type: RSA of 2048 to 8192 bits to RS256,
// EC on P-256 to ES256, Ed25519 to EdDSA. Cheap to copy, immutable, thread safe.
class Jwk {
 public:
  // Public or private. INVALID_ARGUMENT without any key material in the text when the key is
  // malformed, weak, without kid (1 to 255 bytes), of another type, or meant for something else
  // than signing with its algorithm ("use", "alg").
  static absl::StatusOr<Jwk> Parse(std::string_view json);
  static absl::StatusOr<Jwk> FromJson(const nlohmann::json& json);

  // A new private key.
  static absl::StatusOr<Jwk> Generate(Algorithm algorithm, const std::string& kid);

  const std::string& kid() const { return kid_; }
  Algorithm algorithm() const { return algorithm_; }
  bool is_private() const { return is_private_; }

  // The key as one JSON object. The second is a secret; FAILED_PRECONDITION for a public key.
  std::string ToPublicJson() const;
  absl::StatusOr<std::string> ToPrivateJson() const;

  // Whether `signature`, in the form that JWS gives it (ES256: r and s, 32 bytes each), is this
  // key's over `message`.
  bool Verify(std::string_view message, std::string_view signature) const;
  // FAILED_PRECONDITION for a public key.
  absl::StatusOr<std::string> Sign(std::string_view message) const;

 private:
  Jwk(std::string kid, Algorithm algorithm, bool is_private, std::shared_ptr<evp_pkey_st> key);

  nlohmann::json Export(bool with_private) const;

  std::string kid_;
  Algorithm algorithm_;
  bool is_private_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_JWK_H_
