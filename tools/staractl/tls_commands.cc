#include <ostream>

#include "common/base/clock.h"
#include "common/base/macros.h"
#include "tools/staractl/certificates.h"
#include "tools/staractl/commands.h"

namespace staraction::ctl {
namespace {

using Work = absl::Status (*)(const std::string& dir, absl::Time now, absl::Duration lifetime);

Command TlsCommand(const std::string& words, const std::string& help, Work work) {
  const auto run = [work](const Arguments& arguments, std::ostream& out) -> absl::Status {
    SA_ASSIGN_OR_RETURN(const absl::Duration lifetime, DurationOption(arguments, "lifetime"));
    const std::string& dir = arguments.positional(0);
    SA_RETURN_IF_ERROR(work(dir, RealClock()(), lifetime));
    out << "certificates are in " << dir << "/current\n";
    return absl::OkStatus();
  };
  return {words,
          {"DIR"},
          {{"lifetime", "TIME", "of the programs' certificates", false, "2160h"}},
          help,
          run};
}

}  // namespace

std::vector<Command> TlsCommands() {
  return {
      TlsCommand("tls init",
                 "Makes an authority and the certificates by which programs know each other.\n"
                 "What exists stays. A program's tls_dir is DIR/current/<program>.",
                 InitTls),
      TlsCommand("tls renew",
                 "Makes new certificates, of the newest authority.\n"
                 "Running programs take them within seconds.",
                 RenewTls),
      TlsCommand("tls add-authority",
                 "Makes a further authority, which programs trust from now on.\n"
                 "To replace the old one: add-authority, renew, drop-authority, each 10 s apart.",
                 AddAuthority),
      TlsCommand("tls drop-authority", "Ends the trust in the oldest of several authorities.",
                 DropAuthority),
  };
}

}  // namespace staraction::ctl
