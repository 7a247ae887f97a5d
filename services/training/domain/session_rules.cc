#include "services/training/domain/session_rules.h"

#include <algorithm>

#include "common/base/timestamp.h"
#include "common/status/errors.h"

namespace staraction::training {
namespace {

constexpr absl::Duration kLongest = absl::Hours(24);
constexpr absl::Duration kEarliestCheckIn = absl::Hours(2);
constexpr absl::Duration kLatestCheckIn = absl::Hours(24);
constexpr absl::Duration kUsualBefore = absl::Minutes(15);
constexpr absl::Duration kUsualAfter = absl::Minutes(30);

struct Window {
  absl::Time opens;
  absl::Time closes;
};

Window CheckInOf(const v1::Session& session) {
  return {session.has_check_in_start_time() ? FromTimestamp(session.check_in_start_time())
                                            : FromTimestamp(session.start_time()) - kUsualBefore,
          session.has_check_in_end_time() ? FromTimestamp(session.check_in_end_time())
                                          : FromTimestamp(session.end_time()) + kUsualAfter};
}

}  // namespace

absl::Status CheckTimes(const v1::Session& session) {
  const absl::Time begin = FromTimestamp(session.start_time());
  const absl::Time end = FromTimestamp(session.end_time());
  std::vector<Violation> violations;
  if (end <= begin || end - begin > kLongest) {
    violations.push_back({"session.end_time", "wanted a time after start_time, within 24 hours",
                          "終了日時は開始日時より後、24時間以内にしてください"});
  }
  const Window window = CheckInOf(session);
  if (window.opens < begin - kEarliestCheckIn || window.opens > end) {
    violations.push_back({"session.check_in_start_time",
                          "wanted a time from two hours before start_time to end_time",
                          "受付の開始は、研修開始の2時間前から終了までの間にしてください"});
  }
  if (window.closes <= window.opens || window.closes > end + kLatestCheckIn) {
    violations.push_back({"session.check_in_end_time",
                          "wanted a time after check_in_start_time, within 24 hours of end_time",
                          "受付の終了は、受付の開始より後、研修終了から24時間以内にしてください"});
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

absl::Status CheckCheckIn(const v1::Session& session, absl::Time now) {
  const Window window = CheckInOf(session);
  if (window.opens <= now && now <= window.closes) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
                   "the session's check-in is not open now",
                   now < window.opens ? "出席の受付はまだ始まっていません"
                                      : "出席の受付は終わりました。担当者に申し出てください",
                   {{"resource", session.name()}});
}

bool Suffices(const content::v1::Course& course, const std::string& employment_type) {
  if (course.kind() != content::v1::COURSE_KIND_SHORT) return true;
  const auto& types = course.employment_types();
  return std::find(types.begin(), types.end(), employment_type) != types.end();
}

absl::Status CheckBegun(const v1::Session& session, absl::Time now) {
  if (FromTimestamp(session.start_time()) <= now) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
                   session.name() + " has not begun: nobody has attended it yet",
                   "研修はまだ始まっていないため、出席を記録できません",
                   {{"resource", session.name()}});
}

v1::Session Shown(v1::Session session, bool consultant) {
  if (!consultant) session.clear_check_in_code();
  session.clear_allowed_actions();
  if (session.state() == v1::Session::STATE_PLANNED) session.add_allowed_actions("update");
  session.add_allowed_actions("recordAttendance");
  return session;
}

v1::ListCompletionsResponse::Coverage Cover(const std::vector<v1::Completion>& completions) {
  v1::ListCompletionsResponse::Coverage coverage;
  int counted = 0;
  int completed = 0;
  for (const v1::Completion& completion : completions) {
    if (completion.president() && completion.complete()) coverage.set_president_complete(true);
    if (!completion.counted()) continue;
    ++counted;
    if (completion.complete()) ++completed;
  }
  coverage.set_counted_count(counted);
  coverage.set_completed_count(completed);
  if (counted > 0) coverage.set_ratio(static_cast<double>(completed) / counted);
  return coverage;
}

}  // namespace staraction::training
