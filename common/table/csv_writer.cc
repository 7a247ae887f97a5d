#include "common/table/csv_writer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/base/macros.h"
#include "common/base/utf8.h"
#include "common/table/formula.h"

namespace staraction {
namespace {

// Spaces at the ends are quoted because some readers strip them.
bool NeedsQuotes(const std::string& cell) {
  return cell.find_first_of(",\"\r\n") != std::string::npos || cell.starts_with(' ') ||
         cell.ends_with(' ');
}

Problem NotInCp932(char32_t c) {
  std::string character;
  if (c == kInvalidCodePoint) c = 0xFFFD;
  AppendCodePoint(character, c);
  const std::string code = absl::StrFormat("U+%04X", static_cast<uint32_t>(c));
  return {character, absl::StrCat("CP932 (Shift_JIS) has no ", code, "; choose UTF-8"),
          absl::StrCat("CP932（Shift_JIS）にない文字（", code, "）です。UTF-8を選んでください")};
}

}  // namespace

CsvWriter::CsvWriter(TextEncoding encoding) : encoding_(encoding), report_("encoding") {
  if (encoding_ == TextEncoding::kUtf8) bytes_ = "\xEF\xBB\xBF";
}

void CsvWriter::AddRow(std::span<const std::string> cells) {
  if (++rows_ == 1) header_.assign(cells.begin(), cells.end());
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) bytes_ += ',';
    AddCell(cells[i], i);
  }
  bytes_ += "\r\n";
}

void CsvWriter::AddCell(const std::string& cell, size_t column) {
  std::string text = EscapeFormula(cell);
  if (NeedsQuotes(text)) {
    text = absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
  }
  if (encoding_ == TextEncoding::kUtf8) {
    bytes_ += text;
    return;
  }
  for (const char32_t missing : AppendCp932(text, bytes_)) {
    report_.Add(rows_, column < header_.size() ? header_[column] : "", NotInCp932(missing));
  }
}

absl::StatusOr<std::string> CsvWriter::Finish() && {
  SA_RETURN_IF_ERROR(report_.ToStatus(error::v1::ERROR_REASON_INVALID_FIELDS));
  return std::move(bytes_);
}

}  // namespace staraction
