#ifndef STARACTION_SERVICES_GATEWAY_OPENAPI_OPENAPI_H_
#define STARACTION_SERVICES_GATEWAY_OPENAPI_OPENAPI_H_

#include <string>

#include "services/gateway/openapi/comments.h"
#include "services/gateway/route/route_table.h"

namespace staraction::gateway {

// The OpenAPI 3.1 document of these routes: everything that a front end may call, with schemas,
// limits, who may call it, errors and examples. Made from the descriptors, so it can't say what is
// not so.
std::string OpenApi(const RouteTable& routes, Comments& comments, const std::string& version);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_OPENAPI_OPENAPI_H_
