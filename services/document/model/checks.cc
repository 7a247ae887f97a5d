#include "services/document/model/checks.h"

#include "absl/strings/str_cat.h"

namespace staraction::document {
namespace {

// Length of the character that begins here, or 0 when the bytes are no UTF-8.
size_t CharacterLength(const std::string& text, size_t at) {
  const auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const size_t length = byte(0) < 0x80   ? 1
                        : byte(0) < 0xc2 ? 0
                        : byte(0) < 0xe0 ? 2
                        : byte(0) < 0xf0 ? 3
                        : byte(0) < 0xf5 ? 4
                                         : 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const bool overlong = (byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xf0 && byte(1) < 0x90);
  const bool surrogate = byte(0) == 0xed && byte(1) >= 0xa0;
  const bool beyond = byte(0) == 0xf4 && byte(1) >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

}  // namespace

void CheckValues(const FieldValues& values, std::vector<Violation>& violations) {
  for (const auto& [code, value] : values) {
    for (size_t at = 0; at < value.size();) {
      const size_t length = CharacterLength(value, at);
      if (length == 0) {
        violations.push_back(
            {absl::StrCat("fields[", code, "]"), "is not UTF-8", "UTF-8の文字列ではありません"});
        break;
      }
      at += length;
    }
  }
}

void CheckMargins(const v1::PageSetup& page, std::vector<Violation>& violations) {
  if (!page.has_margins()) return;
  const v1::Margins& margins = page.margins();
  for (const double mm :
       {margins.top_mm(), margins.right_mm(), margins.bottom_mm(), margins.left_mm()}) {
    if (mm >= 5 && mm <= 80) continue;
    violations.push_back({"page.margins", absl::StrCat(mm, " mm is not between 5 and 80"),
                          absl::StrCat("余白 ", mm, " mm は5〜80 mmの範囲にありません")});
  }
}

}  // namespace staraction::document
