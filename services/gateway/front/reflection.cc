#include "services/gateway/front/reflection.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/rpc/code.pb.h>

namespace staraction::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using grpc::reflection::v1::ServerReflectionRequest;

void NotFoundIn(grpc::reflection::v1::ServerReflectionResponse& response) {
  auto* error = response.mutable_error_response();
  error->set_error_code(google::rpc::NOT_FOUND);
  error->set_error_message("not found");
}

const FileDescriptor* FileOfExtension(const std::string& type_name, int number) {
  const auto* pool = DescriptorPool::generated_pool();
  const auto* type = pool->FindMessageTypeByName(type_name);
  const FieldDescriptor* extension =
      type == nullptr ? nullptr : pool->FindExtensionByNumber(type, number);
  return extension == nullptr ? nullptr : extension->file();
}

}  // namespace

bool Reflection::Answers(std::string_view path) {
  return path == "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo" ||
         path == "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
}

Reflection::Reflection(const RouteTable& routes) {
  for (const Route& route : routes.routes()) {
    services_.insert(route.method->service()->full_name());
    AddFile(*route.method->file());
  }
}

void Reflection::AddFile(const FileDescriptor& file) {
  if (!files_.emplace(file.name(), &file).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) AddFile(*file.dependency(i));
}

std::string Reflection::Answer(const std::string& question) const {
  Response response;
  ServerReflectionRequest& request = *response.mutable_original_request();
  const auto* pool = DescriptorPool::generated_pool();
  if (!request.ParseFromString(question)) request.Clear();
  response.set_valid_host(request.host());
  switch (request.message_request_case()) {
    case ServerReflectionRequest::kListServices:
      for (const std::string& service : services_) {
        response.mutable_list_services_response()->add_service()->set_name(service);
      }
      break;
    case ServerReflectionRequest::kFileByFilename: {
      const auto found = files_.find(request.file_by_filename());
      AnswerFile(found == files_.end() ? nullptr : found->second, response);
      break;
    }
    case ServerReflectionRequest::kFileContainingSymbol:
      AnswerFile(pool->FindFileContainingSymbol(request.file_containing_symbol()), response);
      break;
    case ServerReflectionRequest::kFileContainingExtension: {
      const auto& extension = request.file_containing_extension();
      AnswerFile(FileOfExtension(extension.containing_type(), extension.extension_number()),
                 response);
      break;
    }
    case ServerReflectionRequest::kAllExtensionNumbersOfType:
      AnswerExtensions(request.all_extension_numbers_of_type(), response);
      break;
    case ServerReflectionRequest::MESSAGE_REQUEST_NOT_SET:
      NotFoundIn(response);
      response.mutable_error_response()->set_error_code(google::rpc::INVALID_ARGUMENT);
      response.mutable_error_response()->set_error_message("no question");
  }
  return response.SerializeAsString();
}

void Reflection::AnswerFile(const FileDescriptor* file, Response& response) const {
  if (file == nullptr || files_.count(file->name()) == 0) return NotFoundIn(response);
  google::protobuf::FileDescriptorProto proto;
  file->CopyTo(&proto);
  response.mutable_file_descriptor_response()->add_file_descriptor_proto(proto.SerializeAsString());
}

void Reflection::AnswerExtensions(const std::string& type_name, Response& response) const {
  const auto* pool = DescriptorPool::generated_pool();
  const auto* type = pool->FindMessageTypeByName(type_name);
  if (type == nullptr || files_.count(type->file()->name()) == 0) return NotFoundIn(response);
  auto* answer = response.mutable_all_extension_numbers_response();
  answer->set_base_type_name(type_name);
  std::vector<const FieldDescriptor*> extensions;
  pool->FindAllExtensions(type, &extensions);
  for (const FieldDescriptor* extension : extensions) {
    if (files_.count(extension->file()->name()) > 0) {
      answer->add_extension_number(extension->number());
    }
  }
}

}  // namespace staraction::gateway
