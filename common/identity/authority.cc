#include "common/identity/authority.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/macros.h"

namespace staraction {
namespace {

constexpr int kSerialBits = 127;  // positive, and at most 16 bytes

struct Deleter {
  void operator()(BIGNUM* p) const { BN_free(p); }
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

absl::Status Failed(const char* what) {
  ERR_clear_error();
  return absl::InternalError(absl::StrCat("certificate: ", what, " failed"));
}

std::shared_ptr<X509> Share(X509* certificate) {
  return {certificate, X509_free};
}

std::shared_ptr<EVP_PKEY> Share(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

std::string TakeText(BIO& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(&bio, &data);
  return std::string(data, static_cast<size_t>(size));
}

absl::StatusOr<CertifiedKey> ToPem(X509& certificate, EVP_PKEY& key) {
  const Owned<BIO> certificate_text(BIO_new(BIO_s_mem()));
  const Owned<BIO> key_text(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(certificate_text.get(), &certificate) != 1 ||
      PEM_write_bio_PKCS8PrivateKey(key_text.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) !=
          1) {
    return Failed("writing");
  }
  return CertifiedKey{TakeText(*certificate_text), TakeText(*key_text)};
}

// `issuer` is the certificate itself where it signs itself.
absl::Status AddExtension(X509& certificate, X509& issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  if (extension == nullptr || X509_add_ext(&certificate, extension.get(), -1) != 1) {
    return Failed("an extension");
  }
  return absl::OkStatus();
}

absl::Status SetSerial(X509& certificate) {
  const Owned<BIGNUM> serial(BN_new());
  if (BN_rand(serial.get(), kSerialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) != 1 ||
      BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(&certificate)) == nullptr) {
    return Failed("a serial number");
  }
  return absl::OkStatus();
}

// All but extensions and signature.
absl::StatusOr<std::shared_ptr<X509>> Blank(const CertificateRequest& request, EVP_PKEY& key) {
  std::shared_ptr<X509> certificate = Share(X509_new());
  SA_RETURN_IF_ERROR(SetSerial(*certificate));
  const auto* name = reinterpret_cast<const unsigned char*>(request.common_name.c_str());
  if (X509_set_version(certificate.get(), X509_VERSION_3) != 1 ||
      ASN1_TIME_set(X509_getm_notBefore(certificate.get()), absl::ToTimeT(request.not_before)) ==
          nullptr ||
      ASN1_TIME_set(X509_getm_notAfter(certificate.get()), absl::ToTimeT(request.not_after)) ==
          nullptr ||
      X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                                 name, -1, -1, 0) != 1 ||
      X509_set_pubkey(certificate.get(), &key) != 1) {
    return Failed("filling in");
  }
  return certificate;
}

absl::Status Sign(X509& certificate, X509& issuer, EVP_PKEY& key) {
  if (X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer)) != 1 ||
      X509_sign(&certificate, &key, EVP_sha256()) == 0) {
    return Failed("signing");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Authority> Authority::Make(const std::string& common_name, absl::Time now,
                                          absl::Duration lifetime) {
  Authority authority;
  authority.key_ = Share(EVP_EC_gen("P-256"));
  if (authority.key_ == nullptr) return Failed("a key");
  SA_ASSIGN_OR_RETURN(
      authority.certificate_,
      Blank({common_name, {}, now - absl::Hours(1), now + lifetime}, *authority.key_));
  X509& certificate = *authority.certificate_;
  SA_RETURN_IF_ERROR(
      AddExtension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0"));
  SA_RETURN_IF_ERROR(
      AddExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign"));
  SA_RETURN_IF_ERROR(AddExtension(certificate, certificate, NID_subject_key_identifier, "hash"));
  SA_RETURN_IF_ERROR(Sign(certificate, certificate, *authority.key_));
  SA_ASSIGN_OR_RETURN(authority.pem_, ToPem(certificate, *authority.key_));
  return authority;
}

absl::StatusOr<Authority> Authority::Load(const CertifiedKey& pem) {
  const auto open = [](const std::string& text) {
    return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  };
  Authority authority;
  authority.pem_ = pem;
  authority.certificate_ =
      Share(PEM_read_bio_X509(open(pem.certificate).get(), nullptr, nullptr, nullptr));
  authority.key_ = Share(PEM_read_bio_PrivateKey(open(pem.key).get(), nullptr, nullptr, nullptr));
  if (authority.certificate_ == nullptr || authority.key_ == nullptr ||
      X509_check_private_key(authority.certificate_.get(), authority.key_.get()) != 1) {
    ERR_clear_error();
    return absl::InvalidArgumentError("no certificate and key in PEM that belong together");
  }
  return authority;
}

absl::StatusOr<CertifiedKey> Authority::Issue(const CertificateRequest& request) const {
  const std::shared_ptr<EVP_PKEY> key = Share(EVP_EC_gen("P-256"));
  if (key == nullptr) return Failed("a key");
  SA_ASSIGN_OR_RETURN(const std::shared_ptr<X509> certificate, Blank(request, *key));
  std::vector<std::pair<int, std::string>> extensions = {
      {NID_basic_constraints, "critical,CA:FALSE"},
      {NID_key_usage, "critical,digitalSignature"},
      {NID_ext_key_usage, "serverAuth,clientAuth"},
      {NID_subject_key_identifier, "hash"},
      {NID_authority_key_identifier, "keyid:always"}};
  std::vector<std::string> names;
  for (const std::string& uri : request.uris) names.push_back("URI:" + uri);
  if (!names.empty()) extensions.emplace_back(NID_subject_alt_name, absl::StrJoin(names, ","));
  for (const auto& [kind, value] : extensions) {
    SA_RETURN_IF_ERROR(AddExtension(*certificate, *certificate_, kind, value));
  }
  SA_RETURN_IF_ERROR(Sign(*certificate, *certificate_, *key_));
  return ToPem(*certificate, *key);
}

}  // namespace staraction
