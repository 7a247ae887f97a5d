#include "services/training/domain/session_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/testing/status_matchers.h"

namespace staraction::training {
namespace {

using absl::StatusCode;
using test::StatusIs;

constexpr StatusCode kFine = StatusCode::kOk;
constexpr StatusCode kNo = StatusCode::kFailedPrecondition;

struct TimesCase {
  std::string name;
  int64_t start, end;  // seconds
  bool fine;
};

class TimesTest : public testing::TestWithParam<TimesCase> {};

TEST_P(TimesTest, Checks) {
  v1::Session session;
  session.mutable_start_time()->set_seconds(GetParam().start);
  session.mutable_end_time()->set_seconds(GetParam().end);
  EXPECT_EQ(CheckTimes(session).ok(), GetParam().fine);
}

INSTANTIATE_TEST_SUITE_P(Sessions, TimesTest,
                         testing::Values(TimesCase{"OneHour", 1000, 4600, true},
                                         TimesCase{"WholeDay", 1000, 87400, true},
                                         TimesCase{"LongerThanADay", 1000, 87401, false},
                                         TimesCase{"NoTime", 1000, 1000, false},
                                         TimesCase{"Backwards", 4600, 1000, false}),
                         [](const auto& each) { return each.param.name; });

TEST(BegunTest, OnlyFromTheStart) {
  v1::Session session;
  session.mutable_start_time()->set_seconds(1000);
  EXPECT_THAT(CheckBegun(session, absl::FromUnixSeconds(999)),
              StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_OK(CheckBegun(session, absl::FromUnixSeconds(1000)));
}

TEST(CoverTest, CountsThoseWhoCount) {
  std::vector<v1::Completion> all(5);
  for (auto& completion : all) completion.set_counted(true);
  all[0].set_complete(true);
  all[0].set_president(true);
  all[1].set_complete(true);
  all[2].set_counted(false);  // on leave, though complete
  all[2].set_complete(true);
  const auto coverage = Cover(all);
  EXPECT_EQ(coverage.counted_count(), 4);
  EXPECT_EQ(coverage.completed_count(), 2);
  EXPECT_DOUBLE_EQ(coverage.ratio(), 0.5);
  EXPECT_TRUE(coverage.president_complete());
  EXPECT_EQ(Cover({}).ratio(), 0);
}

struct CheckInCase {
  std::string name;
  int64_t opens, closes;  // seconds; 0: not said. The session is from 10,000 to 13,600.
  int64_t now;
  StatusCode want;
  bool plausible;
};

class CheckInTest : public testing::TestWithParam<CheckInCase> {};

TEST_P(CheckInTest, IsOpenForAWhile) {
  v1::Session session;
  session.mutable_start_time()->set_seconds(10'000);
  session.mutable_end_time()->set_seconds(13'600);
  if (GetParam().opens != 0) session.mutable_check_in_start_time()->set_seconds(GetParam().opens);
  if (GetParam().closes != 0) session.mutable_check_in_end_time()->set_seconds(GetParam().closes);
  EXPECT_EQ(CheckCheckIn(session, absl::FromUnixSeconds(GetParam().now)).code(), GetParam().want);
  EXPECT_EQ(CheckTimes(session).ok(), GetParam().plausible);
}

INSTANTIATE_TEST_SUITE_P(
    Times, CheckInTest,
    testing::Values(CheckInCase{"TooEarly", 0, 0, 9'099, kNo, true},
                    CheckInCase{"AQuarterBefore", 0, 0, 9'100, kFine, true},
                    CheckInCase{"HalfAnHourAfter", 0, 0, 15'400, kFine, true},
                    CheckInCase{"TooLate", 0, 0, 15'401, kNo, true},
                    CheckInCase{"Said", 9'900, 10'200, 10'200, kFine, true},
                    CheckInCase{"SaidAndOver", 9'900, 10'200, 10'201, kNo, true},
                    CheckInCase{"OpensTooEarly", 2'799, 0, 10'000, kFine, false},
                    CheckInCase{"ClosesBeforeItOpens", 10'000, 10'000, 10'001, kNo, false},
                    CheckInCase{"ClosesTooLate", 0, 13'601 + 86'400, 10'000, kFine, false}),
    [](const auto& each) { return each.param.name; });

TEST(SufficesTest, AShortCourseOnlyForTheKindsItNames) {
  content::v1::Course course;
  course.set_kind(content::v1::COURSE_KIND_EVERYBODY);
  EXPECT_TRUE(Suffices(course, ""));
  course.set_kind(content::v1::COURSE_KIND_SHORT);
  course.add_employment_types("PART_TIME");
  EXPECT_TRUE(Suffices(course, "PART_TIME"));
  EXPECT_FALSE(Suffices(course, "REGULAR"));
  EXPECT_FALSE(Suffices(course, ""));
}

}  // namespace
}  // namespace staraction::training
