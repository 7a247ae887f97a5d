#include "common/resource/policy.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/resource/field_path.h"
#include "common/status/errors.h"
#include "google/api/annotations.pb.h"

namespace staraction {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

using FieldPath = std::vector<const FieldDescriptor*>;

bool IsString(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
         field.type() == FieldDescriptor::TYPE_STRING;
}

// Names between braces of a path template: "/v1/{client.name=clients/*}:close" → client.name.
std::vector<std::string> TemplateVariables(const std::string& path) {
  std::vector<std::string> names;
  for (size_t open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
    const size_t end = path.find_first_of("=}", open);
    names.push_back(path.substr(open + 1, end == std::string::npos ? end : end - open - 1));
  }
  return names;
}

const std::string& PathTemplate(const google::api::HttpRule& rule) {
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      return rule.get();
    case google::api::HttpRule::kPut:
      return rule.put();
    case google::api::HttpRule::kPost:
      return rule.post();
    case google::api::HttpRule::kDelete:
      return rule.delete_();
    case google::api::HttpRule::kPatch:
      return rule.patch();
    default:
      return rule.custom().path();
  }
}

void CheckRule(const MethodDescriptor& method, const google::api::HttpRule& rule,
               std::vector<std::string>* faults) {
  const Descriptor& request = *method.input_type();
  for (const std::string& variable : TemplateVariables(PathTemplate(rule))) {
    const FieldPath fields = ResolvePath(request, variable);
    if (fields.empty() || fields.back()->is_repeated() ||
        fields.back()->message_type() != nullptr) {
      faults->push_back(absl::StrCat(method.full_name(), ": path variable '", variable,
                                     "' is no plain field of ", request.name()));
    }
  }
  if (!rule.body().empty() && rule.body() != "*" &&
      request.FindFieldByName(rule.body()) == nullptr) {
    faults->push_back(absl::StrCat(method.full_name(), ": body '", rule.body(), "' is no field of ",
                                   request.name()));
  }
  for (const auto& more : rule.additional_bindings()) CheckRule(method, more, faults);
}

void CheckPolicy(const MethodDescriptor& method, std::vector<std::string>* faults) {
  const auto fault = [&](const std::string& text) {
    faults->push_back(absl::StrCat(method.full_name(), ": ", text));
  };
  if (!method.options().HasExtension(common::v1::policy)) return fault("has no policy");
  const MethodPolicy& policy = PolicyOf(method);
  const bool permitted = policy.permission() != common::v1::PERMISSION_UNSPECIFIED;
  if (policy.public_() == permitted) fault("wants either public or a permission");
  if (permitted && RolesWith(policy.permission()).empty()) {
    fault(absl::StrCat("permission ", static_cast<int>(policy.permission()),
                       " does not exist or is granted to nobody"));
  }
  if (policy.scope().empty()) return;
  if (policy.public_()) fault("is public and has a scope");
  const FieldPath fields = ResolvePath(*method.input_type(), policy.scope());
  if (fields.empty() || !IsString(*fields.back())) {
    fault(absl::StrCat("scope '", policy.scope(), "' is no string field of ",
                       method.input_type()->name()));
  }
}

std::map<int, std::set<Role>> ReadGrants() {
  std::map<int, std::set<Role>> grants;
  const auto* permissions = common::v1::Permission_descriptor();
  for (int i = 0; i < permissions->value_count(); ++i) {
    const auto& grant = permissions->value(i)->options().GetExtension(common::v1::grant);
    for (const int role : grant.roles()) {
      grants[permissions->value(i)->number()].insert(static_cast<Role>(role));
    }
  }
  return grants;
}

absl::Status MissingName(const std::string& field) {
  return InvalidField(field, "nothing came; wanted a resource name",
                      "値がありません。リソース名を指定してください");
}

}  // namespace

const MethodPolicy& PolicyOf(const MethodDescriptor& method) {
  return method.options().GetExtension(common::v1::policy);
}

absl::Status CheckService(const ServiceDescriptor& service) {
  std::vector<std::string> faults;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& method = *service.method(i);
    CheckPolicy(method, &faults);
    if (method.options().HasExtension(google::api::http)) {
      CheckRule(method, method.options().GetExtension(google::api::http), &faults);
    }
  }
  if (faults.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrJoin(faults, "\n"));
}

const std::set<Role>& RolesWith(Permission permission) {
  static const auto& grants = *new std::map<int, std::set<Role>>(ReadGrants());
  static const auto& nobody = *new std::set<Role>();
  const auto found = grants.find(permission);
  return found == grants.end() ? nobody : found->second;
}

bool Grants(Permission permission, Role role) {
  return RolesWith(permission).count(role) > 0;
}

absl::StatusOr<std::vector<std::string>> ScopeNames(const MethodPolicy& policy,
                                                    const Message& request) {
  std::vector<std::string> names;
  if (policy.scope().empty()) return names;
  const FieldPath fields = ResolvePath(*request.GetDescriptor(), policy.scope());
  if (fields.empty() || !IsString(*fields.back())) {
    return Internal(
        absl::StrCat("scope ", policy.scope(), " in ", request.GetDescriptor()->full_name()));
  }
  const Message* holder = &request;
  for (size_t i = 0; i + 1 < fields.size(); ++i) {
    holder = &holder->GetReflection()->GetMessage(*holder, fields[i]);
  }
  const auto* reflection = holder->GetReflection();
  if (!fields.back()->is_repeated()) {
    names.push_back(reflection->GetString(*holder, fields.back()));
    if (names[0].empty()) return MissingName(policy.scope());
    return names;
  }
  for (int i = 0; i < reflection->FieldSize(*holder, fields.back()); ++i) {
    names.push_back(reflection->GetRepeatedString(*holder, fields.back(), i));
    if (names.back().empty()) return MissingName(absl::StrCat(policy.scope(), "[", i, "]"));
  }
  if (names.empty()) return MissingName(policy.scope());
  return names;
}

std::string RequestId(const Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || !IsString(*field) || field->is_repeated()) return "";
  return request.GetReflection()->GetString(request, field);
}

const MethodDescriptor* MethodDescriptorOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (path.empty() || path[0] != '/' || slash == 0) return nullptr;
  const ServiceDescriptor* service =
      DescriptorPool::generated_pool()->FindServiceByName(path.substr(1, slash - 1));
  return service == nullptr ? nullptr : service->FindMethodByName(path.substr(slash + 1));
}

}  // namespace staraction
