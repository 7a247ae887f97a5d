#include "services/gateway/route/route_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/testing/status_matchers.h"
#include "services/gateway/route/schemas.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

using ::testing::HasSubstr;

const google::protobuf::ServiceDescriptor* TestService() {
  return gatewaytest::v1::Shelf::descriptor()->file()->service(0);
}

std::string Show(const absl::StatusOr<RouteTable::Match>& match) {
  if (!match.ok()) return "refused";
  if (match->route == nullptr) return absl::StrCat("no:", absl::StrJoin(match->allow, ","));
  return absl::StrCat(match->route->method->name(), " ", absl::StrJoin(match->values, " "));
}

TEST(RouteTableTest, Finds) {
  ASSERT_OK_AND_ASSIGN(const RouteTable table, RouteTable::Build({TestService()}));
  const struct {
    const char* method;
    const char* path;
    const char* want;
  } cases[] = {
      {"GET", "/v1/rooms/1/shelves/2", "GetShelf rooms/1/shelves/2"},
      {"HEAD", "/v1/rooms/1/shelves/2", "GetShelf rooms/1/shelves/2"},
      {"GET", "/v1/shelves/old/7", "GetShelf old/7"},
      {"DELETE", "/v1/rooms/1/shelves/2", "DeleteShelf rooms/1/shelves/2"},
      {"PATCH", "/v1/rooms/1/shelves/2", "UpdateShelf rooms/1/shelves/2"},
      {"GET", "/v1/rooms/1/shelves", "ListShelves rooms/1"},
      {"POST", "/v1/rooms/1/shelves", "CreateShelf rooms/1"},
      {"POST", "/v1/rooms/1/shelves:import", "ImportShelves rooms/1"},
      {"POST", "/v1/rooms/1/shelves/2:close", "CloseShelf rooms/1/shelves/2"},
      {"GET", "/v1/rooms/1:export", "ExportShelves rooms/1"},
      {"GET", "/v1/files/a/b/c", "ReadFile files/a/b/c"},
      {"GET", "/v1/files", "ReadFile files"},
      {"POST", "/v1/greetings:exchange", "Greet "},
      {"GET", "/v1/rooms/%E5%B1%B1/shelves/a%3Ab", "GetShelf rooms/山/shelves/a:b"},
      // The path exists, the method doesn't.
      {"PUT", "/v1/rooms/1/shelves", "no:GET,POST"},
      {"GET", "/v1/rooms/1/shelves:import", "no:POST"},
      {"get", "/v1/rooms/1/shelves", "no:GET,POST"},
      // No such path.
      {"GET", "/v1/rooms", "no:"},
      {"GET", "/v1/rooms/1", "no:"},
      {"GET", "/v1/rooms//shelves/2", "no:"},
      {"GET", "/v1/rooms/1/shelves/", "no:"},
      {"GET", "/v1/rooms/1/shelves/2/", "no:"},
      {"GET", "/v1/rooms/1/shelves/2:", "refused"},
      {"POST", "/v1/rooms/1/shelves/2:open", "no:"},
      {"GET", "/v1/files/a//c", "no:"},
      {"GET", "/v2/rooms/1/shelves/2", "no:"},
      {"GET", "/", "no:"},
      // Not a path that may be asked for.
      {"GET", "", "refused"},
      {"GET", "v1", "refused"},
      {"GET", "/v1/rooms/%2/shelves", "refused"},
      {"GET", "/v1/rooms/a%2fb/shelves", "refused"},
      {"GET", "/v1/rooms/../shelves", "refused"},
      {"GET", "/v1/rooms/%2e%2E/shelves", "refused"},
      {"GET", "/v1/rooms/./shelves", "refused"},
      {"GET", "/v1/rooms/%00/shelves", "refused"},
      {"GET", "/v1/rooms/%ff/shelves", "refused"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Show(table.Find(c.method, c.path)), c.want) << c.method << " " << c.path;
  }
}

TEST(RouteTableTest, KnowsWhatARouteNeeds) {
  ASSERT_OK_AND_ASSIGN(const RouteTable table, RouteTable::Build({TestService()}));
  const auto route = [&](const char* method, const char* path) {
    return *table.Find(method, path)->route;
  };
  const Route update = route("PATCH", "/v1/rooms/1/shelves/2");
  EXPECT_EQ(update.rpc_path, "/staraction.gatewaytest.v1.ShelfService/UpdateShelf");
  EXPECT_EQ(update.backend, "gatewaytest");
  EXPECT_FALSE(update.is_public);
  EXPECT_EQ(FieldPathName(update.bindings[0]), "shelf.name");
  EXPECT_EQ(FieldPathName(update.etag), "shelf.etag");
  EXPECT_EQ(FieldPathName(update.request_id), "request_id");
  EXPECT_EQ(update.body_message()->name(), "Shelf");
  EXPECT_EQ(FieldPathName(route("DELETE", "/v1/rooms/1/shelves/2").etag), "etag");
  EXPECT_TRUE(route("GET", "/v1/rooms/1/shelves").etag.empty());
  EXPECT_TRUE(route("POST", "/v1/greetings:exchange").is_public);
  EXPECT_EQ(route("GET", "/v1/files/a").response_field->name(), "shelf");
}

TEST(RouteTableTest, LinkedServicesIncludeTheTestServiceAndNoForeignOnes) {
  EXPECT_THAT(LinkedServices(), testing::Contains(TestService()));
  for (const auto* service : LinkedServices()) {
    EXPECT_THAT(service->full_name(), testing::StartsWith("staraction."));
  }
}

// A service with these methods, each taking Item and giving Item.
absl::StatusOr<RouteTable> BuildFrom(const std::string& methods) {
  const std::string text = absl::StrCat(R"(
      name: "broken.proto" syntax: "proto3" package: "staraction.broken.v1"
      dependency: "google/api/annotations.proto"
      dependency: "staraction/common/v1/policy.proto"
      message_type {
        name: "Item"
        field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
        field { name: "names" number: 2 type: TYPE_STRING label: LABEL_REPEATED }
        field { name: "child" number: 3 type: TYPE_MESSAGE label: LABEL_OPTIONAL
                type_name: ".staraction.broken.v1.Item" }
      }
      service { name: "BrokenService" )",
                                        methods, "}");
  google::protobuf::FileDescriptorProto parsed;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &parsed)) << text;
  static auto& pools = *new std::vector<std::unique_ptr<google::protobuf::DescriptorPool>>();
  pools.push_back(std::make_unique<google::protobuf::DescriptorPool>(
      google::protobuf::DescriptorPool::generated_pool()));
  const auto* file = pools.back()->BuildFile(parsed);
  EXPECT_NE(file, nullptr) << text;
  return RouteTable::Build({file->service(0)});
}

std::string Method(const std::string& name, const std::string& rule,
                   const std::string& policy = "permission: PERMISSION_SELF",
                   const std::string& more = "") {
  return absl::StrCat(
      "method { name: '", name,
      "' input_type: '.staraction.broken.v1.Item' output_type: '.staraction.broken.v1.Item' ", more,
      " options { [google.api.http] {", rule, "} [staraction.common.v1.policy] {", policy, "} } }");
}

TEST(RouteTableTest, RefusesToStartOnAFaultyRule) {
  const struct {
    std::string methods;
    const char* want;
  } cases[] = {
      {Method("A", "get: '/v1/{name=a/*}'") + Method("B", "get: '/v1/{name=a/*}'"), "duplicate"},
      {Method("A", "get: '/v1/{name=a/*}' additional_bindings {get: '/v1/{name=a/*}'}"),
       "duplicate"},
      {Method("A", "get: '/v1/{name=*/me}'") + Method("B", "get: '/v1/{name=a/*}'"), "ambiguous"},
      {Method("A", "get: '/v1/{nam=a/*}'"), "nam"},
      {Method("A", "get: '/v1/{names=a/*}'"), "names"},
      {Method("A", "get: '/v1/{child=a/*}'"), "child"},
      {Method("A", "get: '/v1/{child.nam=a/*}'"), "child.nam"},
      {Method("A", "get: '/v1/{name=a/*'"), "name"},
      {Method("A", "get: 'v1'"), "begin with '/'"},
      {Method("A", "post: '/v1/a' body: 'kid'"), "kid"},
      {Method("A", "post: '/v1/a' body: 'name'"), "no message field"},
      {Method("A", "get: '/v1/a' body: '*'"), "GET with a body"},
      {Method("A", "get: '/v1/a' response_body: 'kid'"), "kid"},
      {Method("A", "get: '/v1/a' response_body: 'names'"), "no message field"},
      {Method("A", "custom {kind: 'HEAD' path: '/v1/a'}"), "must be get"},
      {Method("A", "body: '*'"), "must be get"},
      {Method("A",
              "get: '/v1/a' additional_bindings {get: '/v1/b' additional_bindings {get: "
              "'/v1/c'}}"),
       "nested"},
      {Method("A", "get: '/v1/a'", ""), "either public or a permission"},
      {Method("A", "get: '/v1/a'", "permission: PERMISSION_SELF", "client_streaming: true"),
       "stream"},
  };
  for (const auto& c : cases) {
    const auto table = BuildFrom(c.methods);
    EXPECT_FALSE(table.ok()) << c.methods;
    EXPECT_THAT(std::string(table.status().message()), HasSubstr(c.want)) << c.methods;
  }
}

TEST(RouteTableTest, NarrowerRoutesWin) {
  ASSERT_OK_AND_ASSIGN(
      const RouteTable table,
      BuildFrom(Method("One", "get: '/v1/{name=a/*}'") + Method("Me", "get: '/v1/{name=a/me}'") +
                Method("Rest", "get: '/v1/{name=**}'") +
                Method("Post", "post: '/v1/{name=a/me}'")));
  EXPECT_EQ(Show(table.Find("GET", "/v1/a/me")), "Me a/me");
  EXPECT_EQ(Show(table.Find("GET", "/v1/a/x")), "One a/x");
  EXPECT_EQ(Show(table.Find("GET", "/v1/a/x/y")), "Rest a/x/y");
  EXPECT_EQ(Show(table.Find("POST", "/v1/a/me")), "Post a/me");
}

}  // namespace
}  // namespace staraction::gateway
