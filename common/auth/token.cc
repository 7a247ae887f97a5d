#include "common/auth/token.h"

#include <openssl/sha.h>

#include <set>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/auth/internal_token.h"
#include "common/auth/jws.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/strings.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

constexpr absl::Duration kUserSkew = absl::Seconds(60);
constexpr absl::Duration kInternalSkew = absl::Seconds(5);
constexpr size_t kMaxMembers = 20;

absl::Status Bad(const std::string& what) {
  return absl::InvalidArgumentError(what);
}

// The one answer to a bad credential; `cause` goes to the log.
absl::Status CredentialInvalid(absl::string_view cause) {
  absl::Status status =
      MakeError(absl::StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                "the credential is not valid", "認証情報が無効です");
  status.SetPayload("staraction/log", absl::Cord(cause));
  return status;
}

absl::Status KeysUnavailable() {
  return TryAgain(absl::StatusCode::kUnavailable, error::v1::ERROR_REASON_PEER_UNAVAILABLE,
                  "credentials cannot be checked at the moment",
                  "現在、認証情報を確認できません。しばらくしてからやり直してください");
}

std::string Digest(std::string_view token) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

struct Times {
  absl::Time issued;  // InfinitePast if the token doesn't say.
  absl::Time expires;
};

absl::StatusOr<Times> CheckTimes(const Jws& jws, absl::Time now, absl::Duration skew) {
  Times times;
  SA_ASSIGN_OR_RETURN(times.expires, TimeClaim(jws, "exp", absl::InfinitePast()));
  SA_ASSIGN_OR_RETURN(times.issued, TimeClaim(jws, "iat", absl::InfinitePast()));
  SA_ASSIGN_OR_RETURN(const absl::Time not_before, TimeClaim(jws, "nbf", absl::InfinitePast()));
  if (times.expires == absl::InfinitePast()) return Bad("exp is missing");
  if (now >= times.expires + skew) return Bad("token has expired");
  if (now + skew < not_before) return Bad("token is not valid yet (nbf)");
  if (now + skew < times.issued) return Bad("token is from the future (iat)");
  if (times.issued >= times.expires) return Bad("iat is not before exp");
  return times;
}

absl::StatusOr<Principal> ReadUser(const Jws& jws, const UserIssuer& issuer) {
  if (!jws.type.empty() && jws.type != "jwt" && jws.type != "at+jwt") return Bad("wrong typ");
  Principal principal;
  principal.kind = Principal::Kind::kUser;
  principal.issuer = issuer.issuer;
  SA_ASSIGN_OR_RETURN(principal.subject, TextClaim(jws, "sub"));
  SA_ASSIGN_OR_RETURN(principal.organization, UuidClaim(jws, issuer.organization_claim));
  return principal;
}

// How a participant came and what they showed.
absl::Status ReadStrength(const Jws& jws, Principal& principal) {
  const auto channel = jws.claims.find("channel");
  if (channel == jws.claims.end()) return Bad("channel is missing");
  if (*channel == kLinkClaim) {
    principal.channel = common::v1::CHANNEL_LINK;
  } else if (*channel == kTabletClaim) {
    principal.channel = common::v1::CHANNEL_TABLET;
  } else {
    return Bad("channel is neither LINK nor TABLET");
  }
  const auto factor = jws.claims.find("second_factor");
  if (factor == jws.claims.end() || !factor->is_boolean()) {
    return Bad("second_factor is not true or false");
  }
  principal.second_factor = factor->get<bool>();
  return absl::OkStatus();
}

absl::Status ReadParticipant(const Jws& jws, Principal& principal) {
  SA_ASSIGN_OR_RETURN(principal.link, UuidClaim(jws, "sub"));
  SA_ASSIGN_OR_RETURN(principal.organization, UuidClaim(jws, "organization"));
  SA_ASSIGN_OR_RETURN(principal.client, UuidClaim(jws, "client"));
  SA_ASSIGN_OR_RETURN(principal.engagement, UuidClaim(jws, "engagement"));
  const auto members = jws.claims.find("members");
  if (members == jws.claims.end() || !members->is_array() || members->empty() ||
      members->size() > kMaxMembers) {
    return Bad("members is not a list of 1 to 20 names");
  }
  const std::string parent = absl::StrCat("clients/", principal.client, "/members/");
  for (const auto& member : *members) {
    const std::string name = member.is_string() ? member.get<std::string>() : "";
    if (!absl::StartsWith(name, parent) || !IsUuid(name.substr(parent.size()))) {
      return Bad("members has what is no member of the client");
    }
    principal.members.push_back(name);
  }
  return ReadStrength(jws, principal);
}

absl::Status ReadService(const Jws& jws, Principal& principal) {
  SA_ASSIGN_OR_RETURN(principal.service, TextClaim(jws, "sub"));
  if (principal.service != jws.kid) return Bad("sub is not the service whose key it is");
  if (jws.kid == kOperatorKid) return Bad("the operator's key makes no service tokens");
  SA_ASSIGN_OR_RETURN(principal.organization, UuidClaim(jws, "organization"));
  if (!jws.claims.contains("client")) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(principal.client, UuidClaim(jws, "client"));
  return absl::OkStatus();
}

absl::StatusOr<Principal> ReadInternal(const Jws& jws, const Times& times) {
  const InternalTokenRule* rule = FindInternalTokenRule(jws.type);
  if (rule == nullptr) return Bad("wrong typ");
  if (rule->kid != nullptr && jws.kid != rule->kid) return Bad("key may not make such a token");
  if (times.issued == absl::InfinitePast()) return Bad("iat is missing");
  if (times.expires - times.issued > rule->max_lifetime) return Bad("lifetime is too long");
  Principal principal;
  principal.kind = rule->kind;
  if (rule->kind == Principal::Kind::kParticipant) {
    SA_RETURN_IF_ERROR(ReadParticipant(jws, principal));
  } else if (rule->kind == Principal::Kind::kService) {
    SA_RETURN_IF_ERROR(ReadService(jws, principal));
  } else if (jws.claims.value("sub", nlohmann::json()) != kOperatorKid) {
    return Bad("sub is not operator");
  }
  return principal;
}

}  // namespace

TokenVerifier::TokenVerifier(TokenVerifierOptions options, Clock clock)
    : options_(std::move(options)), clock_(std::move(clock)), cache_(options_.cache_entries) {}

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::Create(TokenVerifierOptions options,
                                                                     Clock clock) {
  std::set<std::string> issuers = {kInternalIssuer};
  for (const UserIssuer& issuer : options.user_issuers) {
    if (issuer.issuer.empty() || issuer.audience.empty() || issuer.organization_claim.empty() ||
        issuer.keys == nullptr) {
      return Bad(absl::StrCat("issuer '", issuer.issuer,
                              "' lacks a name, an audience, an organization claim or keys"));
    }
    if (!issuers.insert(issuer.issuer).second) {
      return Bad(absl::StrCat("issuer '", issuer.issuer, "' is given twice or is our own name"));
    }
  }
  if (options.user_issuers.empty() && options.internal_keys == nullptr) {
    return Bad("there are no keys to trust");
  }
  return std::unique_ptr<TokenVerifier>(new TokenVerifier(std::move(options), std::move(clock)));
}

absl::StatusOr<Principal> TokenVerifier::Verify(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return CredentialInvalid("token is too large");
  const absl::Time now = clock_();
  const std::string digest = Digest(token);
  if (auto principal = cache_.Get(digest, now)) return *std::move(principal);
  TokenCache::Entry entry;
  const absl::Status status = VerifyNew(token, now, entry);
  if (absl::IsUnavailable(status)) return status;
  if (!status.ok()) return CredentialInvalid(status.message());
  Principal principal = entry.principal;
  cache_.Put(digest, std::move(entry));
  return principal;
}

// The cheap checks come first, so that only a token that might be good can make a source look for
// new keys.
absl::Status TokenVerifier::VerifyNew(std::string_view token, absl::Time now,
                                      TokenCache::Entry& entry) const {
  SA_ASSIGN_OR_RETURN(const Jws jws, ParseJws(token));
  SA_ASSIGN_OR_RETURN(const std::string name, TextClaim(jws, "iss"));
  const UserIssuer* issuer = nullptr;
  for (const UserIssuer& candidate : options_.user_issuers) {
    if (candidate.issuer == name) issuer = &candidate;
  }
  const bool internal = name == kInternalIssuer && options_.internal_keys != nullptr;
  if (issuer == nullptr && !internal) return Bad("issuer is not trusted");
  const absl::Duration skew = internal ? kInternalSkew : kUserSkew;
  if (!HasAudience(jws, internal ? kInternalAudience : issuer->audience)) return Bad("wrong aud");
  SA_ASSIGN_OR_RETURN(const Times times, CheckTimes(jws, now, skew));
  SA_ASSIGN_OR_RETURN(entry.principal,
                      internal ? ReadInternal(jws, times) : ReadUser(jws, *issuer));
  entry.expires = times.expires + skew;
  entry.source = internal ? options_.internal_keys : issuer->keys;
  return CheckSignature(jws, entry);
}

absl::Status TokenVerifier::CheckSignature(const Jws& jws, TokenCache::Entry& entry) {
  entry.keys = entry.source->Current();
  if (entry.keys == nullptr || entry.keys->Find(jws.kid) == nullptr) {
    entry.keys = entry.source->LookAgain();
  }
  if (entry.keys == nullptr) return KeysUnavailable();
  const Jwk* key = entry.keys->Find(jws.kid);
  if (key == nullptr) return Bad("kid is unknown");
  if (key->algorithm() != jws.algorithm) return Bad("algorithm is not the key's");
  if (!key->Verify(jws.signing_input, jws.signature)) return Bad("signature is wrong");
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> BearerToken(std::string_view authorization) {
  constexpr absl::string_view kScheme = "Bearer ";
  if (authorization.empty()) {
    return MakeError(absl::StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_MISSING,
                     "a credential is required", "認証情報が必要です");
  }
  if (!absl::StartsWithIgnoreCase(ToAbsl(authorization), kScheme)) {
    return CredentialInvalid("authorization is not Bearer");
  }
  return authorization.substr(kScheme.size());
}

}  // namespace staraction
