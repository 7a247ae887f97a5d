#include "common/resource/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "bookshop.pb.h"
#include "common/resource/testdata/parse.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using common::v1::PERMISSION_ASSIGN;
using common::v1::PERMISSION_PARTICIPATE;
using common::v1::PERMISSION_READ_CLIENT;
using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using test::Parse;
using test::StatusIs;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const ServiceDescriptor& Service(const std::string& name) {
  bookshop::Book::descriptor();  // links the schema in
  return *DescriptorPool::generated_pool()->FindServiceByName("staraction.bookshop." + name);
}

const MethodPolicy& Policy(const std::string& method) {
  return PolicyOf(*Service("BookService").FindMethodByName(method));
}

TEST(PolicyTest, ReadsTheAnnotation) {
  EXPECT_EQ(Policy("GetBook").permission(), PERMISSION_READ_CLIENT);
  EXPECT_EQ(Policy("GetBook").scope(), "name");
  EXPECT_TRUE(Policy("Greet").public_());
}

TEST(PolicyTest, MethodWithoutPolicyLetsNobodyIn) {
  const MethodPolicy& policy = PolicyOf(*Service("FaultyService").FindMethodByName("NoPolicy"));
  EXPECT_FALSE(policy.public_());
  EXPECT_THAT(RolesWith(policy.permission()), IsEmpty());
}

TEST(PolicyTest, SoundServicePasses) {
  EXPECT_OK(CheckService(Service("BookService")));
}

TEST(PolicyTest, EveryFaultIsTold) {
  const absl::Status status = CheckService(Service("FaultyService"));
  ASSERT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  const std::string text(status.message());
  const struct {
    const char* method;
    const char* want;
  } cases[] = {
      {"NoPolicy", "has no policy"},
      {"Neither", "wants either public or a permission"},
      {"Both", "wants either public or a permission"},
      {"PublicWithScope", "is public and has a scope"},
      {"UnknownScope", "scope 'title' is no string field of GetBookRequest"},
      {"ScopeOfMessage", "scope 'book' is no string field of UpdateBookRequest"},
      {"ScopeOfBytes", "scope 'book.cover' is no string field of UpdateBookRequest"},
      {"ScopeThroughRepeated", "scope 'book.authors.name' is no string field"},
      {"BadVariable", "path variable 'page' is no plain field of GetBookRequest"},
      {"MessageVariable", "path variable 'book' is no plain field of UpdateBookRequest"},
      {"BadSecondBinding", "path variable 'alias' is no plain field of GetBookRequest"},
      {"BadBody", "body 'book' is no field of GetBookRequest"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(text, HasSubstr(std::string("FaultyService.") + c.method + ": " + c.want));
  }
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n') + 1, 12) << text;
}

TEST(PolicyTest, GrantsAreThoseOfTheSchema) {
  EXPECT_THAT(RolesWith(PERMISSION_PARTICIPATE),
              ElementsAre(common::v1::ROLE_ADMIN, common::v1::ROLE_CONSULTANT,
                          common::v1::ROLE_PARTICIPANT));
  EXPECT_TRUE(Grants(PERMISSION_ASSIGN, common::v1::ROLE_ADMIN));
  EXPECT_FALSE(Grants(PERMISSION_ASSIGN, common::v1::ROLE_CONSULTANT));
  EXPECT_FALSE(Grants(common::v1::PERMISSION_UNSPECIFIED, common::v1::ROLE_ADMIN));
  EXPECT_THAT(RolesWith(static_cast<Permission>(999)), IsEmpty());
}

TEST(PolicyTest, ScopeNamesAreReadAlongThePath) {
  const auto get = Parse<bookshop::GetBookRequest>("name: 'clients/c/books/b'");
  ASSERT_OK_AND_ASSIGN(auto names, ScopeNames(Policy("GetBook"), get));
  EXPECT_THAT(names, ElementsAre("clients/c/books/b"));

  const auto update = Parse<bookshop::UpdateBookRequest>("book {name: 'clients/c/books/b'}");
  ASSERT_OK_AND_ASSIGN(names, ScopeNames(Policy("UpdateBook"), update));
  EXPECT_THAT(names, ElementsAre("clients/c/books/b"));

  const auto lend = Parse<bookshop::LendBookRequest>(
      "loan {engagements: 'engagements/e' engagements: 'engagements/f'}");
  ASSERT_OK_AND_ASSIGN(names, ScopeNames(Policy("LendBook"), lend));
  EXPECT_THAT(names, ElementsAre("engagements/e", "engagements/f"));

  ASSERT_OK_AND_ASSIGN(names, ScopeNames(Policy("ListBooks"), bookshop::ListBooksRequest()));
  EXPECT_THAT(names, IsEmpty());
}

TEST(PolicyTest, MissingScopeNameNamesTheField) {
  const auto field = [](const absl::StatusOr<std::vector<std::string>>& names) {
    EXPECT_THAT(names, StatusIs(absl::StatusCode::kInvalidArgument));
    const auto bad = GetDetail<google::rpc::BadRequest>(names.status());
    return bad ? bad->field_violations(0).field() : "";
  };
  EXPECT_EQ(field(ScopeNames(Policy("GetBook"), bookshop::GetBookRequest())), "name");
  EXPECT_EQ(field(ScopeNames(Policy("UpdateBook"), bookshop::UpdateBookRequest())), "book.name");
  EXPECT_EQ(field(ScopeNames(Policy("LendBook"), bookshop::LendBookRequest())), "loan.engagements");
  EXPECT_EQ(field(ScopeNames(Policy("LendBook"),
                             Parse<bookshop::LendBookRequest>(
                                 "loan {engagements: 'engagements/e' engagements: ''}"))),
            "loan.engagements[1]");
}

TEST(PolicyTest, RequestId) {
  EXPECT_EQ(RequestId(Parse<bookshop::UpdateBookRequest>("request_id: 'r'")), "r");
  EXPECT_EQ(RequestId(bookshop::UpdateBookRequest()), "");
  EXPECT_EQ(RequestId(bookshop::GetBookRequest()), "");
}

TEST(PolicyTest, MethodOfAPath) {
  const MethodDescriptor* method = MethodDescriptorOf("/staraction.bookshop.BookService/GetBook");
  ASSERT_NE(method, nullptr);
  EXPECT_EQ(method->full_name(), "staraction.bookshop.BookService.GetBook");
  for (const char* path :
       {"", "/", "//", "staraction.bookshop.BookService/GetBook",
        "/staraction.bookshop.BookService/Nothing", "/staraction.bookshop.NoService/GetBook",
        "/staraction.bookshop.BookService", "/staraction.bookshop.BookService/GetBook/"}) {
    EXPECT_EQ(MethodDescriptorOf(path), nullptr) << path;
  }
}

}  // namespace
}  // namespace staraction
