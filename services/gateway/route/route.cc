#include "services/gateway/route/route.h"

#include <google/api/annotations.pb.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/macros.h"
#include "common/resource/policy.h"

namespace staraction::gateway {
namespace {

using google::api::HttpRule;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

absl::Status Wrong(const MethodDescriptor& method, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(method.full_name(), ": ", what));
}

absl::StatusOr<std::pair<std::string, std::string>> Pattern(const MethodDescriptor& method,
                                                            const HttpRule& rule) {
  switch (rule.pattern_case()) {
    case HttpRule::kGet:
      return std::pair{std::string("GET"), rule.get()};
    case HttpRule::kPost:
      return std::pair{std::string("POST"), rule.post()};
    case HttpRule::kPut:
      return std::pair{std::string("PUT"), rule.put()};
    case HttpRule::kPatch:
      return std::pair{std::string("PATCH"), rule.patch()};
    case HttpRule::kDelete:
      return std::pair{std::string("DELETE"), rule.delete_()};
    default:
      return Wrong(method, "the HTTP rule must be get, post, put, patch or delete");
  }
}

absl::Status SetBody(const HttpRule& rule, Route& route) {
  if (rule.body().empty()) return absl::OkStatus();
  if (route.http_method == "GET" || route.http_method == "DELETE") {
    return Wrong(*route.method, absl::StrCat(route.http_method, " with a body"));
  }
  if (rule.body() == "*") {
    route.body = Route::Body::kWholeRequest;
    return absl::OkStatus();
  }
  route.body = Route::Body::kField;
  route.body_field = route.method->input_type()->FindFieldByName(rule.body());
  if (route.body_field == nullptr || route.body_field->is_repeated() ||
      route.body_field->message_type() == nullptr) {
    return Wrong(*route.method,
                 absl::StrCat("body '", rule.body(), "' is no message field of the request"));
  }
  return absl::OkStatus();
}

absl::Status SetBindings(Route& route) {
  for (const Variable& variable : route.path.variables) {
    const FieldPath path = ResolveFieldPath(*route.method->input_type(), variable.field_path);
    if (path.empty() || FieldPathName(path) != variable.field_path) {
      return Wrong(*route.method, absl::StrCat("the request has no field '", variable.field_path,
                                               "', which the path binds"));
    }
    if (path.back()->is_repeated() || path.back()->message_type() != nullptr) {
      return Wrong(*route.method,
                   absl::StrCat("the path binds '", variable.field_path, "', no single value"));
    }
    if (path.front() == route.body_field && path.size() == 1) {
      return Wrong(*route.method, "the path binds the body's field");
    }
    route.bindings.push_back(path);
  }
  return absl::OkStatus();
}

absl::Status SetResponse(const HttpRule& rule, Route& route) {
  if (rule.response_body().empty()) return absl::OkStatus();
  route.response_field = route.method->output_type()->FindFieldByName(rule.response_body());
  if (route.response_field == nullptr || route.response_field->is_repeated() ||
      route.response_field->message_type() == nullptr) {
    return Wrong(*route.method, absl::StrCat("response_body '", rule.response_body(),
                                             "' is no message field of the response"));
  }
  return absl::OkStatus();
}

FieldPath SingleStringField(const google::protobuf::Descriptor& request, const std::string& name) {
  FieldPath path = ResolveFieldPath(request, name);
  const bool fits = !path.empty() && !path.back()->is_repeated() &&
                    path.back()->type() == FieldDescriptor::TYPE_STRING;
  return fits ? path : FieldPath();
}

void SetHeaderFields(Route& route) {
  const auto& request = *route.method->input_type();
  route.request_id = SingleStringField(request, "request_id");
  route.etag = SingleStringField(request, "etag");
  if (route.etag.empty() && route.body_field != nullptr) {
    route.etag = SingleStringField(request, route.body_field->name() + ".etag");
  }
}

absl::StatusOr<Route> MakeRoute(const MethodDescriptor& method, const HttpRule& rule) {
  Route route;
  route.method = &method;
  route.rpc_path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
  const std::vector<std::string> package = absl::StrSplit(method.file()->package(), '.');
  if (package.size() != 3) return Wrong(method, "the package is not staraction.<service>.v1");
  route.backend = package[1];
  route.is_public = PolicyOf(method).public_();

  SA_ASSIGN_OR_RETURN(auto pattern, Pattern(method, rule));
  route.http_method = std::move(pattern.first);
  route.text = std::move(pattern.second);
  auto path = ParsePathTemplate(route.text);
  if (!path.ok()) return Wrong(method, std::string(path.status().message()));
  route.path = *std::move(path);
  SA_RETURN_IF_ERROR(SetBody(rule, route));
  SA_RETURN_IF_ERROR(SetBindings(route));
  SA_RETURN_IF_ERROR(SetResponse(rule, route));
  SetHeaderFields(route);
  return route;
}

}  // namespace

const google::protobuf::Descriptor* Route::body_message() const {
  if (body == Body::kNone) return nullptr;
  return body == Body::kField ? body_field->message_type() : method->input_type();
}

absl::StatusOr<std::vector<Route>> RoutesOf(const MethodDescriptor& method) {
  std::vector<Route> routes;
  if (!method.options().HasExtension(google::api::http)) return routes;
  if (method.client_streaming()) {
    return Wrong(method, "a method that takes a stream has an HTTP rule");
  }
  const HttpRule& rule = method.options().GetExtension(google::api::http);
  SA_ASSIGN_OR_RETURN(Route first, MakeRoute(method, rule));
  routes.push_back(std::move(first));
  for (const HttpRule& other : rule.additional_bindings()) {
    if (other.additional_bindings_size() > 0) return Wrong(method, "nested additional_bindings");
    SA_ASSIGN_OR_RETURN(Route route, MakeRoute(method, other));
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace staraction::gateway
