#include "common/base/id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace staraction {
namespace {

TEST(IdTest, NewIdStartsWithTheMillisecondsAndIsVersion7) {
  const std::string id = NewId(absl::FromUnixMillis(0x0123456789AB));
  EXPECT_TRUE(IsUuid(id)) << id;
  EXPECT_EQ(id.substr(0, 13), "01234567-89ab");
  EXPECT_EQ(id[14], '7');
  EXPECT_THAT(std::string("89ab"), testing::HasSubstr(id.substr(19, 1)));
}

TEST(IdTest, LaterIdsSortLater) {
  EXPECT_LT(NewId(absl::FromUnixMillis(1000)), NewId(absl::FromUnixMillis(1001)));
}

TEST(IdTest, IdsDoNotRepeat) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(NewUuid4());
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(IdTest, IsUuidRefusesOtherShapes) {
  EXPECT_TRUE(IsUuid("01234567-89ab-7cde-8fab-0123456789ab"));
  for (const char* text :
       {"", "01234567-89AB-7cde-8fab-0123456789ab", "0123456789ab7cde8fab0123456789ab",
        "01234567-89ab-7cde-8fab-0123456789ag"}) {
    EXPECT_FALSE(IsUuid(text)) << text;
  }
}

}  // namespace
}  // namespace staraction
