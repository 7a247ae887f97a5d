#ifndef STARACTION_COMMON_IDENTITY_TLS_H_
#define STARACTION_COMMON_IDENTITY_TLS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/config/config.h"

// How programs prove to each other who they are: mutual TLS with a private authority. A program's
// directory holds `tls.crt` (its certificate, then intermediates), `tls.key` and `ca.crt` (whom it
// trusts; several while an authority is replaced), as cert-manager writes them. The certificate
// names the program by one URI, and is good for servers and clients.
//
// Files are read again while the program runs. They must change together: swap a link to the
// directory, as Kubernetes does, never write one file after the other.
namespace staraction {

struct TlsSettings {
  std::string dir;  // empty: no TLS
  bool plaintext_allowed = false;
};

// Reads the settings tls_dir and plaintext_allowed.
TlsSettings ReadTlsSettings(Config& config);

// Whether a "host:port" stays on this machine: 127.…, [::1] or localhost.
bool IsLoopback(const std::string& address);

// INVALID_ARGUMENT if calls between programs would pass a network in the clear: no tls_dir, no
// plaintext_allowed, and `address`, the value of `setting`, is not loopback. No address is fine.
absl::Status CheckAddress(const TlsSettings& settings, const std::string& setting,
                          const std::string& address);

// "spiffe://staraction/asset"
std::string IdentityOf(const std::string& program);
// The program that an identity names; empty if it is none of ours.
std::string ProgramOf(const std::string& identity);

std::string CertificateFile(const std::string& dir);
std::string KeyFile(const std::string& dir);
std::string AuthoritiesFile(const std::string& dir);

// Checks what a directory holds for `program`: files that can be read, a key that belongs to the
// certificate, the program's identity, at least one authority. When the certificate expires, else
// INVALID_ARGUMENT with the file and what is wrong with it. (An expired certificate is none of its
// business: peers refuse it.)
absl::StatusOr<absl::Time> CheckTlsDirectory(const std::string& dir, const std::string& program);

}  // namespace staraction

#endif  // STARACTION_COMMON_IDENTITY_TLS_H_
