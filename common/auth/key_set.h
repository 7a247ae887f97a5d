#ifndef STARACTION_COMMON_AUTH_KEY_SET_H_
#define STARACTION_COMMON_AUTH_KEY_SET_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/jwk.h"

namespace staraction {

// The public keys of a JWKS document (RFC 7517 section 5), by kid. A value; thread safe to read.
class KeySet {
 public:
  // At most 256 KiB and 100 keys; no member twice. Keys that are not for us (other type or curve,
  // for encryption, another algorithm, no kid, too weak) are left out, as issuers publish such
  // beside the ones we need. INVALID_ARGUMENT if nothing usable is left, a kid occurs twice, or
  // the document contains a private key (which then is no secret any more).
  static absl::StatusOr<KeySet> Parse(std::string_view jwks);

  // Null if there is no such key. Valid as long as the set.
  const Jwk* Find(const std::string& kid) const;
  size_t size() const { return keys_.size(); }

 private:
  std::map<std::string, Jwk> keys_;
};

// The JWKS document of these keys' public halves.
std::string ToPublicJwks(const std::vector<Jwk>& keys);

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_KEY_SET_H_
