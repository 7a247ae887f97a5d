#include "services/training/domain/certificate_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction::training {
namespace {

using absl::StatusCode;
using test::StatusIs;
using v1::Attempt;

content::v1::Course MakeCourse() {
  content::v1::Course course;
  course.mutable_title()->set_ja("研修");
  course.set_edition("4.0");
  course.mutable_test()->set_pass_percent(80);
  const auto band = [&](const char* code, int minimum) {
    auto* out = course.mutable_test()->add_bands();
    out->set_code(code);
    out->mutable_title()->set_ja(code);
    out->set_minimum_percent(minimum);
  };
  band("FULL", 100);
  band("HIGH", 90);
  band("REACHED", 80);
  return course;
}

struct BandCase {
  std::string name;
  Attempt::Kind kind;
  int score;
  bool show_score;
  std::string band;
  bool has_score;
};

class BandTest : public testing::TestWithParam<BandCase> {};

TEST_P(BandTest, SaysTheBand) {
  CourseProgress progress;
  progress.course = "courses/c";
  progress.attend_time = absl::FromUnixSeconds(1'790'000'000);
  progress.pass_time = *progress.attend_time + absl::Hours(48);
  Attempt passed;
  passed.set_kind(GetParam().kind);
  passed.set_score_percent(GetParam().score);
  v1::CompletionCertificate certificate;
  certificate.set_show_score(GetParam().show_score);
  const content::v1::Course course = MakeCourse();
  FillCertificate(progress, passed, &course, absl::CivilDay(2026, 10, 1), certificate);
  EXPECT_EQ(certificate.score_band(), GetParam().band);
  EXPECT_EQ(certificate.has_score_percent(), GetParam().has_score);
  EXPECT_EQ(certificate.complete_date().day(), certificate.test_date().day());
  EXPECT_EQ(certificate.test_date().day(), certificate.attend_date().day() + 2);
  EXPECT_EQ(certificate.course_title(), "研修");
}

INSTANTIATE_TEST_SUITE_P(
    Bands, BandTest,
    testing::Values(BandCase{"Full", Attempt::KIND_AFTER, 100, false, "FULL", false},
                    BandCase{"JustBelow", Attempt::KIND_AFTER, 99, true, "HIGH", true},
                    BandCase{"High", Attempt::KIND_AFTER, 90, false, "HIGH", false},
                    BandCase{"Reached", Attempt::KIND_AFTER, 80, true, "REACHED", true},
                    BandCase{"RoundedBelowTheLine", Attempt::KIND_AFTER, 79, false, "REACHED",
                             false},
                    BandCase{"RetestOfFew", Attempt::KIND_RETEST, 100, true, "REACHED", false}),
    [](const auto& each) { return each.param.name; });

TEST(BandlessTest, ACourseThatIsGoneNamesNone) {
  CourseProgress progress;
  progress.course = "courses/gone";
  progress.attend_time = progress.pass_time = absl::FromUnixSeconds(1'790'000'000);
  v1::CompletionCertificate certificate;
  FillCertificate(progress, Attempt(), nullptr, absl::CivilDay(2026, 10, 1), certificate);
  EXPECT_EQ(certificate.score_band(), "");
  EXPECT_EQ(certificate.course_title(), "courses/gone");
}

TEST(NotCompleteTest, NamesWhatIsMissing) {
  const auto missing = [](const std::vector<const CourseProgress*>& courses) {
    const absl::Status status = NotComplete("clients/c/members/m", courses);
    EXPECT_THAT(status, StatusIs(StatusCode::kFailedPrecondition));
    std::string subjects;
    const auto failure = GetDetail<google::rpc::PreconditionFailure>(status);
    EXPECT_TRUE(failure.has_value());
    if (!failure) return subjects;
    for (const auto& each : failure->violations()) subjects += each.subject() + " ";
    return subjects;
  };
  CourseProgress attended, passed;
  attended.attend_time = passed.pass_time = absl::FromUnixSeconds(1);
  EXPECT_EQ(missing({}), "ATTENDANCE TEST ");
  EXPECT_EQ(missing({&attended}), "TEST ");
  EXPECT_EQ(missing({&passed}), "ATTENDANCE ");
  EXPECT_EQ(missing({&attended, &passed}), "COURSE ");
}

}  // namespace
}  // namespace staraction::training
