#include "services/gateway/transcode/value_count.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "common/testing/status_matchers.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

using gatewaytest::v1::ListShelvesRequest;
using gatewaytest::v1::Shelf;
using ::testing::HasSubstr;

ValueCount OfShelf() {
  return ValueCount(*Shelf::descriptor());
}

TEST(ValueCountTest, CountsFieldsAndElementsInAnyCut) {
  Shelf shelf;
  shelf.set_display_name("棚");                     // 1
  shelf.set_books(-1);                              // 2
  shelf.set_width(0.5);                             // 3
  shelf.set_picture(std::string("\0\xff\x08", 3));  // 4
  (*shelf.mutable_labels())["a"] = "b";             // 5, its key and its value: 7
  shelf.mutable_next()->add_boards();               // 8, 9
  shelf.mutable_next()->mutable_next();             // 10
  shelf.add_boards()->set_height(3);                // 11, 12
  shelf.add_tags("");                               // 13
  (*shelf.mutable_drawers())[3].set_wooden(true);   // 14, key, value, wooden: 17
  const std::string bytes = shelf.SerializeAsString();
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    ValueCount count = OfShelf();
    EXPECT_OK(count.Take(std::string_view(bytes).substr(0, cut)));
    EXPECT_OK(count.Take(std::string_view(bytes).substr(cut)));
    EXPECT_EQ(count.count(), 17) << cut;
  }

  ListShelvesRequest request;
  for (int i = 0; i < 5; ++i) request.add_states(Shelf::STATE_OPEN);  // packed
  ValueCount count(*ListShelvesRequest::descriptor());
  EXPECT_OK(count.Take(request.SerializeAsString()));
  EXPECT_EQ(count.count(), 6);
}

TEST(ValueCountTest, RefusesTooMany) {
  // Each is an empty message in a list: two bytes and a tag of two.
  std::string boards;
  for (int i = 0; i < kMaxValues; ++i) boards += std::string("\x8a\x01\0", 3);
  EXPECT_OK(OfShelf().Take(boards));
  EXPECT_THAT(OfShelf().Take(boards + boards.substr(0, 3)),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("100000 values")));
  // Fields that nobody knows are kept, too.
  std::string unknown;
  for (int i = 0; i <= kMaxValues; ++i) unknown += "\xf8\x7f\x01";
  EXPECT_THAT(OfShelf().Take(unknown).ToString(), HasSubstr("100000 values"));
  // A packed list, by its announced length.
  EXPECT_THAT(ValueCount(*ListShelvesRequest::descriptor()).Take("\x22\xa1\x8d\x06").ToString(),
              HasSubstr("100000 values"));
}

TEST(ValueCountTest, RefusesWhatIsNoMessage) {
  for (const std::string& bytes : {
           std::string("\0", 1),                       // no field has the number 0
           std::string("\x0b"),                        // a group
           std::string("\x0e"),                        // no such kind
           std::string(11, '\xff'),                    // a number without end
           std::string("\x62\x02\x0a\x05") + "abcde",  // longer than what it is in
           std::string("\x62\x03\x59\x01\x02\x03"),    // eight bytes that would go beyond it
           std::string("\x62\x01\x20\x01"),            // a number beyond it
           std::string("\x62\x02\x20\xff\x01"),        // and one that ends beyond it
       }) {
    EXPECT_THAT(OfShelf().Take(bytes),
                test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("binary format")))
        << absl::CHexEscape(bytes);
    EXPECT_FALSE(Shelf().ParseFromString(bytes)) << absl::CHexEscape(bytes);
  }
}

TEST(ValueCountTest, RefusesWhatIsNestedTooDeeply) {
  std::string bytes;
  for (int depth = 1; depth <= 150; ++depth) {
    const size_t size = bytes.size();
    const std::string length =
        size < 128 ? std::string(1, static_cast<char>(size))
                   : std::string{static_cast<char>(size | 0x80), static_cast<char>(size >> 7)};
    bytes = "\x62" + length + bytes;
    EXPECT_EQ(OfShelf().Take(bytes).ok(), Shelf().ParseFromString(bytes)) << depth;
  }
}

}  // namespace
}  // namespace staraction::gateway
