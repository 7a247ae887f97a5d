#include "common/auth/key_set.h"

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/json/strict_json.h"

namespace staraction {
namespace {

constexpr size_t kMaxBytes = 256 * 1024;
constexpr size_t kMaxKeys = 100;

}  // namespace

absl::StatusOr<KeySet> KeySet::Parse(std::string_view jwks) {
  SA_ASSIGN_OR_RETURN(const nlohmann::json json, ParseStrictJsonObject(jwks, kMaxBytes));
  const auto keys = json.find("keys");
  if (keys == json.end() || !keys->is_array()) {
    return absl::InvalidArgumentError("key set has no list 'keys'");
  }
  if (keys->size() > kMaxKeys) {
    return absl::InvalidArgumentError(
        absl::StrCat("key set has ", keys->size(), " keys, at most ", kMaxKeys, " are allowed"));
  }
  KeySet set;
  std::string fault = "it is empty";
  for (const auto& entry : *keys) {
    if (entry.is_object() && entry.contains("d")) {
      return absl::InvalidArgumentError("key set contains a private key");
    }
    auto key = Jwk::FromJson(entry);
    if (!key.ok()) {
      fault = std::string(key.status().message());
      continue;
    }
    const std::string kid = key->kid();
    if (!set.keys_.emplace(kid, *std::move(key)).second) {
      return absl::InvalidArgumentError("key set has the same kid twice");
    }
  }
  if (set.keys_.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("key set has no usable key: ", fault));
  }
  return set;
}

const Jwk* KeySet::Find(const std::string& kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

std::string ToPublicJwks(const std::vector<Jwk>& keys) {
  nlohmann::json list = nlohmann::json::array();
  for (const Jwk& key : keys) list.push_back(nlohmann::json::parse(key.ToPublicJson()));
  return nlohmann::json{{"keys", list}}.dump();
}

}  // namespace staraction
