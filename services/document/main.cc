#include <filesystem>

#include "common/service/service_main.h"
#include "services/document/parts.h"

namespace {

// Where the build puts the prepared fonts, seen from the program.
std::string FontsBesideProgram() {
  const auto program = std::filesystem::canonical("/proc/self/exe");
  return (program.parent_path().parent_path() / "fonts").string();
}

}  // namespace

int main(int argc, char** argv) {
  namespace document = staraction::document;
  document::Settings settings;
  staraction::ServiceDefinition definition;
  definition.name = "document";
  definition.migrations = document::Migrations();
  definition.configure = [&settings](staraction::Config& config) {
    settings.content_dir = config.String("content_dir", "folder of added content packs", "");
    settings.fonts_dir =
        config.String("fonts_dir", "folder of the prepared fonts", FontsBesideProgram());
  };
  definition.make = [&settings](staraction::Host& host) {
    return document::MakeParts(host, settings);
  };
  return staraction::RunService(argc, argv, definition);
}
