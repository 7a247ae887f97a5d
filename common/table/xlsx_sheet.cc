#include "common/table/xlsx_sheet.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/strings.h"
#include "common/base/utf8.h"
#include "common/table/xlsx_package.h"

namespace staraction {
namespace {

// What Excel has; a reference beyond is no reference.
constexpr int64_t kMaxRow = 1 << 20;
constexpr int64_t kMaxColumn = 1 << 14;
constexpr size_t kMaxMerges = 200'000;

struct Position {
  int64_t row = -1;  // −1: not said.
  int64_t column = -1;
};

// "AB12", "AB" or "12", with the $ of absolute references.
std::optional<Position> ParseReference(std::string_view text) {
  int64_t column = 0, row = 0;
  size_t i = 0;
  for (; i < text.size() && (text[i] == '$' || (text[i] >= 'A' && text[i] <= 'Z')); ++i) {
    if (text[i] != '$') column = column * 26 + (text[i] - 'A' + 1);
    if (column > kMaxColumn) return std::nullopt;
  }
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    row = row * 10 + (text[i] - '0');
    if (row > kMaxRow) return std::nullopt;
  }
  if (i != text.size()) return std::nullopt;
  return Position{row - 1, column - 1};
}

// Of "_x000D_" at the offset; nothing if there is none, or one that is no plain character.
std::optional<char32_t> EscapeAt(std::string_view text, size_t at) {
  constexpr size_t kLength = 7;
  if (text.size() - at < kLength || text[at + 1] != 'x' || text[at + 6] != '_') return std::nullopt;
  char32_t code = 0;
  for (size_t i = at + 2; i < at + 6; ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    if (!digit && !letter) return std::nullopt;
    code = code * 16 + static_cast<char32_t>(digit ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code == 0 || surrogate ? std::nullopt : std::optional(code);
}

void UnifyLineEnds(std::string& text, size_t from) {
  size_t out = from;
  for (size_t i = from; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    text[out++] = text[i] == '\r' ? '\n' : text[i];
  }
  text.resize(out);
}

absl::Status CellTooLong(const TableOptions& options, const std::string& where) {
  const size_t limit = options.limits.cell_characters;
  return FileTooLarge(options, absl::StrCat(where, ": a cell has more than ", limit, " characters"),
                      absl::StrCat(where, "：1つのセルが", limit, "文字を超えています"));
}

bool IsTooLong(const std::string& text, size_t limit) {
  return text.size() > limit && Utf8Length(text) > limit;
}

// Escapes take seven bytes a character, and other characters at most four.
constexpr size_t kBytesOfCharacter = 7;

}  // namespace

void AppendXlsxText(std::string_view raw, std::string& out) {
  const size_t from = out.size();
  for (size_t i = 0; i < raw.size();) {
    const size_t escape = std::min(raw.find('_', i), raw.size());
    out += raw.substr(i, escape - i);
    i = escape;
    if (i == raw.size()) break;
    const auto code = EscapeAt(raw, i);
    if (code) {
      AppendCodePoint(out, *code);
      i += 7;
    } else {
      out += raw[i++];
    }
  }
  UnifyLineEnds(out, from);
}

XlsxSheetReader::XlsxSheetReader(const XlsxShared& shared, const TableOptions& options,
                                 size_t max_rows)
    : shared_(shared), options_(options), max_rows_(max_rows) {}

void XlsxSheetReader::OnStart(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row") return StartRow(attributes);
  if (name == "c") return StartCell(attributes);
  if (name == "mergeCell") return AddMerge(attributes.Get("ref"));
  if (name == "f") formula_ = true;
  if (name == "rPh") ++phonetic_;
  // Inline texts have their characters in <t>, everything else in <v>.
  in_value_ = phonetic_ == 0 && (name == "v" || (name == "t" && type_ == Type::kInline));
}

void XlsxSheetReader::OnEnd(std::string_view name) {
  in_value_ = false;
  if (name == "c") return EndCell();
  if (name == "row") return EndRow();
  if (name == "rPh") --phonetic_;
}

void XlsxSheetReader::OnText(std::string_view text) {
  if (!in_value_) return;
  raw_ += text;
  if (raw_.size() > options_.limits.cell_characters * kBytesOfCharacter) {
    Stop(CellTooLong(options_, absl::StrCat("line ", row_ + 1)));
  }
}

void XlsxSheetReader::StartRow(const XmlAttributes& attributes) {
  const std::string_view reference = attributes.Get("r");
  const auto position = ParseReference(reference);
  const int64_t row = reference.empty() ? row_ + 1 : position ? position->row : -1;
  if (row <= row_ || row >= kMaxRow) {
    return Stop(DamagedFile(options_, absl::StrCat("row ", ToAbsl(reference), " is out of order")));
  }
  row_ = row;
  column_ = -1;
}

void XlsxSheetReader::StartCell(const XmlAttributes& attributes) {
  const std::string_view reference = attributes.Get("r");
  const auto position = ParseReference(reference);
  const int64_t column = reference.empty() ? column_ + 1 : position ? position->column : -1;
  if (column <= column_ || column >= kMaxColumn || row_ < 0) {
    return Stop(
        DamagedFile(options_, absl::StrCat("cell ", ToAbsl(reference), " is out of order")));
  }
  column_ = column;
  const std::string_view type = attributes.Get("t");
  type_ = type == "s"           ? Type::kShared
          : type == "inlineStr" ? Type::kInline
          : type == "str"       ? Type::kFormulaText
          : type == "b"         ? Type::kBoolean
          : type == "e"         ? Type::kError
          : type == "d"         ? Type::kDay
                                : Type::kNumber;
  if (!absl::SimpleAtoi(ToAbsl(attributes.Get("s")), &style_)) style_ = 0;
  formula_ = false;
  raw_.clear();
}

std::string XlsxSheetReader::Value() {
  std::string text;
  double number = 0;
  size_t index = 0;
  switch (type_) {
    case Type::kShared:
      if (absl::SimpleAtoi(raw_, &index) && index < shared_.strings.size()) {
        return shared_.strings[index];
      }
      Stop(DamagedFile(options_, absl::StrCat("line ", row_ + 1, " refers to no text")));
      return "";
    case Type::kInline:
    case Type::kFormulaText:
      AppendXlsxText(raw_, text);
      return text;
    case Type::kBoolean:
      return raw_ == "1" || raw_ == "true" ? "TRUE" : "FALSE";
    case Type::kError:
    case Type::kDay:
      return raw_;
    case Type::kNumber:
      break;
  }
  if (!absl::SimpleAtod(raw_, &number)) {
    Stop(DamagedFile(options_, absl::StrCat("line ", row_ + 1, " has a number that is none")));
    return "";
  }
  const bool styled = style_ < shared_.formats.size();
  const NumberFormat format = styled ? shared_.formats[style_] : NumberFormat::kPlain;
  return FormatSerial(number, format, shared_.since_1904);
}

void XlsxSheetReader::EndCell() {
  const bool no_value = raw_.empty();
  if (no_value && !formula_) return;
  const std::string value = no_value ? "" : Value();
  if (stopped()) return;
  // An empty text is what formulas say for "nothing".
  const bool not_stored = no_value && type_ != Type::kFormulaText;
  if (value.empty() && !not_stored) return;
  const TableLimits& limits = options_.limits;
  if (static_cast<size_t>(column_) >= limits.columns) {
    return Stop(FileTooLarge(
        options_, absl::StrCat("line ", row_ + 1, ": more than ", limits.columns, " columns"),
        absl::StrCat(row_ + 1, "行目：列が", limits.columns, "を超えています")));
  }
  if (IsTooLong(value, limits.cell_characters)) {
    return Stop(CellTooLong(options_, absl::StrCat("line ", row_ + 1)));
  }
  sheet_.text += value;
  if (sheet_.text.size() > limits.text_bytes || sheet_.cells.size() == limits.cells) {
    return Stop(FileTooLarge(options_,
                             absl::StrCat("the sheet has more than ", limits.cells, " cells or ",
                                          limits.text_bytes, " bytes of text"),
                             absl::StrCat("シートのセルが", limits.cells, "個、または文字が",
                                          limits.text_bytes, "バイトを超えています")));
  }
  using Oddity = XlsxSheet::Oddity;
  sheet_.cells.push_back({static_cast<uint32_t>(sheet_.text.size()), static_cast<uint16_t>(column_),
                          type_ == Type::kError ? Oddity::kError
                          : not_stored          ? Oddity::kNoStoredValue
                                                : Oddity::kNone});
}

void XlsxSheetReader::EndRow() {
  const auto end = static_cast<uint32_t>(sheet_.cells.size());
  if (end == sheet_.FirstCell(sheet_.rows.size())) return;
  sheet_.rows.push_back({static_cast<uint32_t>(row_), end});
  if (sheet_.rows.size() == max_rows_) Stop();
}

void XlsxSheetReader::AddMerge(std::string_view reference) {
  const size_t colon = reference.find(':');
  if (colon == std::string_view::npos) return;
  const auto first = ParseReference(reference.substr(0, colon));
  const auto last = ParseReference(reference.substr(colon + 1));
  const bool good = first && last && first->row >= 0 && first->column >= 0 &&
                    last->row >= first->row && last->column >= first->column;
  if (!good || sheet_.merges.size() == kMaxMerges) {
    return Stop(DamagedFile(options_, absl::StrCat("merged cells ", ToAbsl(reference))));
  }
  sheet_.merges.push_back({static_cast<uint32_t>(first->row), static_cast<uint32_t>(last->row),
                           static_cast<uint32_t>(first->column),
                           static_cast<uint32_t>(last->column)});
}

void XlsxStringsReader::OnStart(std::string_view name, const XmlAttributes& /*attributes*/) {
  if (name == "si") raw_.clear();
  if (name == "rPh") ++phonetic_;
  in_text_ = name == "t" && phonetic_ == 0;
}

void XlsxStringsReader::OnEnd(std::string_view name) {
  in_text_ = false;
  if (name == "rPh") --phonetic_;
  if (name != "si") return;
  AppendXlsxText(raw_, strings_.emplace_back());
  const std::string& text = strings_.back();
  bytes_ += text.size();
  const TableLimits& limits = options_.limits;
  if (IsTooLong(text, limits.cell_characters)) {
    return Stop(CellTooLong(options_, absl::StrCat("text ", strings_.size())));
  }
  if (bytes_ > limits.text_bytes || strings_.size() > limits.cells) {
    Stop(FileTooLarge(options_,
                      absl::StrCat("the workbook has more than ", limits.cells, " texts or ",
                                   limits.text_bytes, " bytes of text"),
                      absl::StrCat("ブックの文字が", limits.text_bytes, "バイト、または",
                                   limits.cells, "個を超えています")));
  }
}

void XlsxStringsReader::OnText(std::string_view text) {
  if (!in_text_) return;
  raw_ += text;
  if (raw_.size() > options_.limits.cell_characters * kBytesOfCharacter) {
    Stop(CellTooLong(options_, absl::StrCat("text ", strings_.size() + 1)));
  }
}

}  // namespace staraction
