#include "services/gateway/openapi/embedded.h"

// Taken in by the assembler: arrays of megabytes would keep the compiler busy. The paths are the
// build's.
#define SA_EMBED(function, symbol, path)                                               \
  asm(".section .rodata\n.balign 16\n" symbol "_begin:\n.incbin \"" path "\"\n" symbol \
      "_end:\n.previous\n.globl " symbol "_begin\n.globl " symbol "_end\n");           \
  extern "C" const char function##Begin[] asm(symbol "_begin");                        \
  extern "C" const char function##End[] asm(symbol "_end");                            \
  std::string_view function() {                                                        \
    return {function##Begin, static_cast<size_t>(function##End - function##Begin)};    \
  }

namespace staraction::gateway::embedded {

SA_EMBED(SchemaSet, "sa_schema_set", SA_SCHEMA_SET)
SA_EMBED(SwaggerUiScript, "sa_swagger_ui_script", SA_SWAGGER_UI "/swagger-ui-bundle.js")
SA_EMBED(SwaggerUiStyle, "sa_swagger_ui_style", SA_SWAGGER_UI "/swagger-ui.css")
SA_EMBED(SwaggerUiLicense, "sa_swagger_ui_license", SA_SWAGGER_UI "/LICENSE")

}  // namespace staraction::gateway::embedded
