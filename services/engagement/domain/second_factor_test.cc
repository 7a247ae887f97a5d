#include "services/engagement/domain/second_factor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/timestamp.h"
#include "services/engagement/domain/link_secret.h"

namespace staraction::engagement::domain {
namespace {

using common::v1::CHANNEL_LINK;
using common::v1::CHANNEL_TABLET;

constexpr char kKey[] = "0123456789abcdef0123456789abcdef";
const LinkClaim kClaim = {"0190a000-0000-7000-8000-000000000001",
                          "0190a000-0000-7000-8000-000000000002", 1};
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

v1::Member Member(const std::string& number) {
  v1::Member member;
  member.set_staff_number(number);
  return member;
}

content::v1::ContactRule Rule() {
  content::v1::ContactRule rule;
  rule.set_second_factor_tries(3);
  rule.set_second_factor_pause_minutes(15);
  return rule;
}

TEST(SecondFactorTest, WhatIsAsked) {
  const struct {
    const char* name;
    v1::SecondFactor setting;
    common::v1::Channel channel;
    std::string number;
    v1::SecondFactor want;
  } cases[] = {
      {"nothing by link", v1::SECOND_FACTOR_NONE, CHANNEL_LINK, "7", v1::SECOND_FACTOR_NONE},
      {"never set", v1::SECOND_FACTOR_UNSPECIFIED, CHANNEL_LINK, "7", v1::SECOND_FACTOR_NONE},
      {"a tablet always asks", v1::SECOND_FACTOR_NONE, CHANNEL_TABLET, "7",
       v1::SECOND_FACTOR_STAFF_NUMBER},
      {"a tablet, no number", v1::SECOND_FACTOR_NONE, CHANNEL_TABLET, "",
       v1::SECOND_FACTOR_PRINTED_CODE},
      {"number", v1::SECOND_FACTOR_STAFF_NUMBER, CHANNEL_LINK, "7", v1::SECOND_FACTOR_STAFF_NUMBER},
      {"number of dashes is none", v1::SECOND_FACTOR_STAFF_NUMBER, CHANNEL_LINK, "－",
       v1::SECOND_FACTOR_PRINTED_CODE},
      {"code", v1::SECOND_FACTOR_PRINTED_CODE, CHANNEL_TABLET, "7", v1::SECOND_FACTOR_PRINTED_CODE},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(AskedFactor(test.setting, test.channel, Member(test.number)), test.want) << test.name;
  }
}

TEST(SecondFactorTest, WhatIsRight) {
  const struct {
    v1::SecondFactor asked;
    std::string shown;
    bool want;
  } cases[] = {
      {v1::SECOND_FACTOR_STAFF_NUMBER, "A-0042", true},
      {v1::SECOND_FACTOR_STAFF_NUMBER, "ａ００４２", true},
      {v1::SECOND_FACTOR_STAFF_NUMBER, " a 0042 ", true},
      {v1::SECOND_FACTOR_STAFF_NUMBER, "A42", false},
      {v1::SECOND_FACTOR_STAFF_NUMBER, "CDF-HJK", false},
      {v1::SECOND_FACTOR_STAFF_NUMBER, "", false},
      {v1::SECOND_FACTOR_PRINTED_CODE, "cdfhjk", true},
      {v1::SECOND_FACTOR_PRINTED_CODE, "ＣＤＦ－ＨＪＫ", true},
      {v1::SECOND_FACTOR_PRINTED_CODE, "CDF-HJ", false},
      {v1::SECOND_FACTOR_PRINTED_CODE, "A-0042", false},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(IsRightFactor(test.asked, Member("A-0042"), "CDF-HJK", test.shown), test.want)
        << test.asked << " " << test.shown;
  }
}

TEST(SecondFactorTest, TheLinkRestsAfterWrongTriesInARow) {
  v1::ParticipantLink link;
  const auto judge = [&](const std::string& shown, absl::Time now) {
    return JudgeFactor(v1::SECOND_FACTOR_STAFF_NUMBER, Member("42"), "", shown, Rule(), now, link);
  };
  EXPECT_EQ(judge("1", kNow), FactorVerdict::kWrong);
  EXPECT_EQ(judge("2", kNow), FactorVerdict::kWrong);
  EXPECT_EQ(judge("", kNow), FactorVerdict::kMissing);
  EXPECT_EQ(link.wrong_tries(), 2);
  EXPECT_EQ(judge("42", kNow), FactorVerdict::kRight);
  EXPECT_EQ(link.wrong_tries(), 0);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(judge("1", kNow), FactorVerdict::kWrong);
  EXPECT_EQ(judge("3", kNow), FactorVerdict::kPaused);
  EXPECT_EQ(FromTimestamp(link.unlock_time()), kNow + absl::Minutes(15));
  EXPECT_EQ(judge("42", kNow + absl::Minutes(14)), FactorVerdict::kPaused);
  EXPECT_EQ(judge("42", kNow + absl::Minutes(15)), FactorVerdict::kRight);
}

TEST(PrintedCodeTest, IsShortStableAndOfTheGeneration) {
  const std::string code = MakePrintedCode(kClaim, kKey);
  EXPECT_THAT(code, testing::MatchesRegex("[34679CDFHJKMNPRTWXY]{3}-[34679CDFHJKMNPRTWXY]{3}"));
  EXPECT_EQ(MakePrintedCode(kClaim, kKey), code);
  LinkClaim renewed = kClaim;
  renewed.generation = 2;
  EXPECT_NE(MakePrintedCode(renewed, kKey), code);
  EXPECT_NE(MakePrintedCode(kClaim, std::string(32, 'x')), code);
}

TEST(KioskSecretTest, OnlyOurOwnIsRead) {
  const KioskClaim claim = {kClaim.organization, kClaim.link};
  const std::string secret = MakeKioskSecret(claim, kKey);
  const auto read = ReadKioskSecret(secret, kKey);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->organization, claim.organization);
  EXPECT_EQ(read->kiosk, claim.kiosk);
  EXPECT_FALSE(ReadKioskSecret(secret, std::string(32, 'x')));
  EXPECT_FALSE(ReadKioskSecret(secret.substr(0, secret.size() - 1), kKey));
  EXPECT_FALSE(ReadKioskSecret(MakeLinkSecret(kClaim, kKey), kKey));
  EXPECT_FALSE(ReadLinkSecret(secret, kKey));
}

}  // namespace
}  // namespace staraction::engagement::domain
