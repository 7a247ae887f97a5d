#ifndef STARACTION_COMMON_RPC_CREDENTIALS_H_
#define STARACTION_COMMON_RPC_CREDENTIALS_H_

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/identity/tls.h"

namespace staraction {

// What one program shows to others, and whom it believes: mutual TLS with the files of tls_dir,
// which are read again every second, or nothing (calls stay on this machine). New connections use
// what the files hold then; those that exist go on.
// Thread safe.
class Credentials {
 public:
  // `program` is the one that runs here. INVALID_ARGUMENT if the directory is not sound.
  static absl::StatusOr<std::shared_ptr<Credentials>> Create(const TlsSettings& settings,
                                                             const std::string& program);

  bool encrypted() const { return files_ != nullptr; }

  // For a server: callers without a certificate of our authorities get no connection.
  std::shared_ptr<grpc::ServerCredentials> ForServer() const;
  // For calls to a program: a server that cannot prove to be it gets no call.
  std::shared_ptr<grpc::ChannelCredentials> ForPeer(const std::string& program) const;

  // When our certificate expires: InfinitePast while the files are not sound, InfiniteFuture
  // without any.
  absl::Time expires() const;

 private:
  Credentials(const TlsSettings& settings, const std::string& program);

  const std::string dir_;
  const std::string program_;
  std::shared_ptr<grpc::experimental::CertificateProviderInterface> files_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_CREDENTIALS_H_
