#ifndef STARACTION_COMMON_RESOURCE_FIELD_PATH_H_
#define STARACTION_COMMON_RESOURCE_FIELD_PATH_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace staraction {

// Fields along a dotted path ("address.city"), through singular messages; empty if there is no
// such path. The last one may be repeated; nothing leads into repeated fields and maps.
std::vector<const google::protobuf::FieldDescriptor*> ResolvePath(
    const google::protobuf::Descriptor& root, const std::string& path);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_FIELD_PATH_H_
