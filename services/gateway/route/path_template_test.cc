#include "services/gateway/route/path_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"

namespace staraction::gateway {
namespace {

using ::testing::HasSubstr;

std::string Show(const PathTemplate& path) {
  std::string out;
  for (const Segment& segment : path.segments) {
    const bool literal = segment.kind == Segment::Kind::kLiteral;
    absl::StrAppend(&out, "/",
                    literal                               ? segment.literal
                    : segment.kind == Segment::Kind::kOne ? "*"
                                                          : "**");
  }
  if (!path.verb.empty()) absl::StrAppend(&out, ":", path.verb);
  for (const Variable& variable : path.variables) {
    absl::StrAppend(&out, " ", variable.field_path, "=", variable.begin, "-", variable.end);
  }
  return out;
}

TEST(PathTemplateTest, Parses) {
  const struct {
    const char* text;
    const char* want;
  } cases[] = {
      {"/v1/clients", "/v1/clients"},
      {"/v1/{name=clients/*}", "/v1/clients/* name=1-3"},
      {"/v1/{client.name=clients/*}", "/v1/clients/* client.name=1-3"},
      {"/v1/{parent=clients/*}/members:import", "/v1/clients/*/members:import parent=1-3"},
      {"/v1/{name=clients/*/members/*}:archive", "/v1/clients/*/members/*:archive name=1-5"},
      {"/v1/{name}", "/v1/* name=1-2"},
      {"/v1/{name=files/**}", "/v1/files/** name=1-3"},
      {"/v1/{a=x/*}/{b=y/*}", "/v1/x/*/y/* a=1-3 b=3-5"},
      {"/v1/*/x", "/v1/*/x"},
  };
  for (const auto& c : cases) {
    const auto got = ParsePathTemplate(c.text);
    ASSERT_OK(got) << c.text;
    EXPECT_EQ(Show(*got), c.want) << c.text;
  }
}

TEST(PathTemplateTest, RefusesWhatIsNoTemplate) {
  const struct {
    const char* text;
    const char* want;
  } cases[] = {
      {"", "begin with '/'"},
      {"v1", "begin with '/'"},
      {"/", "empty segment"},
      {"/v1//x", "empty segment"},
      {"/v1/", "empty segment"},
      {"/v1/{name=clients/*", "not closed"},
      {"/v1/{=clients/*}", "without a name"},
      {"/v1/{a={b=*}}", "variable in a variable"},
      {"/v1/**/x", "'**' before its end"},
      {"/v1/{a=**}/{b=**}", "'**' before its end"},
      {"/v1/{a}/{a}", "binds a field twice"},
      {"/v1/x:", "empty verb"},
      {"/v1/x:a:b", "after its end"},
      {"/v1/x y", "after its end"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParsePathTemplate(c.text),
                test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.want)))
        << c.text;
  }
}

TEST(PathTemplateTest, Compares) {
  const struct {
    const char* a;
    const char* b;
    Overlap want;
  } cases[] = {
      {"/v1/a", "/v1/b", Overlap::kDisjoint},
      {"/v1/a", "/v1/a/b", Overlap::kDisjoint},
      {"/v1/*", "/v1/*:x", Overlap::kDisjoint},
      {"/v1/{name=clients/*}", "/v1/{parent=clients/*}", Overlap::kEqual},
      {"/v1/a/*", "/v1/a/me", Overlap::kWider},
      {"/v1/a/me", "/v1/a/*", Overlap::kNarrower},
      {"/v1/*/me", "/v1/a/*", Overlap::kCrossing},
      {"/v1/**", "/v1/a/*", Overlap::kWider},
      {"/v1/a", "/v1/a/**", Overlap::kNarrower},
      {"/v1/**", "/v1/**", Overlap::kEqual},
      {"/v1/*/**", "/v1/a/**", Overlap::kWider},
      {"/v1/a/**", "/v1/*/b", Overlap::kCrossing},
      {"/v1/a/**", "/v1/b", Overlap::kDisjoint},
      {"/v1/a/b/**", "/v1/a", Overlap::kDisjoint},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Compare(*ParsePathTemplate(c.a), *ParsePathTemplate(c.b)), c.want)
        << c.a << " " << c.b;
  }
}

}  // namespace
}  // namespace staraction::gateway
