#include "common/auth/key_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/auth/signer.h"
#include "common/auth/test_tokens.h"
#include "common/auth/token.h"
#include "common/client/http_test_server.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using ::staraction::test::HttpTestServer;
using ::staraction::test::kIssuer;
using ::staraction::test::kOrganization;
using ::staraction::test::MakeKey;
using ::staraction::test::StatusIs;
using ::testing::HasSubstr;

// Two keys, a clock that stands still unless moved, and tokens that live a day.
class KeySourceTest : public testing::Test {
 protected:
  Clock clock() {
    return [this] { return test::Now() + absl::Seconds(passed_.load()); };
  }

  std::unique_ptr<TokenVerifier> Verifier(std::shared_ptr<KeySource> keys) {
    TokenVerifierOptions options;
    options.user_issuers = {{.issuer = kIssuer, .keys = std::move(keys)}};
    return *TokenVerifier::Create(std::move(options), clock());
  }

  std::string Token(const Jwk& key) {
    return *TokenSigner(key, clock())
                .User({.issuer = kIssuer,
                       .subject = "taro",
                       .organization = kOrganization,
                       .lifetime = absl::Hours(24)});
  }

  const Jwk first_ = MakeKey(Algorithm::kEdDsa, "first");
  const Jwk second_ = MakeKey(Algorithm::kEs256, "second");
  std::atomic<int> passed_ = 0;
};

class FileKeysTest : public KeySourceTest {
 protected:
  // As an operator should: a new file renamed over the old one.
  void Replace(const std::string& content) {
    test::WriteFile(path_ + ".new", content);
    ASSERT_EQ(std::rename((path_ + ".new").c_str(), path_.c_str()), 0);
  }

  const std::string path_ = testing::TempDir() + "/keys.json";
  std::vector<absl::Status> problems_;
  const KeyProblemObserver observer_ = [this](const absl::Status& s) { problems_.push_back(s); };
};

TEST_F(FileKeysTest, RotationWithoutAFailedRequest) {
  Replace(ToPublicJwks({first_}));
  ASSERT_OK_AND_ASSIGN(const auto keys, FileKeys(path_, clock(), observer_));
  const auto verifier = Verifier(keys);
  const std::string token = Token(first_);
  EXPECT_OK(verifier->Verify(token));

  // No time passes: the unknown kid makes it look.
  Replace(ToPublicJwks({first_, second_}));
  EXPECT_OK(verifier->Verify(Token(second_)));
  EXPECT_OK(verifier->Verify(token));

  // A withdrawn key ends its tokens within a second, remembered ones too.
  Replace(ToPublicJwks({second_}));
  passed_ += 1;
  EXPECT_THAT(verifier->Verify(token), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_OK(verifier->Verify(Token(second_)));
  EXPECT_TRUE(problems_.empty());
}

TEST_F(FileKeysTest, LastGoodKeysStay) {
  Replace(ToPublicJwks({first_}));
  ASSERT_OK_AND_ASSIGN(const auto keys, FileKeys(path_, clock(), observer_));
  const auto before = keys->Current();
  const std::string cases[] = {"", "{\"keys\":[", "{\"keys\":[]}", std::string(300'000, ' ')};
  for (const std::string& content : cases) {
    Replace(content);
    passed_ += 1;
    EXPECT_EQ(keys->Current(), before) << content.substr(0, 20);
  }
  std::remove(path_.c_str());
  passed_ += 1;
  EXPECT_EQ(keys->Current(), before);
  // Each is told once, not at every look.
  passed_ += 1;
  EXPECT_EQ(keys->LookAgain(), before);
  ASSERT_EQ(problems_.size(), 5u);
  for (const absl::Status& problem : problems_) {
    EXPECT_THAT(problem.message(), HasSubstr("keys.json"));
  }
  Replace(ToPublicJwks({second_}));
  passed_ += 1;
  EXPECT_NE(keys->Current()->Find("second"), nullptr);
}

TEST_F(FileKeysTest, StartsOnlyWithGoodKeys) {
  EXPECT_THAT(FileKeys("/nowhere/keys.json", clock()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/keys.json")));
  Replace("{}");
  EXPECT_THAT(FileKeys(path_, clock()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("keys.json")));
}

class UrlKeysTest : public KeySourceTest {
 protected:
  UrlKeysTest()
      : server_([this](const std::string&) {
          absl::MutexLock lock(&mutex_);
          return response_;
        }) {
    // The thread's own pace must not play a part, but where a test wants it.
    options_.refresh = absl::Hours(1);
    options_.min_interval = absl::Minutes(10);
    options_.on_problem = [this](const absl::Status&) { ++problems_; };
  }

  void Serve(const std::string& body, const std::string& status = "200 OK") {
    absl::MutexLock lock(&mutex_);
    response_ = HttpTestServer::Response(status, body);
  }

  std::shared_ptr<KeySource> Keys() { return UrlKeys(server_.Url("/keys"), options_, clock()); }

  absl::Mutex mutex_;
  std::string response_;
  UrlKeysOptions options_;
  std::atomic<int> problems_ = 0;
  HttpTestServer server_;
};

TEST_F(UrlKeysTest, RotationWithoutAFailedRequest) {
  Serve(ToPublicJwks({first_}));
  const auto verifier = Verifier(Keys());
  EXPECT_OK(verifier->Verify(Token(first_)));
  EXPECT_EQ(server_.requests(), 1);

  Serve(ToPublicJwks({first_, second_}));
  passed_ += 600;
  EXPECT_OK(verifier->Verify(Token(second_)));
  EXPECT_EQ(server_.requests(), 2);
}

TEST_F(UrlKeysTest, UnknownKidsDoNotFloodTheIssuer) {
  Serve(ToPublicJwks({first_}));
  const auto verifier = Verifier(Keys());
  EXPECT_OK(verifier->Verify(Token(first_)));
  passed_ += 600;
  for (int i = 0; i < 50; ++i) {
    const Jwk invented = MakeKey(Algorithm::kEdDsa, "k" + std::to_string(i));
    EXPECT_THAT(verifier->Verify(Token(invented)), StatusIs(absl::StatusCode::kUnauthenticated));
  }
  EXPECT_EQ(server_.requests(), 2);
}

TEST_F(UrlKeysTest, ManyAtOnceWaitForOneFetch) {
  Serve(ToPublicJwks({first_}));
  const auto verifier = Verifier(Keys());
  ASSERT_OK(verifier->Verify(Token(first_)));
  Serve(ToPublicJwks({first_, second_}));
  passed_ += 600;
  const std::string token = Token(second_);
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { good += verifier->Verify(token).ok() ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 8);
  EXPECT_EQ(server_.requests(), 2);
}

TEST_F(UrlKeysTest, IssuerDownAtTheStart) {
  Serve("", "503 Service Unavailable");
  const auto verifier = Verifier(Keys());
  EXPECT_THAT(verifier->Verify(Token(first_)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(verifier->Verify(Token(first_)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(server_.requests(), 1) << "asked again too soon";
  Serve(ToPublicJwks({first_}));
  passed_ += 600;
  EXPECT_OK(verifier->Verify(Token(first_)));
}

TEST_F(UrlKeysTest, LastGoodKeysStay) {
  Serve(ToPublicJwks({first_}));
  const auto keys = Keys();
  const auto before = keys->LookAgain();
  ASSERT_NE(before, nullptr);
  std::string many = "{\"keys\":[";
  for (int i = 0; i < 10'000; ++i) many += "{},";
  const std::pair<std::string, std::string> cases[] = {
      {ToPublicJwks({second_}), "500 Internal Server Error"},
      {ToPublicJwks({second_}), "404 Not Found"},
      {"<html>", "200 OK"},
      {"", "200 OK"},
      {"{\"keys\":[]}", "200 OK"},
      {many + "{}]}", "200 OK"},
      {"{\"keys\":[" + *second_.ToPrivateJson() + "]}", "200 OK"},
      {std::string(300'000, ' '), "200 OK"}};
  int expected = 0;
  for (const auto& [body, status] : cases) {
    Serve(body, status);
    passed_ += 600;
    EXPECT_EQ(keys->LookAgain(), before) << status << " " << body.substr(0, 30);
    EXPECT_EQ(problems_, ++expected) << status << " " << body.substr(0, 30);
  }
}

TEST_F(UrlKeysTest, EqualKeysKeepThePointer) {
  Serve(ToPublicJwks({first_}));
  const auto keys = Keys();
  const auto before = keys->LookAgain();
  passed_ += 600;
  EXPECT_EQ(keys->LookAgain(), before);
  EXPECT_EQ(server_.requests(), 2);
}

TEST_F(UrlKeysTest, ItsThreadRefreshes) {
  options_.refresh = absl::Milliseconds(5);
  Serve(ToPublicJwks({first_}));
  const auto verifier = Verifier(Keys());
  const std::string token = Token(first_);
  ASSERT_OK(verifier->Verify(token));
  Serve(ToPublicJwks({second_}));
  // The clock stands still, so only the thread can have fetched. ctest's time limit ends a failure.
  while (verifier->Verify(token).ok()) std::this_thread::yield();
  EXPECT_OK(verifier->Verify(Token(second_)));
}

TEST_F(UrlKeysTest, ASlowIssuerHoldsNobodyLong) {
  absl::Notification done;
  HttpTestServer slow([&](const std::string&) {
    done.WaitForNotification();
    return std::string();
  });
  options_.fetch_time = absl::Milliseconds(50);
  {
    const auto verifier = Verifier(UrlKeys(slow.Url("/"), options_, clock()));
    EXPECT_THAT(verifier->Verify(Token(first_)), StatusIs(absl::StatusCode::kUnavailable));
  }
  EXPECT_EQ(problems_, 1);
  done.Notify();
}

}  // namespace
}  // namespace staraction
