#include <iostream>

#include "absl/synchronization/mutex.h"
#include "tools/staractl/commands.h"

int main(int argc, char** argv) {
  // Debian's Abseil aborts on locks taken in two orders, even without a deadlock; tests keep that.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  std::vector<staraction::ctl::Command> commands = staraction::ctl::OperatorCommands();
  for (auto& command : staraction::ctl::TlsCommands()) commands.push_back(command);
  for (auto& command : staraction::ctl::ConsultantCommands()) commands.push_back(command);
  for (auto& command : staraction::ctl::SealCommands()) commands.push_back(command);
  for (auto& command : staraction::ctl::AuditCommands()) commands.push_back(command);
  for (auto& command : staraction::ctl::EraseCommands()) commands.push_back(command);
  return staraction::ctl::RunCommand(commands, {argv + 1, argv + argc}, std::cout, std::cerr);
}
