#include "services/engagement/domain/roster.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/table/csv_reader.h"
#include "common/table/encoding.h"
#include "google/protobuf/util/message_differencer.h"

namespace staraction::engagement::domain {
namespace {

using v1::Member;

struct Columns {
  std::optional<size_t> number, name, kana, department, position, email, hired, left, status;
};

Columns FindColumns(Table& table) {
  Columns columns;
  columns.number = table.RequireColumn({"社員番号", "従業員番号", "社員コード", "社員No", "番号"});
  columns.name = table.RequireColumn({"氏名", "名前", "社員名", "お名前"});
  columns.kana = table.FindColumn({"フリガナ", "ふりがな", "カナ", "氏名カナ", "氏名（カナ）"});
  columns.department = table.FindColumn({"部署", "所属", "部門", "部署名"});
  columns.position = table.FindColumn({"役職", "職位", "肩書"});
  columns.email = table.FindColumn({"メールアドレス", "メール", "E-mail", "email", "mail"});
  columns.hired = table.FindColumn({"入社日", "入社年月日", "雇入日", "採用日"});
  columns.left = table.FindColumn({"退職日", "退社日", "退職年月日"});
  columns.status = table.FindColumn({"在籍区分", "在籍状況", "在籍", "状態"});
  return columns;
}

void ReadDate(Table& table, size_t row, std::optional<size_t> column, google::type::Date* date) {
  const std::string_view text = table.Cell(row, column);
  if (NormalizeCode(text).empty()) return;
  const auto day = ParseDate(text);
  if (day.ok()) {
    *date = ToProtoDate(*day);
  } else {
    table.Reject(row, *column, day.problem());
  }
}

v1::MemberStatus ReadStatus(Table& table, size_t row, std::optional<size_t> column,
                            const content::v1::CodeList& statuses) {
  const std::string text = NormalizeName(table.Cell(row, column));
  if (text.empty()) return v1::MEMBER_STATUS_ACTIVE;
  std::string accepted;
  for (const auto& entry : statuses.entries()) {
    bool match = entry.label().ja() == text || entry.code() == text;
    for (const std::string& spelling : entry.spellings()) match = match || spelling == text;
    v1::MemberStatus status;
    if (match && v1::MemberStatus_Parse("MEMBER_STATUS_" + entry.code(), &status)) return status;
    absl::StrAppend(&accepted, accepted.empty() ? "" : "、", entry.label().ja());
  }
  table.Reject(row, *column,
               {text, absl::StrCat("want one of ", accepted),
                absl::StrCat(accepted, " のいずれかを入力してください")});
  return v1::MEMBER_STATUS_UNSPECIFIED;
}

// The text of a cell, if it fits the field.
std::string ReadText(Table& table, size_t row, std::optional<size_t> column, size_t limit,
                     std::string (*normalize)(std::string_view)) {
  std::string text = normalize(table.Cell(row, column));
  if (Utf8Length(text) > limit || !IsPlainText(text, false)) {
    table.Reject(row, *column,
                 {absl::StrCat(Utf8Length(text), " characters"),
                  absl::StrCat("want one line of at most ", limit, " characters"),
                  absl::StrCat("改行を含まない", limit, "文字以内で入力してください")});
    text.clear();
  }
  return text;
}

void CheckMail(Table& table, size_t row, std::optional<size_t> column, const std::string& mail) {
  const size_t at = mail.find('@');
  if (mail.empty() ||
      (at != std::string::npos && at > 0 && at + 1 < mail.size() &&
       mail.find('@', at + 1) == std::string::npos && mail.find(' ') == std::string::npos)) {
    return;
  }
  table.Reject(row, *column,
               {"a text that is no mail address", "want an address such as name@example.co.jp",
                "name@example.co.jp のような形で入力してください"});
}

Member ReadRow(Table& table, size_t row, const Columns& columns,
               const content::v1::CodeList& statuses) {
  Member member;
  member.set_staff_number(ReadText(table, row, columns.number, 40, NormalizeCode));
  member.set_display_name(ReadText(table, row, columns.name, 100, NormalizeName));
  member.set_kana(ReadText(table, row, columns.kana, 100, NormalizeKana));
  member.set_department(ReadText(table, row, columns.department, 100, NormalizeName));
  member.set_position(ReadText(table, row, columns.position, 100, NormalizeName));
  member.set_email(ReadText(table, row, columns.email, 254, NormalizeCode));
  CheckMail(table, row, columns.email, member.email());
  ReadDate(table, row, columns.hired, member.mutable_hire_date());
  ReadDate(table, row, columns.left, member.mutable_leave_date());
  if (member.hire_date().year() == 0) member.clear_hire_date();
  if (member.leave_date().year() == 0) member.clear_leave_date();
  const auto hired = FromProtoDate(member.hire_date());
  const auto left = FromProtoDate(member.leave_date());
  if (hired && left && *left < *hired) {
    table.Reject(row, *columns.left,
                 {FormatIsoDate(*left), "want a day on or after 入社日",
                  "入社日以降の日付を入力してください"});
  }
  member.set_status(ReadStatus(table, row, columns.status, statuses));
  return member;
}

void RequireText(Table& table, size_t row, size_t column, const std::string& text) {
  if (text.empty()) table.Reject(row, column, {"", "must not be empty", "入力してください"});
}

// Names and times are the server's; only what a file can say is compared.
bool SameData(const Member& present, const Member& file) {
  Member stripped = present;
  for (const char* field : {"name", "create_time", "update_time", "etag"}) {
    stripped.GetReflection()->ClearField(&stripped, Member::descriptor()->FindFieldByName(field));
  }
  return google::protobuf::util::MessageDifferencer::Equals(stripped, file);
}

}  // namespace

absl::StatusOr<RosterFile> ReadRoster(const std::string& content,
                                      const content::v1::CodeList& statuses,
                                      const std::string& representative) {
  CsvOptions options;
  options.limits.rows = kMaxRosterRows;
  SA_ASSIGN_OR_RETURN(Table table, ReadCsv(content, options));
  const Columns columns = FindColumns(table);
  if (!columns.number || !columns.name) return table.report().ToStatus();
  RosterFile roster;
  std::map<std::string, int> first_lines;
  const std::string president = FoldForSearch(representative);
  for (size_t row = 0; row < table.row_count(); ++row) {
    Member member = ReadRow(table, row, columns, statuses);
    RequireText(table, row, *columns.number, member.staff_number());
    RequireText(table, row, *columns.name, member.display_name());
    const auto [first, fresh] = first_lines.emplace(member.staff_number(), table.line(row));
    if (!fresh && !member.staff_number().empty()) {
      table.Reject(
          row, *columns.number,
          {member.staff_number(),
           absl::StrCat("stands in line ", first->second, " too; want each number once"),
           absl::StrCat(first->second, "行目と重複しています。番号は1人に1つにしてください")});
    }
    member.set_president(!president.empty() && FoldForSearch(member.display_name()) == president);
    roster.members.push_back(std::move(member));
  }
  SA_RETURN_IF_ERROR(table.report().ToStatus());
  const auto decoded = DecodeText(content);
  roster.encoding = decoded->encoding == TextEncoding::kUtf8 ? "UTF-8" : "CP932";
  return roster;
}

RosterChange CompareRoster(const std::vector<Member>& present, const std::vector<Member>& file) {
  RosterChange change;
  std::map<std::string, const Member*> known;
  for (const Member& member : present) known[member.staff_number()] = &member;
  for (const Member& member : file) {
    const auto found = known.find(member.staff_number());
    if (found == known.end()) {
      change.created.push_back(member);
      continue;
    }
    if (SameData(*found->second, member)) {
      ++change.unchanged;
    } else {
      Member updated = member;
      updated.set_name(found->second->name());
      *updated.mutable_create_time() = found->second->create_time();
      change.updated.push_back(std::move(updated));
    }
    known.erase(found);
  }
  for (const auto& [number, member] : known) change.missing.push_back(number);
  return change;
}

}  // namespace staraction::engagement::domain
