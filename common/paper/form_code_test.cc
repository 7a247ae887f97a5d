#include "common/paper/form_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace staraction::paper {
namespace {

constexpr char kCampaign[] = "0190a000-0000-7000-8000-0000000000e1";
constexpr char kMember[] = "0190a000-0000-7000-8000-000000000101";

TEST(FormCode, ComesBackForEachKind) {
  for (const FormKind kind :
       {FormKind::kPledge, FormKind::kTest, FormKind::kAttendance, FormKind::kRuleCheck,
        FormKind::kBriefing, FormKind::kVisit, FormKind::kApproval}) {
    for (const char* member : {kMember, ""}) {
      const FormCode code{kind, kCampaign, member};
      EXPECT_EQ(DecodeFormCode(EncodeFormCode(code)), code) << static_cast<char>(kind);
    }
  }
}

// Printed forms lie in drawers for years: the code must stay readable.
TEST(FormCode, IsWhatItWasWhenFormsWerePrinted) {
  const std::string code = EncodeFormCode({FormKind::kPledge, kCampaign, kMember});
  EXPECT_EQ(code, "SA1PAGIKAAAAABYABAAAAAAAAAAA4EAZBIAAAAAHAAEAAAAAAAAAAEAYUT7H");
  EXPECT_EQ(code.size(), 60u);
}

TEST(FormCode, MayBeTypedByHand) {
  const FormCode code{FormKind::kTest, kCampaign, kMember};
  std::string typed = EncodeFormCode(code);
  for (size_t at = 4; at < typed.size(); at += 5) typed.insert(at, at % 2 == 0 ? " " : "-");
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(DecodeFormCode(typed + "\n"), code);
}

TEST(FormCode, EveryMisreadCharacterIsFound) {
  const std::string code = EncodeFormCode({FormKind::kPledge, kCampaign, kMember});
  for (size_t at = 0; at < code.size(); ++at) {
    std::string misread = code;
    misread[at] = misread[at] == 'T' ? 'A' : 'T';
    EXPECT_EQ(DecodeFormCode(misread), std::nullopt) << "at " << at;
  }
}

TEST(FormCode, OtherTextsAreNone) {
  const std::string code = EncodeFormCode({FormKind::kPledge, kCampaign, kMember});
  for (const std::string& text :
       {std::string(), std::string("https://example.jp/"), code.substr(1), code + "A",
        "SA2" + code.substr(3), std::string(60, 'A'), std::string(1 << 20, ' ') + code}) {
    EXPECT_EQ(DecodeFormCode(text), std::nullopt) << text.substr(0, 80);
  }
}

}  // namespace
}  // namespace staraction::paper
