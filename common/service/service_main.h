#ifndef STARACTION_COMMON_SERVICE_SERVICE_MAIN_H_
#define STARACTION_COMMON_SERVICE_SERVICE_MAIN_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/config/config.h"
#include "common/service/host.h"

namespace staraction {

// What main of a service says about it.
struct ServiceDefinition {
  std::string name;  // as in common/identity/programs.h, which has ports and peers
  std::vector<pg::Migration> migrations;
  // Reads the service's own settings; optional.
  std::function<void(Config& config)> configure = {};
  // Makes the service's parts, which register with the host and live until the end.
  std::function<absl::StatusOr<std::shared_ptr<void>>(Host& host)> make;
};

// main of every service:
//   staraction-x            serves until SIGTERM or SIGINT, then drains
//   staraction-x migrate    brings the service's schema up to date and ends
//   staraction-x --help     lists the settings
// Exit code 0, or 1 with one clear line on what is wrong.
int RunService(int argc, char** argv, const ServiceDefinition& definition);

}  // namespace staraction

#endif  // STARACTION_COMMON_SERVICE_SERVICE_MAIN_H_
