#include "common/identity/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/macros.h"
#include "common/config/parse.h"
#include "common/identity/programs.h"

namespace staraction {
namespace {

constexpr char kScheme[] = "spiffe://staraction/";
constexpr size_t kMaxFileBytes = 256 * 1024;

struct Deleter {
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(GENERAL_NAMES* p) const { GENERAL_NAMES_free(p); }
  void operator()(X509* p) const { X509_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

absl::Status Faulty(const std::string& file, const std::string& what) {
  ERR_clear_error();
  return absl::InvalidArgumentError(absl::StrCat("tls_dir: ", file, ": ", what));
}

absl::StatusOr<Owned<BIO>> Open(const std::string& file, std::string& content) {
  auto read = ReadFileToString(file, kMaxFileBytes);
  if (!read.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("tls_dir: ", std::string(read.status().message())));
  }
  content = *std::move(read);
  return Owned<BIO>(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
}

absl::StatusOr<Owned<X509>> FirstCertificate(const std::string& file) {
  std::string content;
  SA_ASSIGN_OR_RETURN(const Owned<BIO> bio, Open(file, content));
  Owned<X509> certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return Faulty(file, "holds no certificate in PEM");
  return certificate;
}

std::vector<std::string> UrisOf(const X509& certificate) {
  const Owned<GENERAL_NAMES> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> uris;
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                      static_cast<size_t>(ASN1_STRING_length(uri)));
  }
  return uris;
}

}  // namespace

TlsSettings ReadTlsSettings(Config& config) {
  TlsSettings settings;
  settings.dir = config.String(
      "tls_dir",
      "folder with tls.crt, tls.key and ca.crt for calls between programs; empty: no TLS", "");
  settings.plaintext_allowed =
      config.Bool("plaintext_allowed",
                  "calls between programs may pass a network without TLS: only where something "
                  "else encrypts them",
                  false);
  return settings;
}

bool IsLoopback(const std::string& address) {
  const std::string host = address.substr(0, address.rfind(':'));
  // Digits and dots only: 127.0.0.1.example.com is somebody else's.
  return host == "localhost" || host == "[::1]" ||
         (absl::StartsWith(host, "127.") &&
          host.find_first_not_of("0123456789.") == std::string::npos);
}

absl::Status CheckAddress(const TlsSettings& settings, const std::string& setting,
                          const std::string& address) {
  if (address.empty() || !settings.dir.empty() || settings.plaintext_allowed ||
      IsLoopback(address)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(setting, ": '", address,
                   "' is not on this machine, and calls are not encrypted. Wanted: a loopback "
                   "address, or tls_dir, or plaintext_allowed=true"));
}

std::string IdentityOf(const std::string& program) {
  return kScheme + program;
}

std::string ProgramOf(const std::string& identity) {
  if (!absl::StartsWith(identity, kScheme)) return "";
  const std::string program = identity.substr(sizeof(kScheme) - 1);
  return IsProgram(program) ? program : "";
}

std::string CertificateFile(const std::string& dir) {
  return dir + "/tls.crt";
}

std::string KeyFile(const std::string& dir) {
  return dir + "/tls.key";
}

std::string AuthoritiesFile(const std::string& dir) {
  return dir + "/ca.crt";
}

absl::StatusOr<absl::Time> CheckTlsDirectory(const std::string& dir, const std::string& program) {
  SA_ASSIGN_OR_RETURN(const Owned<X509> certificate, FirstCertificate(CertificateFile(dir)));
  SA_RETURN_IF_ERROR(FirstCertificate(AuthoritiesFile(dir)).status());
  std::string content;
  SA_ASSIGN_OR_RETURN(const Owned<BIO> bio, Open(KeyFile(dir), content));
  const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (key == nullptr) return Faulty(KeyFile(dir), "holds no private key in PEM");
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Faulty(KeyFile(dir), "does not belong to the certificate in tls.crt");
  }
  const std::vector<std::string> uris = UrisOf(*certificate);
  if (uris != std::vector<std::string>{IdentityOf(program)}) {
    return Faulty(CertificateFile(dir), absl::StrCat("names '", absl::StrJoin(uris, ", "),
                                                     "', wanted is ", IdentityOf(program)));
  }
  std::tm until = {};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &until) != 1) {
    return Faulty(CertificateFile(dir), "has no end of validity");
  }
  return absl::FromTM(until, absl::UTCTimeZone());
}

}  // namespace staraction
