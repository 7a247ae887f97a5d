#ifndef STARACTION_COMMON_AUTH_OPENSSL_KEY_H_
#define STARACTION_COMMON_AUTH_OPENSSL_KEY_H_

#include <openssl/evp.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/jwk.h"

// What jwk.cc needs from OpenSSL. Only these files know its API.
namespace staraction {

// Big-endian bytes of a key's parts by their JWK names: RSA n, e and d, p, q, dp, dq, qi; EC x, y
// and d; Ed25519 x and d.
using KeyParts = std::map<std::string, std::string>;

std::vector<const char*> PublicPartNames(Algorithm algorithm);
std::vector<const char*> PrivatePartNames(Algorithm algorithm);

// INVALID_ARGUMENT if the parts make no sound key: size, exponent, point not on the curve, private
// part that does not belong to the public one.
absl::StatusOr<std::shared_ptr<EVP_PKEY>> KeyFromParts(Algorithm algorithm, const KeyParts& parts);
KeyParts PartsFromKey(Algorithm algorithm, const EVP_PKEY& key, bool with_private);

// RSA with 2048 bits.
absl::StatusOr<std::shared_ptr<EVP_PKEY>> GenerateKey(Algorithm algorithm);

// Signatures have the form of JWS.
bool VerifySignature(Algorithm algorithm, EVP_PKEY& key, std::string_view message,
                     std::string_view signature);
absl::StatusOr<std::string> MakeSignature(Algorithm algorithm, EVP_PKEY& key,
                                          std::string_view message);

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_OPENSSL_KEY_H_
