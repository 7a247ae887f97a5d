#include "common/auth/jwk.h"

#include <openssl/evp.h>

#include <utility>

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/auth/base64url.h"
#include "common/auth/openssl_key.h"
#include "common/base/macros.h"
#include "common/json/strict_json.h"

namespace staraction {
namespace {

constexpr size_t kMaxJwkBytes = 16 * 1024;
constexpr size_t kMaxKidBytes = 255;

struct Kind {
  Algorithm algorithm;
  const char* name;
  const char* kty;
  const char* curve;  // Null for RSA.
};
constexpr Kind kKinds[] = {{Algorithm::kRs256, "RS256", "RSA", nullptr},
                           {Algorithm::kEs256, "ES256", "EC", "P-256"},
                           {Algorithm::kEdDsa, "EdDSA", "OKP", "Ed25519"}};

const Kind& KindOf(Algorithm algorithm) {
  return kKinds[static_cast<int>(algorithm)];
}

// The member as text, or "" if it is absent or no text.
std::string Text(const nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

absl::StatusOr<Algorithm> AlgorithmOf(const nlohmann::json& json) {
  const std::string kty = Text(json, "kty");
  const std::string curve = Text(json, "crv");
  for (const Kind& kind : kKinds) {
    if (kty != kind.kty || (kind.curve != nullptr && curve != kind.curve)) continue;
    if (json.contains("alg") && Text(json, "alg") != kind.name) {
      return absl::InvalidArgumentError(absl::StrCat("key is not for ", kind.name));
    }
    return kind.algorithm;
  }
  return absl::InvalidArgumentError("key is neither RSA nor EC P-256 nor Ed25519");
}

absl::Status CheckPurpose(const nlohmann::json& json) {
  if (json.contains("use") && Text(json, "use") != "sig") {
    return absl::InvalidArgumentError("key is not for signatures (use)");
  }
  if (!json.contains("key_ops")) return absl::OkStatus();
  for (const auto& operation : json["key_ops"]) {
    if (operation == "verify" || operation == "sign") return absl::OkStatus();
  }
  return absl::InvalidArgumentError("key is not for signatures (key_ops)");
}

// The parts of a key by their JWK names, decoded. The private ones only if the key has "d".
absl::StatusOr<KeyParts> PartsOf(const nlohmann::json& json, Algorithm algorithm) {
  KeyParts parts;
  const auto read = [&](const auto& names) {
    for (const char* name : names) {
      auto bytes = Base64UrlDecode(Text(json, name));
      if (!bytes || bytes->empty()) return false;
      parts[name] = *std::move(bytes);
    }
    return true;
  };
  if (!read(PublicPartNames(algorithm))) {
    return absl::InvalidArgumentError("key lacks a public part, or it is not base64url");
  }
  if (json.contains("d") && !read(PrivatePartNames(algorithm))) {
    return absl::InvalidArgumentError("key lacks a private part, or it is not base64url");
  }
  return parts;
}

}  // namespace

const char* AlgorithmName(Algorithm algorithm) {
  return KindOf(algorithm).name;
}

std::optional<Algorithm> ParseAlgorithm(std::string_view name) {
  for (const Kind& kind : kKinds) {
    if (name == kind.name) return kind.algorithm;
  }
  return std::nullopt;
}

Jwk::Jwk(std::string kid, Algorithm algorithm, bool is_private, std::shared_ptr<evp_pkey_st> key)
    : kid_(std::move(kid)), algorithm_(algorithm), is_private_(is_private), key_(std::move(key)) {}

absl::StatusOr<Jwk> Jwk::Parse(std::string_view json) {
  SA_ASSIGN_OR_RETURN(const nlohmann::json parsed, ParseStrictJsonObject(json, kMaxJwkBytes));
  return FromJson(parsed);
}

absl::StatusOr<Jwk> Jwk::FromJson(const nlohmann::json& json) {
  if (!json.is_object()) return absl::InvalidArgumentError("key is not an object");
  const std::string kid = Text(json, "kid");
  if (kid.empty() || kid.size() > kMaxKidBytes) {
    return absl::InvalidArgumentError("key has no kid of 1 to 255 bytes");
  }
  SA_ASSIGN_OR_RETURN(const Algorithm algorithm, AlgorithmOf(json));
  SA_RETURN_IF_ERROR(CheckPurpose(json));
  SA_ASSIGN_OR_RETURN(const KeyParts parts, PartsOf(json, algorithm));
  SA_ASSIGN_OR_RETURN(auto key, KeyFromParts(algorithm, parts));
  return Jwk(kid, algorithm, json.contains("d"), std::move(key));
}

absl::StatusOr<Jwk> Jwk::Generate(Algorithm algorithm, const std::string& kid) {
  SA_ASSIGN_OR_RETURN(auto key, GenerateKey(algorithm));
  return Jwk(kid, algorithm, /*is_private=*/true, std::move(key));
}

nlohmann::json Jwk::Export(bool with_private) const {
  const Kind& kind = KindOf(algorithm_);
  nlohmann::json json = {{"kty", kind.kty}, {"kid", kid_}, {"alg", kind.name}, {"use", "sig"}};
  if (kind.curve != nullptr) json["crv"] = kind.curve;
  for (const auto& [name, bytes] : PartsFromKey(algorithm_, *key_, with_private)) {
    json[name] = Base64UrlEncode(bytes);
  }
  return json;
}

std::string Jwk::ToPublicJson() const {
  return Export(/*with_private=*/false).dump();
}

absl::StatusOr<std::string> Jwk::ToPrivateJson() const {
  if (!is_private_) return absl::FailedPreconditionError("the key is public");
  return Export(/*with_private=*/true).dump();
}

bool Jwk::Verify(std::string_view message, std::string_view signature) const {
  return VerifySignature(algorithm_, *key_, message, signature);
}

absl::StatusOr<std::string> Jwk::Sign(std::string_view message) const {
  if (!is_private_) return absl::FailedPreconditionError("the key is public");
  return MakeSignature(algorithm_, *key_, message);
}

}  // namespace staraction
