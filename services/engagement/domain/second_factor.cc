#include "services/engagement/domain/second_factor.h"

#include "absl/strings/ascii.h"
#include "common/base/text.h"
#include "common/base/timestamp.h"

namespace staraction::engagement::domain {
namespace {

std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : absl::AsciiStrToUpper(NormalizeCode(text))) {
    if (c != '-' && c != ' ') plain += c;
  }
  return plain;
}

}  // namespace

v1::SecondFactor AskedFactor(v1::SecondFactor setting, common::v1::Channel channel,
                             const v1::Member& member) {
  const bool none = setting == v1::SECOND_FACTOR_NONE || setting == v1::SECOND_FACTOR_UNSPECIFIED;
  if (none && channel != common::v1::CHANNEL_TABLET) return v1::SECOND_FACTOR_NONE;
  if (setting == v1::SECOND_FACTOR_PRINTED_CODE) return setting;
  return Plain(member.staff_number()).empty() ? v1::SECOND_FACTOR_PRINTED_CODE
                                              : v1::SECOND_FACTOR_STAFF_NUMBER;
}

bool IsRightFactor(v1::SecondFactor asked, const v1::Member& member,
                   const std::string& printed_code, const std::string& shown) {
  const std::string want =
      asked == v1::SECOND_FACTOR_STAFF_NUMBER ? member.staff_number() : printed_code;
  return !Plain(want).empty() && Plain(want) == Plain(shown);
}

FactorVerdict JudgeFactor(v1::SecondFactor asked, const v1::Member& member,
                          const std::string& printed_code, const std::string& shown,
                          const content::v1::ContactRule& rule, absl::Time now,
                          v1::ParticipantLink& link) {
  if (link.has_unlock_time() && FromTimestamp(link.unlock_time()) > now) {
    return FactorVerdict::kPaused;
  }
  if (Plain(shown).empty()) return FactorVerdict::kMissing;
  if (IsRightFactor(asked, member, printed_code, shown)) {
    link.set_wrong_tries(0);
    return FactorVerdict::kRight;
  }
  link.set_wrong_tries(link.wrong_tries() + 1);
  if (link.wrong_tries() < rule.second_factor_tries()) return FactorVerdict::kWrong;
  link.set_wrong_tries(0);
  *link.mutable_unlock_time() =
      ToTimestamp(now + absl::Minutes(rule.second_factor_pause_minutes()));
  return FactorVerdict::kPaused;
}

}  // namespace staraction::engagement::domain
