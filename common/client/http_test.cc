#include "common/client/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/synchronization/notification.h"
#include "common/client/http_test_server.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using ::staraction::test::HttpTestServer;
using ::staraction::test::StatusIs;

std::string Redirect(const std::string& target) {
  return HttpTestServer::Response("302 Found", "", "Location: " + target + "\r\n");
}

TEST(HttpGetTest, ReturnsStatusAndBody) {
  HttpTestServer server([](const std::string& path) {
    return path == "/a?b=c" ? HttpTestServer::Response("200 OK", "値")
                            : HttpTestServer::Response("404 Not Found", "no");
  });
  ASSERT_OK_AND_ASSIGN(const HttpResponse good, HttpGet(server.Url("/a?b=c"), {}));
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.body, "値");
  ASSERT_OK_AND_ASSIGN(const HttpResponse bad, HttpGet(server.Url("/x"), {}));
  EXPECT_EQ(bad.status, 404);
}

TEST(HttpGetTest, LimitsTheBodyDeclaredOrNot) {
  HttpTestServer server([](const std::string& path) {
    if (path == "/declared") return HttpTestServer::Response("200 OK", std::string(101, 'x'));
    return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(101, 'x');
  });
  for (const char* path : {"/declared", "/undeclared"}) {
    HttpGetOptions options;
    options.max_bytes = 101;
    EXPECT_OK(HttpGet(server.Url(path), options)) << path;
    options.max_bytes = 100;
    EXPECT_THAT(HttpGet(server.Url(path), options), StatusIs(absl::StatusCode::kResourceExhausted))
        << path;
  }
}

TEST(HttpGetTest, LimitsTheTime) {
  absl::Notification done;
  HttpTestServer server([&](const std::string&) {
    done.WaitForNotification();
    return std::string();
  });
  HttpGetOptions options;
  options.time = absl::Milliseconds(50);
  EXPECT_THAT(HttpGet(server.Url("/"), options), StatusIs(absl::StatusCode::kDeadlineExceeded));
  done.Notify();
}

TEST(HttpGetTest, FollowsFewRedirectsWithinTheScheme) {
  HttpTestServer server([](const std::string& path) {
    if (path == "/ok") return Redirect("/end");
    if (path == "/loop") return Redirect("/loop");
    if (path == "/file") return Redirect("file:///etc/hostname");
    if (path == "/ftp") return Redirect("ftp://127.0.0.1/");
    if (path == "/https") return Redirect("https://127.0.0.1/");
    return HttpTestServer::Response("200 OK", "end");
  });
  ASSERT_OK_AND_ASSIGN(const HttpResponse response, HttpGet(server.Url("/ok"), {}));
  EXPECT_EQ(response.body, "end");
  for (const char* path : {"/loop", "/file", "/ftp", "/https"}) {
    EXPECT_THAT(HttpGet(server.Url(path), {}), StatusIs(absl::StatusCode::kUnavailable)) << path;
  }
}

TEST(HttpGetTest, RefusesWhatIsNoHttp) {
  const struct {
    const char* url;
    absl::StatusCode want;
  } cases[] = {{"", absl::StatusCode::kInvalidArgument},
               {"file:///etc/hostname", absl::StatusCode::kInvalidArgument},
               {"127.0.0.1:80", absl::StatusCode::kInvalidArgument},
               {"http://", absl::StatusCode::kInvalidArgument},
               {"http://127.0.0.1:1/", absl::StatusCode::kUnavailable}};
  for (const auto& c : cases) EXPECT_THAT(HttpGet(c.url, {}), StatusIs(c.want)) << c.url;
}

TEST(HttpGetTest, GarbageIsAnErrorNotACrash) {
  HttpTestServer server([](const std::string& path) {
    return path == "/none" ? std::string() : std::string("\x16\x03\x01 not http");
  });
  for (const char* path : {"/none", "/garbage"}) {
    EXPECT_THAT(HttpGet(server.Url(path), {}), StatusIs(absl::StatusCode::kUnavailable)) << path;
  }
}

}  // namespace
}  // namespace staraction
