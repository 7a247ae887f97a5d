#include "common/rpc/credentials.h"

#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <utility>
#include <vector>

#include "common/base/macros.h"

namespace staraction {
namespace {

namespace tls = grpc::experimental;

constexpr unsigned kReadAgainSeconds = 1;

// After the certificate's chain has been checked: whose is it?
class PeerIdentity : public tls::ExternalCertificateVerifier {
 public:
  explicit PeerIdentity(std::string identity) : identity_(std::move(identity)) {}

  bool Verify(tls::TlsCustomVerificationCheckRequest* request, std::function<void(grpc::Status)>,
              grpc::Status* sync_status) override {
    const std::vector<grpc::string_ref> uris = request->uri_names();
    if (uris.size() != 1 || uris[0] != identity_) {
      *sync_status =
          grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "the server is not " + identity_);
    }
    return true;  // done, with sync_status
  }
  void Cancel(tls::TlsCustomVerificationCheckRequest*) override {}

 private:
  const std::string identity_;
};

void Watch(tls::TlsCredentialsOptions& options) {
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
}

}  // namespace

Credentials::Credentials(const TlsSettings& settings, const std::string& program)
    : dir_(settings.dir), program_(program) {
  if (dir_.empty()) return;
  files_ = std::make_shared<tls::FileWatcherCertificateProvider>(
      KeyFile(dir_), CertificateFile(dir_), AuthoritiesFile(dir_), kReadAgainSeconds);
}

absl::StatusOr<std::shared_ptr<Credentials>> Credentials::Create(const TlsSettings& settings,
                                                                 const std::string& program) {
  if (!settings.dir.empty()) SA_RETURN_IF_ERROR(CheckTlsDirectory(settings.dir, program).status());
  return std::shared_ptr<Credentials>(new Credentials(settings, program));
}

std::shared_ptr<grpc::ServerCredentials> Credentials::ForServer() const {
  if (!encrypted()) return grpc::InsecureServerCredentials();
  tls::TlsServerCredentialsOptions options(files_);
  Watch(options);
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  return tls::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> Credentials::ForPeer(const std::string& program) const {
  if (!encrypted()) return grpc::InsecureChannelCredentials();
  tls::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(files_);
  Watch(options);
  // The name in the certificate is the program's, not the host's.
  options.set_certificate_verifier(
      tls::ExternalCertificateVerifier::Create<PeerIdentity>(IdentityOf(program)));
  options.set_check_call_host(false);
  return tls::TlsCredentials(options);
}

absl::Time Credentials::expires() const {
  if (!encrypted()) return absl::InfiniteFuture();
  return CheckTlsDirectory(dir_, program_).value_or(absl::InfinitePast());
}

}  // namespace staraction
