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

// Without 0 O 1 I L 2 Z 5 S 8 B U V G Q, which look alike, and without vowels, which make words.
constexpr char kCodeCharacters[] = "34679CDFHJKMNPRTWXY";
constexpr int kCodeLength = 6;

std::string RawMac(const std::string& text, const std::string& key) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
  return std::string(reinterpret_cast<const char*>(mac), size);
}

std::string Mac(const std::string& text, const std::string& key) {
  return absl::WebSafeBase64Escape(RawMac(text, key));
}

bool Same(const std::string& want, const std::string& came) {
  return want.size() == came.size() && CRYPTO_memcmp(want.data(), came.data(), want.size()) == 0;
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
  if (!Same(MakeLinkSecret(claim, key), secret)) return std::nullopt;
  return claim;
}

std::string MakePrintedCode(const LinkClaim& claim, const std::string& key) {
  const std::string mac = RawMac("printed-code/1 " + Text(claim), key);
  uint64_t number = 0;
  for (size_t i = 0; i < sizeof(number); ++i) {
    number = number << 8 | static_cast<unsigned char>(mac[i]);
  }
  constexpr uint64_t kBase = sizeof(kCodeCharacters) - 1;
  std::string code;
  for (int i = 0; i < kCodeLength; ++i) {
    if (i == kCodeLength / 2) code += '-';
    code += kCodeCharacters[number % kBase];
    number /= kBase;
  }
  return code;
}

std::string MakeKioskSecret(const KioskClaim& claim, const std::string& key) {
  const std::string text = absl::StrCat("kiosk.", claim.organization, ".", claim.kiosk);
  return absl::StrCat(text, ".", Mac("kiosk/1 " + text, key));
}

std::optional<KioskClaim> ReadKioskSecret(const std::string& secret, const std::string& key) {
  const std::vector<std::string> parts = absl::StrSplit(secret, '.');
  if (parts.size() != 4 || parts[0] != "kiosk" || !IsUuid(parts[1]) || !IsUuid(parts[2])) {
    return std::nullopt;
  }
  KioskClaim claim{parts[1], parts[2]};
  if (!Same(MakeKioskSecret(claim, key), secret)) return std::nullopt;
  return claim;
}

}  // namespace staraction::engagement::domain
