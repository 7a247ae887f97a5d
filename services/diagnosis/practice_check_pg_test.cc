// Practice checks: short questions to a sample of the staff, through real gRPC and PostgreSQL.

#include "services/diagnosis/self_diagnosis_testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;

TEST_F(SelfDiagnosisTest, PracticeChecksDrawFromTheRoster) {
  const std::string name = Begin("test-practice-check");
  const std::string draw = "name: '" + name + "' seed: 7";
  EXPECT_THAT(As("president", *sheets_, &SheetStub::DrawSample, draw),
              StatusIs(StatusCode::kPermissionDenied));
  const auto drawn = As("consultant", *sheets_, &SheetStub::DrawSample, draw);
  ASSERT_OK(drawn);
  EXPECT_EQ(drawn->sample().population(), 12);
  EXPECT_EQ(drawn->sample().size(), 3);
  EXPECT_EQ(drawn->sample().seed(), 7);
  ASSERT_EQ(drawn->answer_sheets_size(), 3);
  EXPECT_THAT(As("consultant", *sheets_, &SheetStub::DrawSample, draw),
              StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(Conclude(name), StatusIs(StatusCode::kFailedPrecondition)) << "nobody answered";
  for (const auto& sheet : drawn->answer_sheets()) {
    ASSERT_OK(
        Record(sheet.name(),
               "channel: CHANNEL_PAPER answers { item: 'PC_LOCK' answer: ANSWER_NOT_FOLLOWED }"
               " answers { item: 'PC_REPORT' answer: ANSWER_FOLLOWED }",
               "consultant"));
  }
  EXPECT_THAT(Answer("consultant", name, "answers { item: 'PC_LOCK' answer: ANSWER_FOLLOWED }"),
              StatusIs(StatusCode::kFailedPrecondition));
  ASSERT_OK(Conclude(name));
  const auto summary =
      As("president", *reviews_, &Reviews::SummarizeDiagnosis, "name: '" + name + "'");
  ASSERT_OK(summary);
  EXPECT_EQ(summary->answered_count(), 3);
  EXPECT_TRUE(summary->items(0).follow_up());
  EXPECT_NE(summary->items(0).measure(), "");
  EXPECT_FALSE(summary->items(1).follow_up());
  EXPECT_EQ(summary->groups_size(), 0) << "fewer than five answered";
  EXPECT_THAT(Facts(kEngagement), Contains("practice_check.concluded=true"));
}

}  // namespace
}  // namespace staraction::diagnosis
