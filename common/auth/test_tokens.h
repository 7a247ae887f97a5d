#ifndef STARACTION_COMMON_AUTH_TEST_TOKENS_H_
#define STARACTION_COMMON_AUTH_TEST_TOKENS_H_

#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "absl/time/time.h"
#include "common/auth/base64url.h"
#include "common/auth/jwk.h"

// What the tests of this folder share.
namespace staraction::test {

inline constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";
inline constexpr char kClient[] = "0190a000-0000-7000-8000-000000000002";
inline constexpr char kEngagement[] = "0190a000-0000-7000-8000-000000000003";
inline constexpr char kLink[] = "0190a000-0000-7000-8000-000000000004";
inline constexpr char kMember[] =
    "clients/0190a000-0000-7000-8000-000000000002/members/0190a000-0000-7000-8000-000000000005";
inline constexpr char kIssuer[] = "https://id.example";

// The present of the tests, in a whole second.
inline constexpr int64_t kNowSeconds = 1'800'000'000;
inline absl::Time Now() {
  return absl::FromUnixSeconds(kNowSeconds);
}

// A new private key.
inline Jwk MakeKey(Algorithm algorithm, const std::string& kid) {
  auto key = Jwk::Generate(algorithm, kid);
  return *std::move(key);
}

// A token whatever its parts are.
inline std::string Assemble(const std::string& header, const std::string& payload, const Jwk& key) {
  const std::string input = Base64UrlEncode(header) + "." + Base64UrlEncode(payload);
  return input + "." + Base64UrlEncode(*key.Sign(input));
}

inline void WriteFile(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

}  // namespace staraction::test

#endif  // STARACTION_COMMON_AUTH_TEST_TOKENS_H_
