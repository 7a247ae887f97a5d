#ifndef STARACTION_SERVICES_GATEWAY_OPENAPI_EMBEDDED_H_
#define STARACTION_SERVICES_GATEWAY_OPENAPI_EMBEDDED_H_

#include <string_view>

// Files of the build that lie in the program.
namespace staraction::gateway::embedded {

// A FileDescriptorSet of the schemas that this program serves, with their comments.
std::string_view SchemaSet();

// Of the npm package swagger-ui-dist (Apache 2.0).
std::string_view SwaggerUiScript();
std::string_view SwaggerUiStyle();
std::string_view SwaggerUiLicense();

}  // namespace staraction::gateway::embedded

#endif  // STARACTION_SERVICES_GATEWAY_OPENAPI_EMBEDDED_H_
