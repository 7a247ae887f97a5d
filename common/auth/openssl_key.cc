#include "common/auth/openssl_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "absl/status/status.h"
#include "common/base/macros.h"

namespace staraction {
namespace {

constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 8192;  // Bounds what one verification may cost.
constexpr size_t kCurveBytes = 32;

struct Deleter {
  void operator()(BIGNUM* p) const { BN_clear_free(p); }
  void operator()(OSSL_PARAM_BLD* p) const { OSSL_PARAM_BLD_free(p); }
  void operator()(OSSL_PARAM* p) const { OSSL_PARAM_free(p); }
  void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

struct RsaName {
  const char* jwk;
  const char* openssl;
};
constexpr RsaName kRsaNames[] = {
    {"n", OSSL_PKEY_PARAM_RSA_N},          {"e", OSSL_PKEY_PARAM_RSA_E},
    {"d", OSSL_PKEY_PARAM_RSA_D},          {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},    {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2}, {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};

absl::Status Unsound(const char* what) {
  ERR_clear_error();
  return absl::InvalidArgumentError(what);
}

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Owned<BIGNUM> ToNumber(const std::string& bytes) {
  return Owned<BIGNUM>(BN_bin2bn(Bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::shared_ptr<EVP_PKEY> Share(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

// `numbers` must outlive the call: the builder keeps pointers.
absl::StatusOr<std::shared_ptr<EVP_PKEY>> Build(const char* type, OSSL_PARAM_BLD* builder,
                                                bool with_private) {
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, with_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                        parameters.get()) != 1) {
    return Unsound("key is not sound");
  }
  std::shared_ptr<EVP_PKEY> shared = Share(key);
  const Owned<EVP_PKEY_CTX> check(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (EVP_PKEY_public_check(check.get()) != 1) return Unsound("key is not sound");
  if (with_private && EVP_PKEY_pairwise_check(check.get()) != 1) {
    return Unsound("private and public part do not belong together");
  }
  return shared;
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> RsaKey(const KeyParts& parts) {
  std::vector<Owned<BIGNUM>> numbers;
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  for (const auto& [jwk, openssl] : kRsaNames) {
    const auto part = parts.find(jwk);
    if (part == parts.end()) continue;
    numbers.push_back(ToNumber(part->second));
    OSSL_PARAM_BLD_push_BN(builder.get(), openssl, numbers.back().get());
  }
  const int bits = BN_num_bits(numbers[0].get());
  if (bits < kMinRsaBits || bits > kMaxRsaBits) {
    return Unsound("RSA key has not 2048 to 8192 bits");
  }
  // e = 1 would make every message its own signature.
  const BIGNUM* exponent = numbers[1].get();
  if (!BN_is_odd(exponent) || BN_is_one(exponent) || BN_num_bits(exponent) > 64) {
    return Unsound("RSA exponent is not odd, 3 or more, and at most 64 bits");
  }
  return Build("RSA", builder.get(), parts.contains("d"));
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> EcKey(const KeyParts& parts) {
  if (parts.at("x").size() != kCurveBytes || parts.at("y").size() != kCurveBytes) {
    return Unsound("P-256 coordinates do not have 32 bytes");
  }
  const std::string point = "\x04" + parts.at("x") + parts.at("y");
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  Owned<BIGNUM> secret;
  if (parts.contains("d")) {
    secret = ToNumber(parts.at("d"));
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
  }
  return Build("EC", builder.get(), secret != nullptr);
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> Ed25519Key(const KeyParts& parts) {
  const std::string& x = parts.at("x");
  if (x.size() != kCurveBytes) return Unsound("Ed25519 key has not 32 bytes");
  if (!parts.contains("d")) {
    return Share(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(x), x.size()));
  }
  const std::string& d = parts.at("d");
  if (d.size() != kCurveBytes) return Unsound("Ed25519 key has not 32 bytes");
  auto key = Share(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(d), d.size()));
  if (PartsFromKey(Algorithm::kEdDsa, *key, /*with_private=*/false).at("x") != x) {
    return Unsound("private and public part do not belong together");
  }
  return key;
}

// `size` is the length with leading zeros, or 0 for the shortest.
std::string NumberBytes(const EVP_PKEY& key, const char* name, size_t size) {
  BIGNUM* raw = nullptr;
  EVP_PKEY_get_bn_param(&key, name, &raw);
  const Owned<BIGNUM> number(raw);
  std::string bytes(size != 0 ? size : static_cast<size_t>(BN_num_bytes(raw)), '\0');
  BN_bn2binpad(raw, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  return bytes;
}

std::string RawBytes(const EVP_PKEY& key, bool secret) {
  std::string bytes(kCurveBytes, '\0');
  size_t size = bytes.size();
  auto* out = reinterpret_cast<unsigned char*>(bytes.data());
  secret ? EVP_PKEY_get_raw_private_key(&key, out, &size)
         : EVP_PKEY_get_raw_public_key(&key, out, &size);
  return bytes;
}

}  // namespace

std::vector<const char*> PublicPartNames(Algorithm algorithm) {
  if (algorithm == Algorithm::kRs256) return {"n", "e"};
  if (algorithm == Algorithm::kEs256) return {"x", "y"};
  return {"x"};
}

std::vector<const char*> PrivatePartNames(Algorithm algorithm) {
  if (algorithm == Algorithm::kRs256) return {"d", "p", "q", "dp", "dq", "qi"};
  return {"d"};
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> KeyFromParts(Algorithm algorithm, const KeyParts& parts) {
  switch (algorithm) {
    case Algorithm::kRs256:
      return RsaKey(parts);
    case Algorithm::kEs256:
      return EcKey(parts);
    case Algorithm::kEdDsa:
      return Ed25519Key(parts);
  }
  return Unsound("unknown algorithm");
}

KeyParts PartsFromKey(Algorithm algorithm, const EVP_PKEY& key, bool with_private) {
  KeyParts parts;
  if (algorithm == Algorithm::kRs256) {
    for (const auto& [jwk, openssl] : kRsaNames) {
      const bool is_public = *jwk == 'n' || *jwk == 'e';
      if (is_public || with_private) parts[jwk] = NumberBytes(key, openssl, 0);
    }
  } else if (algorithm == Algorithm::kEs256) {
    parts["x"] = NumberBytes(key, OSSL_PKEY_PARAM_EC_PUB_X, kCurveBytes);
    parts["y"] = NumberBytes(key, OSSL_PKEY_PARAM_EC_PUB_Y, kCurveBytes);
    if (with_private) parts["d"] = NumberBytes(key, OSSL_PKEY_PARAM_PRIV_KEY, kCurveBytes);
  } else {
    parts["x"] = RawBytes(key, /*secret=*/false);
    if (with_private) parts["d"] = RawBytes(key, /*secret=*/true);
  }
  return parts;
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> GenerateKey(Algorithm algorithm) {
  EVP_PKEY* key = nullptr;
  if (algorithm == Algorithm::kRs256) key = EVP_RSA_gen(kMinRsaBits);
  if (algorithm == Algorithm::kEs256) key = EVP_EC_gen("P-256");
  if (algorithm == Algorithm::kEdDsa) key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  if (key == nullptr) return absl::InternalError("OpenSSL made no key");
  return Share(key);
}

}  // namespace staraction
