#include "common/auth/signer.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/auth/base64url.h"
#include "common/auth/internal_token.h"
#include "common/base/macros.h"
#include "common/config/parse.h"

namespace staraction {
namespace {

constexpr size_t kMaxKeyFileBytes = 16 * 1024;

absl::StatusOr<std::string> MakeToken(const Jwk& key, const std::string& type, absl::Time now,
                                      absl::Duration lifetime, nlohmann::json claims) {
  // Whole seconds, as strict readers want them; `exp` from the same start keeps the lifetime exact.
  const int64_t issued = absl::ToUnixSeconds(now);
  claims["iat"] = issued;
  claims["exp"] = issued + absl::ToInt64Seconds(lifetime);
  const nlohmann::json header = {
      {"alg", AlgorithmName(key.algorithm())}, {"kid", key.kid()}, {"typ", type}};
  const std::string input =
      absl::StrCat(Base64UrlEncode(header.dump()), ".", Base64UrlEncode(claims.dump()));
  SA_ASSIGN_OR_RETURN(const std::string signature, key.Sign(input));
  return absl::StrCat(input, ".", Base64UrlEncode(signature));
}

nlohmann::json InternalClaims(const std::string& subject) {
  return {{"iss", kInternalIssuer}, {"aud", kInternalAudience}, {"sub", subject}};
}

}  // namespace

absl::StatusOr<TokenSigner> TokenSigner::FromFile(const std::string& path, Clock clock) {
  SA_ASSIGN_OR_RETURN(const std::string text, ReadFileToString(path, kMaxKeyFileBytes));
  auto key = Jwk::Parse(text);
  if (!key.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": ", key.status().message()));
  }
  if (!key->is_private()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": the key is public, wanted private"));
  }
  return TokenSigner(*std::move(key), std::move(clock));
}

TokenSigner::TokenSigner(Jwk key, Clock clock) : key_(std::move(key)), clock_(std::move(clock)) {}

absl::StatusOr<std::string> TokenSigner::User(const UserToken& token) const {
  return MakeToken(key_, "at+jwt", clock_(), token.lifetime,
                   {{"iss", token.issuer},
                    {"aud", token.audience},
                    {"sub", token.subject},
                    {token.organization_claim, token.organization}});
}

absl::StatusOr<std::string> TokenSigner::Participant(const ParticipantToken& token) const {
  nlohmann::json claims = InternalClaims(token.link);
  claims["organization"] = token.organization;
  claims["client"] = token.client;
  claims["engagement"] = token.engagement;
  claims["members"] = token.members;
  claims["channel"] = token.channel == common::v1::CHANNEL_TABLET ? kTabletClaim : kLinkClaim;
  claims["second_factor"] = token.second_factor;
  return MakeToken(key_, kParticipantToken.type, clock_(), token.lifetime, std::move(claims));
}

absl::StatusOr<std::string> TokenSigner::Service(const std::string& organization,
                                                 const std::string& client) const {
  nlohmann::json claims = InternalClaims(key_.kid());
  claims["organization"] = organization;
  if (!client.empty()) claims["client"] = client;
  return MakeToken(key_, kServiceToken.type, clock_(), kServiceToken.max_lifetime,
                   std::move(claims));
}

absl::StatusOr<std::string> TokenSigner::Operator() const {
  return MakeToken(key_, kOperatorToken.type, clock_(), kOperatorToken.max_lifetime,
                   InternalClaims(kOperatorKid));
}

}  // namespace staraction
