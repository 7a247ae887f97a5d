#ifndef STARACTION_COMMON_IDENTITY_AUTHORITY_H_
#define STARACTION_COMMON_IDENTITY_AUTHORITY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

struct evp_pkey_st;
struct x509_st;

namespace staraction {

// A certificate (PEM, followed by nothing) and its private key (PEM, PKCS #8).
struct CertifiedKey {
  std::string certificate;
  std::string key;
};

// What a certificate says. All of it is the maker's to decide: tests make bad ones.
struct CertificateRequest {
  std::string common_name;
  std::vector<std::string> uris;  // identities, as in tls.h
  absl::Time not_before;
  absl::Time not_after;
};

// A private authority for installations without cert-manager, and for tests. ECDSA over P-256;
// leaves are good for servers and clients. Thread safe.
class Authority {
 public:
  // Its own certificate is valid from an hour before `now` (clocks differ) for `lifetime`.
  static absl::StatusOr<Authority> Make(const std::string& common_name, absl::Time now,
                                        absl::Duration lifetime);
  // INVALID_ARGUMENT if the texts are no certificate and key that belong together.
  static absl::StatusOr<Authority> Load(const CertifiedKey& pem);

  const CertifiedKey& pem() const { return pem_; }

  absl::StatusOr<CertifiedKey> Issue(const CertificateRequest& request) const;

 private:
  Authority() = default;

  CertifiedKey pem_;
  std::shared_ptr<x509_st> certificate_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_IDENTITY_AUTHORITY_H_
