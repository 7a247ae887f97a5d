#include "common/auth/jwk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "common/auth/base64url.h"
#include "common/auth/key_set.h"
#include "common/auth/test_tokens.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using ::staraction::test::MakeKey;
using ::staraction::test::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr Algorithm kAll[] = {Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa};

// Public RSA key with a modulus of that many bits.
Json RsaOfBits(unsigned int bits) {
  EVP_PKEY* key = EVP_RSA_gen(bits);
  BIGNUM* n = nullptr;
  EVP_PKEY_get_bn_param(key, "n", &n);
  std::string bytes(static_cast<size_t>(BN_num_bytes(n)), '\0');
  BN_bn2bin(n, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(n);
  EVP_PKEY_free(key);
  return {{"kty", "RSA"}, {"kid", "k"}, {"e", "AQAB"}, {"n", Base64UrlEncode(bytes)}};
}

// The keys of RFC 7515 A.3 and RFC 8037 A.2/A.4: written by others, so both sides are not ours.
constexpr char kRfc7515Ec[] =
    R"({"kty":"EC","crv":"P-256","kid":"rfc","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
constexpr char kRfc8037[] =
    R"({"kty":"OKP","crv":"Ed25519","kid":"rfc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

TEST(JwkTest, VerifiesTheExamplesOfTheStandards) {
  const std::string ec_input =
      "eyJhbGciOiJFUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0c"
      "nVlfQ";
  const std::string ec_signature =
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  ASSERT_OK_AND_ASSIGN(const Jwk ec, Jwk::Parse(kRfc7515Ec));
  EXPECT_TRUE(ec.Verify(ec_input, *Base64UrlDecode(ec_signature)));

  const std::string ed_input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  const std::string ed_signature =
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
  ASSERT_OK_AND_ASSIGN(const Jwk ed, Jwk::Parse(kRfc8037));
  EXPECT_TRUE(ed.Verify(ed_input, *Base64UrlDecode(ed_signature)));
  EXPECT_FALSE(ed.Verify(ed_input + "x", *Base64UrlDecode(ed_signature)));
}

TEST(JwkTest, GeneratedKeysSurviveTheirText) {
  for (const Algorithm algorithm : kAll) {
    const Jwk made = MakeKey(algorithm, "k1");
    ASSERT_OK_AND_ASSIGN(const std::string text, made.ToPrivateJson());
    ASSERT_OK_AND_ASSIGN(const Jwk secret, Jwk::Parse(text));
    ASSERT_OK_AND_ASSIGN(const Jwk open, Jwk::Parse(secret.ToPublicJson()));
    EXPECT_EQ(open.algorithm(), algorithm);
    EXPECT_EQ(open.kid(), "k1");
    EXPECT_TRUE(secret.is_private());
    EXPECT_FALSE(open.is_private());
    EXPECT_FALSE(Json::parse(secret.ToPublicJson()).contains("d"));
    ASSERT_OK_AND_ASSIGN(const std::string signature, secret.Sign("message"));
    EXPECT_TRUE(open.Verify("message", signature)) << AlgorithmName(algorithm);
    EXPECT_FALSE(open.Verify("massage", signature)) << AlgorithmName(algorithm);
    EXPECT_THAT(open.Sign("message"), StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_THAT(open.ToPrivateJson(), StatusIs(absl::StatusCode::kFailedPrecondition));
  }
}

TEST(JwkTest, EcCoordinatesKeepTheirLeadingZeros) {
  // One of 256 keys has one; 20,000 without any would be a miracle.
  bool seen = false;
  for (int i = 0; i < 20'000 && !seen; ++i) {
    const Jwk key = MakeKey(Algorithm::kEs256, "k");
    const std::string x = *Base64UrlDecode(Json::parse(key.ToPublicJson())["x"].get<std::string>());
    ASSERT_EQ(x.size(), 32u);
    seen = x[0] == '\0';
    EXPECT_OK(Jwk::Parse(key.ToPublicJson()));
  }
  EXPECT_TRUE(seen);
}

TEST(JwkTest, RefusesUnsoundKeys) {
  const Json rsa = Json::parse(MakeKey(Algorithm::kRs256, "k").ToPublicJson());
  const Json rsa_private = Json::parse(*MakeKey(Algorithm::kRs256, "k").ToPrivateJson());
  const Json ec = Json::parse(kRfc7515Ec);
  const Json ed = Json::parse(kRfc8037);
  const Json ed_other = Json::parse(*MakeKey(Algorithm::kEdDsa, "k").ToPrivateJson());
  const Json ec_other = Json::parse(*MakeKey(Algorithm::kEs256, "k").ToPrivateJson());
  const auto with = [](Json key, const char* name, const Json& value) {
    key[name] = value;
    return key;
  };
  const struct {
    const char* name;
    Json key;
    const char* want;
  } cases[] = {
      {"symmetric", {{"kty", "oct"}, {"kid", "k"}, {"k", "AAAA"}}, "neither RSA"},
      {"no type", {{"kid", "k"}}, "neither RSA"},
      {"type a number", with(ec, "kty", 1), "neither RSA"},
      {"P-384", with(ec, "crv", "P-384"), "neither RSA"},
      {"X25519", with(ed, "crv", "X25519"), "neither RSA"},
      {"no kid", with(ec, "kid", nullptr), "no kid"},
      {"kid empty", with(ec, "kid", ""), "no kid"},
      {"for encryption", with(ec, "use", "enc"), "use"},
      {"for wrapping", with(ec, "key_ops", {"wrapKey"}), "key_ops"},
      {"RSA for RS512", with(rsa, "alg", "RS512"), "not for RS256"},
      {"RSA for RSA-OAEP", with(rsa, "alg", "RSA-OAEP"), "not for RS256"},
      {"EC for HS256", with(ec, "alg", "HS256"), "not for ES256"},
      {"RSA of 1024 bits", RsaOfBits(1024), "2048"},
      {"RSA of 2040 bits", RsaOfBits(2040), "2048"},
      {"RSA of 9000 bits", with(rsa, "n", Base64UrlEncode(std::string(1125, '\xFF'))), "8192"},
      {"RSA exponent 1", with(rsa, "e", "AQ"), "exponent"},
      {"RSA exponent even", with(rsa, "e", "Ag"), "exponent"},
      {"RSA exponent large", with(rsa, "e", Base64UrlEncode(std::string(9, '\xFF'))), "exponent"},
      {"RSA without n", with(rsa, "n", nullptr), "public part"},
      {"RSA padded", with(rsa, "e", "AQAB=="), "public part"},
      {"RSA private without primes",
       [&] {
         Json key = rsa_private;
         key.erase("p");
         return key;
       }(),
       "private part"},
      {"RSA private of another", with(rsa_private, "n", rsa["n"]), "belong together"},
      {"EC off the curve", with(ec, "y", ec["x"]), "not sound"},
      {"EC short", with(ec, "x", "AAAA"), "32 bytes"},
      {"EC private of another", with(ec, "d", ec_other["d"]), "belong together"},
      {"Ed25519 short", with(ed, "x", "AAAA"), "32 bytes"},
      {"Ed25519 private of another", with(ed, "d", ed_other["d"]), "belong together"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Jwk::Parse(c.key.dump()),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.want)))
        << c.name;
  }
}

TEST(KeySetTest, LeavesOutWhatIsNotForUs) {
  const Json good = Json::parse(kRfc8037);
  const Json list = Json::array({{{"kty", "RSA"}, {"use", "enc"}, {"kid", "e"}},
                                 {{"kty", "oct"}, {"kid", "o"}},
                                 RsaOfBits(1024),
                                 "text",
                                 good});
  ASSERT_OK_AND_ASSIGN(const KeySet set, KeySet::Parse(Json{{"keys", list}, {"x", 1}}.dump()));
  EXPECT_EQ(set.size(), 1u);
  EXPECT_NE(set.Find("rfc"), nullptr);
  EXPECT_EQ(set.Find("o"), nullptr);
}

TEST(KeySetTest, RefusesWholeSets) {
  const std::string key = kRfc8037;
  std::string many;
  for (int i = 0; i < 101; ++i)
    many += (i ? ",{\"kid\":\"" : "{\"kid\":\"") + std::to_string(i) + "\"}";
  const std::string secret = *MakeKey(Algorithm::kEdDsa, "k").ToPrivateJson();
  const struct {
    const char* name;
    std::string text;
    const char* want;
  } cases[] = {
      {"no JSON", "keys", "not valid JSON"},
      {"a list", "[" + key + "]", "not an object"},
      {"no list", "{}", "no list"},
      {"keys an object", "{\"keys\":{}}", "no list"},
      {"empty", "{\"keys\":[]}", "it is empty"},
      {"nothing usable", R"({"keys":[{"kty":"oct","kid":"k"}]})", "neither RSA"},
      {"kid twice", "{\"keys\":[" + key + "," + key + "]}", "kid twice"},
      {"member twice", "{\"keys\":[{\"kty\":\"RSA\"," + key.substr(1) + "]}", "occurs twice"},
      {"private", "{\"keys\":[" + key + "," + secret + "]}", "private key"},
      {"101 keys", "{\"keys\":[" + many + "]}", "at most 100"},
      {"too large", "{\"keys\":[" + key + "]}" + std::string(256 * 1024, ' '), "bytes"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(KeySet::Parse(c.text),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.want)))
        << c.name;
  }
}

TEST(KeySetTest, ErrorsCarryNoKeyMaterial) {
  Json key = Json::parse(*MakeKey(Algorithm::kEdDsa, "k").ToPrivateJson());
  const std::string secret = key["d"].get<std::string>();
  key["x"] = Json::parse(kRfc8037)["x"];
  const std::string set = Json{{"keys", Json::array({key})}}.dump();
  EXPECT_THAT(Jwk::Parse(key.dump()).status().ToString(), Not(HasSubstr(secret)));
  EXPECT_THAT(KeySet::Parse(set).status().ToString(), Not(HasSubstr(secret)));
}

TEST(Base64UrlTest, OnlyTheCanonicalText) {
  EXPECT_EQ(Base64UrlEncode("\xFF\xFE\xFD"), "__79");
  EXPECT_EQ(*Base64UrlDecode(""), "");
  EXPECT_EQ(*Base64UrlDecode("YQ"), "a");
  for (const char* text : {"YQ==", "YR", "Y", "Y Q", "YQ\n", "//79", "YQ.", "YQ="}) {
    EXPECT_EQ(Base64UrlDecode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace staraction
