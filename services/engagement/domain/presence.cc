#include "services/engagement/domain/presence.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/status/errors.h"

namespace staraction::engagement::domain {
namespace {

using v1::Member;
using Day = absl::CivilDay;

bool Contains(const v1::MemberPeriod& period, Day day) {
  const auto start = FromProtoDate(period.start_date());
  const auto end = FromProtoDate(period.end_date());
  return (!start || *start <= day) && end && *end >= day;
}

bool InPast(const Member& member, v1::MemberStatus status, Day day) {
  return std::any_of(
      member.past_periods().begin(), member.past_periods().end(),
      [&](const auto& period) { return period.status() == status && Contains(period, day); });
}

// Last day of the present employment, if it has one.
std::optional<Day> LastDay(const Member& member) {
  if (const auto left = FromProtoDate(member.leave_date())) return left;
  const auto since = FromProtoDate(member.status_date());
  if (member.status() == v1::MEMBER_STATUS_LEFT && since) return *since - 1;
  return std::nullopt;
}

bool InPresentEmployment(const Member& member, Day day) {
  const auto hired = FromProtoDate(member.hire_date());
  const auto last = LastDay(member);
  if (member.status() == v1::MEMBER_STATUS_LEFT && !last) return false;
  return (!hired || *hired <= day) && (!last || *last >= day);
}

void AddPeriod(v1::MemberStatus status, const google::type::Date& start, Day end, Member* member) {
  const auto first = FromProtoDate(start);
  if (first && *first > end) return;
  auto* period = member->add_past_periods();
  period->set_status(status);
  if (first) *period->mutable_start_date() = start;
  *period->mutable_end_date() = ToProtoDate(end);
}

void KeepEmployment(const Member& before, Day last, Member* after) {
  AddPeriod(v1::MEMBER_STATUS_ACTIVE, before.hire_date(), last, after);
  const bool same_end = FromProtoDate(before.leave_date()) == FromProtoDate(after->leave_date());
  if (same_end) after->clear_leave_date();
  if (after->status() != v1::MEMBER_STATUS_LEFT || !same_end) return;
  after->set_status(v1::MEMBER_STATUS_ACTIVE);
  after->clear_status_date();
}

bool SameDay(const google::type::Date& a, const google::type::Date& b) {
  return FromProtoDate(a) == FromProtoDate(b);
}

// The first day of a status that has just begun.
Day StatusStart(const Member& before, const Member& after, Day today) {
  const auto named = FromProtoDate(after.status_date());
  if (named && !SameDay(before.status_date(), after.status_date())) return *named;
  const auto left = FromProtoDate(after.leave_date());
  return after.status() == v1::MEMBER_STATUS_LEFT && left ? *left + 1 : today;
}

}  // namespace

Presence PresenceOn(const Member& member, Day day) {
  const bool present = InPresentEmployment(member, day);
  if (present || InPast(member, v1::MEMBER_STATUS_ACTIVE, day)) {
    const auto since = FromProtoDate(member.status_date());
    const bool on_leave =
        present && member.status() == v1::MEMBER_STATUS_ON_LEAVE && (!since || *since <= day);
    return on_leave || InPast(member, v1::MEMBER_STATUS_ON_LEAVE, day) ? Presence::kOnLeave
                                                                       : Presence::kActive;
  }
  const auto hired = FromProtoDate(member.hire_date());
  if (!hired || *hired <= day) return Presence::kLeft;
  const bool was_here =
      std::any_of(member.past_periods().begin(), member.past_periods().end(),
                  [day](const auto& p) { return *FromProtoDate(p.end_date()) < day; });
  return was_here ? Presence::kLeft : Presence::kNotYetJoined;
}

void KeepHistory(const Member& before, Day today, Member* after) {
  const auto last = LastDay(before);
  const auto hired = FromProtoDate(after->hire_date());
  if (last && hired && *hired > *last) KeepEmployment(before, *last, after);
  if (before.status() == after->status()) return;
  const Day start = StatusStart(before, *after, today);
  if (before.status() == v1::MEMBER_STATUS_ON_LEAVE) {
    AddPeriod(v1::MEMBER_STATUS_ON_LEAVE, before.status_date(), start - 1, after);
  }
  const bool dated =
      after->status() == v1::MEMBER_STATUS_ON_LEAVE || after->status() == v1::MEMBER_STATUS_LEFT;
  if (dated) {
    *after->mutable_status_date() = ToProtoDate(start);
  } else {
    after->clear_status_date();
  }
}

absl::Status CheckMemberDates(const Member& member, const std::string& prefix) {
  const auto hired = FromProtoDate(member.hire_date());
  const auto left = FromProtoDate(member.leave_date());
  if (!hired || !left || *left >= *hired) return absl::OkStatus();
  const std::string came = FormatIsoDate(*left);
  return InvalidField(
      prefix + ".leave_date",
      absl::StrCat("came ", came, "; want a day on or after hire_date ", FormatIsoDate(*hired)),
      absl::StrCat(came, " が入力されました。入社日（", FormatIsoDate(*hired),
                   "）以降の日付を入力してください"));
}

}  // namespace staraction::engagement::domain
