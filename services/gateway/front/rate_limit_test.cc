#include "services/gateway/front/rate_limit.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

namespace staraction::gateway {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

TEST(RateLimiterTest, LetsABurstThroughAndThenTheRate) {
  RateLimiter limiter(10, 5);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limiter.Take("a", kStart), absl::ZeroDuration()) << i;
  const absl::Duration wait = limiter.Take("a", kStart);
  EXPECT_EQ(wait, absl::Milliseconds(100));
  EXPECT_EQ(limiter.Take("b", kStart), absl::ZeroDuration()) << "another key is not concerned";
  EXPECT_EQ(limiter.Take("a", kStart + wait), absl::ZeroDuration());
  EXPECT_NE(limiter.Take("a", kStart + wait), absl::ZeroDuration());
  // After a rest the whole burst is there again, and no more.
  int let = 0;
  while (limiter.Take("a", kStart + absl::Seconds(60)) == absl::ZeroDuration()) ++let;
  EXPECT_EQ(let, 5);
}

TEST(RateLimiterTest, HoldsTheRateOverTimeHoweverOftenOneTries) {
  RateLimiter limiter(50, 10);
  int let = 0;
  for (int ms = 0; ms < 10'000; ++ms) {
    let += limiter.Take("a", kStart + absl::Milliseconds(ms)) == absl::ZeroDuration() ? 1 : 0;
  }
  EXPECT_NEAR(let, 50 * 10 + 10, 1);
}

TEST(RateLimiterTest, ZeroIsNoLimit) {
  RateLimiter limiter(0, 0);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(limiter.Take("a", kStart), absl::ZeroDuration());
  EXPECT_EQ(limiter.size(), 0u);
}

TEST(RateLimiterTest, ForgetsWhoIsAtRest) {
  RateLimiter limiter(10, 5);
  for (int i = 0; i < 200'000; ++i) {
    limiter.Take(absl::StrCat("key", i), kStart + absl::Milliseconds(i));
  }
  // A key is at rest a tenth of a second after its only request.
  EXPECT_LT(limiter.size(), 40'000u);
}

TEST(RateLimiterTest, CountsRightFromManyThreads) {
  RateLimiter limiter(1, 1000);
  std::vector<std::thread> threads;
  std::atomic<int> let = 0;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i)
        let += limiter.Take("a", kStart) == absl::ZeroDuration() ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(let, 1000);
}

}  // namespace
}  // namespace staraction::gateway
