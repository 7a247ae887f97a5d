#include "common/auth/token_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/auth/test_tokens.h"

namespace staraction {
namespace {

class TokenCacheTest : public testing::Test {
 protected:
  TokenCache::Entry Entry(const std::string& subject) const {
    return {.principal = {.subject = subject},
            .expires = test::Now() + absl::Minutes(1),
            .source = keys_,
            .keys = keys_->Current()};
  }

  const std::shared_ptr<KeySource> keys_ =
      *StaticKeys(ToPublicJwks({test::MakeKey(Algorithm::kEdDsa, "k")}));
};

TEST_F(TokenCacheTest, GivesBackWhatWasPutUntilItExpires) {
  TokenCache cache(10);
  cache.Put("a", Entry("taro"));
  EXPECT_EQ(cache.Get("a", test::Now())->subject, "taro");
  EXPECT_EQ(cache.Get("b", test::Now()), std::nullopt);
  EXPECT_NE(cache.Get("a", test::Now() + absl::Seconds(59)), std::nullopt);
  EXPECT_EQ(cache.Get("a", test::Now() + absl::Seconds(60)), std::nullopt);
}

TEST_F(TokenCacheTest, OtherKeysEndAnEntry) {
  TokenCache cache(10);
  TokenCache::Entry entry = Entry("taro");
  entry.keys = std::make_shared<const KeySet>(*entry.keys);
  cache.Put("a", entry);
  EXPECT_EQ(cache.Get("a", test::Now()), std::nullopt);
}

TEST_F(TokenCacheTest, TheOneUnusedForLongestMakesRoom) {
  TokenCache cache(3);
  for (const char* name : {"a", "b", "c"}) cache.Put(name, Entry(name));
  cache.Get("a", test::Now());
  cache.Put("d", Entry("d"));
  EXPECT_EQ(cache.size(), 3u);
  EXPECT_EQ(cache.Get("b", test::Now()), std::nullopt);
  for (const char* name : {"a", "c", "d"}) {
    EXPECT_NE(cache.Get(name, test::Now()), std::nullopt) << name;
  }
}

TEST_F(TokenCacheTest, PuttingAgainReplaces) {
  TokenCache cache(2);
  cache.Put("a", Entry("old"));
  cache.Put("a", Entry("new"));
  EXPECT_EQ(cache.size(), 1u);
  EXPECT_EQ(cache.Get("a", test::Now())->subject, "new");
}

TEST_F(TokenCacheTest, WithoutRoomNothingIsKept) {
  TokenCache cache(0);
  cache.Put("a", Entry("taro"));
  EXPECT_EQ(cache.size(), 0u);
}

}  // namespace
}  // namespace staraction
