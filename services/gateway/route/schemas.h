#ifndef STARACTION_SERVICES_GATEWAY_ROUTE_SCHEMAS_H_
#define STARACTION_SERVICES_GATEWAY_ROUTE_SCHEMAS_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace staraction::gateway {

// All services of packages "staraction.…" whose schemas are linked into this program, by name. Only
// CMakeLists.txt says which schemas those are.
std::vector<const google::protobuf::ServiceDescriptor*> LinkedServices();

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_ROUTE_SCHEMAS_H_
