#include "common/obs/trace.h"

#include <gtest/gtest.h>

namespace staraction {
namespace {

constexpr char kTraceId[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kSpanId[] = "00f067aa0ba902b7";
const std::string kValid = std::string("00-") + kTraceId + "-" + kSpanId + "-01";

TEST(TraceTest, ReadsValidHeaders) {
  const struct {
    const char* name;
    std::string header;
    bool sampled;
  } cases[] = {{"sampled", kValid, true},
               {"not sampled", kValid.substr(0, 53) + "00", false},
               {"other flags are ignored", kValid.substr(0, 53) + "fe", false},
               {"sampled among other flags", kValid.substr(0, 53) + "0b", true},
               {"later version", "cc" + kValid.substr(2), true},
               {"later version with more", "cc" + kValid.substr(2) + "-what", true}};
  for (const auto& c : cases) {
    const auto context = ParseTraceparent(c.header);
    ASSERT_TRUE(context) << c.name;
    EXPECT_EQ(*context, (TraceContext{kTraceId, kSpanId, c.sampled})) << c.name;
  }
}

TEST(TraceTest, ReplacesInvalidHeadersByANewTrace) {
  const struct {
    const char* name;
    std::string header;
  } cases[] = {{"empty", ""},
               {"too short", kValid.substr(0, 54)},
               {"version 00 with more", kValid + "-00"},
               {"later version with more but no hyphen", "cc" + kValid.substr(2) + ".x"},
               {"version ff", "ff" + kValid.substr(2)},
               {"version not hexadecimal", "0x" + kValid.substr(2)},
               {"upper case", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"},
               {"trace id zero", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"},
               {"span id zero", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"},
               {"wrong separators", "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"},
               {"flags not hexadecimal", kValid.substr(0, 53) + "0g"}};
  for (const auto& c : cases) {
    EXPECT_FALSE(ParseTraceparent(c.header)) << c.name;
    const TraceContext fresh = ContinueTrace(c.header);
    EXPECT_NE(fresh.trace_id, kTraceId) << c.name;
    EXPECT_EQ(ParseTraceparent(FormatTraceparent(fresh)), fresh) << c.name;
  }
}

TEST(TraceTest, ContinuesAValidTraceWithASpanOfItsOwn) {
  const TraceContext child = ContinueTrace(kValid);
  EXPECT_EQ(child.trace_id, kTraceId);
  EXPECT_NE(child.span_id, kSpanId);
  EXPECT_TRUE(child.sampled);
  EXPECT_EQ(ParseTraceparent(FormatTraceparent(child)), child);
}

TEST(TraceTest, TakesOverOnlyIdsThatCannotBeWords) {
  const struct {
    const char* text;
    bool fits;
  } cases[] = {{"0123456789abcdef", true},
               {"0190a000-0000-7000-8000-00000000000C", true},
               {"0123456789abcde", false},
               {"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0", false},
               {"yamada.taro@example", false},
               {"0123456789abcdef\n", false},
               {"", false}};
  for (const auto& c : cases) EXPECT_EQ(IsRequestId(c.text), c.fits) << c.text;
}

}  // namespace
}  // namespace staraction
