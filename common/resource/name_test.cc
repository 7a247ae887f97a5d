#include "common/resource/name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bookshop.pb.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using test::StatusIs;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kPattern[] = "clients/{client}/assets/{asset}";

TEST(NameTest, ParseGivesTheIdsInOrder) {
  ASSERT_OK_AND_ASSIGN(auto ids, ParseName(kPattern, "clients/c-1/assets/A.b_~"));
  EXPECT_THAT(ids, ElementsAre("c-1", "A.b_~"));
  ASSERT_OK_AND_ASSIGN(ids, ParseName("organization", "organization"));
  EXPECT_THAT(ids, IsEmpty());
  ASSERT_OK_AND_ASSIGN(ids, ParseName("engagements/{e}/readiness", "engagements/1/readiness"));
  EXPECT_THAT(ids, ElementsAre("1"));
}

TEST(NameTest, OtherNamesAreRefused) {
  for (const char* name :
       {"", "clients", "clients/c", "clients/c/assets", "clients/c/assets/", "clients//assets/a",
        "/clients/c/assets/a", "clients/c/assets/a/", "clients/c/sites/a", "Clients/c/assets/a",
        "clients/c/assets/a/b", "clients/c d/assets/a", "clients/c/assets/あ",
        "clients/c/assets/a%2F"}) {
    EXPECT_THAT(ParseName(kPattern, name), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

TEST(NameTest, RefusalTellsFieldWhatCameAndWhatIsWanted) {
  const absl::Status status = ParseName(kPattern, "clients/c", "treatment.asset").status();
  const auto bad = GetDetail<google::rpc::BadRequest>(status);
  ASSERT_TRUE(bad);
  EXPECT_EQ(bad->field_violations(0).field(), "treatment.asset");
  EXPECT_THAT(bad->field_violations(0).description(), HasSubstr("'clients/c' came"));
  EXPECT_THAT(bad->field_violations(0).description(), HasSubstr(kPattern));
}

TEST(NameTest, FormatIsTheInverse) {
  EXPECT_EQ(FormatName(kPattern, {"c", "a"}), "clients/c/assets/a");
  EXPECT_EQ(FormatName("organization", {}), "organization");
}

TEST(NameDeathTest, FormatAbortsOnTheWrongNumberOfIds) {
  EXPECT_DEATH(FormatName(kPattern, {"c"}), "1 ids for clients");
  EXPECT_DEATH(FormatName(kPattern, {"c", "a", "x"}), "3 ids for clients");
}

TEST(NameTest, PatternOfAMessage) {
  EXPECT_EQ(ResourcePattern(*bookshop::Book::descriptor()), "clients/{client}/books/{book}");
  EXPECT_EQ(ResourcePattern(*bookshop::Author::descriptor()), "");
}

TEST(NameTest, ClientAndEngagement) {
  const struct {
    const char* name;
    const char* client;
    const char* engagement;
  } cases[] = {
      {"clients/c", "clients/c", ""},
      {"clients/c/assets/a", "clients/c", ""},
      {"engagements/e/visits/v", "", "engagements/e"},
      {"clients/", "", ""},
      {"clients", "", ""},
      {"clients//assets/a", "", ""},
      {"clients/a b", "", ""},
      {"clientsx/c", "", ""},
      {"organization", "", ""},
      {"sessions/s/clients/c", "", ""},
      {"", "", ""},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ClientOf(c.name), c.client) << c.name;
    EXPECT_EQ(EngagementOf(c.name), c.engagement) << c.name;
  }
}

TEST(NameTest, IsResourceName) {
  EXPECT_TRUE(IsResourceName("clients/c"));
  EXPECT_TRUE(IsResourceName("organization"));
  for (const char* text : {"", "/", "a//b", "/a", "a/", "a b", "a/ü"}) {
    EXPECT_FALSE(IsResourceName(text)) << text;
  }
}

}  // namespace
}  // namespace staraction
