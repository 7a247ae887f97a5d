#include "common/seal/seal.h"

#include <openssl/sha.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace staraction {
namespace {

std::string ToNfc(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(error);
  const icu::UnicodeString normal = nfc->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}), error);
  if (U_FAILURE(error)) std::abort();  // ICU without its data
  std::string out;
  normal.toUTF8String(out);
  return out;
}

}  // namespace

std::string CanonicalText(const std::string& form, int version,
                          const std::vector<SealedValue>& values) {
  std::string text = absl::StrCat(form, "/", version, "\n");
  for (const SealedValue& each : values) {
    std::string value = each.value;
    for (char& c : value) {
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    absl::StrAppend(&text, each.code, "=", value, "\n");
  }
  return ToNfc(text);
}

std::string TidyCanonicalText(std::string_view text) {
  std::string tidy = absl::StrReplaceAll(ToNfc(text), {{"\r\n", "\n"}, {"\r", "\n"}});
  while (!tidy.empty() && tidy.back() == '\n') tidy.pop_back();
  return tidy + "\n";
}

std::string Seal(std::string_view canonical_text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(canonical_text.data()), canonical_text.size(),
         digest);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest), sizeof digest});
}

}  // namespace staraction
