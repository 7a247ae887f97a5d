#include "common/service/service_main.h"
#include "services/training/parts.h"

int main(int argc, char** argv) {
  namespace training = staraction::training;
  training::Settings settings;
  staraction::ServiceDefinition definition;
  definition.name = "training";
  definition.migrations = training::Migrations();
  definition.configure = [&settings](staraction::Config& config) {
    settings.content_dir = config.String("content_dir", "folder of added content packs", "");
  };
  definition.make = [&settings](staraction::Host& host) {
    return training::MakeParts(host, settings);
  };
  return staraction::RunService(argc, argv, definition);
}
