#include "services/gateway/front/timeout.h"

#include <algorithm>
#include <string>

#include "absl/strings/numbers.h"
#include "common/base/macros.h"
#include "common/status/errors.h"

namespace staraction::gateway {
namespace {

// gRPC allows eight digits; more would be years.
absl::StatusOr<absl::Duration> Parse(const char* header, std::string_view digits,
                                     absl::Duration unit) {
  int64_t count = 0;
  const bool fits = !digits.empty() && digits.size() <= 8 &&
                    digits.find_first_not_of("0123456789") == std::string_view::npos &&
                    absl::SimpleAtoi(std::string(digits), &count) && count > 0;
  if (fits && unit > absl::ZeroDuration()) return count * unit;
  return InvalidField(header, "is no positive time", "正の時間で指定してください");
}

absl::Duration GrpcUnit(char c) {
  switch (c) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return absl::ZeroDuration();
  }
}

}  // namespace

absl::StatusOr<absl::Duration> AskedTimeout(const Headers& headers, absl::Duration by_default) {
  absl::Duration timeout = by_default;
  if (headers.Count("x-timeout-ms") > 0) {
    SA_ASSIGN_OR_RETURN(const absl::Duration asked,
                        Parse("X-Timeout-Ms", headers.Get("x-timeout-ms"), absl::Milliseconds(1)));
    timeout = std::min(timeout, asked);
  }
  if (headers.Count("grpc-timeout") > 0) {
    const std::string_view text = headers.Get("grpc-timeout");
    const std::string_view digits = text.substr(0, text.empty() ? 0 : text.size() - 1);
    SA_ASSIGN_OR_RETURN(const absl::Duration asked,
                        Parse("grpc-timeout", digits, GrpcUnit(text.empty() ? ' ' : text.back())));
    timeout = std::min(timeout, asked);
  }
  return timeout;
}

}  // namespace staraction::gateway
