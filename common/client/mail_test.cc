#include "common/client/mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/client/smtp_test_server.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using test::SmtpTestServer;
using testing::HasSubstr;
using testing::Not;
using Result = MailOutcome::Result;

Mail Example(const std::string& to) {
  Mail mail;
  mail.from = {"office@consult.test", "NPO法人 ITコーディネータ北浜"};
  mail.to = {to, "髙橋 𠮷子"};
  mail.subject = "【株式会社北浜精密製作所】情報セキュリティの取り組みへのご協力のお願い（再送）";
  mail.body = "髙橋 𠮷子 様\n\n次の内容をお願いします。\n.\n・誓約書\n";
  mail.message_id = "0190a000@consult.test";
  mail.date = absl::FromUnixSeconds(1'800'000'000);
  return mail;
}

SmtpOptions Plain(const SmtpTestServer& server) {
  SmtpOptions options;
  options.server = server.address();
  options.security = SmtpOptions::Security::kNone;
  options.time = absl::Seconds(10);
  return options;
}

TEST(MailTest, ArrivesAsItWasWritten) {
  SmtpTestServer server;
  MailSender sender(Plain(server));
  Mail mail = Example("naoko@client.test");
  mail.reply_to = "reply@consult.test";
  for (int i = 0; i < 2; ++i) {  // the second over the same connection
    const MailOutcome outcome = sender.Send(mail);
    ASSERT_EQ(outcome.result, Result::kSent) << outcome.detail;
    EXPECT_EQ(outcome.code, 250);
    const auto got = server.Next();
    EXPECT_EQ(got["from"], "office@consult.test");
    EXPECT_EQ(got["to"][0], "naoko@client.test");
    EXPECT_EQ(got["headers"]["Subject"], mail.subject);
    EXPECT_EQ(got["headers"]["From"], "NPO法人 ITコーディネータ北浜 <office@consult.test>");
    EXPECT_EQ(got["headers"]["To"], "髙橋 𠮷子 <naoko@client.test>");
    EXPECT_EQ(got["headers"]["Reply-To"], "reply@consult.test");
    EXPECT_EQ(got["headers"]["Message-ID"], "<0190a000@consult.test>");
    EXPECT_EQ(got["headers"]["Auto-Submitted"], "auto-generated");
    EXPECT_EQ(got["headers"]["Date"], "Fri, 15 Jan 2027 17:00:00 +0900");
    EXPECT_EQ(got["body"], mail.body);
    EXPECT_LE(got["longest_line"], 78);
  }
}

TEST(MailTest, TellsKindsOfRefusalApart) {
  SmtpTestServer server;
  MailSender sender(Plain(server));
  const struct {
    const char* to;
    Result result;
    int code;
  } cases[] = {
      {"unknown@client.test", Result::kAddressRefused, 550},
      {"busy@client.test", Result::kTemporary, 451},
      {"relay@client.test", Result::kRefused, 550},
      {"content@client.test", Result::kRefused, 554},
      {"good@client.test", Result::kSent, 250},
  };
  for (const auto& test : cases) {
    const MailOutcome outcome = sender.Send(Example(test.to));
    EXPECT_EQ(outcome.result, test.result) << test.to << ": " << outcome.detail;
    EXPECT_EQ(outcome.code, test.code) << test.to;
    EXPECT_NE(outcome.detail, "") << test.to;
  }
}

TEST(MailTest, IsInDoubtWhenTheAnswerDoesNotCome) {
  SmtpTestServer server;
  SmtpOptions options = Plain(server);
  options.time = absl::Seconds(3);
  MailSender sender(options);
  EXPECT_EQ(sender.Send(Example("silent@client.test")).result, Result::kInDoubt);
  const MailOutcome next = sender.Send(Example("good@client.test"));
  EXPECT_EQ(next.result, Result::kSent) << next.detail;
}

TEST(MailTest, NoServerIsPassingTrouble) {
  SmtpOptions options;
  options.server = "127.0.0.1:1";
  options.security = SmtpOptions::Security::kNone;
  MailSender sender(options);
  EXPECT_EQ(sender.Send(Example("naoko@client.test")).result, Result::kTemporary);
}

TEST(MailTest, AuthenticatesByPassword) {
  SmtpTestServer server({"--auth", "office", "secret"});
  SmtpOptions options = Plain(server);
  options.user = "office";
  options.password = "wrong";
  const MailOutcome outcome = MailSender(options).Send(Example("naoko@client.test"));
  EXPECT_EQ(outcome.result, Result::kTemporary) << outcome.detail;
  EXPECT_THAT(outcome.detail, Not(HasSubstr("wrong")));
  options.password = "secret";
  EXPECT_EQ(MailSender(options).Send(Example("naoko@client.test")).result, Result::kSent);
  EXPECT_EQ(server.Next()["user"], "office");
}

TEST(MailTest, StartTlsIsNotOptional) {
  const std::string folder = testing::TempDir();
  const std::string cert = folder + "/smtp-cert.pem";
  const std::string key = folder + "/smtp-key.pem";
  ASSERT_EQ(
      std::system(absl::StrCat("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
                               "-nodes -days 2 -subj /CN=127.0.0.1 -addext "
                               "subjectAltName=IP:127.0.0.1 -keyout ",
                               key, " -out ", cert, " 2>/dev/null")
                      .c_str()),
      0);
  SmtpTestServer plain;
  SmtpOptions options = Plain(plain);
  options.security = SmtpOptions::Security::kStartTls;
  EXPECT_EQ(MailSender(options).Send(Example("naoko@client.test")).result, Result::kTemporary);

  SmtpTestServer secure({"--tls", cert, key});
  options.server = secure.address();
  EXPECT_EQ(MailSender(options).Send(Example("naoko@client.test")).result, Result::kTemporary)
      << "an unknown authority";
  options.ca_file = cert;
  const MailOutcome outcome = MailSender(options).Send(Example("naoko@client.test"));
  ASSERT_EQ(outcome.result, Result::kSent) << outcome.detail;
  EXPECT_EQ(secure.Next()["tls"], true);
}

TEST(MailTest, HeadersCannotBeInjected) {
  const struct {
    const char* name;
    void (*change)(Mail&);
  } cases[] = {
      {"subject", [](Mail& m) { m.subject = "a\r\nBcc: evil@x.test"; }},
      {"subject LF", [](Mail& m) { m.subject = "a\nBcc: evil@x.test"; }},
      {"name", [](Mail& m) { m.to.name = "a\r\nBcc: evil@x.test"; }},
      {"sender's name", [](Mail& m) { m.from.name = "a\rBcc: evil@x.test"; }},
      {"address", [](Mail& m) { m.to.address = "a@x.test>\r\nRCPT TO:<evil@x.test"; }},
      {"two addresses", [](Mail& m) { m.to.address = "a@x.test,evil@x.test"; }},
      {"reply", [](Mail& m) { m.reply_to = "a@x.test\nBcc: evil@x.test"; }},
      {"id", [](Mail& m) { m.message_id = "a@x>\r\nBcc: <evil@x.test"; }},
      {"not UTF-8", [](Mail& m) { m.subject = "\xff\xfe"; }},
      {"body NUL", [](Mail& m) { m.body = std::string("a\0b", 3); }},
  };
  for (const auto& test : cases) {
    Mail mail = Example("naoko@client.test");
    test.change(mail);
    EXPECT_THAT(FormatMail(mail), test::StatusIs(absl::StatusCode::kInvalidArgument)) << test.name;
  }
  // Syntax inside a name stays a name.
  SmtpTestServer server;
  Mail mail = Example("naoko@client.test");
  mail.to.name = "\"x\" <evil@x.test>, =?UTF-8?Q?y?=";
  ASSERT_EQ(MailSender(Plain(server)).Send(mail).result, Result::kSent);
  const auto got = server.Next();
  EXPECT_EQ(got["to"].size(), 1u);
  EXPECT_EQ(got["header_count"], 9);
}

TEST(MailTest, RefusesWhatIsTooLarge) {
  SmtpOptions options;
  options.server = "127.0.0.1:1";
  options.max_bytes = 2000;
  Mail mail = Example("naoko@client.test");
  mail.body = std::string(3000, 'x');
  EXPECT_EQ(MailSender(options).Send(mail).result, Result::kRefused);
}

TEST(MailTest, Addresses) {
  for (const char* good : {"a@b", "first.last+tag@example.co.jp", "x_y-z@sub.example.jp"}) {
    EXPECT_TRUE(IsMailAddress(good)) << good;
  }
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a@b,c@d", "山田@b",
                          "\"a\"@b", "a@b\r\n"}) {
    EXPECT_FALSE(IsMailAddress(bad)) << bad;
  }
}

}  // namespace
}  // namespace staraction
