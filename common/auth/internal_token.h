#ifndef STARACTION_COMMON_AUTH_INTERNAL_TOKEN_H_
#define STARACTION_COMMON_AUTH_INTERNAL_TOKEN_H_

#include <string_view>

#include "absl/time/time.h"
#include "common/auth/principal.h"

// What signer and verifier must agree on about the tokens that we issue ourselves.
namespace staraction {

inline constexpr char kInternalIssuer[] = "staraction-internal";
inline constexpr char kInternalAudience[] = "staraction";
inline constexpr char kParticipantKid[] = "engagement";
inline constexpr char kOperatorKid[] = "operator";

// Values of a participant's claim `channel`.
inline constexpr char kLinkClaim[] = "LINK";
inline constexpr char kTabletClaim[] = "TABLET";

struct InternalTokenRule {
  Principal::Kind kind;
  const char* type;  // The header's `typ`.
  const char* kid;   // The only key that may make it; null: the service named by `sub`.
  absl::Duration max_lifetime;
};

inline constexpr InternalTokenRule kServiceToken = {Principal::Kind::kService, "sa-service+jwt",
                                                    nullptr, absl::Minutes(5)};
inline constexpr InternalTokenRule kParticipantToken = {
    Principal::Kind::kParticipant, "sa-participant+jwt", kParticipantKid, absl::Minutes(15)};
inline constexpr InternalTokenRule kOperatorToken = {Principal::Kind::kOperator, "sa-operator+jwt",
                                                     kOperatorKid, absl::Hours(1)};

// Null if there is no such type.
inline const InternalTokenRule* FindInternalTokenRule(std::string_view type) {
  for (const auto* rule : {&kServiceToken, &kParticipantToken, &kOperatorToken}) {
    if (type == rule->type) return rule;
  }
  return nullptr;
}

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_INTERNAL_TOKEN_H_
