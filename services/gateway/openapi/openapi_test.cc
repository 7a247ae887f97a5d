#include "services/gateway/openapi/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "services/gateway/openapi/embedded.h"
#include "services/gateway/openapi/schemas.h"
#include "services/gateway/route/schemas.h"

// The product's own contract.
namespace staraction::gateway {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class OpenApiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(routes_, RouteTable::Build(LinkedServices()));
    Comments comments(embedded::SchemaSet());
    document_ = Json::parse(OpenApi(routes_, comments, "1.2.3"));
  }

  // Calls look(operation, "GET /v1/…") for each.
  template <typename Look>
  void ForEachOperation(Look look) {
    for (const auto& [path, methods] : document_["paths"].items()) {
      for (const auto& [method, operation] : methods.items())
        look(operation, absl::StrCat(method, " ", path));
    }
  }

  RouteTable routes_;
  Json document_;
};

// All values of "$ref" below.
void CollectRefs(const Json& node, std::set<std::string>& refs) {
  if (node.is_object() && node.contains("$ref")) refs.insert(node["$ref"]);
  if (!node.is_structured()) return;
  for (const auto& child : node) CollectRefs(child, refs);
}

TEST_F(OpenApiTest, EveryRouteIsAnOperationOfItsOwn) {
  size_t operations = 0;
  std::set<std::string> ids;
  ForEachOperation([&](const Json& operation, const std::string& what) {
    ++operations;
    EXPECT_TRUE(ids.insert(operation["operationId"]).second) << what;
    EXPECT_FALSE(operation["description"].get<std::string>().empty()) << what;
    const bool open = operation.contains("security") && operation["security"].empty();
    EXPECT_NE(open, operation.contains("x-permission")) << what;
    EXPECT_TRUE(open || !operation["x-roles"].empty()) << what;
  });
  EXPECT_EQ(operations, routes_.routes().size());
}

TEST_F(OpenApiTest, ReferencesLeadSomewhereAndEverythingIsUsed) {
  std::set<std::string> refs;
  CollectRefs(document_, refs);
  std::set<std::string> there;
  for (const char* kind : {"schemas", "responses"}) {
    for (const auto& [name, component] : document_["components"][kind].items()) {
      there.insert("#/components/" + std::string(kind) + "/" + name);
      EXPECT_FALSE(component.is_null()) << name;
    }
  }
  EXPECT_EQ(refs, there);
}

TEST_F(OpenApiTest, EveryFieldHasItsComment) {
  std::vector<std::string> without;
  for (const auto& [name, schema] : document_["components"]["schemas"].items()) {
    if (!schema.contains("properties") || name.rfind("google.", 0) == 0) continue;
    for (const auto& [field, property] : schema["properties"].items()) {
      if (!property.contains("description")) without.push_back(absl::StrCat(name, ".", field));
    }
  }
  EXPECT_THAT(without, Contains("Error.error"));
  EXPECT_EQ(without.size(), 1u) << ::testing::PrintToString(without);
}

TEST_F(OpenApiTest, PathsParametersAndLimitsAreThoseOfTheGateway) {
  const Json& get = document_["paths"]["/v1/clients/{clientsId}/members/{membersId}"]["get"];
  EXPECT_EQ(get["operationId"], "ClientService_GetMember");
  EXPECT_EQ(get["parameters"][0]["name"], "clientsId");
  const Json& list = document_["paths"]["/v1/clients/{clientsId}/activities"]["get"];
  std::set<std::string> query;
  for (const auto& parameter : list["parameters"]) {
    if (parameter["in"] == "query") query.insert(parameter["name"]);
  }
  EXPECT_THAT(query, Contains("pageSize"));
  EXPECT_THAT(query, Contains("dueBy.year"));
  EXPECT_THAT(query, ::testing::Not(Contains("parent")));
  const Json& create = document_["paths"]["/v1/clients/{clientsId}/activities"]["post"];
  EXPECT_EQ(create["requestBody"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/engagement.v1.Activity");
  EXPECT_EQ(create["x-permission"], "PERMISSION_EDIT_CLIENT");
  EXPECT_THAT(create["x-roles"], Contains("ROLE_PRESIDENT"));
  const Json& activity = document_["components"]["schemas"]["engagement.v1.Activity"];
  EXPECT_THAT(activity["required"], Contains("dueDate"));
  EXPECT_EQ(activity["properties"]["title"]["maxLength"], 200);
  EXPECT_EQ(activity["properties"]["state"]["readOnly"], true);
  EXPECT_THAT(activity["properties"]["state"]["description"].get<std::string>(),
              HasSubstr("- STATE_DONE: Done."));
  EXPECT_THAT(activity["properties"]["name"]["examples"][0].get<std::string>(),
              HasSubstr("clients/0190"));
  const Json& due = document_["paths"]["/v1/dueItems"]["get"]["parameters"];
  EXPECT_EQ(due[2]["name"], "withinDays");
  EXPECT_EQ(due[2]["schema"]["maximum"], 366);
}

}  // namespace
}  // namespace staraction::gateway
