#include "services/gateway/openapi/openapi.h"

#include <google/api/field_behavior.pb.h>
#include <google/api/httpbody.pb.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/openapi/schemas.h"
#include "staraction/common/v1/policy.pb.h"

namespace staraction::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kQueryDepth = 3;  // "filter.state.kind"

// The variable parts of a path are called after the collection before them, as the values of one
// resource name are several segments: /v1/clients/{clientsId}/members/{membersId}.
struct Path {
  std::string text;
  std::vector<std::string> parameters;
};

Path PathOf(const PathTemplate& path) {
  Path out;
  std::string collection = "value";
  for (const Segment& segment : path.segments) {
    out.text += '/';
    if (segment.kind == Segment::Kind::kLiteral) {
      out.text += segment.literal;
      collection = segment.literal;
      continue;
    }
    std::string name = collection + "Id";
    while (std::count(out.parameters.begin(), out.parameters.end(), name) > 0) name += "_";
    absl::StrAppend(&out.text, "{", name, "}");
    out.parameters.push_back(name);
  }
  if (!path.verb.empty()) absl::StrAppend(&out.text, ":", path.verb);
  return out;
}

Json PathParameter(const std::string& name) {
  return {{"name", name},
          {"in", "path"},
          {"required", true},
          {"description", "Id of one element of the collection before it."},
          {"schema", {{"type", "string"}, {"pattern", "^[A-Za-z0-9._~-]+$"}}}};
}

Json HeaderParameter(const char* name, const char* description, const char* pattern) {
  return {{"name", name},
          {"in", "header"},
          {"description", description},
          {"schema", {{"type", "string"}, {"pattern", pattern}}}};
}

class Document {
 public:
  Document(const RouteTable& routes, Comments& comments)
      : routes_(routes), comments_(comments), schemas_(comments) {}

  Json Build(const std::string& version) {
    for (const Route& route : routes_.routes()) AddRoute(route);
    Json document = {{"openapi", "3.1.0"}, {"info", Info(version)}};
    document["servers"] = Json::array({{{"url", "/"}, {"description", "This gateway."}}});
    document["security"] = Json::array({{{"bearer", Json::array()}}});
    document["tags"] = Tags();
    document["paths"] = std::move(paths_);
    Json schemas = schemas_.Take();
    schemas["Error"] = ErrorSchema();
    document["components"] = {{"schemas", std::move(schemas)},
                              {"responses", {{"Error", ErrorResponse()}}},
                              {"securitySchemes", {{"bearer", Bearer()}}}};
    return document;
  }

 private:
  static Json Info(const std::string& version) {
    return {{"title", "StarAction"},
            {"version", version},
            {"description",
             "What front ends call: clients, engagements, training, diagnosis, assets, risks, "
             "documents, "
             "pledges and declarations on the way to SECURITY ACTION."},
            {"contact", {{"name", "The consultancy that runs this installation"}}}};
  }

  static Json Bearer() {
    return {{"type", "http"},
            {"scheme", "bearer"},
            {"bearerFormat", "JWT"},
            {"description",
             "An access token of the identity provider, or of a participant's exchanged link."}};
  }

  static Json ErrorSchema() {
    return {{"type", "object"},
            {"description",
             "An error (AIP-193). Details name fields, reasons and a text in the reader's "
             "language."},
            {"required", {"error"}},
            {"properties",
             {{"error",
               {{"type", "object"},
                {"required", {"code", "message", "status", "details"}},
                {"properties",
                 {{"code", {{"type", "integer"}, {"description", "The HTTP status."}}},
                  {"message", {{"type", "string"}, {"description", "In English, for developers."}}},
                  {"status", {{"type", "string"}, {"description", "The gRPC code's name."}}},
                  {"details",
                   {{"type", "array"},
                    {"items", {{"type", "object"}}},
                    {"description",
                     "google.rpc.ErrorInfo, LocalizedMessage, BadRequest and others."}}}}}}}}}};
  }

  static Json ErrorResponse() {
    const Json example = {
        {"error",
         {{"code", 400},
          {"message", "client.legal_name: must not be empty"},
          {"status", "INVALID_ARGUMENT"},
          {"details",
           Json::array({{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
                         {"reason", "INVALID_FIELDS"},
                         {"domain", "engagement.staraction"},
                         {"metadata", {{"field", "client.legal_name"}, {"violations", "1"}}}},
                        {{"@type", "type.googleapis.com/google.rpc.LocalizedMessage"},
                         {"locale", "ja"},
                         {"message", "client.legal_name: 入力してください"}}})}}}};
    return {{"description", "Anything but success; the status follows google.rpc.Code."},
            {"content",
             {{"application/json",
               {{"schema", {{"$ref", "#/components/schemas/Error"}}}, {"example", example}}}}}};
  }

  Json Tags() const {
    Json tags = Json::array();
    for (const auto& [name, description] : tags_) {
      tags.push_back({{"name", name}, {"description", description}});
    }
    return tags;
  }

  void AddRoute(const Route& route) {
    const auto& service = *route.method->service();
    tags_.emplace(service.name(), comments_.Of(service));
    const Path path = PathOf(route.path);
    paths_[path.text][absl::AsciiStrToLower(route.http_method)] = Operation(route, path);
  }

  Json Operation(const Route& route, const Path& path) {
    const auto& method = *route.method;
    std::string id = absl::StrCat(method.service()->name(), "_", method.name());
    if (const int more = ids_[id]++; more > 0) absl::StrAppend(&id, "_", more + 1);
    Json operation = {{"operationId", id},
                      {"tags", {method.service()->name()}},
                      {"summary", method.name()},
                      {"description", comments_.Of(method)}};
    AddPolicy(route, operation);
    operation["parameters"] = Parameters(route, path);
    if (route.body != Route::Body::kNone) operation["requestBody"] = RequestBody(route);
    operation["responses"] = {{"200", Response(route)},
                              {"default", {{"$ref", "#/components/responses/Error"}}}};
    return operation;
  }

  static void AddPolicy(const Route& route, Json& operation) {
    if (route.is_public) {
      operation["security"] = Json::array();
      return;
    }
    const auto& policy = route.method->options().GetExtension(common::v1::policy);
    const auto* value = common::v1::Permission_descriptor()->FindValueByNumber(policy.permission());
    Json roles = Json::array();
    for (const int role : value->options().GetExtension(common::v1::grant).roles()) {
      roles.push_back(common::v1::Role_Name(static_cast<common::v1::Role>(role)));
    }
    operation["x-permission"] = value->name();
    operation["x-roles"] = std::move(roles);
  }

  Json Parameters(const Route& route, const Path& path) {
    Json parameters = Json::array();
    for (const std::string& name : path.parameters) parameters.push_back(PathParameter(name));
    if (!route.request_id.empty()) {
      parameters.push_back(HeaderParameter(
          "Idempotency-Key", "UUID that makes a repeated call harmless.", "^[0-9a-f-]{36}$"));
    }
    if (!route.etag.empty()) {
      parameters.push_back(
          HeaderParameter("If-Match", "Version of the resource that the caller read.", "^.+$"));
    }
    FieldPath at;
    if (route.body != Route::Body::kWholeRequest) {
      AddQuery(route, *route.method->input_type(), at, parameters);
    }
    return parameters;
  }

  // What the path and the body leave goes into the query; nested fields by dots.
  void AddQuery(const Route& route, const Descriptor& message, FieldPath& at, Json& parameters) {
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      at.push_back(&field);
      const bool bound = std::count(route.bindings.begin(), route.bindings.end(), at) > 0 ||
                         at.front() == route.body_field || field.is_map();
      const bool nested =
          field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
          field.message_type()->well_known_type() == Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
      if (!bound && nested) {
        if (!field.is_repeated() && at.size() < kQueryDepth) {
          AddQuery(route, *field.message_type(), at, parameters);
        }
      } else if (!bound) {
        parameters.push_back(QueryParameter(at));
      }
      at.pop_back();
    }
  }

  Json QueryParameter(const FieldPath& path) {
    std::string name;
    for (const FieldDescriptor* field : path) {
      absl::StrAppend(&name, name.empty() ? "" : ".", field->json_name());
    }
    Json parameter = {{"name", name}, {"in", "query"}};
    if (path.size() == 1 && Behaves(*path.back(), google::api::REQUIRED)) {
      parameter["required"] = true;
    }
    if (const std::string text = schemas_.Describe(*path.back()); !text.empty()) {
      parameter["description"] = text;
    }
    parameter["schema"] = schemas_.Value(*path.back());
    return parameter;
  }

  Json RequestBody(const Route& route) {
    const Descriptor& message = *route.body_message();
    if (&message == google::api::HttpBody::descriptor()) {
      return {{"required", true}, {"content", {{"application/octet-stream", Json::object()}}}};
    }
    std::set<const FieldDescriptor*> bound;
    if (route.body == Route::Body::kWholeRequest) {
      for (const FieldPath& path : route.bindings) {
        if (path.size() == 1) bound.insert(path.front());
      }
    }
    Json schema = bound.empty() ? schemas_.Refer(message) : schemas_.Without(message, bound);
    return {{"required", true},
            {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
  }

  Json Response(const Route& route) {
    const Descriptor& message = route.response_field == nullptr
                                    ? *route.method->output_type()
                                    : *route.response_field->message_type();
    Json response = {{"description", "Success."}};
    if (&message == google::api::HttpBody::descriptor()) {
      response["content"] = {{"application/octet-stream", Json::object()}};
    } else if (route.method->server_streaming()) {
      response["description"] = "Lines of JSON, one for each message; an error may be the last.";
      const Json line = {{"type", "object"}, {"properties", {{"result", schemas_.Refer(message)}}}};
      response["content"] = {{"application/x-ndjson", {{"schema", line}}}};
    } else {
      response["content"] = {{"application/json", {{"schema", schemas_.Refer(message)}}}};
    }
    return response;
  }

  const RouteTable& routes_;
  Comments& comments_;
  Schemas schemas_;
  Json paths_ = Json::object();
  std::map<std::string, std::string> tags_;
  std::map<std::string, int> ids_;
};

}  // namespace

std::string OpenApi(const RouteTable& routes, Comments& comments, const std::string& version) {
  return Document(routes, comments).Build(version).dump();
}

}  // namespace staraction::gateway
