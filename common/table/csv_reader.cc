#include "common/table/csv_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/utf8.h"
#include "common/table/encoding.h"
#include "common/table/formula.h"
#include "common/table/header_finder.h"

namespace staraction {
namespace {

constexpr char kQuote = '"';
constexpr char kSeparator = ',';

// Reads one text into one table. After an error it is of no further use.
class Parser {
 public:
  Parser(std::string_view text, const TableOptions& options, Table& table)
      : text_(text), options_(options), table_(table) {}

  absl::Status Run() {
    while (!AtEnd()) {
      record_line_ = line_;
      SA_RETURN_IF_ERROR(ReadRecord());
      SA_RETURN_IF_ERROR(StoreRecord());
    }
    SA_RETURN_IF_ERROR(FindHeader());
    if (table_.header().empty()) {
      return Fail(line_, "the file has no header line", "見出し行がありません");
    }
    return absl::OkStatus();
  }

 private:
  bool AtEnd() const { return position_ == text_.size(); }

  absl::Status Fail(int line, const std::string& en, const std::string& ja,
                    ErrorReason reason = error::v1::ERROR_REASON_FILE_REJECTED) const {
    RowReport report(options_.field);
    report.Add(line, "", {"", en, ja});
    return report.ToStatus(reason);
  }

  absl::Status TooLarge(const std::string& en, const std::string& ja) const {
    return Fail(record_line_, en, ja, error::v1::ERROR_REASON_TOO_LARGE);
  }

  absl::Status ReadRecord() {
    cells_.clear();
    while (true) {
      if (cells_.size() == options_.limits.columns) {
        return TooLarge(absl::StrCat("more than ", options_.limits.columns, " columns"),
                        absl::StrCat("列が", options_.limits.columns, "を超えています"));
      }
      std::string& cell = cells_.emplace_back();
      SA_RETURN_IF_ERROR(ReadCell(cell));
      if (AtEnd()) return absl::OkStatus();
      const char c = text_[position_++];
      if (c == kSeparator) continue;
      if (c == '\r' && !AtEnd() && text_[position_] == '\n') ++position_;
      ++line_;
      return absl::OkStatus();
    }
  }

  absl::Status ReadCell(std::string& cell) {
    if (!AtEnd() && text_[position_] == kQuote) {
      SA_RETURN_IF_ERROR(ReadQuoted(cell));
    } else {
      const size_t end = std::min(text_.find_first_of(",\r\n", position_), text_.size());
      cell = text_.substr(position_, end - position_);
      position_ = end;
    }
    // Bytes are at least as many as characters, so most cells need no counting.
    const size_t limit = options_.limits.cell_characters;
    if (cell.size() > limit && Utf8Length(cell) > limit) {
      return TooLarge(absl::StrCat("a cell has more than ", limit, " characters"),
                      absl::StrCat("1つのセルが", limit, "文字を超えています"));
    }
    return absl::OkStatus();
  }

  absl::Status ReadQuoted(std::string& cell) {
    const int begin_line = line_;
    ++position_;
    while (true) {
      const size_t quote = text_.find(kQuote, position_);
      if (quote == std::string_view::npos) {
        return Fail(begin_line, "a quote (\") is opened here and never closed",
                    "「\"」がここで開いたまま閉じていません");
      }
      AppendLines(text_.substr(position_, quote - position_), cell);
      position_ = quote + 1;
      if (AtEnd() || text_[position_] != kQuote) break;
      cell += kQuote;
      ++position_;
    }
    if (AtEnd() || std::string_view(",\r\n").find(text_[position_]) != std::string_view::npos) {
      return absl::OkStatus();
    }
    return Fail(line_, "text follows a closing quote (\"); quotes inside a cell are doubled",
                "閉じた「\"」の後に文字があります。セル内の「\"」は2つ重ねてください");
  }

  // Line ends of any kind become LF, and are counted.
  void AppendLines(std::string_view text, std::string& cell) {
    for (size_t i = 0; i < text.size(); ++i) {
      const bool crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      if (crlf) continue;
      const char c = text[i] == '\r' ? '\n' : text[i];
      if (c == '\n') ++line_;
      cell += c;
    }
  }

  absl::Status StoreRecord() {
    if (options_.unescape_formulas) {
      for (std::string& cell : cells_) cell = std::string(UnescapeFormula(cell));
    }
    if (has_header_) return AddRow(record_line_, cells_);
    const bool blank =
        std::all_of(cells_.begin(), cells_.end(), [](const auto& c) { return c.empty(); });
    if (blank) return absl::OkStatus();
    // The header may stand below titles, so the first lines wait until there are enough to tell.
    head_.push_back(cells_);
    head_lines_.push_back(record_line_);
    const size_t enough = options_.columns.empty() ? 1 : HeaderFinder::kLines;
    return head_.size() < enough ? absl::OkStatus() : FindHeader();
  }

  absl::Status FindHeader() {
    if (has_header_ || head_.empty()) return absl::OkStatus();
    HeaderFinder::Header header{.first = 0, .rows = 1, .names = head_[0]};
    if (!options_.columns.empty()) {
      // A first line with none of the names is still the best guess, so that the missing columns
      // are reported by name.
      header = HeaderFinder(options_.columns).Find(head_).value_or(header);
    }
    has_header_ = true;
    table_.SetHeader(head_lines_[header.first], header.names);
    for (size_t i = header.first + header.rows; i < head_.size(); ++i) {
      SA_RETURN_IF_ERROR(AddRow(head_lines_[i], head_[i]));
    }
    return absl::OkStatus();
  }

  absl::Status AddRow(int line, const std::vector<std::string>& cells) {
    table_.AddRow(line, cells);
    if (table_.row_count() > options_.limits.rows) {
      return Fail(line, absl::StrCat("more than ", options_.limits.rows, " rows"),
                  absl::StrCat("行数が", options_.limits.rows, "を超えています"),
                  error::v1::ERROR_REASON_TOO_LARGE);
    }
    return absl::OkStatus();
  }

  const std::string_view text_;
  const TableOptions& options_;
  Table& table_;
  size_t position_ = 0;
  int line_ = 1;
  int record_line_ = 1;
  bool has_header_ = false;
  std::vector<HeaderFinder::Cells> head_;  // Lines with text before the header is known.
  std::vector<int> head_lines_;
  std::vector<std::string> cells_;
};

}  // namespace

absl::StatusOr<Table> ReadCsv(std::string_view bytes, const TableOptions& options,
                              TextEncoding* encoding) {
  if (bytes.size() > options.limits.bytes) {
    return InvalidFields({{options.field,
                           absl::StrCat("the file has ", bytes.size(), " bytes, want at most ",
                                        options.limits.bytes),
                           absl::StrCat("ファイルが", bytes.size(), "バイトあります。",
                                        options.limits.bytes, "バイト以下にしてください")}},
                         error::v1::ERROR_REASON_TOO_LARGE);
  }
  const Parsed<DecodedText> decoded = DecodeText(bytes);
  if (!decoded.ok()) {
    const Problem& problem = decoded.problem();
    return InvalidFields({{options.field, problem.en, problem.ja}},
                         error::v1::ERROR_REASON_FILE_REJECTED);
  }
  if (encoding != nullptr) *encoding = decoded->encoding;
  Table table(options.field);
  SA_RETURN_IF_ERROR(Parser(decoded->text, options, table).Run());
  return table;
}

}  // namespace staraction
