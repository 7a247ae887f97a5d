#include "services/document/layout/line_break.h"

#include <gtest/gtest.h>

#include <string>

namespace staraction::document {
namespace {

constexpr double kEm = 10;

// Atoms of a text: Japanese one em wide, Latin half of it. Breaks are allowed around Japanese and
// after spaces, as Unicode does; kinsoku is left to the breaker.
std::vector<Atom> Atoms(const std::u32string& text) {
  std::vector<Atom> atoms;
  for (const char32_t c : text) {
    Atom atom;
    atom.first = atom.last = c;
    atom.char_class = ClassOf(c);
    atom.em = kEm;
    const bool narrow =
        atom.char_class == CharClass::kLatin || atom.char_class == CharClass::kSpace;
    atom.advance = narrow ? kEm / 2 : kEm;
    if (!atoms.empty() && atom.char_class != CharClass::kSpace) {
      const CharClass before = atoms.back().char_class;
      atom.may_break = before == CharClass::kSpace || before != CharClass::kLatin || !narrow;
    }
    atoms.push_back(atom);
  }
  return atoms;
}

// For failure texts; the tests use nothing beyond the basic plane.
std::string Utf8(const std::u32string& text) {
  std::string utf8;
  for (const char32_t c : text) {
    if (c < 0x80) {
      utf8 += static_cast<char>(c);
    } else {
      utf8 += static_cast<char>(0xe0 | (c >> 12));
      utf8 += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
      utf8 += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  return utf8;
}

// The lines, joined by slashes.
std::u32string Broken(const std::u32string& text, double ems, bool justify = true) {
  std::u32string result;
  for (const BrokenLine& line : BreakLines(Atoms(text), {ems * kEm, ems * kEm, justify})) {
    if (line.begin > 0) result += U'/';
    result += text.substr(line.begin, line.end - line.begin);
  }
  return result;
}

TEST(LineBreak, EmptyTextIsOneLine) {
  const auto lines = BreakLines({}, {100, 100, true});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].end, 0U);
}

struct Case {
  const char* name;
  std::u32string text;
  double ems;
  std::u32string want;
};

class LineBreakCase : public ::testing::TestWithParam<Case> {};

TEST_P(LineBreakCase, Breaks) {
  const Case& test = GetParam();
  EXPECT_EQ(Utf8(Broken(test.text, test.ems)), Utf8(test.want));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, LineBreakCase,
    ::testing::Values(
        Case{"solid", U"漢字漢字漢字", 3, U"漢字漢/字漢字"},
        // The full stop's empty half hangs over: no 追い出し.
        Case{"squeeze_end", U"漢字漢字漢。漢字", 5.5, U"漢字漢字漢。/漢字"},
        // A comma inside gives half an em, so the last character stays.
        Case{"squeeze_inside", U"漢、字漢字漢字漢", 4.5, U"漢、字漢字/漢字漢"},
        Case{"no_stop_at_start", U"漢字漢字。漢字漢字漢字", 4, U"漢字漢/字。漢字/漢字漢字"},
        Case{"no_opening_at_end", U"漢字漢（漢字）漢字", 4, U"漢字/漢（漢字）/漢字"},
        Case{"word_whole", U"漢字漢 abcdef 字", 5, U"漢字漢 /abcdef 字"},
        Case{"long_word", U"abcdefghijkl", 3, U"abcdef/ghijkl"},
        Case{"url", U"漢字https://a.example/bcd", 9, U"漢字https://a./example/bcd"},
        Case{"lone_character", U"漢字漢字漢字漢字漢字", 3, U"漢字漢/字漢字/漢字/漢字"}),
    [](const auto& test) { return test.param.name; });

TEST(LineBreak, BracketsAndStopsShareTheirBlanks) {
  // 。」「 take two em instead of three: two halves and, before 「, its own blank.
  const auto lines = BreakLines(Atoms(U"漢。」「漢"), {1000, 1000, false});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_DOUBLE_EQ(lines[0].width, 4 * kEm);
}

TEST(LineBreak, OpeningBracketStandsFlushAtTheStart) {
  const auto lines = BreakLines(Atoms(U"「漢"), {1000, 1000, false});
  EXPECT_DOUBLE_EQ(lines[0].x[0], -kEm / 2);
  EXPECT_DOUBLE_EQ(lines[0].width, 1.5 * kEm);
}

TEST(LineBreak, FullLinesEndAtTheMarginAndGapsAreCapped) {
  const auto lines = BreakLines(Atoms(U"漢字漢字漢字漢字漢字漢字"), {45, 45, true});
  for (size_t i = 0; i + 1 < lines.size(); ++i) EXPECT_NEAR(lines[i].width, 45, 1e-6);
  // A long word after two characters: the line stays loose instead of tearing apart.
  const auto loose = BreakLines(Atoms(U"漢字abcdefghijklmnop漢"), {90, 90, true});
  ASSERT_GE(loose.size(), 2U);
  EXPECT_LE(loose[0].width, 2 * kEm + 0.25 * kEm + 1e-6);
}

TEST(LineBreak, OneCharacterWiderThanTheRoomStandsAlone) {
  const auto lines = BreakLines(Atoms(U"漢 字。"), {5, 5, true});
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].end, 2U);
}

}  // namespace
}  // namespace staraction::document
