#include "services/engagement/domain/visit.h"

#include "absl/strings/str_cat.h"
#include "common/resource/fingerprint.h"
#include "common/status/errors.h"

namespace staraction::engagement::domain {

absl::Status CheckHeld(absl::Time start, absl::Time end, absl::Time now) {
  if (start > now) {
    return InvalidField("start_time", "lies in the future; want when the visit began",
                        "未来の時刻です。訪問を始めた時刻を指定してください");
  }
  if (end <= start || end > start + absl::Hours(24)) {
    return InvalidField("end_time", "want a time behind start_time, at most a day later",
                        "開始より後で、1日以内の時刻を指定してください");
  }
  return absl::OkStatus();
}

absl::Status CheckParticipants(
    const google::protobuf::RepeatedPtrField<v1::Visit::Participant>& participants,
    const std::string& field) {
  std::vector<Violation> violations;
  for (int i = 0; i < participants.size(); ++i) {
    const auto& person = participants[i];
    const std::string place = absl::StrCat(field, "[", i, "]");
    if (!person.user().empty() && !person.member().empty()) {
      violations.push_back({place, "user and member came; want one of them",
                            "利用者と名簿の人は、どちらか一方にしてください"});
    } else if (person.user().empty() && person.member().empty() &&
               (person.display_name().empty() || person.side() == v1::SIDE_UNSPECIFIED)) {
      violations.push_back({place, "a guest has no display_name or no side; want both",
                            "そのほかの参加者には、名前とどちら側の人かが必要です"});
    }
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

absl::Status CheckHomework(
    const google::protobuf::RepeatedPtrField<v1::Visit::Homework>& homework) {
  for (int i = 0; i < homework.size(); ++i) {
    if (homework[i].owner_user().empty() || homework[i].owner_member().empty()) continue;
    return InvalidField(absl::StrCat("homework[", i, "]"),
                        "owner_user and owner_member came; want one of them",
                        "担当者は、利用者か名簿の人のどちらか一方にしてください");
  }
  return absl::OkStatus();
}

std::string ContentDigest(const v1::Visit& visit) {
  v1::Visit report;
  report.set_title(visit.title());
  report.set_place(visit.place());
  *report.mutable_start_time() = visit.start_time();
  *report.mutable_end_time() = visit.end_time();
  *report.mutable_participants() = visit.participants();
  report.set_minutes(visit.minutes());
  *report.mutable_decisions() = visit.decisions();
  *report.mutable_homework() = visit.homework();
  if (visit.has_next_visit_date()) *report.mutable_next_visit_date() = visit.next_visit_date();
  return Fingerprint(report);
}

}  // namespace staraction::engagement::domain
