// A bearer token: nobody has signed what a fuzzer makes up.

#include "common/auth/token.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "common/auth/jwk.h"
#include "common/auth/key_source.h"
#include "common/base/clock.h"

namespace staraction {
namespace {

TokenVerifier& Verifier() {
  static TokenVerifier& verifier = *[] {
    // Made anew each time, so no corpus can hold a token of it.
    const Jwk key = *Jwk::Generate(Algorithm::kEdDsa, "k1");
    UserIssuer issuer;
    issuer.issuer = "https://id.example";
    issuer.keys = *StaticKeys(ToPublicJwks({key}));
    TokenVerifierOptions options;
    options.user_issuers = {issuer};
    options.internal_keys = *StaticKeys(ToPublicJwks({key}));
    return TokenVerifier::Create(options, RealClock())->release();
  }();
  return verifier;
}

}  // namespace
}  // namespace staraction

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  if (staraction::Verifier().Verify(token).ok()) std::abort();
  return 0;
}
