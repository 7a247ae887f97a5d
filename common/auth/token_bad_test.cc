#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <functional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/auth/internal_token.h"
#include "common/auth/test_tokens.h"
#include "common/auth/token.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"

// Every class of token that must be refused, one line each, made from good ones by a single change.
namespace staraction {
namespace {

using ::staraction::test::Assemble;
using ::staraction::test::kClient;
using ::staraction::test::kEngagement;
using ::staraction::test::kIssuer;
using ::staraction::test::kLink;
using ::staraction::test::kMember;
using ::staraction::test::kNowSeconds;
using ::staraction::test::kOrganization;
using ::testing::HasSubstr;
using Json = nlohmann::json;

// Keys and verifier of all tests here; RSA keys take long to make.
struct World {
  Jwk rsa = test::MakeKey(Algorithm::kRs256, "rsa");
  Jwk ec = test::MakeKey(Algorithm::kEs256, "ec");
  Jwk ed = test::MakeKey(Algorithm::kEdDsa, "ed");
  Jwk stranger = test::MakeKey(Algorithm::kEdDsa, "ed");
  Jwk engagement = test::MakeKey(Algorithm::kEdDsa, "engagement");
  Jwk training = test::MakeKey(Algorithm::kEdDsa, "training");
  Jwk admin = test::MakeKey(Algorithm::kEdDsa, "operator");
  std::unique_ptr<TokenVerifier> verifier;

  World() {
    TokenVerifierOptions options;
    options.user_issuers = {{.issuer = kIssuer, .keys = *StaticKeys(ToPublicJwks({rsa, ec, ed}))}};
    options.internal_keys = *StaticKeys(ToPublicJwks({engagement, training, admin}));
    verifier = *TokenVerifier::Create(std::move(options), [] { return test::Now(); });
  }
};

World& TheWorld() {
  static World& world = *new World;
  return world;
}

Json UserHeader() {
  return {{"alg", "EdDSA"}, {"kid", "ed"}, {"typ", "at+jwt"}};
}

Json UserClaims() {
  return {{"iss", kIssuer},     {"aud", "staraction"},
          {"sub", "taro"},      {"organization", kOrganization},
          {"iat", kNowSeconds}, {"exp", kNowSeconds + 600}};
}

Json Without(Json json, const std::string& name) {
  json.erase(name);
  return json;
}

Json With(Json json, const std::string& name, const Json& value) {
  json[name] = value;
  return json;
}

// A user's token with these parts.
std::string User(const Json& header, const Json& claims) {
  return Assemble(header.dump(), claims.dump(), TheWorld().ed);
}
std::string UserWith(const std::string& name, const Json& value) {
  return User(UserHeader(), With(UserClaims(), name, value));
}
std::string HeaderWith(const std::string& name, const Json& value) {
  return User(With(UserHeader(), name, value), UserClaims());
}
std::string Good() {
  return User(UserHeader(), UserClaims());
}
std::string GoodEc() {
  return Assemble(Json({{"alg", "ES256"}, {"kid", "ec"}}).dump(), UserClaims().dump(),
                  TheWorld().ec);
}

// The signature replaced by `change` of it.
std::string Resigned(const std::string& token,
                     const std::function<std::string(const std::string&)>& change) {
  const size_t dot = token.rfind('.');
  return token.substr(0, dot + 1) +
         Base64UrlEncode(change(*Base64UrlDecode(token.substr(dot + 1))));
}

std::string SignedWithPublicKeyText(const std::string& key_text) {
  const std::string input = Base64UrlEncode(Json({{"alg", "HS256"}, {"kid", "rsa"}}).dump()) + "." +
                            Base64UrlEncode(UserClaims().dump());
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key_text.data(), static_cast<int>(key_text.size()),
       reinterpret_cast<const unsigned char*>(input.data()), input.size(), mac, &size);
  return input + "." + Base64UrlEncode(std::string(reinterpret_cast<char*>(mac), size));
}

// A DER sequence of the two integers, as OpenSSL itself would write it.
std::string ToDer(const std::string& raw) {
  std::string body;
  for (const std::string& half : {raw.substr(0, 32), raw.substr(32)}) {
    std::string number = half.substr(std::min(half.find_first_not_of('\0'), half.size() - 1));
    if (static_cast<unsigned char>(number[0]) >= 0x80) number.insert(0, 1, '\0');
    body += absl::StrCat("\x02", std::string(1, static_cast<char>(number.size())), number);
  }
  return absl::StrCat("\x30", std::string(1, static_cast<char>(body.size())), body);
}

struct BadToken {
  const char* name;
  std::string token;
  const char* cause;  // Part of the log note: refused for the right reason.
};

// So many classes at least, all tests of this file together.
constexpr size_t kClasses = 160;
size_t refused_classes = 0;

class ClassesCounted : public testing::Environment {
  void TearDown() override {
    const testing::UnitTest& all = *testing::UnitTest::GetInstance();
    if (all.test_to_run_count() == all.total_test_count()) {
      EXPECT_GE(refused_classes, kClasses);
    }
  }
};
const auto* const kCounted = testing::AddGlobalTestEnvironment(new ClassesCounted);

void ExpectRefused(const std::vector<BadToken>& cases) {
  refused_classes += cases.size();
  std::set<std::string> names;
  for (const BadToken& c : cases) {
    EXPECT_TRUE(names.insert(c.name).second) << "name used twice: " << c.name;
    const absl::Status status = TheWorld().verifier->Verify(c.token).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << c.name;
    EXPECT_EQ(ReasonOf(status), error::v1::ERROR_REASON_CREDENTIAL_INVALID) << c.name;
    EXPECT_EQ(status.message(), "the credential is not valid") << c.name;
    EXPECT_THAT(LogText(status), HasSubstr(c.cause)) << c.name;
    // What leaves the process must not carry the cause.
    EXPECT_THAT(ToWire(status, "d", Language::kEnglish).SerializeAsString(),
                testing::Not(HasSubstr(c.cause)))
        << c.name;
  }
}

TEST(BadTokenTest, TheGoodOnesAreGood) {
  EXPECT_OK(TheWorld().verifier->Verify(Good()));
  EXPECT_OK(TheWorld().verifier->Verify(GoodEc()));
}

TEST(BadTokenTest, Form) {
  const std::string good = Good();
  const std::string header = good.substr(0, good.find('.'));
  const std::string rest = good.substr(good.find('.'));
  ExpectRefused({
      {"empty", "", "three parts"},
      {"words", "not a token", "three parts"},
      {"two parts", good.substr(0, good.rfind('.')), "three parts"},
      {"four parts", good + ".x", "three parts"},
      {"five parts like an encrypted one", good + ".x.y", "three parts"},
      {"dots only", "..", "header"},
      {"empty payload", header + "..AAAA", "payload"},
      {"empty signature", good.substr(0, good.rfind('.') + 1), "signature is empty"},
      {"truncated by one", good.substr(0, good.size() - 1), "signature"},
      {"truncated by half", good.substr(0, good.size() / 2), "three parts"},
      {"one character more", good + "A", "signature"},
      {"padding", good + "==", "signature is not base64url"},
      {"padding in the header", header + "=" + rest, "header is not base64url"},
      {"newline inside", header.substr(0, 8) + "\n" + header.substr(8) + rest, "base64url"},
      {"newline at the end", good + "\n", "base64url"},
      {"blank in front", " " + good, "base64url"},
      {"NUL at the end", good + std::string(1, '\0'), "base64url"},
      {"the other base64 alphabet", header + rest.substr(0, rest.rfind('.') + 1) + "ab+/",
       "base64url"},
      {"stray bits at the end", header + rest.substr(0, rest.rfind('.') + 1) + "AB", "base64url"},
      {"1 MB", std::string(1'000'000, 'a'), "too large"},
      {"1 MB signed", UserWith("x", std::string(1'000'000, 'a')), "too large"},
      {"8 KiB and more, signed", UserWith("x", std::string(6200, 'a')), "too large"},
      {"with its scheme", "Bearer " + good, "base64url"},
  });
}

TEST(BadTokenTest, Json) {
  const std::string header = UserHeader().dump();
  const std::string claims = UserClaims().dump();
  const Jwk& key = TheWorld().ed;
  const auto extra = [](std::string json, const std::string& member) {
    return json.insert(json.size() - 1, "," + member);
  };
  ExpectRefused({
      {"header is no JSON", Assemble("alg=none", claims, key), "header: not valid"},
      {"header is a list", Assemble("[]", claims, key), "header: JSON is not"},
      {"payload is no JSON", Assemble(header, "hello", key), "payload: not valid"},
      {"payload is a text", Assemble(header, "\"hello\"", key), "payload: JSON is not"},
      {"payload is null", Assemble(header, "null", key), "payload: JSON is not"},
      {"alg twice", Assemble(extra(header, R"("alg":"EdDSA")"), claims, key), "twice"},
      {"kid twice", Assemble(extra(header, R"("kid":"rsa")"), claims, key), "twice"},
      {"sub twice", Assemble(header, extra(claims, R"("sub":"hanako")"), key), "twice"},
      {"exp twice by escape", Assemble(header, extra(claims, R"("\u0065xp":1)"), key), "twice"},
      {"member twice deep inside", Assemble(header, extra(claims, R"("x":{"a":1,"a":1})"), key),
       "twice"},
      {"text after the payload", Assemble(header, claims + "{}", key), "payload: not valid"},
      {"comment", Assemble(header, claims + "/**/", key), "payload: not valid"},
      {"bad UTF-8", Assemble(header, extra(claims, "\"x\":\"\xFF\""), key), "payload: not valid"},
      {"byte order mark", Assemble("\xEF\xBB\xBF" + header, claims, key), "byte order mark"},
      {"nested deeply",
       Assemble(header, extra(claims, "\"x\":" + std::string(500, '[') + std::string(500, ']')),
                key),
       "nested"},
  });
}

TEST(BadTokenTest, Header) {
  const std::string jwk = TheWorld().stranger.ToPublicJson();
  const std::string good = Good();
  const std::string payload_and_dot =
      good.substr(good.find('.'), good.rfind('.') + 1 - good.find('.'));
  const auto unsigned_with = [&](const char* alg) {
    return Base64UrlEncode(Json({{"alg", alg}, {"kid", "ed"}}).dump()) + payload_and_dot;
  };
  ExpectRefused({
      {"none", unsigned_with("none"), "not allowed"},
      {"None", unsigned_with("None"), "not allowed"},
      {"none, signed", HeaderWith("alg", "none"), "not allowed"},
      {"alg empty", HeaderWith("alg", ""), "no usable alg"},
      {"alg missing", User(Without(UserHeader(), "alg"), UserClaims()), "no usable alg"},
      {"alg a number", HeaderWith("alg", 1), "no usable alg"},
      {"alg a list", HeaderWith("alg", {"EdDSA"}), "no usable alg"},
      {"alg in lower case", HeaderWith("alg", "eddsa"), "not allowed"},
      {"RS512", HeaderWith("alg", "RS512"), "not allowed"},
      {"PS256", HeaderWith("alg", "PS256"), "not allowed"},
      {"ES384", HeaderWith("alg", "ES384"), "not allowed"},
      {"HS256 with the public key's text", SignedWithPublicKeyText(TheWorld().rsa.ToPublicJson()),
       "not allowed"},
      {"HS256 with an empty key", SignedWithPublicKeyText(""), "not allowed"},
      {"kid missing", User(Without(UserHeader(), "kid"), UserClaims()), "no usable kid"},
      {"kid empty", HeaderWith("kid", ""), "no usable kid"},
      {"kid a number", HeaderWith("kid", 7), "no usable kid"},
      {"kid unknown", HeaderWith("kid", "nobody"), "kid is unknown"},
      {"kid a path", HeaderWith("kid", "../../dev/null"), "kid is unknown"},
      {"kid of 300 bytes", HeaderWith("kid", std::string(300, 'k')), "no usable kid"},
      {"key type differs from alg", HeaderWith("kid", "rsa"), "algorithm is not the key's"},
      {"alg differs from key type", HeaderWith("alg", "RS256"), "algorithm is not the key's"},
      {"jku", HeaderWith("jku", "https://evil.example/keys"), "header has jku"},
      {"jwk",
       Assemble(With(UserHeader(), "jwk", Json::parse(jwk)).dump(), UserClaims().dump(),
                TheWorld().stranger),
       "header has jwk"},
      {"x5u", HeaderWith("x5u", "https://evil.example/cert"), "header has x5u"},
      {"x5c", HeaderWith("x5c", {"MIIB"}), "header has x5c"},
      {"crit", User(With(With(UserHeader(), "crit", {"x"}), "x", 1), UserClaims()),
       "header has crit"},
      {"crit empty", HeaderWith("crit", Json::array()), "header has crit"},
      {"b64 false", HeaderWith("b64", false), "header has b64"},
      {"zip", HeaderWith("zip", "DEF"), "header has zip"},
      {"enc", HeaderWith("enc", "A256GCM"), "header has enc"},
      {"typ of another kind", HeaderWith("typ", "secevent+jwt"), "wrong typ"},
      {"typ of our own", HeaderWith("typ", "sa-service+jwt"), "wrong typ"},
      {"typ a number", HeaderWith("typ", 1), "no usable typ"},
  });
}

TEST(BadTokenTest, Signature) {
  const std::string good = Good();
  const std::string ec = GoodEc();
  const std::string rsa = Assemble(Json({{"alg", "RS256"}, {"kid", "rsa"}}).dump(),
                                   UserClaims().dump(), TheWorld().rsa);
  EXPECT_OK(TheWorld().verifier->Verify(rsa));
  const std::string zeros(32, '\0');
  // The group's order: r and s must be below it.
  const std::string order = *Base64UrlDecode("_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE");
  const auto flip = [](std::string text) {
    text[3] = static_cast<char>(text[3] ^ 1);
    return text;
  };
  ExpectRefused({
      {"another key of the same kid",
       Assemble(UserHeader().dump(), UserClaims().dump(), TheWorld().stranger),
       "signature is wrong"},
      {"one bit, Ed25519", Resigned(good, flip), "signature is wrong"},
      {"one bit, RSA", Resigned(rsa, flip), "signature is wrong"},
      {"one bit, EC", Resigned(ec, flip), "signature is wrong"},
      {"payload of another",
       absl::StrReplaceAll(good, {{Base64UrlEncode(UserClaims().dump()),
                                   Base64UrlEncode(With(UserClaims(), "sub", "hanako").dump())}}),
       "signature is wrong"},
      {"short, Ed25519", Resigned(good, [](auto s) { return s.substr(1); }), "wrong"},
      {"long, Ed25519", Resigned(good, [](auto s) { return s + "x"; }), "wrong"},
      {"zeros, Ed25519", Resigned(good, [](auto s) { return std::string(s.size(), '\0'); }),
       "wrong"},
      {"short, RSA", Resigned(rsa, [](auto s) { return s.substr(1); }), "wrong"},
      {"leading zero, RSA", Resigned(rsa, [](auto s) { return std::string(1, '\0') + s; }),
       "wrong"},
      {"zeros, RSA", Resigned(rsa, [](auto s) { return std::string(s.size(), '\0'); }), "wrong"},
      {"r and s zero", Resigned(ec, [&](auto) { return zeros + zeros; }), "wrong"},
      {"r zero", Resigned(ec, [&](auto s) { return zeros + s.substr(32); }), "wrong"},
      {"s zero", Resigned(ec, [&](auto s) { return s.substr(0, 32) + zeros; }), "wrong"},
      {"r and s the order", Resigned(ec, [&](auto) { return order + order; }), "wrong"},
      {"r and s swapped", Resigned(ec, [](auto s) { return s.substr(32) + s.substr(0, 32); }),
       "wrong"},
      {"DER instead of raw", Resigned(ec, ToDer), "wrong"},
      {"r and s of 48 bytes", Resigned(ec, [&](auto s) { return s + zeros; }), "wrong"},
  });
}

TEST(BadTokenTest, Claims) {
  ExpectRefused({
      {"iss missing", User(UserHeader(), Without(UserClaims(), "iss")), "iss is missing"},
      {"iss of another", UserWith("iss", "https://evil.example"), "not trusted"},
      {"iss with a slash", UserWith("iss", std::string(kIssuer) + "/"), "not trusted"},
      {"iss a list", UserWith("iss", {kIssuer}), "iss is not a text"},
      {"iss our own", UserWith("iss", "staraction-internal"), "wrong typ"},
      {"aud missing", User(UserHeader(), Without(UserClaims(), "aud")), "wrong aud"},
      {"aud of another", UserWith("aud", "other"), "wrong aud"},
      {"aud beginning alike", UserWith("aud", "staraction2"), "wrong aud"},
      {"aud in capitals", UserWith("aud", "StarAction"), "wrong aud"},
      {"aud an empty list", UserWith("aud", Json::array()), "wrong aud"},
      {"aud a list of others", UserWith("aud", {"a", "b"}), "wrong aud"},
      {"aud a list with a number", UserWith("aud", {"staraction", 1}), "wrong aud"},
      {"aud an object", UserWith("aud", {{"staraction", true}}), "wrong aud"},
      {"sub missing", User(UserHeader(), Without(UserClaims(), "sub")), "sub is missing"},
      {"sub empty", UserWith("sub", ""), "sub is not a text"},
      {"sub a number", UserWith("sub", 12), "sub is not a text"},
      {"sub of 256 bytes", UserWith("sub", std::string(256, 's')), "sub is not a text"},
      {"sub with a newline", UserWith("sub", "taro\nadmin"), "sub is not a text"},
      {"sub with NUL", UserWith("sub", std::string("taro\0x", 6)), "NUL"},
      {"organization missing", User(UserHeader(), Without(UserClaims(), "organization")),
       "organization is missing"},
      {"organization no UUID", UserWith("organization", "acme"), "organization is not a UUID"},
      {"organization in capitals", UserWith("organization", "0190A000-0000-7000-8000-000000000001"),
       "organization is not a UUID"},
      {"organizations as a list", UserWith("organization", {kOrganization}),
       "organization is not a text"},
      {"exp missing", User(UserHeader(), Without(UserClaims(), "exp")), "exp is missing"},
      {"exp null", UserWith("exp", nullptr), "exp is not a time"},
      {"exp a text", UserWith("exp", "2000000000"), "exp is not a time"},
      {"exp negative", UserWith("exp", -1), "exp is not a time"},
      {"exp beyond all years", UserWith("exp", 1e300), "exp is not a time"},
      {"exp in milliseconds", UserWith("exp", (kNowSeconds + 600) * 1000), "exp is not a time"},
      {"exp past the skew",
       User(UserHeader(), With(Without(UserClaims(), "iat"), "exp", kNowSeconds - 60)),
       "has expired"},
      {"nbf beyond the skew", UserWith("nbf", kNowSeconds + 61), "nbf"},
      {"nbf a text", UserWith("nbf", "now"), "nbf is not a time"},
      {"iat from the future", UserWith("iat", kNowSeconds + 61), "iat"},
      {"iat a text", UserWith("iat", "now"), "iat is not a time"},
      {"iat at exp", UserWith("exp", kNowSeconds), "iat is not before exp"},
  });
}

// Our own tokens: header and claims as README.md has them, signed by `key`.
std::string Internal(const InternalTokenRule& rule, const Jwk& key, const Json& patch,
                     const std::string& missing = "") {
  Json claims = {{"iss", kInternalIssuer},
                 {"aud", kInternalAudience},
                 {"iat", kNowSeconds},
                 {"exp", kNowSeconds + 300}};
  if (&rule == &kServiceToken) {
    claims.update({{"sub", "training"}, {"organization", kOrganization}});
  } else if (&rule == &kOperatorToken) {
    claims["sub"] = "operator";
  } else {
    claims.update({{"sub", kLink},
                   {"organization", kOrganization},
                   {"client", kClient},
                   {"engagement", kEngagement},
                   {"members", Json::array({kMember})},
                   {"channel", "LINK"},
                   {"second_factor", false}});
  }
  if (!patch.is_null()) claims.update(patch);
  if (!missing.empty()) claims.erase(missing);
  const Json header = {{"alg", "EdDSA"}, {"kid", key.kid()}, {"typ", rule.type}};
  return Assemble(header.dump(), claims.dump(), key);
}

TEST(BadTokenTest, Services) {
  const World& w = TheWorld();
  EXPECT_OK(w.verifier->Verify(Internal(kServiceToken, w.training, {})));
  ExpectRefused({
      {"sub of another service", Internal(kServiceToken, w.training, {{"sub", "engagement"}}),
       "sub is not the service"},
      {"kid of another service", Internal(kServiceToken, w.engagement, {}),
       "sub is not the service"},
      {"a service called operator", Internal(kServiceToken, w.admin, {{"sub", "operator"}}),
       "operator's key"},
      {"a user's key", Internal(kServiceToken, w.ed, {{"sub", "ed"}}), "kid is unknown"},
      {"lifetime", Internal(kServiceToken, w.training, {{"exp", kNowSeconds + 301}}), "lifetime"},
      {"iat missing", Internal(kServiceToken, w.training, {}, "iat"), "iat is missing"},
      {"organization missing", Internal(kServiceToken, w.training, {}, "organization"),
       "organization is missing"},
      {"client no UUID", Internal(kServiceToken, w.training, {{"client", "c"}}), "client is not"},
      {"client empty", Internal(kServiceToken, w.training, {{"client", ""}}), "client is not"},
      {"client null", Internal(kServiceToken, w.training, {{"client", nullptr}}), "client is not"},
      {"skew",
       Internal(kServiceToken, w.training, {{"iat", kNowSeconds - 100}, {"exp", kNowSeconds - 5}}),
       "has expired"},
      {"from the future", Internal(kServiceToken, w.training, {{"iat", kNowSeconds + 6}}), "iat"},
      {"aud", Internal(kServiceToken, w.training, {{"aud", "other"}}), "wrong aud"},
      {"iss of a user issuer", Internal(kServiceToken, w.training, {{"iss", kIssuer}}),
       "wrong typ"},
  });
}

TEST(BadTokenTest, ParticipantsAndOperators) {
  const World& w = TheWorld();
  const std::string other_member = absl::StrReplaceAll(kMember, {{kClient, kLink}});
  EXPECT_OK(w.verifier->Verify(Internal(kParticipantToken, w.engagement, {})));
  EXPECT_OK(w.verifier->Verify(Internal(kOperatorToken, w.admin, {})));
  const auto participant = [&](const Json& patch) {
    return Internal(kParticipantToken, w.engagement, patch);
  };
  ExpectRefused({
      {"participant by another service", Internal(kParticipantToken, w.training, {}),
       "key may not"},
      {"participant by the operator", Internal(kParticipantToken, w.admin, {}), "key may not"},
      {"participant's lifetime", participant({{"exp", kNowSeconds + 901}}), "lifetime"},
      {"link missing", Internal(kParticipantToken, w.engagement, {}, "sub"), "sub is missing"},
      {"link no UUID", participant({{"sub", "link"}}), "sub is not a UUID"},
      {"client missing", Internal(kParticipantToken, w.engagement, {}, "client"), "client"},
      {"engagement missing", Internal(kParticipantToken, w.engagement, {}, "engagement"),
       "engagement is missing"},
      {"members missing", Internal(kParticipantToken, w.engagement, {}, "members"), "members"},
      {"members empty", participant({{"members", Json::array()}}), "members"},
      {"members a text", participant({{"members", kMember}}), "members"},
      {"members of numbers", participant({{"members", {1}}}), "members"},
      {"member of another client", participant({{"members", {kMember, other_member}}}), "members"},
      {"member with more behind", participant({{"members", {absl::StrCat(kMember, "/x")}}}),
       "members"},
      {"21 members", participant({{"members", std::vector<std::string>(21, kMember)}}), "members"},
      {"channel missing", Internal(kParticipantToken, w.engagement, {}, "channel"), "channel"},
      {"channel of another kind", participant({{"channel", "PAPER"}}), "channel"},
      {"second_factor missing", Internal(kParticipantToken, w.engagement, {}, "second_factor"),
       "second_factor"},
      {"second_factor a text", participant({{"second_factor", "true"}}), "second_factor"},
      {"operator by a service", Internal(kOperatorToken, w.engagement, {}), "key may not"},
      {"operator by another name", Internal(kOperatorToken, w.admin, {{"sub", "root"}}),
       "sub is not operator"},
      {"operator without sub", Internal(kOperatorToken, w.admin, {}, "sub"), "sub is not operator"},
      {"operator's lifetime", Internal(kOperatorToken, w.admin, {{"exp", kNowSeconds + 3601}}),
       "lifetime"},
  });
}

// Every single bit of a good token counts: flipping one never yields a good token.
TEST(BadTokenTest, NoBitMayDiffer) {
  const std::string good = GoodEc();
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_THAT(TheWorld().verifier->Verify(bad),
                test::StatusIs(absl::StatusCode::kUnauthenticated))
        << "character " << i;
  }
}

}  // namespace
}  // namespace staraction
