#include "services/engagement/domain/report_table.h"

#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/table/csv_writer.h"
#include "common/table/xlsx_writer.h"

namespace staraction::engagement::domain {
namespace {

template <typename Row>
struct Column {
  const char* ja;
  const char* en;
  double width;
  std::function<XlsxCell(const Row&, Language)> cell;
  bool percent = false;
};

// Whole ids fit.
constexpr double kIdWidth = 52;

XlsxCell DayCell(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  if (!day) return std::monostate();
  return *day;
}

XlsxCell NumberCell(bool known, double value) {
  if (!known) return std::monostate();
  return value;
}

std::string StateName(v1::Engagement::State state, Language language) {
  const bool ja = language == Language::kJapanese;
  switch (state) {
    case v1::Engagement::STATE_CONTRACTED:
      return ja ? "契約済み" : "contracted";
    case v1::Engagement::STATE_ACTIVE:
      return ja ? "実施中" : "active";
    case v1::Engagement::STATE_CLOSED:
      return ja ? "終了" : "closed";
    case v1::Engagement::STATE_CANCELLED:
      return ja ? "取消" : "cancelled";
    case v1::Engagement::STATE_DECLARED:
      return ja ? "宣言済み" : "declared";
    case v1::Engagement::STATE_SUSTAINING:
      return ja ? "運用中" : "sustaining";
    default:
      return "";
  }
}

// The columns that both reports begin with.
template <typename Row>
std::vector<Column<Row>> Beginning() {
  return {
      {"企業名", "client", 28,
       [](const Row& row, Language) -> XlsxCell { return row.client_display_name(); }},
      {"星", "star", 6, [](const Row& row, Language) -> XlsxCell { return double(row.star()); }},
      {"状態", "state", 12,
       [](const Row& row, Language language) -> XlsxCell {
         return StateName(row.state(), language);
       }},
      {"開始日", "start", 12, [](const Row& row, Language) { return DayCell(row.start_date()); }}};
}

std::vector<Column<v1::Engagement>> PortfolioColumns() {
  using Row = v1::Engagement;
  auto columns = Beginning<Row>();
  const auto add = [&columns](const char* ja, const char* en, double width, auto cell) {
    columns.push_back(
        {ja, en, width, [cell](const Row& row, Language) -> XlsxCell { return cell(row); }});
  };
  // Numbers are known once there is something of the kind to meet.
  const auto count = [&add](const char* ja, const char* en, auto total, auto get) {
    add(ja, en, 10, [total, get](const Row& row) {
      return NumberCell(total(row.readiness()) > 0, get(row.readiness()));
    });
  };
  const auto official = [](const v1::ReadinessSummary& summary) {
    return summary.official_total();
  };
  const auto deliverables = [](const v1::ReadinessSummary& summary) {
    return summary.deliverable_total();
  };
  add("期限", "due", 12, [](const Row& row) { return DayCell(row.due_date()); });
  count("公式要件 達成", "official criteria met", official,
        [](const v1::ReadinessSummary& summary) { return summary.official_met(); });
  count("公式要件 合計", "official criteria", official, official);
  count("成果物 達成", "deliverables met", deliverables,
        [](const v1::ReadinessSummary& summary) { return summary.deliverable_met(); });
  count("成果物 合計", "deliverables", deliverables, deliverables);
  add("次の期日", "next due", 12,
      [](const Row& row) { return DayCell(row.readiness().next_due_date()); });
  add("遅れ", "overdue", 8,
      [](const Row& row) -> XlsxCell { return row.overdue() ? "○" : std::string(); });
  add("次にすること", "next step", 40,
      [](const Row& row) -> XlsxCell { return row.readiness().next_step(); });
  add("ID", "id", kIdWidth, [](const Row& row) -> XlsxCell { return row.name(); });
  return columns;
}

// A number that may be absent.
template <typename Value>
Column<v1::Outcome> Number(const char* ja, const char* en, bool (v1::Outcome::*has)() const,
                           Value (v1::Outcome::*get)() const) {
  return {ja, en, 10, [has, get](const v1::Outcome& row, Language) {
            return NumberCell((row.*has)(), static_cast<double>((row.*get)()));
          }};
}

// A part of 1.
Column<v1::Outcome> Share(const char* ja, const char* en, bool (v1::Outcome::*has)() const,
                          double (v1::Outcome::*get)() const) {
  auto column = Number(ja, en, has, get);
  column.percent = true;
  return column;
}

std::vector<Column<v1::Outcome>> OutcomeColumns() {
  auto columns = Beginning<v1::Outcome>();
  columns.push_back({"宣言日", "declared", 12,
                     [](const v1::Outcome& row, Language) { return DayCell(row.declare_date()); }});
  for (auto& column :
       {Number("宣言までの日数", "days to declaration", &v1::Outcome::has_days_to_declaration,
               &v1::Outcome::days_to_declaration),
        Share("研修完了率", "training coverage", &v1::Outcome::has_training_coverage,
              &v1::Outcome::training_coverage),
        Share("研修前の正答率", "test before", &v1::Outcome::has_test_before,
              &v1::Outcome::test_before),
        Share("研修後の正答率", "test after", &v1::Outcome::has_test_after,
              &v1::Outcome::test_after),
        Number("自社診断 前", "self-diagnosis before", &v1::Outcome::has_score_before,
               &v1::Outcome::score_before),
        Number("自社診断 後", "self-diagnosis after", &v1::Outcome::has_score_after,
               &v1::Outcome::score_after),
        Number("守られていないルール 前", "gaps before", &v1::Outcome::has_gaps_before,
               &v1::Outcome::gaps_before),
        Number("守られていないルール 後", "gaps after", &v1::Outcome::has_gaps_after,
               &v1::Outcome::gaps_after),
        Number("高リスクの情報資産 前", "high risks before", &v1::Outcome::has_high_risks_before,
               &v1::Outcome::high_risks_before),
        Number("高リスクの情報資産 後", "high risks after", &v1::Outcome::has_high_risks_after,
               &v1::Outcome::high_risks_after),
        Share("誓約率（ルール）", "pledge coverage", &v1::Outcome::has_pledge_coverage,
              &v1::Outcome::pledge_coverage),
        Share("誓約率（方針・規程）", "policy pledge coverage",
              &v1::Outcome::has_policy_pledge_coverage, &v1::Outcome::policy_pledge_coverage),
        Number("対策 実施済み", "measures done", &v1::Outcome::has_measures_done,
               &v1::Outcome::measures_done),
        Number("対策 未実施", "measures open", &v1::Outcome::has_measures_open,
               &v1::Outcome::measures_open)}) {
    columns.push_back(column);
  }
  columns.push_back(
      {"工数（分）", "effort in minutes", 10, [](const v1::Outcome& row, Language) -> XlsxCell {
         return static_cast<double>(row.effort_minutes());
       }});
  columns.push_back({"ID", "id", kIdWidth, [](const v1::Outcome& row, Language) -> XlsxCell {
                       return row.engagement();
                     }});
  return columns;
}

std::string CsvText(const XlsxCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) return absl::StrCat(*number);
  if (const auto* day = std::get_if<absl::CivilDay>(&cell)) return FormatIsoDate(*day);
  return "";
}

template <typename Row>
absl::StatusOr<std::string> Csv(const std::vector<Column<Row>>& columns,
                                const std::vector<Row>& rows, Language language) {
  CsvWriter writer(TextEncoding::kUtf8);
  std::vector<std::string> cells;
  cells.reserve(columns.size());
  for (const auto& column : columns) {
    cells.emplace_back(language == Language::kJapanese ? column.ja : column.en);
  }
  writer.AddRow(cells);
  for (const Row& row : rows) {
    for (size_t i = 0; i < columns.size(); ++i) {
      cells[i] = CsvText(columns[i].cell(row, language));
    }
    writer.AddRow(cells);
  }
  return std::move(writer).Finish();
}

template <typename Row>
absl::StatusOr<std::string> Write(const std::vector<Column<Row>>& columns,
                                  const std::vector<Row>& rows, v1::ReportFormat format,
                                  Language language, const std::string& title, absl::Time now) {
  if (format != v1::REPORT_FORMAT_XLSX) return Csv(columns, rows, language);
  XlsxSheetOptions options;
  options.title = title;
  options.created = now;
  options.frozen_columns = 1;
  options.spare_rows = 0;
  for (const auto& column : columns) {
    XlsxColumn& out = options.columns.emplace_back();
    out.title = language == Language::kJapanese ? column.ja : column.en;
    out.width = column.width;
    out.percent = column.percent;
  }
  XlsxWriter writer(std::move(options));
  std::vector<XlsxCell> cells(columns.size());
  for (const Row& row : rows) {
    for (size_t i = 0; i < columns.size(); ++i) cells[i] = columns[i].cell(row, language);
    writer.AddRow(cells);
  }
  return std::move(writer).Finish();
}

}  // namespace

absl::StatusOr<std::string> PortfolioFile(const std::vector<v1::Engagement>& engagements,
                                          v1::ReportFormat format, Language language,
                                          absl::Time now) {
  return Write(PortfolioColumns(), engagements, format, language,
               language == Language::kJapanese ? "支援先一覧" : "portfolio", now);
}

absl::StatusOr<std::string> OutcomesFile(const std::vector<v1::Outcome>& outcomes,
                                         v1::ReportFormat format, Language language,
                                         absl::Time now) {
  return Write(OutcomeColumns(), outcomes, format, language,
               language == Language::kJapanese ? "成果一覧" : "outcomes", now);
}

std::string MediaTypeOf(v1::ReportFormat format) {
  return format == v1::REPORT_FORMAT_XLSX
             ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
             : "text/csv; charset=utf-8";
}

}  // namespace staraction::engagement::domain
