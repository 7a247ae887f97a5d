#include "services/engagement/domain/roster_row.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/text.h"
#include "common/base/utf8.h"

namespace staraction::engagement::domain {

using v1::Member;

Words WordsOf(const content::v1::CodeList& list) {
  Words words;
  for (const auto& entry : list.entries()) {
    words.Add(entry.code(), entry.label().ja(),
              {entry.spellings().begin(), entry.spellings().end()});
  }
  return words;
}

RosterRow::RosterRow(Table& table, size_t row, const RosterTerms& terms, RosterFile& file)
    : table_(table), row_(row), terms_(terms), file_(file) {
  out_.line = table.line(row);
}

void RosterRow::Text(Column column, const char* field, size_t limit,
                     std::string (*normalize)(std::string_view)) {
  if (!column) return;
  std::string text = normalize(table_.Cell(row_, column));
  if (Utf8Length(text) > limit || !IsPlainText(text, false)) {
    Reject(column, absl::StrCat(Utf8Length(text), " characters"),
           absl::StrCat("want one line of at most ", limit, " characters"),
           absl::StrCat("改行を含まない", limit, "文字以内で入力してください"));
    return;
  }
  const auto* descriptor = Says(field);
  out_.member.GetReflection()->SetString(&out_.member, descriptor, std::move(text));
}

void RosterRow::Date(Column column, const char* field) {
  if (!column) return;
  const auto* descriptor = Says(field);
  const std::string_view text = table_.Cell(row_, column);
  if (NormalizeCode(text).empty()) return;
  const auto day = ParseDate(text);
  if (!day.ok()) return table_.Reject(row_, *column, day.problem());
  *static_cast<google::type::Date*>(
      out_.member.GetReflection()->MutableMessage(&out_.member, descriptor)) = ToProtoDate(*day);
}

void RosterRow::Status(Column column, Column left_column) {
  const std::string text = NormalizeName(table_.Cell(row_, column));
  const auto left = FromProtoDate(out_.member.leave_date());
  const bool gone = left && *left < terms_.today;
  if (text.empty()) {
    if (column || gone) Says("status");
    out_.member.set_status(gone ? v1::MEMBER_STATUS_LEFT : v1::MEMBER_STATUS_ACTIVE);
    return;
  }
  Says("status");
  v1::MemberStatus status = v1::MEMBER_STATUS_UNSPECIFIED;
  const std::string code = terms_.statuses.CodeOf(text, false);
  if (!v1::MemberStatus_Parse("MEMBER_STATUS_" + code, &status)) {
    return RejectWord(column, text, terms_.statuses);
  }
  out_.member.set_status(status);
  if (gone && status != v1::MEMBER_STATUS_LEFT) {
    Note(left_column, "退職日が過ぎていますが、在籍区分は退職ではありません",
         "the last day has passed, but the status says otherwise");
  }
  if (status == v1::MEMBER_STATUS_LEFT && !left) {
    Note(column, "退職とありますが、退職日がありません", "has left, but on no day");
  }
}

void RosterRow::Type(Column type, Column position) {
  const std::string text = NormalizeName(table_.Cell(row_, type));
  const std::string role = NormalizeName(table_.Cell(row_, position));
  std::string code;
  if (!text.empty()) {
    code = terms_.employment_types.CodeOf(text, false);
    if (code.empty()) return RejectWord(type, text, terms_.employment_types);
  } else if (!role.empty()) {
    code = terms_.employment_types.CodeOf(role, true);
  }
  v1::EmploymentType value;
  if (code.empty() || !v1::EmploymentType_Parse("EMPLOYMENT_TYPE_" + code, &value)) return;
  Says("employment_type");
  out_.member.set_employment_type(value);
}

void RosterRow::Place(Column site, Column customer) {
  const std::string text = FoldForSearch(table_.Cell(row_, site));
  if (customer) {
    Says("off_site");
    out_.member.set_off_site(!NormalizeName(table_.Cell(row_, customer)).empty());
  }
  if (text.empty()) return;
  for (const v1::Site& known : terms_.sites) {
    if (FoldForSearch(known.display_name()) != text) continue;
    Says("site");
    out_.member.set_site(known.name());
    return;
  }
  Note(site, "登録されていない拠点のため、拠点は空のままにします", "unknown site; left empty");
}

void RosterRow::CheckMail(Column column) {
  const std::string& mail = out_.member.email();
  const size_t at = mail.find('@');
  if (mail.empty() ||
      (at != std::string::npos && at > 0 && at + 1 < mail.size() &&
       mail.find('@', at + 1) == std::string::npos && mail.find(' ') == std::string::npos)) {
    return;
  }
  // Whose address it may be is not repeated in an error.
  Reject(column, "", "want an address such as name@example.co.jp",
         "name@example.co.jp のような形で入力してください");
}

void RosterRow::CheckOrder(Column column) {
  const auto hired = FromProtoDate(out_.member.hire_date());
  const auto left = FromProtoDate(out_.member.leave_date());
  if (!hired || !left || *left >= *hired) return;
  Reject(column, FormatIsoDate(*left), "want a day on or after 入社日",
         "入社日以降の日付を入力してください");
}

void RosterRow::Require(Column column, const std::string& text) {
  if (text.empty()) Reject(column, "", "must not be empty", "入力してください");
}

void RosterRow::Note(Column column, const std::string& ja, const std::string& en) {
  if (file_.notes.size() >= kMaxNotes) return;
  v1::RowNote note;
  note.set_line(out_.line);
  if (column) note.set_column(table_.header()[*column]);
  note.set_text(ja);
  note.set_text_en(en);
  file_.notes.push_back(std::move(note));
}

void RosterRow::Reject(Column column, const std::string& came, const std::string& en,
                       const std::string& ja) {
  table_.Reject(row_, *column, {came, en, ja});
}

const google::protobuf::FieldDescriptor* RosterRow::Says(const std::string& field) {
  out_.fields.insert(field);
  return Member::descriptor()->FindFieldByName(field);
}

void RosterRow::RejectWord(Column column, const std::string& came, const Words& words) {
  Reject(column, came, absl::StrCat("want one of ", words.JoinedLabels()),
         absl::StrCat(words.JoinedLabels(), " のいずれかを入力してください"));
}

}  // namespace staraction::engagement::domain
