#include "common/json/strict_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using ::staraction::test::StatusIs;
using ::testing::HasSubstr;

TEST(StrictJsonTest, ReadsAnObject) {
  ASSERT_OK_AND_ASSIGN(const auto json,
                       ParseStrictJsonObject(" {\"a\": {\"a\": [1, true]}, \"名\": \"値\"} ", 100));
  EXPECT_EQ(json["a"]["a"][0], 1);
  EXPECT_EQ(json["名"], "値");
}

TEST(StrictJsonTest, SameNameInDifferentObjectsIsFine) {
  EXPECT_OK(ParseStrictJsonObject(R"({"a":[{"b":1},{"b":2}],"b":3})", 100));
}

TEST(StrictJsonTest, Refuses) {
  const struct {
    const char* name;
    std::string text;
    const char* want;
  } cases[] = {
      {"empty", "", "not valid"},
      {"array", "[]", "not an object"},
      {"number", "1", "not an object"},
      {"trailing text", "{} x", "not valid"},
      {"two objects", "{}{}", "not valid"},
      {"trailing comma", "{\"a\":1,}", "not valid"},
      {"single quotes", "{'a':1}", "not valid"},
      {"comment", "{/* */}", "not valid"},
      {"NaN", "{\"a\":NaN}", "not valid"},
      {"double", R"({"a":1,"a":2})", "twice"},
      {"double by escape", R"({"a":1,"\u0061":2})", "twice"},
      {"double inside", R"({"x":{"a":1,"b":2,"a":1}})", "twice"},
      {"double in an array's object", R"({"x":[{"a":1,"a":1}]})", "twice"},
      {"bad UTF-8", "{\"a\":\"\xC3\x28\"}", "not valid"},
      {"overlong UTF-8", "{\"a\":\"\xC0\xAF\"}", "not valid"},
      {"lone surrogate", R"({"a":"\ud800"})", "not valid"},
      {"NUL in text", R"({"a":"x\u0000"})", "NUL"},
      {"NUL in name", R"({"a\u0000":1})", "NUL"},
      {"byte order mark", "\xEF\xBB\xBF{}", "byte order mark"},
      {"too deep", R"({"a":[[[[[[[[[1]]]]]]]]]})", "nested"},
      {"very deep", "{\"a\":" + std::string(90, '[') + std::string(90, ']') + "}", "nested"},
      {"too large", "{\"a\":\"" + std::string(200, 'x') + "\"}", "bytes"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseStrictJsonObject(c.text, 200),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.want)))
        << c.name;
  }
}

}  // namespace
}  // namespace staraction
