#include "common/table/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/utf8.h"

namespace staraction {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// A conversion of the C library. Not thread-safe.
class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {
    // Both names are built into glibc's gconv modules: without them the installation is broken.
    // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv's own way to say so.
    if (handle_ == reinterpret_cast<iconv_t>(-1)) std::abort();
  }
  ~Converter() { iconv_close(handle_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // Appends what `in` says; returns the offset of the first bytes that say nothing, if any.
  std::optional<size_t> Append(std::string_view in, std::string& out) {
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    char* from = const_cast<char*>(in.data());
    size_t left = in.size();
    char buffer[4096];
    while (left > 0) {
      char* to = buffer;
      size_t room = sizeof(buffer);
      const size_t result = iconv(handle_, &from, &left, &to, &room);
      const int error = errno;
      out.append(buffer, sizeof(buffer) - room);
      if (result == static_cast<size_t>(-1) && error != E2BIG) return in.size() - left;
    }
    return std::nullopt;
  }

 private:
  iconv_t handle_;
};

int LineAt(std::string_view bytes, size_t offset) {
  int line = 1;
  for (size_t i = 0; i < offset; ++i) {
    const bool crlf = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (bytes[i] == '\n' || (bytes[i] == '\r' && !crlf)) ++line;
  }
  return line;
}

Problem Refuse(const std::string& en, const std::string& ja) {
  return {"", absl::StrCat(en, "; want CSV in UTF-8 or CP932 (Shift_JIS)"),
          absl::StrCat(ja, "。UTF-8またはCP932（Shift_JIS）のCSVにしてください")};
}

// Files that are no text in an encoding of ours, by their first bytes or by NUL bytes.
std::optional<Problem> OtherFormat(std::string_view bytes) {
  if (bytes.empty()) return Refuse("the file is empty", "ファイルが空です");
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return Refuse("the file is in UTF-16 ('Unicode text')",
                  "ファイルがUTF-16（「Unicodeテキスト」）です");
  }
  if (bytes.starts_with("PK\x03\x04")) {
    return Refuse("the file is a workbook (.xlsx) or ZIP archive",
                  "ファイルがExcelブック（.xlsx）またはZIPです");
  }
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return Refuse("the file is an old or protected workbook (.xls)",
                  "ファイルが旧形式または保護されたExcelブック（.xls）です");
  }
  size_t nuls[2] = {0, 0};  // At even and at odd places.
  for (size_t i = 0; i < bytes.size(); ++i) nuls[i % 2] += bytes[i] == '\0' ? 1 : 0;
  if (nuls[0] + nuls[1] == 0) return std::nullopt;
  if (nuls[0] == 0 || nuls[1] == 0) {
    return Refuse("the file seems to be in UTF-16 (every other byte is NUL)",
                  "ファイルがUTF-16のようです（NUL文字があります）");
  }
  return Refuse("the file is binary (it has NUL bytes)",
                "テキストファイルではありません（NUL文字があります）");
}

struct Utf8Findings {
  size_t three_bytes = 0;  // Kana and kanji; CP932 text hardly ever looks like one.
  size_t broken = 0;
  size_t first_broken = 0;
};

Utf8Findings Inspect(std::string_view bytes) {
  Utf8Findings found;
  for (size_t offset = 0; offset < bytes.size();) {
    const size_t start = offset;
    if (NextCodePoint(bytes, offset) == kInvalidCodePoint) {
      if (found.broken++ == 0) found.first_broken = start;
    } else if (offset - start == 3) {
      ++found.three_bytes;
    }
  }
  return found;
}

// Twins that the C library does not choose itself: it makes ¥ a backslash and ‾ a tilde, and drops
// tag characters without a word. 0 for none.
char32_t Cp932Twin(char32_t c) {
  if (c == 0xA5) return 0xFFE5;
  if (c == 0x203E) return 0xFFE3;
  if (c == kInvalidCodePoint || (c >= 0xE0000 && c <= 0xE007F)) return 0;
  return c;
}

}  // namespace

Parsed<DecodedText> DecodeText(std::string_view bytes) {
  if (auto problem = OtherFormat(bytes)) return *std::move(problem);
  const bool marked = bytes.starts_with(kUtf8Mark);
  if (marked) bytes.remove_prefix(kUtf8Mark.size());
  const Utf8Findings found = Inspect(bytes);
  if (found.broken == 0) return DecodedText{std::string(bytes), TextEncoding::kUtf8};
  if (marked || found.three_bytes > found.broken) {
    const int line = LineAt(bytes, found.first_broken);
    return Refuse(absl::StrCat("line ", line, " has bytes that are not UTF-8 in a file of UTF-8"),
                  absl::StrCat("UTF-8のファイルですが", line, "行目に壊れた文字があります"));
  }
  DecodedText decoded{"", TextEncoding::kCp932};
  decoded.text.reserve(bytes.size() * 2);
  if (const auto bad = Converter("UTF-8", "CP932").Append(bytes, decoded.text)) {
    const int line = LineAt(bytes, *bad);
    return Refuse(absl::StrCat("line ", line, " has bytes that are neither UTF-8 nor CP932"),
                  absl::StrCat(line, "行目にUTF-8でもCP932でもない文字があります"));
  }
  return decoded;
}

std::vector<char32_t> AppendCp932(std::string_view text, std::string& out) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) {
    out += text;
    return {};
  }
  thread_local Converter converter("CP932", "UTF-8");  // An export has a million cells.
  std::vector<char32_t> missing;
  for (size_t offset = 0; offset < text.size();) {
    const char32_t c = NextCodePoint(text, offset);
    const char32_t twin = Cp932Twin(c);
    std::string bytes;
    if (twin != 0 || c == 0) AppendCodePoint(bytes, twin);
    if (bytes.empty() || converter.Append(bytes, out)) missing.push_back(c);
  }
  return missing;
}

}  // namespace staraction
