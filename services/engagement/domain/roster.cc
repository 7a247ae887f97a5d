#include "services/engagement/domain/roster.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/table/csv_reader.h"
#include "common/table/encoding.h"
#include "services/engagement/domain/roster_row.h"

namespace staraction::engagement::domain {
namespace {

using Column = std::optional<size_t>;

struct Columns {
  Column number, name, kana, department, position, email, hired, left, status, type, site, customer,
      since;
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
  columns.type = table.FindColumn({"雇用形態", "雇用区分", "社員区分", "区分"});
  columns.site = table.FindColumn({"拠点", "勤務地", "事業所", "勤務先"});
  columns.customer = table.FindColumn({"常駐先", "客先", "派遣先"});
  columns.since = table.FindColumn({"休職開始日", "休業開始日", "休職日"});
  return columns;
}

void ReadFields(RosterRow& reader, const Columns& columns) {
  reader.Text(columns.number, "staff_number", 40, NormalizeCode);
  reader.Text(columns.name, "display_name", 100, NormalizeName);
  reader.Text(columns.kana, "kana", 100, NormalizeKana);
  reader.Text(columns.department, "department", 100, NormalizeName);
  reader.Text(columns.position, "position", 100, NormalizeName);
  reader.Text(columns.email, "email", 254, NormalizeCode);
  reader.CheckMail(columns.email);
  reader.Date(columns.hired, "hire_date");
  reader.Date(columns.left, "leave_date");
  reader.CheckOrder(columns.left);
  reader.Date(columns.since, "status_date");
  reader.Status(columns.status, columns.left);
  reader.Type(columns.type, columns.position);
  reader.Place(columns.site, columns.customer);
}

// Staff numbers are doubled by mistake; names may be, and are worth a look.
class Doubles {
 public:
  void Check(RosterRow& reader, const Columns& columns) {
    const RosterFile::Row& row = reader.row();
    const std::string& number = row.member.staff_number();
    const auto [first, fresh] = numbers_.emplace(number, row.line);
    if (!fresh && !number.empty()) {
      reader.Reject(
          columns.number, number,
          absl::StrCat("stands in line ", first->second, " too; want each number once"),
          absl::StrCat(first->second, "行目と重複しています。番号は1人に1つにしてください"));
    }
    const std::string name = FoldForSearch(row.member.display_name());
    const auto [same, alone] = names_.emplace(name, row.line);
    if (alone || name.empty() || !fresh) return;
    reader.Note(columns.name,
                absl::StrCat(same->second, "行目にも同じ氏名があります。別の人か確かめてください"),
                absl::StrCat("line ", same->second, " has the same name; see that they are two"));
  }

 private:
  std::map<std::string, int> numbers_, names_;
};

// Of several people with the representative's name, the one whose position says so.
void MarkPresident(const RosterTerms& terms, RosterFile& file) {
  const std::string name = FoldForSearch(terms.representative);
  std::vector<RosterFile::Row*> found;
  for (RosterFile::Row& row : file.rows) {
    if (!name.empty() && FoldForSearch(row.member.display_name()) == name) found.push_back(&row);
  }
  const auto officer = std::find_if(found.begin(), found.end(), [](const RosterFile::Row* row) {
    return row->member.employment_type() == v1::EMPLOYMENT_TYPE_OFFICER;
  });
  RosterFile::Row* president = nullptr;
  if (officer != found.end()) {
    president = *officer;
  } else if (found.size() == 1) {
    president = found[0];
  }
  if (president == nullptr) return;
  president->member.set_president(true);
  president->fields.insert("president");
}

}  // namespace

absl::StatusOr<RosterFile> ReadRoster(const std::string& content, const RosterTerms& terms) {
  TableOptions options;
  options.limits.rows = kMaxRosterRows;
  SA_ASSIGN_OR_RETURN(Table table, ReadCsv(content, options));
  const Columns columns = FindColumns(table);
  if (!columns.number || !columns.name) return table.report().ToStatus();
  RosterFile file;
  Doubles doubles;
  for (size_t i = 0; i < table.row_count(); ++i) {
    RosterRow reader(table, i, terms, file);
    ReadFields(reader, columns);
    reader.Require(columns.number, reader.row().member.staff_number());
    reader.Require(columns.name, reader.row().member.display_name());
    doubles.Check(reader, columns);
    file.rows.push_back(std::move(reader.row()));
  }
  SA_RETURN_IF_ERROR(table.report().ToStatus());
  MarkPresident(terms, file);
  const auto decoded = DecodeText(content);
  file.encoding = decoded->encoding == TextEncoding::kUtf8 ? "UTF-8" : "CP932";
  return file;
}

}  // namespace staraction::engagement::domain
