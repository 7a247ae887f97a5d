#include "common/auth/jws.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/auth/base64url.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/json/strict_json.h"

namespace staraction {
namespace {

constexpr size_t kMaxTextBytes = 255;
constexpr int64_t kEndOfYear9999 = 253402300799;
constexpr const char* kForbiddenHeaders[] = {"crit", "b64", "zip", "enc",
                                             "jku",  "jwk", "x5u", "x5c"};

absl::Status Bad(const std::string& what) {
  return absl::InvalidArgumentError(what);
}

absl::StatusOr<nlohmann::json> DecodeObject(std::string_view part, const char* name) {
  const auto text = Base64UrlDecode(part);
  if (!text) return Bad(absl::StrCat(name, " is not base64url"));
  auto json = ParseStrictJsonObject(*text, kMaxTokenBytes);
  if (!json.ok()) return Bad(absl::StrCat(name, ": ", json.status().message()));
  return json;
}

bool IsPlainText(const nlohmann::json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return !text.empty() && text.size() <= kMaxTextBytes &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
}

absl::Status ReadHeader(const nlohmann::json& header, Jws& jws) {
  for (const char* name : kForbiddenHeaders) {
    if (header.contains(name)) return Bad(absl::StrCat("header has ", name));
  }
  for (const char* name : {"alg", "kid"}) {
    if (!header.contains(name) || !IsPlainText(header[name])) {
      return Bad(absl::StrCat("header has no usable ", name));
    }
  }
  const auto algorithm = ParseAlgorithm(header["alg"].get_ref<const std::string&>());
  if (!algorithm) return Bad("algorithm is not allowed");
  jws.algorithm = *algorithm;
  jws.kid = header["kid"].get<std::string>();
  if (!header.contains("typ")) return absl::OkStatus();
  if (!IsPlainText(header["typ"])) return Bad("header has no usable typ");
  const std::string type = absl::AsciiStrToLower(header["typ"].get<std::string>());
  jws.type = std::string(absl::StripPrefix(type, "application/"));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Jws> ParseJws(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return Bad("token is too large");
  const size_t first = token.find('.');
  const size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) {
    return Bad("token has not three parts");
  }
  Jws jws;
  SA_ASSIGN_OR_RETURN(const auto header, DecodeObject(token.substr(0, first), "header"));
  SA_RETURN_IF_ERROR(ReadHeader(header, jws));
  SA_ASSIGN_OR_RETURN(jws.claims,
                      DecodeObject(token.substr(first + 1, second - first - 1), "payload"));
  auto signature = Base64UrlDecode(token.substr(second + 1));
  if (!signature) return Bad("signature is not base64url");
  if (signature->empty()) return Bad("signature is empty");
  jws.signature = *std::move(signature);
  jws.signing_input = token.substr(0, second);
  return jws;
}

absl::StatusOr<std::string> TextClaim(const Jws& jws, const std::string& name) {
  const auto found = jws.claims.find(name);
  if (found == jws.claims.end()) return Bad(absl::StrCat(name, " is missing"));
  if (!IsPlainText(*found)) return Bad(absl::StrCat(name, " is not a text of 1 to 255 bytes"));
  return found->get<std::string>();
}

absl::StatusOr<std::string> UuidClaim(const Jws& jws, const std::string& name) {
  SA_ASSIGN_OR_RETURN(std::string text, TextClaim(jws, name));
  if (!IsUuid(text)) return Bad(absl::StrCat(name, " is not a UUID in lower case"));
  return text;
}

absl::StatusOr<absl::Time> TimeClaim(const Jws& jws, const std::string& name, absl::Time absent) {
  const auto found = jws.claims.find(name);
  if (found == jws.claims.end()) return absent;
  // Compared as a double first: a number outside int64 must not be converted.
  const double seconds = found->is_number() ? found->get<double>() : -1;
  if (!(seconds >= 0 && seconds <= static_cast<double>(kEndOfYear9999))) {
    return Bad(absl::StrCat(name, " is not a time"));
  }
  return absl::FromUnixSeconds(0) + absl::Seconds(seconds);
}

bool HasAudience(const Jws& jws, const std::string& audience) {
  const auto found = jws.claims.find("aud");
  if (found == jws.claims.end()) return false;
  if (found->is_string()) return *found == audience;
  if (!found->is_array()) return false;
  const bool texts = std::all_of(found->begin(), found->end(),
                                 [](const nlohmann::json& entry) { return entry.is_string(); });
  return texts && std::find(found->begin(), found->end(), audience) != found->end();
}

}  // namespace staraction
