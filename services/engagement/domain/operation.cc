#include "services/engagement/domain/operation.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/text.h"

namespace staraction::engagement::domain {
namespace {

constexpr int kMonths = 12;

int DaysOf(absl::CivilMonth month) {
  return static_cast<int>(absl::CivilDay(month + 1) - absl::CivilDay(month));
}

// The same day so many months later; the last of the month where it has no such day.
absl::CivilDay MonthsAfter(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  return absl::CivilDay(month) + std::min(day.day(), DaysOf(month)) - 1;
}

void FillFrom(const content::v1::ActivityKind& kind, v1::Activity& activity) {
  activity.set_code(kind.code());
  if (activity.title().empty()) activity.set_title(kind.title().ja());
  if (activity.purpose().empty()) activity.set_purpose(kind.purpose().ja());
  if (activity.evidence_wanted().empty()) activity.set_evidence_wanted(kind.evidence().ja());
  if (activity.role().empty()) activity.set_role(kind.role());
  if (activity.side() == v1::SIDE_UNSPECIFIED) {
    activity.set_side(static_cast<v1::Side>(kind.side()));
  }
}
static_assert(static_cast<int>(v1::SIDE_CLIENT) == static_cast<int>(content::v1::SIDE_CLIENT));

std::string CodesOf(const content::v1::ActivityCalendar& calendar) {
  std::string codes;
  for (const auto& kind : calendar.activities()) {
    absl::StrAppend(&codes, codes.empty() ? "" : ", ", kind.code());
  }
  return codes;
}

bool IsText(const std::string& bytes) {
  // CP932 is what spreadsheets here save, so only what no text has is refused.
  return bytes.find('\0') == std::string::npos;
}

}  // namespace

std::vector<v1::Activity> PlanYear(const content::v1::ActivityCalendar& calendar,
                                   absl::CivilDay start, const BusinessCalendar& business) {
  const absl::CivilDay end = MonthsAfter(start, kMonths);
  std::vector<v1::Activity> year;
  for (const auto& kind : calendar.activities()) {
    const absl::CivilDay first = business.Add(start, kind.first_business_days());
    for (int months = 0; months == 0 || kind.every_months() > 0; months += kind.every_months()) {
      const absl::CivilDay day = business.OnOrAfter(MonthsAfter(first, months));
      if (day >= end) break;
      v1::Activity activity;
      FillFrom(kind, activity);
      *activity.mutable_due_date() = ToProtoDate(day);
      activity.set_trial(kind.within_engagement() && months == 0);
      year.push_back(std::move(activity));
      if (kind.every_months() == 0) break;
    }
  }
  std::stable_sort(year.begin(), year.end(), [](const auto& a, const auto& b) {
    return *FromProtoDate(a.due_date()) < *FromProtoDate(b.due_date());
  });
  return year;
}

absl::Status CompleteActivity(const content::v1::ActivityCalendar& calendar,
                              v1::Activity& activity) {
  std::vector<Violation> wrong;
  if (!activity.owner_user().empty() && !activity.owner_member().empty()) {
    wrong.push_back({"activity.owner_member", "came together with owner_user; want one of them",
                     "担当者は、利用者か名簿の人のどちらか一方にしてください"});
  }
  const auto kind = std::find_if(calendar.activities().begin(), calendar.activities().end(),
                                 [&](const auto& each) { return each.code() == activity.code(); });
  if (kind != calendar.activities().end()) {
    FillFrom(*kind, activity);
    activity.set_pack(absl::StrCat(calendar.pack().urn(), "@", calendar.pack().version()));
  } else if (!activity.code().empty()) {
    const std::string codes = CodesOf(calendar);
    wrong.push_back({"activity.code",
                     absl::StrCat("came '", activity.code(), "'; want one of ", codes, " or none"),
                     absl::StrCat("「", activity.code(), "」は予定表にありません。次のいずれか: ",
                                  codes, "。自社の活動なら空にしてください")});
  } else if (activity.title().empty()) {
    wrong.push_back({"activity.title", "is empty; want a title, or a code of the calendar",
                     "行うことの名前か、予定表の種類を入力してください"});
  }
  if (activity.side() == v1::SIDE_UNSPECIFIED) activity.set_side(v1::SIDE_CLIENT);
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

absl::Status CheckFile(const std::string& bytes, const std::string& media_type) {
  struct Kind {
    const char* media_type;
    absl::string_view begin;
  };
  constexpr char kOffice[] = "application/vnd.openxmlformats-officedocument.";
  const Kind kinds[] = {{"application/pdf", "%PDF-"},
                        {"image/png", "\x89PNG\r\n\x1a\n"},
                        {"image/jpeg", "\xff\xd8\xff"}};
  const std::string office = absl::StartsWith(media_type, kOffice) ? "PK\x03\x04" : "";
  const bool text = media_type == "text/csv" || media_type == "text/plain";
  const auto kind = std::find_if(std::begin(kinds), std::end(kinds),
                                 [&](const Kind& each) { return media_type == each.media_type; });
  if (office.empty() && !text && kind == std::end(kinds)) {
    return InvalidField("evidence.media_type",
                        absl::StrCat("came '", media_type,
                                     "'; want PDF, PNG, JPEG, XLSX, DOCX, text/csv or text/plain"),
                        absl::StrCat("「", media_type,
                                     "」は受け取れません。PDF、PNG、JPEG、XLSX、DOCX、CSV、"
                                     "テキストのいずれかにしてください"));
  }
  const bool right = text              ? IsText(bytes)
                     : !office.empty() ? absl::StartsWith(bytes, office)
                                       : absl::StartsWith(bytes, kind->begin);
  if (right) return absl::OkStatus();
  return InvalidField("data", absl::StrCat("its bytes are not ", media_type),
                      absl::StrCat("ファイルの中身が ", media_type, " ではありません"));
}

absl::Status CheckNotFuture(absl::CivilDay day, absl::CivilDay today, const std::string& field) {
  if (day <= today) return absl::OkStatus();
  return InvalidField(
      field, absl::StrCat("came ", FormatIsoDate(day), "; want today or before"),
      absl::StrCat(FormatIsoDate(day), " は未来の日付です。今日以前を指定してください"));
}

absl::Status Answer(const google::protobuf::RepeatedPtrField<v1::InternalCheckAnswer>& answers,
                    v1::InternalCheck& check) {
  std::vector<Violation> wrong;
  std::set<std::string> seen;
  for (int i = 0; i < answers.size(); ++i) {
    const auto& answer = answers.Get(i);
    const std::string field = absl::StrCat("answers[", i, "].");
    const auto item = std::find_if(check.mutable_items()->begin(), check.mutable_items()->end(),
                                   [&](const auto& each) { return each.code() == answer.code(); });
    if (item == check.mutable_items()->end()) {
      wrong.push_back({field + "code",
                       absl::StrCat("came '", answer.code(), "', which the check does not have"),
                       absl::StrCat("「", answer.code(), "」はこの点検の項目にありません")});
      continue;
    }
    if (!seen.insert(answer.code()).second) {
      wrong.push_back({field + "code", absl::StrCat("came '", answer.code(), "' twice"),
                       absl::StrCat("「", answer.code(), "」が二度あります")});
    }
    item->set_answer(answer.answer());
    item->set_note(answer.note());
  }
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

std::vector<Violation> OpenPoints(const v1::InternalCheck& check,
                                  const std::vector<v1::Finding>& findings) {
  std::vector<Violation> open;
  std::set<std::string> found;
  for (const auto& finding : findings) found.insert(finding.item());
  for (const auto& item : check.items()) {
    if (item.answer() == v1::InternalCheck::ANSWER_UNSPECIFIED) {
      open.push_back({item.code(), "was not looked at", item.title() + "。まだ確かめていません"});
    } else if (item.answer() == v1::InternalCheck::ANSWER_DEVIATES &&
               found.count(item.code()) == 0) {
      open.push_back({item.code(), "deviates, and there is no finding",
                      item.title() + "。守られていないので、見つけたことを記録してください"});
    }
  }
  for (const auto& finding : findings) {
    if (finding.state() != v1::Finding::STATE_OPEN) continue;
    open.push_back({finding.name(), "is not decided: want owner, day and correction",
                    finding.text() + "。担当者、期日、直し方を決めてください"});
  }
  return open;
}

absl::Status CheckPeriod(const v1::RuleException& exception) {
  const auto start = FromProtoDate(exception.start_date());
  const auto end = FromProtoDate(exception.expire_date());
  if (start && end && *end >= *start && *end <= MonthsAfter(*start, kMonths)) {
    return absl::OkStatus();
  }
  const std::string came = end ? FormatIsoDate(*end) : "no day";
  const std::string from = start ? FormatIsoDate(*start) : "the first day";
  const std::string to = start ? FormatIsoDate(MonthsAfter(*start, kMonths)) : "a year later";
  return InvalidField("rule_exception.expire_date",
                      absl::StrCat("came ", came, "; want ", from, " to ", to),
                      absl::StrCat("例外の最終日は、", from, " から ", to,
                                   "（最長1年）の間にしてください（入力: ", came, "）"));
}

}  // namespace staraction::engagement::domain
