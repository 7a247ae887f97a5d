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

// CP932 is what spreadsheets here save, so only what no text has is refused.
bool IsText(const std::string& bytes) {
  return bytes.find('\0') == std::string::npos;
}

bool IsOfficeFile(const std::string& bytes) {
  return absl::StartsWith(bytes, "PK\x03\x04") && absl::StrContains(bytes, "[Content_Types].xml");
}

struct FileKind {
  const char* media_type;
  bool (*is)(const std::string& bytes);
};
constexpr FileKind kFileKinds[] = {
    {"application/pdf", [](const std::string& bytes) { return absl::StartsWith(bytes, "%PDF-"); }},
    {"image/png",
     [](const std::string& bytes) { return absl::StartsWith(bytes, "\x89PNG\r\n\x1a\n"); }},
    {"image/jpeg",
     [](const std::string& bytes) { return absl::StartsWith(bytes, "\xff\xd8\xff"); }},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", IsOfficeFile},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", IsOfficeFile},
    {"text/csv", IsText},
    {"text/plain", IsText},
};

const char* LabelOf(v1::InternalCheck::Answer answer) {
  switch (answer) {
    case v1::InternalCheck::ANSWER_CONFORMS:
      return "守られている";
    case v1::InternalCheck::ANSWER_DEVIATES:
      return "守られていない";
    case v1::InternalCheck::ANSWER_NOT_APPLICABLE:
      return "該当しない";
    default:
      return "未確認";
  }
}

void CheckNote(const v1::InternalCheckAnswer& answer, const std::string& field,
               std::vector<Violation>& wrong) {
  const bool explained = answer.answer() == v1::InternalCheck::ANSWER_DEVIATES ||
                         answer.answer() == v1::InternalCheck::ANSWER_NOT_APPLICABLE;
  if (!explained || !answer.note().empty()) return;
  wrong.push_back({field + "note",
                   absl::StrCat("is empty for ", answer.code(),
                                "; want what was seen, or why it is "
                                "not about this company"),
                   absl::StrCat("「", answer.code(),
                                "」について、見たこと、または該当しない理由を"
                                "入力してください")});
}

}  // namespace

std::vector<v1::Activity> PlanYear(const content::v1::ActivityCalendar& calendar,
                                   absl::CivilDay start, const BusinessCalendar& business,
                                   bool later_year) {
  const absl::CivilDay end = MonthsAfter(start, kMonths);
  std::vector<v1::Activity> year;
  for (const auto& kind : calendar.activities()) {
    if (later_year && kind.every_months() == 0) continue;
    const absl::CivilDay first = business.Add(start, kind.first_business_days());
    int occurrence = 0;
    for (int months = 0; months == 0 || kind.every_months() > 0; months += kind.every_months()) {
      const absl::CivilDay day = business.OnOrAfter(MonthsAfter(first, months));
      if (day >= end) break;
      v1::Activity activity;
      FillFrom(kind, activity);
      *activity.mutable_due_date() = ToProtoDate(day);
      activity.set_trial(kind.within_engagement() && months == 0 && !later_year);
      activity.set_occurrence(++occurrence);
      year.push_back(std::move(activity));
      if (kind.every_months() == 0) break;
    }
  }
  std::stable_sort(year.begin(), year.end(), [](const auto& a, const auto& b) {
    return *FromProtoDate(a.due_date()) < *FromProtoDate(b.due_date());
  });
  return year;
}

absl::Status CheckOwners(const v1::Activity& activity) {
  if (activity.owner_user().empty() || activity.owner_member().empty()) return absl::OkStatus();
  return InvalidField(
      "activity.owner_member",
      absl::StrCat("came '", activity.owner_member(), "' together with owner_user '",
                   activity.owner_user(), "'; want one of them"),
      "担当者は、利用者か名簿の人のどちらか一方にしてください（両方が指定されています）");
}

absl::Status CompleteActivity(const content::v1::ActivityCalendar& calendar,
                              v1::Activity& activity) {
  const auto kind = std::find_if(calendar.activities().begin(), calendar.activities().end(),
                                 [&](const auto& each) { return each.code() == activity.code(); });
  if (kind != calendar.activities().end()) {
    FillFrom(*kind, activity);
    activity.set_pack(absl::StrCat(calendar.pack().urn(), "@", calendar.pack().version()));
  } else if (!activity.code().empty()) {
    const std::string codes = CodesOf(calendar);
    return InvalidField(
        "activity.code",
        absl::StrCat("came '", activity.code(), "'; want none, or one of: ",
                     codes.empty() ? "(the engagement has no calendar)" : codes),
        absl::StrCat(
            "「", activity.code(), "」は予定表にありません。自社の活動なら空に、",
            "そうでなければ次のいずれかにしてください: ", codes.empty() ? "（なし）" : codes));
  } else if (activity.title().empty()) {
    return InvalidField("activity.title", "is empty; want a title, or a code of the calendar",
                        "行うことの名前か、予定表の種類を入力してください");
  }
  if (activity.side() == v1::SIDE_UNSPECIFIED) activity.set_side(v1::SIDE_CLIENT);
  return CheckOwners(activity);
}

absl::Status CheckFile(const v1::Evidence& evidence, const std::string& bytes) {
  const std::string& type = evidence.media_type();
  std::vector<Violation> wrong;
  const auto* kind = std::find_if(std::begin(kFileKinds), std::end(kFileKinds),
                                  [&](const FileKind& each) { return type == each.media_type; });
  if (kind == std::end(kFileKinds)) {
    wrong.push_back(
        {"evidence.media_type",
         absl::StrCat("came '", type, "'; want PDF, PNG, JPEG, XLSX, DOCX, text/csv or text/plain"),
         absl::StrCat("「", type,
                      "」は受け取れません。PDF、PNG、JPEG、XLSX、DOCX、CSV、テキストの"
                      "いずれかにしてください（HEICの写真はJPEGに変換してください）")});
  } else if (bytes.empty() || !kind->is(bytes)) {
    wrong.push_back(
        {"data", absl::StrCat("its ", bytes.size(), " bytes are not ", type),
         absl::StrCat("ファイルの中身（", bytes.size(), "バイト）が ", type, " ではありません")});
  }
  if (evidence.file_name().find_first_of("/\\") != std::string::npos) {
    wrong.push_back(
        {"evidence.file_name",
         absl::StrCat("came '", evidence.file_name(), "'; want a name without / and \\"),
         absl::StrCat("「", evidence.file_name(),
                      "」には / や \\ が含まれています。ファイルの名前だけにしてください")});
  }
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

absl::Status CheckDay(absl::CivilDay day, absl::CivilDay first, absl::CivilDay today,
                      const std::string& field) {
  if (day >= first && day <= today) return absl::OkStatus();
  const std::string came = FormatIsoDate(day);
  const std::string from = FormatIsoDate(first), to = FormatIsoDate(today);
  if (first == absl::CivilDay::min()) {
    return InvalidField(
        field, absl::StrCat("came ", came, "; want today (", to, ") or before"),
        absl::StrCat(came, " は未来の日付です。今日（", to, "）以前にしてください"));
  }
  return InvalidField(
      field, absl::StrCat("came ", came, "; want ", from, " to ", to),
      absl::StrCat(came, " は使えません。", from, " から ", to, " の間の日にしてください"));
}

absl::StatusOr<std::string> Answer(
    const google::protobuf::RepeatedPtrField<v1::InternalCheckAnswer>& answers,
    v1::InternalCheck& check) {
  std::vector<Violation> wrong;
  std::set<std::string> seen;
  std::string changes;
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
    CheckNote(answer, field, wrong);
    if (item->answer() == answer.answer() && item->note() == answer.note()) continue;
    absl::StrAppend(&changes, changes.empty() ? "" : "、", item->title(), "（",
                    LabelOf(item->answer()), "→", LabelOf(answer.answer()), "）");
    item->set_answer(answer.answer());
    item->set_note(answer.note());
  }
  if (!wrong.empty()) return InvalidFields(wrong);
  return changes;
}

std::vector<Violation> OpenPoints(const v1::InternalCheck& check,
                                  const std::vector<v1::Finding>& findings) {
  std::vector<Violation> open;
  std::set<std::string> found;
  for (const auto& finding : findings) {
    if (finding.state() != v1::Finding::STATE_WITHDRAWN) found.insert(finding.item());
  }
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
  if (!start || !end) return absl::OkStatus();  // both are required, and days
  const absl::CivilDay last = MonthsAfter(*start, kMonths);
  if (*end >= *start && *end <= last) return absl::OkStatus();
  const std::string came = FormatIsoDate(*end);
  const std::string from = FormatIsoDate(*start), to = FormatIsoDate(last);
  return InvalidField("rule_exception.expire_date",
                      absl::StrCat("came ", came, "; want ", from, " to ", to),
                      absl::StrCat("例外の最終日は、", from, " から ", to,
                                   "（最長1年）の間にしてください（入力: ", came, "）"));
}

bool IsLive(v1::Engagement::State state) {
  return state != v1::Engagement::STATE_CLOSED && state != v1::Engagement::STATE_CANCELLED;
}

}  // namespace staraction::engagement::domain
