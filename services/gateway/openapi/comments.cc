#include "services/gateway/openapi/comments.h"

#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace staraction::gateway {
namespace {

// Line feeds in a comment are where the source's lines end; an empty line ends a paragraph.
std::string Joined(const std::string& comment) {
  std::string out;
  bool paragraph = false;
  for (const absl::string_view raw : absl::StrSplit(comment, '\n')) {
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    if (line.empty()) {
      paragraph = !out.empty();
      continue;
    }
    if (!out.empty()) out += paragraph ? "\n\n" : " ";
    paragraph = false;
    out.append(line.data(), line.size());
  }
  return out;
}

template <typename Declaration>
std::string CommentOf(const Declaration* declaration) {
  google::protobuf::SourceLocation location;
  if (declaration == nullptr || !declaration->GetSourceLocation(&location)) return "";
  return Joined(location.leading_comments);
}

}  // namespace

Comments::Comments(std::string_view descriptor_set) : pool_(&files_) {
  google::protobuf::FileDescriptorSet set;
  if (!set.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size()))) return;
  for (const auto& file : set.file()) files_.Add(file);
}

std::string Comments::Of(const google::protobuf::Descriptor& message) {
  return CommentOf(pool_.FindMessageTypeByName(message.full_name()));
}
std::string Comments::Of(const google::protobuf::FieldDescriptor& field) {
  return CommentOf(pool_.FindFieldByName(field.full_name()));
}
std::string Comments::Of(const google::protobuf::EnumValueDescriptor& value) {
  return CommentOf(pool_.FindEnumValueByName(value.full_name()));
}
std::string Comments::Of(const google::protobuf::ServiceDescriptor& service) {
  return CommentOf(pool_.FindServiceByName(service.full_name()));
}
std::string Comments::Of(const google::protobuf::MethodDescriptor& method) {
  return CommentOf(pool_.FindMethodByName(method.full_name()));
}

}  // namespace staraction::gateway
