#include "common/service/service_main.h"
#include "services/diagnosis/parts.h"

int main(int argc, char** argv) {
  staraction::diagnosis::PartsOptions options;
  staraction::ServiceDefinition definition;
  definition.name = "diagnosis";
  definition.migrations = staraction::diagnosis::Migrations();
  options.fact_peers = {"training", "asset", "risk", "document", "declaration"};
  definition.configure = [&](staraction::Config& config) {
    options.content_directory =
        config.String("content_dir", "folder of added content packs; empty: built-in ones", "");
  };
  definition.make = [&](staraction::Host& host) {
    return staraction::diagnosis::MakeParts(host, options);
  };
  return staraction::RunService(argc, argv, definition);
}
