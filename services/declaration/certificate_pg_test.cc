#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "services/declaration/campaign_test_fixture.h"

namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::ElementsAre;
using Verified = v1::VerifyPledgeCertificateResponse;

class CertificateTest : public CampaignServiceTest {
 protected:
  absl::StatusOr<v1::PledgeCertificate> Certificate(const std::string& pledge) {
    v1::GetPledgeCertificateRequest request;
    request.set_name(pledge);
    return CallAs(Consultant(), *campaigns_, &Stub::GetPledgeCertificate, request);
  }
  absl::StatusOr<Verified> Verify(const std::string& pledge, const std::string& seal) {
    v1::VerifyPledgeCertificateRequest request;
    request.set_name(pledge);
    request.set_seal(seal);
    return CallAs(keys_.User("president"), *campaigns_, &Stub::VerifyPledgeCertificate, request);
  }
};

// As somebody would who has nothing but the print and the published rule.
std::string SealOfPrint(const v1::PledgeCertificate& print) {
  std::string text = absl::StrCat("staraction-pledge-certificate/", print.version(), "\n");
  for (const auto& field : print.fields()) {
    absl::StrAppend(&text, field.code(), "=", field.value(), "\n");
  }
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest), sizeof digest});
}

TEST_F(CertificateTest, SealIsRecomputedFromThePrintedValues) {
  const std::string campaign = Opened();
  ASSERT_OK(Sign(2, SignRequest(campaign, 2)));
  const std::string pledge = PledgeName(campaign, 2);
  ASSERT_OK_AND_ASSIGN(v1::PledgeCertificate print, Certificate(pledge));
  std::vector<std::string> codes;
  for (const auto& field : print.fields()) codes.push_back(field.code());
  EXPECT_THAT(codes, ElementsAre("PLEDGE", "MEMBER", "DISPLAY_NAME", "STAFF_NUMBER", "DEPARTMENT",
                                 "PRESIDENT", "TEXT_TITLE", "TEXT_DIGEST", "PLEDGE_DATE", "CHANNEL",
                                 "STRENGTH", "RECORD_TIME", "SCAN_SHA256"))
      << "version 1 is published: another list is another version";
  EXPECT_EQ(print.fields(2).value(), "𠮷田 花子");
  EXPECT_EQ(print.fields(8).value(), "2026-10-01");
  EXPECT_EQ(print.fields(9).value(), "LINK");
  EXPECT_THAT(print.note(), testing::HasSubstr("誓約・同意"));
  EXPECT_EQ(SealOfPrint(print), print.seal());
  print.mutable_fields(2)->set_value("吉田 花子");
  EXPECT_NE(SealOfPrint(print), print.seal());

  ASSERT_OK_AND_ASSIGN(const auto again, Certificate(pledge));
  EXPECT_EQ(again.seal(), print.seal()) << "the same record has the same seal, whenever asked";
}

TEST_F(CertificateTest, SealsAreLookedUp) {
  const std::string campaign = Opened();
  const std::string pledge = PledgeName(campaign, 2);
  EXPECT_THAT(Certificate(pledge), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK(Sign(2, SignRequest(campaign, 2)));
  ASSERT_OK_AND_ASSIGN(const auto first, Certificate(pledge));
  std::string typed = first.seal();
  for (size_t at = 8; at < typed.size(); at += 9) typed.insert(at, " ");
  ASSERT_OK_AND_ASSIGN(const Verified current, Verify(pledge, typed));
  EXPECT_EQ(current.standing(), Verified::STANDING_CURRENT);
  EXPECT_EQ(current.certificate().seal(), first.seal());

  v1::WithdrawPledgeRequest withdraw;
  withdraw.set_name(pledge);
  withdraw.set_reason("記録の誤り");
  withdraw.set_channel(common::v1::CHANNEL_CONSULTANT);
  ASSERT_OK(CallAs(Consultant(), *campaigns_, &Stub::WithdrawPledge, withdraw));
  EXPECT_THAT(Certificate(pledge), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK(Record(PaperRequest(campaign, 2)));
  ASSERT_OK_AND_ASSIGN(const Verified earlier, Verify(pledge, first.seal()));
  EXPECT_EQ(earlier.standing(), Verified::STANDING_EARLIER);
  ASSERT_OK_AND_ASSIGN(const auto second, Certificate(pledge));
  EXPECT_NE(second.seal(), first.seal());
  ASSERT_OK_AND_ASSIGN(const Verified unknown, Verify(pledge, std::string(64, '0')));
  EXPECT_EQ(unknown.standing(), Verified::STANDING_UNKNOWN);
  EXPECT_FALSE(unknown.has_certificate());
  EXPECT_THAT(BadFields(Verify(pledge, "abc").status()), ElementsAre("seal"));
}

TEST_F(CertificateTest, IsNotForParticipants) {
  const std::string campaign = Opened();
  v1::GetPledgeCertificateRequest request;
  request.set_name(PledgeName(campaign, 2));
  EXPECT_THAT(CallAs(Member(2), *campaigns_, &Stub::GetPledgeCertificate, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace staraction::declaration
