#include "services/gateway/transcode/request.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "services/gateway/route/route_table.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Http {
  std::string method = "";
  std::string path = "";
  std::string query = "";
  std::string body = "";
  std::string key = "";
  std::string if_match = "";
  std::string type = "application/json";
};

absl::StatusOr<std::string> Build(const Http& http) {
  static const RouteTable& table = *new RouteTable(
      *RouteTable::Build({gatewaytest::v1::Shelf::descriptor()->file()->service(0)}));
  SA_ASSIGN_OR_RETURN(const auto match, table.Find(http.method, http.path));
  if (match.route == nullptr) return absl::NotFoundError("no route");
  RequestParts parts{&match.values, http.query, http.type, http.key, http.if_match, &http.body};
  SA_ASSIGN_OR_RETURN(const std::string bytes, BuildRequest(*match.route, parts));
  const std::unique_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(match.route->method->input_type())
          ->New());
  EXPECT_TRUE(message->ParseFromString(bytes));
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(*message, &text);
  return text.empty() ? text : text.substr(0, text.size() - 1);
}

constexpr char kShelf[] = "/v1/rooms/1/shelves/2";
constexpr char kShelves[] = "/v1/rooms/1/shelves";

TEST(RequestTest, ComesFromPathQueryBodyAndHeaders) {
  const struct {
    Http http;
    const char* want;
  } cases[] = {
      {{"GET", kShelf}, R"(name: "rooms/1/shelves/2")"},
      {{"GET", kShelf, "withBooks=true"}, R"(name: "rooms/1/shelves/2" with_books: true)"},
      {{"GET", kShelf, "with_books=false"}, R"(name: "rooms/1/shelves/2")"},
      {{"GET", kShelf, "readMask=displayName,openingDate.year"},
       R"(name: "rooms/1/shelves/2" read_mask { paths: "display_name" paths: "opening_date.year" })"},
      {{"GET", kShelves, "pageSize=10&pageToken=a%2Bb+c"},
       R"(parent: "rooms/1" page_size: 10 page_token: "a+b c")"},
      {{"GET", kShelves, "states=STATE_OPEN&states=STATE_CLOSED&tags=%E5%B1%B1&tags="},
       R"(parent: "rooms/1" states: STATE_OPEN states: STATE_CLOSED tags: "山" tags: "")"},
      {{"GET", kShelves, "beforeTime=2026-01-02T03:04:05Z&maxAge=1.5s&wooden=true"},
       R"(parent: "rooms/1" before_time { seconds: 1767323045 } max_age { seconds: 1 nanos: 500000000 } wooden { value: true })"},
      {{"GET", kShelves, "like.next.height=-3&like.openingDate.year=2026&big=18446744073709551615"},
       R"(parent: "rooms/1" like { opening_date { year: 2026 } next { height: -3 } } big: 18446744073709551615)"},
      {{"GET", kShelves, "ratio=0.5&cursor=YWI"}, R"(parent: "rooms/1" ratio: 0.5 cursor: "ab")"},
      {{"GET", kShelves, "&&pageSize=1&"}, R"(parent: "rooms/1" page_size: 1)"},
      {{"POST", kShelves, "shelfId=x&validateOnly=true", R"({"displayName":"棚","tags":["a"]})"},
       R"(parent: "rooms/1" shelf { display_name: "棚" tags: "a" } shelf_id: "x" validate_only: true)"},
      {{"POST", kShelves, "", "{}"}, R"(parent: "rooms/1" shelf { })"},
      {{"PATCH", kShelf, "updateMask=displayName", R"({"displayName":"x"})"},
       R"(shelf { name: "rooms/1/shelves/2" display_name: "x" } update_mask { paths: "display_name" })"},
      {{"PATCH", kShelf, "", R"({"name":"rooms/1/shelves/2","height":3})"},
       R"(shelf { name: "rooms/1/shelves/2" height: 3 })"},
      {{"POST", "/v1/rooms/1/shelves/2:close", "", ""}, R"(name: "rooms/1/shelves/2")"},
      {{"POST", "/v1/rooms/1/shelves/2:close", "", R"({"reason":"full"})"},
       R"(name: "rooms/1/shelves/2" reason: "full")"},
      // Headers.
      {{"DELETE", kShelf, "", "", "k1", "\"e1\""},
       R"(name: "rooms/1/shelves/2" etag: "\"e1\"" request_id: "k1")"},
      {{"DELETE", kShelf, "requestId=k1", "", "\"k1\"", "*"},
       R"(name: "rooms/1/shelves/2" request_id: "k1")"},
      {{"PATCH", kShelf, "", "{}", "k1", "\"e1\""},
       R"(shelf { name: "rooms/1/shelves/2" etag: "\"e1\"" } request_id: "k1")"},
      {{"GET", kShelf, "", "", "k1", "\"e1\""}, R"(name: "rooms/1/shelves/2")"},
      // Files.
      {{"POST", "/v1/rooms/1/shelves:import", "validateOnly=true", "a,b\n1,2\n", "", "",
        "text/csv"},
       R"(parent: "rooms/1" file { content_type: "text/csv" data: "a,b\n1,2\n" } validate_only: true)"},
      {{"POST", "/v1/rooms/1/shelves:import", "", "{\"x\"", "", "", "application/octet-stream"},
       R"(parent: "rooms/1" file { content_type: "application/octet-stream" data: "{\"x\"" })"},
  };
  for (const auto& c : cases) {
    const auto got = Build(c.http);
    ASSERT_OK(got) << c.http.method << " " << c.http.path << "?" << c.http.query;
    EXPECT_EQ(*got, c.want) << c.http.method << " " << c.http.path << "?" << c.http.query;
  }
}

TEST(RequestTest, RefusesContradictionsAndMisfits) {
  const struct {
    Http http;
    const char* want;
  } cases[] = {
      {{"GET", kShelf, "nope=1"}, "nope: no such parameter"},
      {{"GET", kShelf, "%3Cb%3E=1"}, "(unknown): no such parameter"},
      {{"GET", kShelf, "09012345678=1"}, "(unknown): no such parameter"},
      {{"GET", kShelf, "name=x"}, "name: comes from the path"},
      {{"GET", kShelf, "withBooks=1"}, "with_books: the value"},
      {{"GET", kShelf, "withBooks=TRUE"}, "with_books: the value"},
      {{"GET", kShelf, "withBooks"}, "with_books: the value"},
      {{"GET", kShelf, "withBooks=true&with_books=true"}, "with_books: is given twice"},
      {{"GET", kShelf, "a=%zz"}, "a: has a broken escape"},
      {{"GET", kShelf, "", "{}"}, "body: this method takes none"},
      {{"GET", kShelves, "pageSize=ten"},
       "page_size: the value doesn't fit: a whole number from -2147483648 to 2147483647 wanted"},
      {{"GET", kShelves, "pageSize=1.5"}, "page_size"},
      {{"GET", kShelves, "pageSize=%201"}, "page_size"},
      {{"GET", kShelves, "pageSize=%2B1"}, "page_size"},
      {{"GET", kShelves, "pageSize="}, "page_size"},
      {{"GET", kShelves, "pageSize=3000000000"}, "page_size"},
      {{"GET", kShelves, "big=-1"}, "big"},
      {{"GET", kShelves, "ratio=nan"}, "ratio"},
      {{"GET", kShelves, "ratio=1e99"}, "ratio"},
      {{"GET", kShelves, "cursor=!!"}, "cursor"},
      {{"GET", kShelves, "states=OPEN"}, "states: the value doesn't fit: one of STATE_OPEN, "},
      {{"GET", kShelves, "states=1"}, "states"},
      {{"GET", kShelves, "beforeTime=yesterday"}, "before_time"},
      {{"GET", kShelves, "wooden=maybe"}, "wooden: the value doesn't fit: true or false wanted"},
      {{"GET", kShelves, "like=x"}, "like: cannot be given as a parameter"},
      {{"GET", kShelves, "like.labels=x"}, "like.labels"},
      {{"GET", kShelves, "like.boards.height=1"}, "no such parameter"},
      {{"GET", kShelves, "like.wall=a&like.floor=b"}, "like.floor: excludes"},
      {{"POST", kShelves, "shelf.height=1", "{}"}, "shelf.height: belongs into the body"},
      {{"POST", kShelves, "", ""}, "no valid JSON"},
      {{"POST", kShelves, "", R"({"height":3000000000})"}, "shelf.height: the value"},
      {{"POST", kShelves, "", R"({"state":"OPEN"})"}, "shelf.state: the value"},
      {{"POST", kShelves, "", R"({"createTime":"yesterday"})"}, "shelf.create_time: the value"},
      {{"POST", kShelves, "", R"({"wall":"a","floor":"b"})"}, "shelf.floor: excludes"},
      {{"POST", kShelves, "", R"({"picture":"%%"})"}, "shelf.picture: the value"},
      {{"PATCH", kShelf, "", R"({"name":"rooms/1/shelves/3"})"},
       "shelf.name: differs from the path"},
      {{"POST", "/v1/rooms/1/shelves/2:close", "", R"({"name":"x"})"}, "name: differs"},
      {{"POST", "/v1/rooms/1/shelves/2:close", "reason=full", "{}"}, "reason: belongs into"},
      {{"DELETE", kShelf, "requestId=k1", "", "k2"}, "request_id: differs from the header"},
      {{"DELETE", kShelf, "etag=a", "", "", "b"}, "etag: differs from the header"},
      {{"POST", kShelves, "", R"({"etag":"a"})", "", "b"}, "shelf.etag: differs from the header"},
      {{"POST", "/v1/greetings:exchange", "", "{}", "k1"}, "Idempotency-Key: this method"},
      {{"POST", "/v1/greetings:exchange", "", "{}", "", "e"}, "If-Match: this method"},
  };
  for (const auto& c : cases) {
    const auto got = Build(c.http);
    EXPECT_THAT(got, test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.want)))
        << c.http.method << " " << c.http.path << "?" << c.http.query << " " << c.http.body;
    EXPECT_TRUE(GetDetail<google::rpc::BadRequest>(got.status()).has_value());
  }
}

TEST(RequestTest, TellsAllBadParametersAtOnceAndRepeatsNoValues) {
  const auto got =
      Build({"GET", kShelves, "pageSize=5550199&pageSize=1&nope=5550199&big=x5550199"});
  const auto bad = GetDetail<google::rpc::BadRequest>(got.status());
  ASSERT_TRUE(bad.has_value());
  EXPECT_EQ(bad->field_violations_size(), 3) << bad->ShortDebugString();
  EXPECT_THAT(got.status().ToString(), Not(HasSubstr("5550199")));
  EXPECT_THAT(Build({"POST", kShelves, "", R"({"books":"x5550199"})"}).status().ToString(),
              Not(HasSubstr("5550199")));
}

TEST(RequestTest, ContentTypes) {
  const RouteTable table =
      *RouteTable::Build({gatewaytest::v1::Shelf::descriptor()->file()->service(0)});
  const Route& json = *table.Find("POST", kShelves)->route;
  const Route& raw = *table.Find("POST", "/v1/rooms/1/shelves:import")->route;
  const struct {
    const char* type;
    bool want;
  } cases[] = {{"application/json", true},
               {"Application/JSON; charset=UTF-8", true},
               {"application/json;charset=\"utf-8\"", true},
               {"application/json; charset=shift_jis", false},
               {"application/x-www-form-urlencoded", false},
               {"application/jsonp", false},
               {"text/plain", false},
               {"", false}};
  for (const auto& c : cases) {
    EXPECT_EQ(AcceptsContentType(json, c.type), c.want) << c.type;
    EXPECT_TRUE(AcceptsContentType(raw, c.type)) << c.type;
  }
}

}  // namespace
}  // namespace staraction::gateway
