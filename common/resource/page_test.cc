#include "common/resource/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "bookshop.pb.h"
#include "common/resource/testdata/parse.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "staraction/common/v1/page_token.pb.h"

namespace staraction {
namespace {

using bookshop::ListBooksRequest;
using test::Parse;
using test::StatusIs;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(PageTest, Size) {
  const struct {
    int32_t asked;
    int want;
  } cases[] = {{0, 50}, {1, 1}, {1000, 1000}, {1001, 1000}, {2147483647, 1000}};
  for (const auto& c : cases) {
    ASSERT_OK_AND_ASSIGN(const PageQuery page, ReadPage(c.asked, "", ListBooksRequest()));
    EXPECT_EQ(page.size, c.want) << c.asked;
    EXPECT_THAT(page.after_key, IsEmpty());
  }
  EXPECT_THAT(ReadPage(-1, "", ListBooksRequest()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(PageTest, TokenCarriesTheKeyToTheNextPage) {
  const auto first = Parse<ListBooksRequest>("parent: 'clients/c' filter: 'x' page_size: 2");
  const std::string token = NextToken(first, {"銀河鉄道", "0190"});
  EXPECT_THAT(token, testing::MatchesRegex("[A-Za-z0-9_-]+"));
  auto next = first;
  next.set_page_token(token);
  next.set_page_size(7);
  ASSERT_OK_AND_ASSIGN(const PageQuery page, ReadPage(7, token, next, 2));
  EXPECT_EQ(page.size, 7);
  EXPECT_THAT(page.after_key, ElementsAre("銀河鉄道", "0190"));
}

TEST(PageTest, TokenOfAnotherRequestIsRefused) {
  const std::string token = NextToken(Parse<ListBooksRequest>("parent: 'clients/c'"), {"k"});
  for (const char* text : {"parent: 'clients/d'", "parent: 'clients/c' filter: 'x'", ""}) {
    const auto page = ReadPage(0, token, Parse<ListBooksRequest>(text));
    EXPECT_THAT(page, StatusIs(absl::StatusCode::kInvalidArgument)) << text;
    EXPECT_EQ(ReasonOf(page.status()), error::v1::ERROR_REASON_PAGE_TOKEN_INVALID) << text;
  }
  const auto other_type = ReadPage(0, token, Parse<bookshop::GetBookRequest>("name: 'clients/c'"));
  EXPECT_THAT(other_type, StatusIs(absl::StatusCode::kInvalidArgument));
}

// A token is refused alike whether the parent it was made for exists, as nobody looks it up.
TEST(PageTest, TokenOfAnotherTenantTellsNothing) {
  const auto own = Parse<ListBooksRequest>("parent: 'clients/own'");
  const auto refusal = [&](const char* parent) {
    const std::string token = NextToken(Parse<ListBooksRequest>(parent), {"k"});
    return ReadPage(0, token, own).status();
  };
  // All that is told; the metadata are a map, which has no order.
  const auto told = [&](const char* parent) {
    const absl::Status status = refusal(parent);
    return absl::StrCat(status.message(),
                        GetDetail<google::rpc::ErrorInfo>(status)->ShortDebugString(),
                        GetDetail<google::rpc::BadRequest>(status)->ShortDebugString());
  };
  EXPECT_EQ(told("parent: 'clients/victim'"), told("parent: 'clients/never'"));
  EXPECT_THAT(refusal("parent: 'clients/victim'"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(PageTest, GarbageIsRefused) {
  const ListBooksRequest request;
  const std::string good = NextToken(request, {"k"});
  common::v1::PageToken token;
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(good, &bytes) && token.ParseFromString(bytes));
  const auto changed = [&](auto change) {
    common::v1::PageToken copy = token;
    change(copy);
    return absl::WebSafeBase64Escape(copy.SerializeAsString());
  };
  const std::string tokens[] = {
      "x",
      "!!",
      "あ",
      good.substr(0, good.size() / 2),
      good + "A",
      changed([](auto& t) { t.set_version(2); }),
      changed([](auto& t) { t.clear_last_key(); }),
      changed([](auto& t) { t.add_last_key("more"); }),
      changed([](auto& t) { t.set_last_key(0, std::string("a\0b", 3)); }),
  };
  ASSERT_OK(ReadPage(0, changed([](auto&) {}), request, 1));
  for (const std::string& text : tokens) {
    const auto page = ReadPage(0, text, request, 1);
    EXPECT_EQ(ReasonOf(page.status()), error::v1::ERROR_REASON_PAGE_TOKEN_INVALID) << text;
  }
}

}  // namespace
}  // namespace staraction
