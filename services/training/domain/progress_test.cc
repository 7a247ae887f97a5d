#include "services/training/domain/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace staraction::training {
namespace {

using v1::Attempt;

absl::Time At(int minute) {
  return absl::FromUnixSeconds(1'000'000) + absl::Minutes(minute);
}

CourseProgress Of(const std::string& course) {
  CourseProgress progress;
  progress.engagement = "engagements/e";
  progress.member = "clients/c/members/m";
  progress.course = course;
  return progress;
}

CourseProgress Attended(CourseProgress progress, int minute) {
  progress.attend_time = progress.last_attend_time = At(minute);
  return progress;
}

CourseProgress Last(CourseProgress progress, Attempt::Kind kind, int minute, bool open = false) {
  progress.last_kind = kind;
  progress.last_time = At(minute);
  progress.last_open = open;
  return progress;
}

CourseProgress Passed(CourseProgress progress, int minute) {
  progress = Last(std::move(progress), Attempt::KIND_AFTER, minute);
  progress.pass_time = At(minute);
  return progress;
}

CourseProgress FollowedUp(CourseProgress progress, int open, int done_minute = 0) {
  progress.open_follow_ups = open;
  if (done_minute > 0) progress.follow_up_time = At(done_minute);
  return progress;
}

CourseProgress Retests(CourseProgress progress, int count) {
  progress.retests = count;
  return progress;
}

struct StepCase {
  std::string name;
  std::vector<CourseProgress> courses;
  std::string step;  // "": nothing is due
  int since;
};

class StepTest : public testing::TestWithParam<StepCase> {};

TEST_P(StepTest, SaysWhatIsNext) {
  std::vector<const CourseProgress*> courses;
  for (const CourseProgress& each : GetParam().courses) courses.push_back(&each);
  const auto due = NextStep(courses, [](const std::string&) { return 3; });
  if (GetParam().step.empty()) {
    EXPECT_FALSE(due.has_value()) << due->step;
    return;
  }
  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->step, GetParam().step);
  EXPECT_EQ(due->since, At(GetParam().since));
}

const CourseProgress kNone = Of("courses/full");
const CourseProgress kShort = Of("courses/short");
const auto kBefore = Attempt::KIND_BEFORE;
const auto kAfter = Attempt::KIND_AFTER;
const auto kRetest = Attempt::KIND_RETEST;

INSTANTIATE_TEST_SUITE_P(
    Steps, StepTest,
    testing::Values(
        StepCase{"NothingRecorded", {}, "", 0},
        StepCase{"OpenBefore", {Last(kNone, kBefore, 1, true)}, "test_before", 1},
        StepCase{"AfterBefore", {Last(kNone, kBefore, 1)}, "session", 1},
        StepCase{"AfterSession", {Attended(kNone, 5)}, "test_after", 5},
        StepCase{"BeforeAndSession", {Attended(Last(kNone, kBefore, 1), 5)}, "test_after", 5},
        StepCase{"OpenAfter", {Last(Attended(kNone, 5), kAfter, 7, true)}, "test_after", 7},
        StepCase{"Failed", {FollowedUp(Last(Attended(kNone, 5), kAfter, 7), 2)}, "follow_up", 7},
        StepCase{
            "FollowedUp", {FollowedUp(Last(Attended(kNone, 5), kAfter, 7), 0, 9)}, "retest", 9},
        StepCase{"OpenRetest", {Last(Attended(kNone, 5), kRetest, 11, true)}, "retest", 11},
        StepCase{"FailedRetest",
                 {Retests(FollowedUp(Last(Attended(kNone, 5), kRetest, 11), 0, 12), 2)},
                 "retest",
                 12},
        StepCase{"LimitReached",
                 {Retests(FollowedUp(Last(Attended(kNone, 5), kRetest, 11), 0, 12), 3)},
                 "session",
                 12},
        StepCase{"AttendedAgain",
                 {FollowedUp(Last(Attended(kNone, 20), kRetest, 11), 0, 12)},
                 "retest",
                 20},
        StepCase{"PassedWithoutSession", {Passed(kNone, 7)}, "session", 7},
        StepCase{"Complete", {Passed(Attended(kNone, 5), 7)}, "", 0},
        StepCase{
            "OtherCourseComplete", {Attended(kShort, 2), Passed(Attended(kNone, 5), 7)}, "", 0},
        StepCase{"LatestCourseCounts", {Passed(kShort, 2), Attended(kNone, 5)}, "test_after", 5}),
    [](const auto& each) { return each.param.name; });

TEST(ShortCourseTest, ASessionThatDoesNotSufficeIsFollowedByAnother) {
  CourseProgress progress = kShort;
  progress.last_attend_time = At(5);
  const auto due = NextStep({&progress}, [](const std::string&) { return 0; });
  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->step, "session");
}

TEST(CompleteTest, NeedsBothOfOneCourse) {
  const CourseProgress attended = Attended(kShort, 3);
  const CourseProgress passed = Passed(kNone, 7);
  EXPECT_EQ(CompleteCourse({&attended, &passed}), nullptr);
  const CourseProgress late = Passed(Attended(kNone, 9), 7);
  const CourseProgress early = Passed(Attended(kShort, 2), 6);
  EXPECT_EQ(CompleteCourse({&late, &early}), &early);
  EXPECT_EQ(CompleteTime(late), At(9)) << "the later of the two";
}

}  // namespace
}  // namespace staraction::training
