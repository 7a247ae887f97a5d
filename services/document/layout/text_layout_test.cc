#include "services/document/layout/text_layout.h"

#include <glib.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/document/testing.h"

namespace staraction::document {
namespace {

// Pieces that random texts are made of: every class of character, and what is hard.
constexpr const char* kPieces[] = {"情報",
                                   "管理者",
                                   "の",
                                   "を",
                                   "、",
                                   "。",
                                   "「",
                                   "」",
                                   "（",
                                   "）",
                                   "・",
                                   "っ",
                                   "ー",
                                   "ュ",
                                   "々",
                                   "……",
                                   "――",
                                   "：",
                                   "『",
                                   "』。",
                                   "）、",
                                   "！",
                                   "？",
                                   "ＯＳ",
                                   "Windows",
                                   " ",
                                   "　",
                                   "12,345",
                                   "100％",
                                   "№3",
                                   "①",
                                   "a/b-c",
                                   "ｶﾞｲﾄﾞ",
                                   "㈱",
                                   "髙﨑",
                                   "濵",
                                   "𠮷田",
                                   "渡邉󠄀",
                                   "辻󠄀",
                                   "e.g.",
                                   "(ISO 27001)",
                                   "ください",
                                   "します。",
                                   "〜",
                                   "%",
                                   "https://www.example.jp/security/action?id=123&x=y#top",
                                   "supercalifragilisticexpialidocious"};

std::string RandomText(std::mt19937& random) {
  std::string text = "本";
  const size_t count = 5 + random() % 60;
  for (size_t i = 0; i < count; ++i) text += kPieces[random() % std::size(kPieces)];
  return text + "である。";
}

struct Edges {
  uint32_t first = 0;
  uint32_t last = 0;  // without spaces at the end
};

Edges EdgesOf(const std::string& line) {
  Edges edges;
  for (const char* c = line.c_str(); *c != '\0'; c = g_utf8_next_char(c)) {
    const gunichar point = g_utf8_get_char(c);
    if (edges.first == 0) edges.first = point;
    if (point != ' ' && point != 0x3000) edges.last = point;
  }
  return edges;
}

std::string Drawn(const LaidLine& line) {
  std::string text;
  for (const Op& op : line.ops) {
    for (const GlyphRun& run : std::get<TextOp>(op).runs) {
      int bytes = 0;
      int glyphs = 0;
      for (const TextCluster& cluster : run.clusters) {
        EXPECT_GT(cluster.glyphs, 0) << line.record.text;
        bytes += cluster.bytes;
        glyphs += cluster.glyphs;
      }
      EXPECT_EQ(bytes, static_cast<int>(run.text.size()));
      EXPECT_EQ(glyphs, static_cast<int>(run.glyphs.size()));
      text += run.text;
    }
  }
  return text;
}

class TextLayout : public ::testing::Test {
 protected:
  std::vector<LaidLine> Lay(const std::string& text, double width) {
    const LayoutContext context = {TestFonts()->ThreadContext(), style_, missing_};
    return LayText(context, {{text, false, false, "", ""}}, style_.body, {0, width});
  }

  const StyleSheet style_ = *FindStyle("");
  MissingGlyphs missing_;
};

TEST_F(TextLayout, KinsokuHoldsForRandomTextsAtAnyWidth) {
  std::mt19937 random(20260401);
  int lines = 0;
  int faults = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string text = RandomText(random);
    for (const double ems : {5.0, 8.3, 12.0, 16.0, 21.7, 30.0, 43.0}) {
      const double width = ems * style_.body.size;
      std::string joined;
      bool forced = false;  // the break before this line was an emergency
      for (const LaidLine& line : Lay(text, width)) {
        const std::string where =
            absl::StrCat("line '", line.record.text, "' at ", ems, " em of: ", text);
        const Edges edges = EdgesOf(line.record.text);
        const bool start_forbidden = !joined.empty() && ForbiddenAtStart(edges.first);
        const bool end_forbidden = !line.record.last && ForbiddenAtEnd(edges.last);
        // Narrower than 16 em a run of forbidden characters may leave no choice: then it is known.
        EXPECT_FALSE(start_forbidden && !(forced && ems < 16)) << "start of " << where;
        EXPECT_FALSE(end_forbidden && !(line.record.emergency && ems < 16)) << "end of " << where;
        forced = line.record.emergency;
        faults += start_forbidden || end_forbidden ? 1 : 0;
        EXPECT_LE(line.record.width, width + 0.01) << "overflow of " << where;
        EXPECT_EQ(Drawn(line), line.record.text) << where;
        joined += line.record.text;
        ++lines;
      }
      ASSERT_EQ(joined, text) << "at " << ems << " em";
    }
  }
  EXPECT_GT(lines, 2000);
  EXPECT_LT(faults, lines / 100) << "too many narrow lines break kinsoku";
  EXPECT_TRUE(missing_.empty());
}

TEST_F(TextLayout, WordsAreWholeWhereTheyFit) {
  const auto lines = Lay("この文書はMicrosoft Windowsとsupercalifragilisticの話です。", 200);
  for (const LaidLine& line : lines) EXPECT_FALSE(line.record.emergency) << line.record.text;
}

TEST_F(TextLayout, MissingGlyphsAreDrawnAsGetaAndReported) {
  const auto lines = Lay("絵\U00012000と\U00013000。", 400);
  EXPECT_EQ(lines[0].record.text, "絵〓と〓。");
  EXPECT_EQ(missing_, (MissingGlyphs{U'\U00012000', U'\U00013000'}));
}

TEST_F(TextLayout, MissingVariantIsReportedAndThePlainKanjiDrawn) {
  const auto lines = Lay("山\U000E01EF川", 400);
  EXPECT_EQ(lines[0].record.text, "山\U000E01EF川");
  EXPECT_EQ(missing_, (MissingGlyphs{U'\U000E01EF'}));
}

TEST_F(TextLayout, ForcedBreaksAndEmptyLines) {
  const auto lines = Lay("一\n\n二", 400);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].record.text, "");
  EXPECT_EQ(lines[2].record.text, "二");
}

}  // namespace
}  // namespace staraction::document
