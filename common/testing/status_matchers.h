#ifndef STARACTION_COMMON_TESTING_STATUS_MATCHERS_H_
#define STARACTION_COMMON_TESTING_STATUS_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/macros.h"

namespace staraction::test {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// StatusIs(absl::StatusCode::kNotFound), or with a matcher for the message.
MATCHER_P(StatusIs, code, "has code " + absl::StatusCodeToString(code)) {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}
MATCHER_P2(StatusIs, code, message,
           "has code " + absl::StatusCodeToString(code) + " and a message") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         ::testing::Matches(message)(std::string(StatusOf(arg).message()));
}

}  // namespace staraction::test

#define ASSERT_OK(expression) ASSERT_THAT(expression, ::staraction::test::IsOk())
#define EXPECT_OK(expression) EXPECT_THAT(expression, ::staraction::test::IsOk())
#define ASSERT_OK_AND_ASSIGN(lhs, expression)                              \
  auto SA_CONCAT(sa_value_, __LINE__) = (expression);                      \
  ASSERT_THAT(SA_CONCAT(sa_value_, __LINE__), ::staraction::test::IsOk()); \
  lhs = std::move(SA_CONCAT(sa_value_, __LINE__)).value()

#endif  // STARACTION_COMMON_TESTING_STATUS_MATCHERS_H_
