#include "services/gateway/transcode/reply.h"

#include <gmock/gmock.h>
#include <google/api/httpbody.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "services/gateway/route/route_table.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

using gatewaytest::v1::Shelf;
using ::testing::HasSubstr;

const Route& RouteOf(const char* method, const char* path) {
  static const RouteTable& table =
      *new RouteTable(*RouteTable::Build({Shelf::descriptor()->file()->service(0)}));
  return *table.Find(method, path)->route;
}

// The golden file's text; with STARACTION_UPDATE_GOLDEN set it is written anew.
std::string Golden(const std::string& name, const std::string& got) {
  const std::string path = "services/gateway/testdata/golden/" + name;
  if (std::getenv("STARACTION_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << got << "\n";
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  std::string out = text.str();
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

Shelf FullShelf() {
  Shelf shelf;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(R"(
    name: "rooms/1/shelves/2" display_name: "棚 <\"1\">" state: STATE_OPEN books: 9007199254740993
    create_time { seconds: 1767323045 nanos: 123456000 } opening_date { year: 2026 month: 4 day: 1 }
    tags: "a" labels { key: "k" value: "v" } picture: "\001\377" wooden: true width: 0.1
    next { name: "n" } floor: "1F" height: -3 etag: "\"7\"")",
                                                            &shelf));
  return shelf;
}

TEST(ReplyTest, JsonIsTheGoldenOne) {
  const Route& route = RouteOf("GET", "/v1/rooms/1/shelves/2");
  const struct {
    const char* golden;
    Shelf shelf;
  } cases[] = {{"shelf_full.json", FullShelf()}, {"shelf_empty.json", Shelf()}};
  for (const auto& c : cases) {
    const auto got = RenderReply(route, c.shelf.SerializeAsString());
    ASSERT_OK(got) << c.golden;
    EXPECT_EQ(got->content_type, "application/json");
    EXPECT_EQ(got->content, Golden(c.golden, got->content)) << c.golden;
  }
}

TEST(ReplyTest, FilesAreBytesWithTheirContentType) {
  const Route& route = RouteOf("GET", "/v1/rooms/1:export");
  const struct {
    const char* type;
    const char* want;
  } cases[] = {{"application/pdf", "application/pdf"},
               {"", "application/octet-stream"},
               {"text/csv\r\nSet-Cookie: a=b", "application/octet-stream"}};
  for (const auto& c : cases) {
    google::api::HttpBody file;
    file.set_content_type(c.type);
    file.set_data(std::string("%PDF\0\xff", 6));
    const auto got = RenderReply(route, file.SerializeAsString());
    ASSERT_OK(got);
    EXPECT_EQ(got->content_type, c.want);
    EXPECT_EQ(got->content, file.data());
  }
}

TEST(ReplyTest, ResponseBodyIsOneField) {
  gatewaytest::v1::ReadFileResponse response;
  const Route& route = RouteOf("GET", "/v1/files/a");
  const Route& shelf = RouteOf("GET", "/v1/rooms/1/shelves/2");
  EXPECT_EQ(RenderReply(route, response.SerializeAsString())->content,
            RenderReply(shelf, "")->content);
  *response.mutable_shelf() = FullShelf();
  EXPECT_EQ(RenderReply(route, response.SerializeAsString())->content,
            RenderReply(shelf, FullShelf().SerializeAsString())->content);
}

TEST(ReplyTest, UnreadableResponsesAreInternal) {
  for (const char* path : {"/v1/rooms/1/shelves/2", "/v1/rooms/1:export", "/v1/files/a"}) {
    EXPECT_THAT(RenderReply(RouteOf("GET", path), "\xff\xff\xff"),
                test::StatusIs(absl::StatusCode::kInternal))
        << path;
  }
}

TEST(ReplyTest, ErrorsAreTheGoldenOnes) {
  const struct {
    const char* golden;
    absl::Status status;
    int http_status;
    int retry_after;
  } cases[] = {
      {"error_not_found.json", NotFound("clients/x"), 404, 0},
      {"error_fields.json",
       InvalidFields({{"client.name", "is \"bad\"", "名前が正しくありません"}, {"b", "en", "ja"}}),
       400, 0},
      {"error_overloaded.json",
       TryAgain(absl::StatusCode::kResourceExhausted, error::v1::ERROR_REASON_OVERLOADED,
                "too much work", "混み合っています", absl::Milliseconds(1500)),
       429, 2},
      {"error_internal.json", Internal("secret"), 500, 0},
      {"error_state.json", StateConflict("quotes/q", "DRAFT", "accept"), 400, 0},
  };
  for (const auto& c : cases) {
    const ErrorBody got =
        RenderError(ToWire(c.status, "engagement.staraction", Language::kJapanese));
    EXPECT_EQ(got.content, Golden(c.golden, got.content)) << c.golden;
    EXPECT_EQ(got.http_status, c.http_status) << c.golden;
    EXPECT_EQ(got.retry_after_seconds, c.retry_after) << c.golden;
  }
}

TEST(ReplyTest, DetailsOfUnknownTypeOrBrokenAreLeftOut) {
  google::rpc::Status error = ToWire(NotFound("a"), "d", Language::kEnglish);
  const std::string whole = RenderError(error).content;
  error.add_details()->set_type_url("type.googleapis.com/unknown.Type");
  error.add_details()->set_type_url("nonsense");
  auto* broken = error.add_details();
  broken->set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  broken->set_value("\xff");
  EXPECT_EQ(RenderError(error).content, whole);
  error.set_message("\xff");
  EXPECT_THAT(RenderError(error).content, HasSubstr(R"("message":"NOT_FOUND")"));
  error.set_code(99);
  EXPECT_THAT(RenderError(error).content, HasSubstr(R"({"error":{"code":500)"));
}

TEST(ReplyTest, HttpStatusOfEveryCode) {
  const int want[] = {200, 499, 500, 400, 504, 404, 409, 403, 429,
                      400, 409, 400, 501, 500, 503, 500, 401};
  for (int code = 0; code < 17; ++code) EXPECT_EQ(HttpStatusOf(code), want[code]) << code;
  EXPECT_EQ(HttpStatusOf(-1), 500);
}

}  // namespace
}  // namespace staraction::gateway
