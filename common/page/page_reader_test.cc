#include "common/page/page_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/synchronization/notification.h"
#include "common/client/http_test_server.h"
#include "common/testing/status_matchers.h"

namespace staraction::page {
namespace {

using test::HttpTestServer;
using ::testing::HasSubstr;

std::string Html(const std::string& body) {
  return HttpTestServer::Response("200 OK", body, "Content-Type: text/html; charset=utf-8\r\n");
}
std::string Redirect(const std::string& target) {
  return HttpTestServer::Response("302 Found", "", "Location: " + target + "\r\n");
}
// "127.0.0.1:port" of a server.
std::string AddressOf(const HttpTestServer& server) {
  const std::string url = server.Url("");
  return url.substr(sizeof("http://") - 1);
}

PageReading Read(const std::string& url, const std::vector<std::string>& allowed,
                 absl::Duration time = absl::Seconds(5)) {
  const auto reading = ProcessPageReader(PAGE_PROGRAM, allowed).Read(url, time);
  EXPECT_OK(reading);
  return reading.value_or(PageReading());
}

TEST(PageReader, ReadsPagesThatMayBeAsked) {
  HttpTestServer server([](const std::string& path) {
    if (path == "/moved") return Redirect("/policy");
    if (path == "/none") return HttpTestServer::Response("404 Not Found", "", "");
    if (path == "/picture")
      return HttpTestServer::Response("200 OK", "\x89PNG", "Content-Type: image/png\r\n");
    return Html("<h1>基本方針</h1>");
  });
  const std::vector<std::string> allowed = {AddressOf(server)};
  const PageReading policy = Read(server.Url("/policy"), allowed);
  EXPECT_EQ(policy.outcome, Outcome::kPage);
  EXPECT_EQ(policy.http_status, 200);
  EXPECT_THAT(policy.text, HasSubstr("基本方針"));
  EXPECT_EQ(policy.charset, "utf-8");
  EXPECT_EQ(policy.sha256.size(), 64u);
  const PageReading moved = Read(server.Url("/moved"), allowed);
  EXPECT_EQ(moved.outcome, Outcome::kPage);
  EXPECT_EQ(moved.url, server.Url("/policy"));
  EXPECT_EQ(Read(server.Url("/none"), allowed).http_status, 404);
  EXPECT_EQ(Read(server.Url("/picture"), allowed).outcome, Outcome::kUnreadable);
}

TEST(PageReader, RefusesAddressesInsideAlsoBehindRedirects) {
  HttpTestServer inside([](const std::string&) { return Html("秘密"); });
  HttpTestServer server([&](const std::string& path) {
    if (path == "/private") return Redirect(inside.Url("/"));
    if (path == "/metadata") return Redirect("http://169.254.169.254/latest/meta-data/");
    if (path == "/six") return Redirect("http://[::1]/");
    if (path == "/mapped") return Redirect("http://[::ffff:127.0.0.1]/");
    return Redirect("http://localhost:" + AddressOf(inside).substr(sizeof("127.0.0.1")));
  });
  for (const char* path : {"/private", "/metadata", "/six", "/mapped", "/by-name"}) {
    EXPECT_EQ(Read(server.Url(path), {AddressOf(server)}).outcome, Outcome::kRefused) << path;
  }
  EXPECT_EQ(inside.requests(), 0);
  const int before = server.requests();
  EXPECT_EQ(Read(server.Url("/"), {}).outcome, Outcome::kRefused);
  EXPECT_EQ(server.requests(), before) << "nothing is allowed, so nothing is asked";
  for (const char* url : {"file:///etc/hostname", "ftp://example.jp/", "gopher://127.0.0.1/", ""}) {
    EXPECT_EQ(Read(url, {}).outcome, Outcome::kRefused) << url;
  }
}

TEST(PageReader, GivesUpOnSlowHugeAndEndlessSites) {
  absl::Notification done;
  HttpTestServer server([&](const std::string& path) {
    if (path == "/huge") return Html(std::string(5 << 20, 'x'));
    if (path == "/loop") return Redirect("/loop");
    if (path == "/scheme") return Redirect("file:///etc/hostname");
    done.WaitForNotification();
    return std::string();
  });
  const std::vector<std::string> allowed = {AddressOf(server)};
  EXPECT_EQ(Read(server.Url("/huge"), allowed).outcome, Outcome::kTooLarge);
  EXPECT_EQ(Read(server.Url("/loop"), allowed).outcome, Outcome::kNoAnswer);
  EXPECT_EQ(Read(server.Url("/scheme"), allowed).outcome, Outcome::kNoAnswer);
  EXPECT_EQ(Read(server.Url("/slow"), allowed, absl::Seconds(1)).outcome, Outcome::kTooSlow);
  done.Notify();
  EXPECT_EQ(Read(server.Url("/huge"), allowed, absl::ZeroDuration()).outcome, Outcome::kTooSlow);
}

TEST(PageReader, WhatTheProgramSaysIsCheckedToo) {
  PageReading reading;
  reading.outcome = Outcome::kPage;
  reading.http_status = 200;
  reading.text = "方針\n\"x\"";
  reading.scripts = true;
  const PageReading back = FromJson(ToJson(reading));
  EXPECT_EQ(back.outcome, Outcome::kPage);
  EXPECT_EQ(back.text, reading.text);
  EXPECT_TRUE(back.scripts);
  for (const char* bad : {"", "[]", "{}", "{\"outcome\":\"PAGE\"}", "{\"outcome\":3}"}) {
    EXPECT_EQ(FromJson(bad).outcome, Outcome::kUnreadable) << bad;
  }
  const auto failing = ProcessPageReader("/bin/false", {}).Read("http://x/", absl::Seconds(1));
  ASSERT_OK(failing);
  EXPECT_EQ(failing->outcome, Outcome::kUnreadable);
  EXPECT_FALSE(ProcessPageReader("/no/such/program", {}).Read("x", absl::Seconds(1)).ok());
}

}  // namespace
}  // namespace staraction::page
