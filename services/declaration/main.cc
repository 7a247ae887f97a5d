#include "common/paper/scan_reader.h"
#include "common/service/service_main.h"
#include "services/declaration/parts.h"

int main(int argc, char** argv) {
  namespace declaration = staraction::declaration;
  declaration::PartsOptions options;
  staraction::ServiceDefinition definition;
  definition.name = "declaration";
  definition.migrations = declaration::Migrations();
  definition.default_port = 7107;
  definition.peers = {"engagement"};
  definition.configure = [&options](staraction::Config& config) {
    options.content_directory = config.String("content_dir", "folder of added content packs", "");
    options.scan_program = config.String("scan_program", "program that reads the codes on scans",
                                         staraction::paper::DefaultScanProgram());
  };
  definition.make = [&options](staraction::Host& host) {
    return declaration::MakeParts(host, options);
  };
  return staraction::RunService(argc, argv, definition);
}
