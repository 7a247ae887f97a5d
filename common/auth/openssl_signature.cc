#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>

#include "absl/status/status.h"
#include "common/auth/openssl_key.h"

// Signing and verifying, and the two forms of an ECDSA signature: r and s side by side in JWS, a
// DER sequence in OpenSSL.
namespace staraction {
namespace {

constexpr size_t kHalf = 32;     // Of an ES256 signature.
constexpr size_t kEdBytes = 64;  // Of an Ed25519 signature.

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Ed25519 hashes by itself.
const EVP_MD* DigestFor(Algorithm algorithm) {
  return algorithm == Algorithm::kEdDsa ? nullptr : EVP_sha256();
}

// Empty if the raw form cannot be a signature.
std::string RawToDer(std::string_view raw) {
  if (raw.size() != 2 * kHalf) return "";
  BIGNUM* r = BN_bin2bn(Bytes(raw), kHalf, nullptr);
  BIGNUM* s = BN_bin2bn(Bytes(raw) + kHalf, kHalf, nullptr);
  const bool zero = BN_is_zero(r) || BN_is_zero(s);
  const EcdsaSignature signature(ECDSA_SIG_new(), ECDSA_SIG_free);
  ECDSA_SIG_set0(signature.get(), r, s);  // Takes both numbers.
  unsigned char* out = nullptr;
  const int size = zero ? 0 : i2d_ECDSA_SIG(signature.get(), &out);
  std::string der(reinterpret_cast<char*>(out), size > 0 ? static_cast<size_t>(size) : 0);
  OPENSSL_free(out);
  return der;
}

std::string DerToRaw(const std::string& der) {
  const unsigned char* in = Bytes(der);
  const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())),
                                 ECDSA_SIG_free);
  if (!signature) return "";
  std::string raw(2 * kHalf, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, kHalf);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + kHalf, kHalf);
  return raw;
}

}  // namespace

bool VerifySignature(Algorithm algorithm, EVP_PKEY& key, std::string_view message,
                     std::string_view signature) {
  std::string der;
  switch (algorithm) {
    case Algorithm::kRs256:
      if (signature.size() != static_cast<size_t>(EVP_PKEY_get_size(&key))) return false;
      break;
    case Algorithm::kEs256:
      der = RawToDer(signature);
      if (der.empty()) return false;
      signature = der;
      break;
    case Algorithm::kEdDsa:
      if (signature.size() != kEdBytes) return false;
      break;
  }
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const bool good =
      EVP_DigestVerifyInit(context.get(), nullptr, DigestFor(algorithm), nullptr, &key) == 1 &&
      EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                       message.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

absl::StatusOr<std::string> MakeSignature(Algorithm algorithm, EVP_PKEY& key,
                                          std::string_view message) {
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string signature(static_cast<size_t>(EVP_PKEY_get_size(&key)), '\0');
  size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, DigestFor(algorithm), nullptr, &key) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Bytes(message), message.size()) != 1) {
    ERR_clear_error();
    return absl::InternalError("OpenSSL made no signature");
  }
  signature.resize(size);
  return algorithm == Algorithm::kEs256 ? DerToRaw(signature) : signature;
}

}  // namespace staraction
