#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_PROGRESS_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_PROGRESS_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "staraction/training/v1/attempt.pb.h"

namespace staraction::training {

// What is recorded of a member and a course in an engagement. Times say when it took place.
struct CourseProgress {
  std::string engagement;                      // "engagements/{engagement}"
  std::string member;                          // "clients/{client}/members/{member}"
  std::string course;                          // "courses/{course}"
  std::optional<absl::Time> attend_time;       // first time at a session that suffices
  std::optional<absl::Time> last_attend_time;  // last time at any session
  std::optional<absl::Time> before_time;       // test before, graded
  std::optional<absl::Time> pass_time;         // first passed test after, or retest
  // The last attempt that is open or graded; KIND_UNSPECIFIED: there is none.
  v1::Attempt::Kind last_kind = v1::Attempt::KIND_UNSPECIFIED;
  bool last_open = false;
  std::optional<absl::Time> last_time;       // when it was taken, or drawn while open
  int open_follow_ups = 0;                   // of the last attempt
  std::optional<absl::Time> follow_up_time;  // when the last one of them was done
  int retests = 0;                           // graded since last_attend_time
};

// When a training is complete: attended a session that suffices and passed the test after it or a
// retest, both of this course. Nothing while it isn't.
std::optional<absl::Time> CompleteTime(const CourseProgress& progress);

// The earliest complete course, or null.
const CourseProgress* CompleteCourse(const std::vector<const CourseProgress*>& courses);

// What comes next for somebody, and since when.
struct Due {
  // "session", "test_before", "test_after", "follow_up" or "retest".
  std::string step;
  absl::Time since;
};

// After how many retests of a course ("courses/{course}") a session comes first; 0: never.
using RetestLimit = std::function<int(const std::string& course)>;

// The next step of a member of whom something is recorded: in the course that they did something
// for last. Nothing if a course is complete or nothing is recorded.
std::optional<Due> NextStep(const std::vector<const CourseProgress*>& courses,
                            const RetestLimit& max_retests);

// All of them by (engagement, member).
using ProgressByMember =
    std::map<std::pair<std::string, std::string>, std::vector<const CourseProgress*>>;
ProgressByMember ByMember(const std::vector<CourseProgress>& all);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_PROGRESS_H_
