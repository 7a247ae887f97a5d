#include "common/paper/form_code.h"

#include <openssl/sha.h>

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/id.h"

namespace staraction::paper {
namespace {

constexpr char kVersion[] = "SA1";
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kKinds = "PTACBVR";
constexpr size_t kIdBytes = 16;
constexpr size_t kChecksumBytes = 3;
constexpr size_t kLength = 60;
const char kNobody[] = "00000000-0000-0000-0000-000000000000";

std::string ToBase32(const std::string& bytes) {
  std::string text;
  unsigned buffer = 0;
  int bits = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(byte)) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[buffer >> (bits - 5) & 31];
  }
  return text;
}

std::optional<std::string> FromBase32(std::string_view text) {
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5 | static_cast<unsigned>(value)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xff);
  }
  return bytes;
}

std::string IdBytes(const std::string& id) {
  if (!IsUuid(id)) std::abort();  // the caller's mistake: ids come from resource names
  return absl::HexStringToBytes(absl::StrReplaceAll(id, {{"-", ""}}));
}

std::string IdText(const std::string& bytes) {
  std::string hex = absl::BytesToHexString(bytes);
  for (const size_t at : {8u, 13u, 18u, 23u}) hex.insert(at, "-");
  return hex;
}

std::string Checksum(const std::string& covered) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(covered.data()), covered.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), kChecksumBytes);
}

// As printed: capital letters without what people put between them.
std::string Tidy(std::string_view text) {
  std::string tidy;
  for (const char c : text.substr(0, 4 * kLength)) {
    if (c != '-' && !absl::ascii_isspace(static_cast<unsigned char>(c))) {
      tidy += absl::ascii_toupper(static_cast<unsigned char>(c));
    }
  }
  return tidy;
}

}  // namespace

std::string EncodeFormCode(const FormCode& code) {
  const std::string head = absl::StrCat(kVersion, std::string(1, static_cast<char>(code.kind)));
  const std::string ids =
      IdBytes(code.resource) + IdBytes(code.member.empty() ? kNobody : code.member);
  return head + ToBase32(ids + Checksum(head + ids));
}

std::optional<FormCode> DecodeFormCode(std::string_view text) {
  const std::string tidy = Tidy(text);
  if (tidy.size() != kLength || !absl::StartsWith(tidy, kVersion)) return std::nullopt;
  const std::string head = tidy.substr(0, sizeof(kVersion));
  if (kKinds.find(head.back()) == std::string_view::npos) return std::nullopt;
  const auto bytes = FromBase32(std::string_view(tidy).substr(head.size()));
  if (!bytes) return std::nullopt;
  const std::string ids = bytes->substr(0, 2 * kIdBytes);
  if (bytes->substr(ids.size()) != Checksum(head + ids)) return std::nullopt;
  FormCode code{static_cast<FormKind>(head.back()), IdText(ids.substr(0, kIdBytes)),
                IdText(ids.substr(kIdBytes))};
  if (code.member == kNobody) code.member.clear();
  return code;
}

}  // namespace staraction::paper
