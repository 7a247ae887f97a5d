#include "common/service/service_main.h"
#include "services/engagement/parts.h"

int main(int argc, char** argv) {
  namespace engagement = staraction::engagement;
  engagement::Settings settings;
  staraction::ServiceDefinition definition;
  definition.name = "engagement";
  definition.migrations = engagement::Migrations();
  definition.default_port = 7101;
  definition.peers = {"training", "diagnosis", "document", "declaration"};
  definition.configure = [&settings](staraction::Config& config) {
    settings.link_key =
        config.RequiredSecret("link_key", "key of the participants' links, at least 32 bytes");
    settings.content_dir = config.String("content_dir", "folder of added content packs", "");
  };
  definition.make = [&settings](staraction::Host& host) {
    return engagement::MakeParts(host, settings);
  };
  return staraction::RunService(argc, argv, definition);
}
