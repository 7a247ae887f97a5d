#include "common/resource/fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bookshop.pb.h"
#include "common/resource/testdata/parse.h"

namespace staraction {
namespace {

using test::Parse;
using Update = bookshop::UpdateBookRequest;

TEST(FingerprintTest, LeavesOutTheRequestIdOnly) {
  const std::string base = Fingerprint(Parse<Update>("book {name: 'n' etag: '1'} request_id: 'r'"));
  EXPECT_THAT(base, testing::MatchesRegex("[0-9a-f]{64}"));
  EXPECT_EQ(base, Fingerprint(Parse<Update>("book {name: 'n' etag: '1'} request_id: 's'")));
  EXPECT_EQ(base, Fingerprint(Parse<Update>("book {name: 'n' etag: '1'}")));
  EXPECT_NE(base, Fingerprint(Parse<Update>("book {name: 'n' etag: '2'} request_id: 'r'")));
  EXPECT_NE(base, Fingerprint(Parse<Update>("book {name: 'm' etag: '1'} request_id: 'r'")));
}

TEST(FingerprintTest, OrderOfMapsDoesNotMatter) {
  Update one;
  Update other;
  for (int i = 0; i < 100; ++i) {
    (*one.mutable_book()->mutable_labels())[std::to_string(i)] = "x";
    (*other.mutable_book()->mutable_labels())[std::to_string(99 - i)] = "x";
  }
  EXPECT_EQ(Fingerprint(one), Fingerprint(other));
}

TEST(FingerprintTest, DependsOnTheType) {
  EXPECT_NE(Fingerprint(Parse<bookshop::Author>("name: 'x'")),
            Fingerprint(Parse<bookshop::GetBookRequest>("name: 'x'")));
}

TEST(FingerprintTest, DigestWithoutLeavesTheMessageAlone) {
  const auto message = Parse<Update>("request_id: 'r'");
  EXPECT_EQ(DigestWithout(message, {"request_id", "no_such_field"}), DigestWithout(Update(), {}));
  EXPECT_EQ(message.request_id(), "r");
}

}  // namespace
}  // namespace staraction
