#include "common/seal/seal.h"

#include <gtest/gtest.h>

namespace staraction {
namespace {

// printf 'form/1\nNAME=\xe5\xb1\xb1\xef\xa8\x91\nDATE=2026-10-01\n' | sha256sum
TEST(SealTest, AnybodyCanComputeIt) {
  const std::string text = CanonicalText("form", 1, {{"NAME", "山﨑"}, {"DATE", "2026-10-01"}});
  EXPECT_EQ(text, "form/1\nNAME=山﨑\nDATE=2026-10-01\n");
  EXPECT_EQ(Seal(text), "e26a42b972bdf2e465d554ea5b86f78b7ccb64ad5f712dcdc9d830dbd2aaf9bf");
}

TEST(SealTest, EveryValueCounts) {
  const std::vector<SealedValue> values = {{"A", "1"}, {"B", "2"}, {"C", ""}};
  const std::string seal = Seal(CanonicalText("form", 1, values));
  for (size_t i = 0; i < values.size(); ++i) {
    auto other = values;
    other[i].value += "x";
    EXPECT_NE(Seal(CanonicalText("form", 1, other)), seal) << values[i].code;
  }
  EXPECT_NE(Seal(CanonicalText("form", 2, values)), seal);
}

// A value cannot pretend to be two.
TEST(SealTest, ValuesAreOneLine) {
  EXPECT_EQ(CanonicalText("form", 1, {{"A", "1\nB=2"}}), "form/1\nA=1 B=2\n");
}

TEST(SealTest, TypedTextsAreTidied) {
  const std::string composed = CanonicalText("form", 1, {{"KANA", "ガ"}});
  EXPECT_EQ(TidyCanonicalText("form/1\r\nKANA=カ\u3099\r\n\r\n"), composed);
  EXPECT_EQ(CanonicalText("form", 1, {{"KANA", "カ\u3099"}}), composed);
}

}  // namespace
}  // namespace staraction
