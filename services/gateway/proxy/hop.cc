#include "services/gateway/proxy/hop.h"

#include "common/base/macros.h"
#include "common/identity/tls.h"
#include "common/obs/log.h"
#include "common/status/grpc_status.h"

namespace staraction::gateway {

absl::StatusOr<std::unique_ptr<Hop>> Hop::Create(Loop& loop, const HopOptions& options) {
  std::unique_ptr<Hop> hop(new Hop());
  if (!options.tls_dir.empty()) {
    SA_ASSIGN_OR_RETURN(
        hop->tls_,
        TlsFiles::Open(options.tls_dir, TlsFiles::Side::kClient, [](const absl::Status& status) {
          Log(LogLevel::kWarning, "no new certificate", {{"why", LogText(status)}});
        }));
  }
  for (const auto& [name, addresses] : options.backends) {
    hop->channels_[name] =
        std::make_unique<Channel>(loop, addresses, hop->tls_.get(), IdentityOf(name));
  }
  return hop;
}

Channel* Hop::Find(const std::string& backend) {
  const auto found = channels_.find(backend);
  return found == channels_.end() ? nullptr : found->second.get();
}

}  // namespace staraction::gateway
