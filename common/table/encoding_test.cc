#include "common/table/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace staraction {
namespace {

using testing::HasSubstr;

std::string Utf16(std::u16string_view text, bool big_endian, bool mark) {
  std::string bytes;
  const auto append = [&](char16_t unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  };
  if (mark) append(0xFEFF);
  for (const char16_t unit : text) append(unit);
  return bytes;
}

TEST(EncodingTest, ReadsUtf8AndCp932) {
  const struct {
    const char* name;
    std::string bytes;
    const char* text;
    TextEncoding encoding;
  } cases[] = {
      {"ASCII", "a,b", "a,b", TextEncoding::kUtf8},
      {"UTF-8", "髙橋,𠮷田", "髙橋,𠮷田", TextEncoding::kUtf8},
      {"UTF-8 with mark", "\xEF\xBB\xBF髙橋", "髙橋", TextEncoding::kUtf8},
      {"only a mark", "\xEF\xBB\xBF", "", TextEncoding::kUtf8},
      {"CP932", "\x8E\x81\x96\xBC", "氏名", TextEncoding::kCp932},
      {"what SHIFT_JIS lacks", "\xFB\xFC\xFA\xB1\x87\x40\x81\x60", "髙﨑①～", TextEncoding::kCp932},
      {"second byte is a backslash", "\x94\x5C\x97\xCD", "能力", TextEncoding::kCp932},
      {"half-width kana that look like UTF-8", "\xC3\xBD\xC4", "ﾃｽﾄ", TextEncoding::kCp932}};
  for (const auto& c : cases) {
    const auto decoded = DecodeText(c.bytes);
    ASSERT_TRUE(decoded.ok()) << c.name << ": " << decoded.problem().en;
    EXPECT_EQ(decoded->text, c.text) << c.name;
    EXPECT_EQ(decoded->encoding, c.encoding) << c.name;
  }
}

TEST(EncodingTest, RefusesOtherBytesAndNamesThem) {
  const struct {
    const char* name;
    std::string bytes;
    const char* en;
    const char* ja;
  } cases[] = {
      {"empty", "", "empty", "空"},
      {"UTF-16LE with mark", Utf16(u"氏名,部署", false, true), "UTF-16", "UTF-16"},
      {"UTF-16BE with mark", Utf16(u"氏名,部署", true, true), "UTF-16", "UTF-16"},
      {"UTF-16LE bare", Utf16(u"氏名,部署\r\n", false, false), "UTF-16", "UTF-16"},
      {"UTF-16BE bare", Utf16(u"氏名,部署\r\n", true, false), "UTF-16", "UTF-16"},
      {"workbook", "PK\x03\x04rest", ".xlsx", ".xlsx"},
      {"old workbook", "\xD0\xCF\x11\xE0\xA1\xB1", ".xls", ".xls"},
      {"binary", std::string("a\0\0b", 4), "binary", "テキストファイルではありません"},
      {"neither", "a\nb\n\x8E\x81\xFF\xFF", "line 3", "3行目"},
      {"cut in the middle", "a\r\nb\r\n\x8E\x81\x96", "line 3", "3行目"},
      {"marked, but broken",
       "\xEF\xBB\xBF"
       "a\n\x8E\x81",
       "line 2", "2行目"},
      {"UTF-8 with one broken byte", "氏名\r所属部署\r\n山田\x81\x40,総務", "line 3", "3行目"}};
  for (const auto& c : cases) {
    const auto decoded = DecodeText(c.bytes);
    ASSERT_FALSE(decoded.ok()) << c.name << " read as " << decoded->text;
    EXPECT_THAT(decoded.problem().en, HasSubstr(c.en)) << c.name;
    EXPECT_THAT(decoded.problem().en, HasSubstr("want CSV in UTF-8 or CP932")) << c.name;
    EXPECT_THAT(decoded.problem().ja, HasSubstr(c.ja)) << c.name;
  }
}

TEST(EncodingTest, WritesCp932OrSaysWhatIsMissing) {
  const struct {
    const char* name;
    std::string text;
    std::string bytes;
    std::vector<char32_t> missing;
  } cases[] = {{"ASCII", "a\\~", "a\\~", {}},
               {"kanji", "髙﨑①", "\xFB\xFC\xFA\xB1\x87\x40", {}},
               {"twins", "〜−¥‾", "\x81\x60\x81\x7C\x81\x8F\x81\x50", {}},
               {"outside", "𠮷田𠮷", "\x93\x63", {U'𠮷', U'𠮷'}},
               {"variation selector", "辻\U000E0100", "\x92\xD2", {0xE0100}},
               {"tag character", "a\U000E0041", "a", {0xE0041}},
               {"emoji", "😀", "", {U'😀'}},
               {"invalid",
                "\xFF"
                "田",
                "\x93\x63",
                {0xFFFFFFFF}}};
  for (const auto& c : cases) {
    std::string bytes;
    EXPECT_EQ(AppendCp932(c.text, bytes), c.missing) << c.name;
    EXPECT_EQ(bytes, c.bytes) << c.name;
  }
}

}  // namespace
}  // namespace staraction
