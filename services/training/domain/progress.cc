#include "services/training/domain/progress.h"

#include <algorithm>
#include <utility>

namespace staraction::training {
namespace {

using v1::Attempt;

// The last thing that was done.
absl::Time LastAct(const CourseProgress& progress) {
  absl::Time last = absl::InfinitePast();
  for (const auto& time :
       {progress.last_attend_time, progress.last_time, progress.follow_up_time}) {
    if (time) last = std::max(last, *time);
  }
  return last;
}

Due OfOpenAttempt(const CourseProgress& progress) {
  switch (progress.last_kind) {
    case Attempt::KIND_BEFORE:
      return {"test_before", *progress.last_time};
    case Attempt::KIND_RETEST:
      return {"retest", *progress.last_time};
    default:
      return {"test_after", *progress.last_time};
  }
}

Due OfFailedTest(const CourseProgress& progress, int max_retests) {
  if (progress.open_follow_ups > 0) return {"follow_up", *progress.last_time};
  const absl::Time since =
      std::max(*progress.last_time, progress.follow_up_time.value_or(*progress.last_time));
  if (max_retests > 0 && progress.retests >= max_retests) return {"session", since};
  return {"retest", std::max(since, progress.last_attend_time.value_or(since))};
}

std::optional<Due> Of(const CourseProgress& progress, int max_retests) {
  if (progress.last_open && progress.last_time) return OfOpenAttempt(progress);
  if (progress.pass_time) return Due{"session", *progress.pass_time};
  const bool tested_after =
      progress.last_kind == Attempt::KIND_AFTER || progress.last_kind == Attempt::KIND_RETEST;
  if (tested_after && progress.last_time) return OfFailedTest(progress, max_retests);
  if (progress.attend_time) return Due{"test_after", *progress.attend_time};
  // Whoever was at a session that doesn't suffice for them comes to another one.
  const absl::Time since = LastAct(progress);
  if (since == absl::InfinitePast()) return std::nullopt;
  return Due{"session", since};
}

}  // namespace

std::optional<absl::Time> CompleteTime(const CourseProgress& progress) {
  if (!progress.attend_time || !progress.pass_time) return std::nullopt;
  return std::max(*progress.attend_time, *progress.pass_time);
}

const CourseProgress* CompleteCourse(const std::vector<const CourseProgress*>& courses) {
  const CourseProgress* first = nullptr;
  for (const CourseProgress* each : courses) {
    const auto time = CompleteTime(*each);
    if (time && (first == nullptr || *time < *CompleteTime(*first))) first = each;
  }
  return first;
}

std::optional<Due> NextStep(const std::vector<const CourseProgress*>& courses,
                            const RetestLimit& max_retests) {
  if (courses.empty() || CompleteCourse(courses) != nullptr) return std::nullopt;
  const auto latest =
      std::max_element(courses.begin(), courses.end(),
                       [](const auto* a, const auto* b) { return LastAct(*a) < LastAct(*b); });
  return Of(**latest, max_retests((*latest)->course));
}

ProgressByMember ByMember(const std::vector<CourseProgress>& all) {
  ProgressByMember out;
  for (const CourseProgress& each : all) out[{each.engagement, each.member}].push_back(&each);
  return out;
}

}  // namespace staraction::training
