#include "services/training/domain/session_rules.h"

#include "common/status/errors.h"
#include "google/protobuf/util/time_util.h"

namespace staraction::training {
namespace {

using google::protobuf::util::TimeUtil;

constexpr int64_t kLongestSeconds = 24 * 60 * 60;

}  // namespace

absl::Status CheckTimes(const v1::Session& session) {
  const int64_t begin = TimeUtil::TimestampToMicroseconds(session.start_time());
  const int64_t end = TimeUtil::TimestampToMicroseconds(session.end_time());
  if (end > begin && end - begin <= kLongestSeconds * 1'000'000) return absl::OkStatus();
  return InvalidField("session.end_time", "wanted a time after start_time, within 24 hours",
                      "終了日時は開始日時より後、24時間以内にしてください");
}

absl::Status CheckBegun(const v1::Session& session, absl::Time now) {
  if (TimeUtil::TimestampToMicroseconds(session.start_time()) <= absl::ToUnixMicros(now)) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
                   session.name() + " has not begun: nobody has attended it yet",
                   "研修はまだ始まっていないため、出席を記録できません",
                   {{"resource", session.name()}});
}

v1::Session Shown(v1::Session session) {
  session.clear_allowed_actions();
  if (session.state() == v1::Session::STATE_PLANNED) session.add_allowed_actions("update");
  session.add_allowed_actions("recordAttendance");
  return session;
}

bool Counted(const engagement::v1::Member& member) {
  return member.status() != engagement::v1::MEMBER_STATUS_LEFT &&
         member.status() != engagement::v1::MEMBER_STATUS_ON_LEAVE;
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
