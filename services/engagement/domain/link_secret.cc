#include "services/engagement/domain/link_secret.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/id.h"

namespace staraction::engagement::domain {
namespace {

std::string Mac(const std::string& text, const std::string& key) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
  return absl::WebSafeBase64Escape(std::string(reinterpret_cast<const char*>(mac), size));
}

std::string Text(const LinkClaim& claim) {
  return absl::StrCat(claim.organization, ".", claim.link, ".", claim.generation);
}

}  // namespace

std::string MakeLinkSecret(const LinkClaim& claim, const std::string& key) {
  const std::string text = Text(claim);
  return absl::StrCat(text, ".", Mac("participant-link/1 " + text, key));
}

std::optional<LinkClaim> ReadLinkSecret(const std::string& secret, const std::string& key) {
  const std::vector<std::string> parts = absl::StrSplit(secret, '.');
  LinkClaim claim;
  if (parts.size() != 4 || !IsUuid(parts[0]) || !IsUuid(parts[1]) ||
      !absl::SimpleAtoi(parts[2], &claim.generation)) {
    return std::nullopt;
  }
  claim.organization = parts[0];
  claim.link = parts[1];
  const std::string want = MakeLinkSecret(claim, key);
  if (want.size() != secret.size() || CRYPTO_memcmp(want.data(), secret.data(), want.size()) != 0) {
    return std::nullopt;
  }
  return claim;
}

}  // namespace staraction::engagement::domain
