#include "services/gateway/route/schemas.h"

#include <google/protobuf/descriptor_database.h>

#include <algorithm>

#include "absl/strings/match.h"

namespace staraction::gateway {

std::vector<const google::protobuf::ServiceDescriptor*> LinkedServices() {
  using google::protobuf::DescriptorPool;
  // The generated pool is filled lazily and can't list its files; the database behind it can.
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::sort(files.begin(), files.end());
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const std::string& name : files) {
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    if (file == nullptr || !absl::StartsWith(file->package(), "staraction.")) continue;
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

}  // namespace staraction::gateway
