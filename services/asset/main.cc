#include "common/service/service_main.h"
#include "services/asset/parts.h"

int main(int argc, char** argv) {
  std::string content_directory;
  staraction::ServiceDefinition definition;
  definition.name = "asset";
  definition.migrations = staraction::asset::Migrations();
  definition.configure = [&](staraction::Config& config) {
    content_directory =
        config.String("content_dir", "folder of added content packs; empty: built-in ones", "");
  };
  definition.make = [&](staraction::Host& host) {
    return staraction::asset::MakeParts(host, content_directory);
  };
  return staraction::RunService(argc, argv, definition);
}
