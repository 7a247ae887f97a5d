#include "common/resource/etag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using test::StatusIs;

TEST(EtagTest, IsQuotedAndDiffersByVersion) {
  EXPECT_THAT(Etag(12), testing::MatchesRegex("\"[A-Za-z0-9_-]+\""));
  EXPECT_NE(Etag(12), Etag(13));
}

TEST(EtagTest, SameVersionOrNoneIsFine) {
  for (const int64_t version : {int64_t{0}, int64_t{1}, std::numeric_limits<int64_t>::max()}) {
    EXPECT_OK(CheckEtag(Etag(version), Etag(version), "clients/c"));
    EXPECT_OK(CheckEtag("", Etag(version), "clients/c"));
  }
}

TEST(EtagTest, OtherVersionIsAMismatchThatNamesTheResource) {
  const absl::Status status = CheckEtag(Etag(1), Etag(2), "clients/c");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, testing::HasSubstr("clients/c")));
  EXPECT_EQ(ReasonOf(status), error::v1::ERROR_REASON_ETAG_MISMATCH);
}

TEST(EtagTest, OtherTextsAreInvalid) {
  const std::string good = Etag(1);
  for (const std::string& text :
       {good.substr(1), good.substr(0, good.size() - 1), "W/" + good, std::string("\""),
        std::string("\"\""), std::string("1"), std::string("*"), std::string("\"v1\""),
        std::string("\"djAx\"")}) {  // the last one is v01
    EXPECT_THAT(CheckEtag(text, Etag(1), "clients/c"), StatusIs(absl::StatusCode::kInvalidArgument))
        << text;
  }
}

}  // namespace
}  // namespace staraction
