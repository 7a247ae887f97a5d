#include "services/gateway/net/tls_files.h"

#include <openssl/ssl.h>

#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/identity/tls.h"

namespace staraction::gateway {
namespace {

namespace ssl = boost::asio::ssl;

constexpr unsigned char kBoth[] = "\x02h2\x08http/1.1";
constexpr unsigned char kOnlyH2[] = "\x02h2";

int ChooseProtocol(SSL*, const unsigned char** out, unsigned char* size,
                   const unsigned char* offered, unsigned offered_size, void*) {
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, size, kBoth, sizeof(kBoth) - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;  // then it is HTTP/1.1, as without the extension
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

absl::Status Unusable(const std::string& file, const boost::system::error_code& error) {
  return absl::InvalidArgumentError(absl::StrCat(file, ": ", error.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsFiles>> TlsFiles::Open(const std::string& directory, Side side,
                                                         Report on_problem) {
  std::unique_ptr<TlsFiles> files(new TlsFiles(directory, side, std::move(on_problem)));
  files->version_ = files->Version();
  SA_ASSIGN_OR_RETURN(files->context_, files->Load());
  files->looked_ = std::chrono::steady_clock::now();
  return files;
}

ssl::context& TlsFiles::Current() {
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < std::chrono::seconds(1)) return *context_;
  looked_ = now;
  std::string version = Version();
  if (version == version_) return *context_;
  version_ = std::move(version);
  auto fresh = Load();
  if (fresh.ok()) {
    context_ = *std::move(fresh);
  } else {
    on_problem_(fresh.status());
  }
  return *context_;
}

absl::StatusOr<std::unique_ptr<ssl::context>> TlsFiles::Load() const {
  const bool server = side_ == Side::kServer;
  auto context =
      std::make_unique<ssl::context>(server ? ssl::context::tls_server : ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code error;
  const std::string certificate = CertificateFile(directory_), key = KeyFile(directory_);
  context->use_certificate_chain_file(certificate, error);
  if (error) return Unusable(certificate, error);
  context->use_private_key_file(key, ssl::context::pem, error);
  if (error) return Unusable(key, error);  // also when it isn't the certificate's
  if (server) {
    SSL_CTX_set_alpn_select_cb(context->native_handle(), ChooseProtocol, nullptr);
    return context;
  }
  const std::string authorities = AuthoritiesFile(directory_);
  context->load_verify_file(authorities, error);
  if (error) return Unusable(authorities, error);
  context->set_verify_mode(ssl::verify_peer);
  SSL_CTX_set_alpn_protos(context->native_handle(), kOnlyH2, sizeof(kOnlyH2) - 1);
  return context;
}

// Where the link leads to, and when each file was written.
std::string TlsFiles::Version() const {
  namespace fs = std::filesystem;
  std::error_code ignored;
  std::string version;
  for (const std::string& name :
       {CertificateFile(directory_), KeyFile(directory_), AuthoritiesFile(directory_)}) {
    const fs::path path = fs::canonical(name, ignored);
    const auto written = fs::last_write_time(path, ignored);
    absl::StrAppend(&version, path.string(), "@", written.time_since_epoch().count(), "\n");
  }
  return version;
}

}  // namespace staraction::gateway
