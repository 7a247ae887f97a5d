#include "services/gateway/front/timeout.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace staraction::gateway {
namespace {

TEST(TimeoutTest, ClientsMayOnlyLowerIt) {
  const struct {
    const char* millis;  // null: no such header
    const char* grpc;
    absl::Duration want;  // zero: refused
  } cases[] = {
      {nullptr, nullptr, absl::Seconds(10)},
      {"2500", nullptr, absl::Milliseconds(2500)},
      {"60000", nullptr, absl::Seconds(10)},
      {nullptr, "3S", absl::Seconds(3)},
      {nullptr, "250m", absl::Milliseconds(250)},
      {nullptr, "900000u", absl::Milliseconds(900)},
      {nullptr, "99999999n", absl::Nanoseconds(99999999)},
      {nullptr, "1H", absl::Seconds(10)},
      {nullptr, "1M", absl::Seconds(10)},
      {"2000", "1S", absl::Seconds(1)},
      {"0", nullptr, absl::ZeroDuration()},
      {"", nullptr, absl::ZeroDuration()},
      {"-1", nullptr, absl::ZeroDuration()},
      {"1.5", nullptr, absl::ZeroDuration()},
      {"1s", nullptr, absl::ZeroDuration()},
      {" 1", nullptr, absl::ZeroDuration()},
      {"123456789", nullptr, absl::ZeroDuration()},
      {nullptr, "", absl::ZeroDuration()},
      {nullptr, "S", absl::ZeroDuration()},
      {nullptr, "5", absl::ZeroDuration()},
      {nullptr, "5s", absl::ZeroDuration()},
      {nullptr, "0S", absl::ZeroDuration()},
  };
  for (const auto& c : cases) {
    Headers headers;
    if (c.millis != nullptr) headers.Add("x-timeout-ms", c.millis);
    if (c.grpc != nullptr) headers.Add("grpc-timeout", c.grpc);
    const auto got = AskedTimeout(headers, absl::Seconds(10));
    EXPECT_EQ(got.value_or(absl::ZeroDuration()), c.want)
        << (c.millis ? c.millis : "-") << " " << (c.grpc ? c.grpc : "-");
  }
}

}  // namespace
}  // namespace staraction::gateway
