#include "common/paper/scan_reader.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/macros.h"
#include "common/process/child.h"

namespace staraction::paper {
namespace {

constexpr size_t kMaxOutput = 64 << 10;

}  // namespace

absl::StatusOr<ScannedPages> ProcessScanReader::Read(const std::string& bytes,
                                                     const std::string& media_type,
                                                     absl::Duration time) const {
  const int64_t seconds = absl::ToInt64Seconds(absl::Ceil(time, absl::Seconds(1)));
  SA_ASSIGN_OR_RETURN(
      const auto lines,
      RunChild(program_, {media_type, absl::StrCat(kMaxScanPages), absl::StrCat(seconds)}, bytes,
               {time, kMaxOutput}));
  return lines ? ParseScanLines(*lines) : ScannedPages();
}

std::string DefaultScanProgram() {
  return ProgramBeside("staraction-scan");
}

ScannedPages ParseScanLines(const std::string& lines) {
  ScannedPages pages;
  for (const absl::string_view line : absl::StrSplit(lines, '\n', absl::SkipEmpty())) {
    if (absl::StartsWith(line, "page ")) {
      pages.emplace_back();
      continue;
    }
    const auto code = DecodeFormCode({line.data(), line.size()});
    if (!code || pages.empty()) return {};
    pages.back().push_back(*code);
  }
  return pages;
}

}  // namespace staraction::paper
