#include "common/table/xlsx_writer.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/utf8.h"
#include "common/status/errors.h"
#include "common/table/xlsx_format.h"

namespace staraction {
namespace {

constexpr uint32_t kHeaderColour = 0xDDEBF7;
constexpr uint32_t kComputedColour = 0xF2F2F2;
constexpr size_t kMaxCellCharacters = 32'767;
constexpr double kHeaderHeight = 36;  // Points: two lines.
constexpr uint8_t kA4 = 9;
// Spreadsheets take lists of at most this many characters from a rule itself.
constexpr size_t kMaxInlineChoices = 255;

// Spreadsheets read _x0041_ as a character's escape, so a text that looks like one is escaped. Line
// ends are the library's business.
std::string EscapeText(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' &&
                        text[i + 6] == '_' &&
                        text.find_first_not_of("0123456789abcdefABCDEF", i + 2) == i + 6;
    out += escape ? "_x005F_" : std::string(1, text[i]);
  }
  return out;
}

}  // namespace

std::string XlsxColumnName(size_t column) {
  std::string name;
  for (size_t i = column + 1; i > 0; i = (i - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (i - 1) % 26));
  }
  return name;
}

// The library's objects and the file that they write to.
struct XlsxWriter::Book {
  Book() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "staraction-xlsx-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) return;
    folder = pattern;
    folder_text = folder.string();
    lxw_workbook_options options = {};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_text.data();
    book = workbook_new_opt(Path().c_str(), &options);
  }
  ~Book() {
    // Frees the library's memory, too.
    if (book != nullptr) workbook_close(book);
    std::error_code ignored;
    if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
  }

  std::string Path() const { return (folder / "book.xlsx").string(); }

  lxw_format* Format(const XlsxColumn& column, const char* number_format) {
    lxw_format* format = workbook_add_format(book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(format, LXW_BORDER_HAIR);
    if (column.wrap) format_set_text_wrap(format);
    if (number_format != nullptr) format_set_num_format(format, number_format);
    if (column.computed) format_set_bg_color(format, kComputedColour);
    return format;
  }

  std::filesystem::path folder;
  std::string folder_text;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_worksheet* lists = nullptr;
  std::vector<lxw_format*> plain, day;  // By column.
};

XlsxWriter::XlsxWriter(XlsxSheetOptions options)
    : options_(std::move(options)), book_(std::make_unique<Book>()) {
  if (book_->book == nullptr) {
    status_ = Internal("no temporary file for a workbook");
    return;
  }
  lxw_doc_properties properties = {};
  properties.created = absl::ToTimeT(options_.created);
  workbook_set_properties(book_->book, &properties);
  book_->sheet = workbook_add_worksheet(book_->book, options_.title.c_str());
  for (const XlsxColumn& column : options_.columns) {
    book_->plain.push_back(book_->Format(column, column.percent ? "0.0%" : nullptr));
    book_->day.push_back(book_->Format(column, "yyyy/m/d"));
  }
  WriteHeader();
}

XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::WriteHeader() {
  lxw_worksheet* sheet = book_->sheet;
  lxw_format* header = workbook_add_format(book_->book);
  format_set_bold(header);
  format_set_text_wrap(header);
  format_set_align(header, LXW_ALIGN_CENTER);
  format_set_align(header, LXW_ALIGN_VERTICAL_CENTER);
  format_set_border(header, LXW_BORDER_THIN);
  format_set_bg_color(header, kHeaderColour);
  worksheet_set_row(sheet, 0, kHeaderHeight, nullptr);
  for (size_t i = 0; i < options_.columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, options_.columns[i].width, nullptr);
    worksheet_write_string(sheet, 0, column, EscapeText(options_.columns[i].title).c_str(), header);
  }
  next_row_ = 1;
  worksheet_freeze_panes(sheet, 1, static_cast<lxw_col_t>(options_.frozen_columns));
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kA4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_footer(sheet, "&L&A&R&P / &N");
}

void XlsxWriter::AddRow(std::span<const XlsxCell> cells) {
  if (!status_.ok()) return;
  if (next_row_ >= LXW_ROW_MAX) {
    status_ = InvalidField("rows", absl::StrCat("want at most ", LXW_ROW_MAX - 1, " rows"),
                           absl::StrCat("行数を", LXW_ROW_MAX - 1, "以下にしてください"));
    return;
  }
  for (size_t i = 0; i < options_.columns.size(); ++i) {
    WriteCell(static_cast<uint16_t>(i), i < cells.size() ? cells[i] : XlsxCell{});
  }
  ++next_row_;
}

void XlsxWriter::WriteCell(uint16_t column, const XlsxCell& cell) {
  lxw_worksheet* sheet = book_->sheet;
  lxw_format* plain = book_->plain[column];
  if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && !text->empty()) {
    const std::string escaped = EscapeText(*text);
    if (Utf8Length(escaped) > kMaxCellCharacters) {
      status_ =
          InvalidField(absl::StrCat("rows[", next_line(), "].", options_.columns[column].title),
                       absl::StrCat("want at most ", kMaxCellCharacters, " characters"),
                       absl::StrCat(kMaxCellCharacters, "文字以内にしてください"));
      return;
    }
    worksheet_write_string(sheet, next_row_, column, escaped.c_str(), plain);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    worksheet_write_number(sheet, next_row_, column, *number, plain);
  } else if (const auto* day = std::get_if<absl::CivilDay>(&cell)) {
    worksheet_write_number(sheet, next_row_, column, SerialOf(*day), book_->day[column]);
  } else if (const auto* formula = std::get_if<XlsxFormula>(&cell)) {
    worksheet_write_formula_num(sheet, next_row_, column, ("=" + formula->text).c_str(), plain,
                                formula->value);
  } else {
    worksheet_write_blank(sheet, next_row_, column, plain);
  }
}

void XlsxWriter::AddRules() {
  const uint32_t last_row =
      std::min(next_row_ + static_cast<uint32_t>(options_.spare_rows), uint32_t{LXW_ROW_MAX}) - 1;
  const auto columns = static_cast<lxw_col_t>(options_.columns.size());
  worksheet_autofilter(book_->sheet, 0, 0, next_row_ - 1, static_cast<lxw_col_t>(columns - 1));
  for (lxw_col_t i = 0; i < columns; ++i) {
    if (!options_.columns[i].choices.empty()) AddChoices(i, last_row);
    for (const auto& [value, colour] : options_.columns[i].colours) {
      lxw_conditional_format rule = {};
      rule.type = LXW_CONDITIONAL_TYPE_CELL;
      rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
      rule.value = value;
      rule.format = workbook_add_format(book_->book);
      format_set_bg_color(rule.format, colour);
      worksheet_conditional_format_range(book_->sheet, 1, i, last_row, i, &rule);
    }
  }
}

void XlsxWriter::AddChoices(uint16_t column, uint32_t last_row) {
  const std::vector<std::string>& choices = options_.columns[column].choices;
  const std::string joined = absl::StrJoin(choices, ",");
  lxw_data_validation rule = {};
  rule.show_input = LXW_VALIDATION_OFF;
  std::vector<std::string> texts = choices;  // The library takes them as changeable.
  std::vector<char*> list;
  std::string range;
  const bool has_comma =
      static_cast<size_t>(std::count(joined.begin(), joined.end(), ',')) != choices.size() - 1;
  if (Utf8Length(joined) <= kMaxInlineChoices && !has_comma) {
    for (std::string& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = list.data();
  } else {
    // Too long for a rule: they stand on a sheet of their own, one list a row.
    if (book_->lists == nullptr) book_->lists = workbook_add_worksheet(book_->book, "選択肢");
    const lxw_row_t row = column;
    for (size_t i = 0; i < choices.size(); ++i) {
      worksheet_write_string(book_->lists, row, static_cast<lxw_col_t>(i),
                             EscapeText(choices[i]).c_str(), nullptr);
    }
    range = absl::StrCat("='選択肢'!$A$", row + 1, ":$", XlsxColumnName(choices.size() - 1), "$",
                         row + 1);
    rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule.value_formula = range.data();
  }
  worksheet_data_validation_range(book_->sheet, 1, column, last_row, column, &rule);
}

absl::StatusOr<std::string> XlsxWriter::Finish() && {
  if (!status_.ok()) return status_;
  AddRules();
  const lxw_error error = workbook_close(std::exchange(book_->book, nullptr));
  if (error != LXW_NO_ERROR) return Internal(absl::StrCat("workbook: ", lxw_strerror(error)));
  std::ifstream file(book_->Path(), std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.empty()) return Internal("the workbook's temporary file is empty");
  return bytes;
}

}  // namespace staraction
