#ifndef STARACTION_TOOLS_STARACTL_COMMANDS_H_
#define STARACTION_TOOLS_STARACTL_COMMANDS_H_

#include <vector>

#include "tools/staractl/command.h"

namespace staraction::ctl {

// For operators: keys, tokens, organizations, health.
std::vector<Command> OperatorCommands();
// For operators: certificates of programs.
std::vector<Command> TlsCommands();
// For consultants: portfolio, readiness, imports.
std::vector<Command> ConsultantCommands();
// For administrators: erase a client that has left.
std::vector<Command> EraseCommands();
// For anybody who holds a certificate.
std::vector<Command> SealCommands();
// For operators and auditors: chains of audit entries.
std::vector<Command> AuditCommands();

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_COMMANDS_H_
