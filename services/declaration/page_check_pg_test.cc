#include "absl/strings/str_replace.h"
#include "absl/synchronization/notification.h"
#include "common/client/http_test_server.h"
#include "services/declaration/declaration_test_fixture.h"
#include "staraction/declaration/v1/page_check_service.grpc.pb.h"

// A policy on a site, looked at by the real program.
namespace staraction::declaration {
namespace {

using test::CallAs;
using test::HttpTestServer;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Check = v1::PageCheck;
using PageStub = v1::PageCheckService::Stub;
using PublicationStub = v1::PublicationService::Stub;

// "情報を守ります。" in Shift_JIS, on a page that says UTF-8.
constexpr char kShiftJis[] =
    "<html><head><meta charset=\"utf-8\"></head><body><p>\x8f\xee\x95\xf1\x82\xf0\x8e\xe7\x82\xe8"
    "\x82\xdc\x82\xb7\x81\x42</p></body></html>";

std::string Html(const std::string& body) {
  return HttpTestServer::Response("200 OK", body, "Content-Type: text/html; charset=utf-8\r\n");
}

std::string Paragraphs(const std::string& text) {
  return "<html><body><img src=/logo.png><script src=/count.js></script><main><p>" +
         absl::StrReplaceAll(text, {{"\n", "</p><p>"}}) + "</p></main></body></html>";
}

class PageCheckTest : public DeclarationServiceTest {
 protected:
  PageCheckTest()
      : site_([this](const std::string& path) { return Answer(path); }),
        pages_(v1::PageCheckService::NewStub(service_->channel())) {}
  ~PageCheckTest() override { done_.Notify(); }

  std::string Answer(const std::string& path) {
    const std::string policy = kPolicyText;
    if (path == "/policy") return Html(Paragraphs(drifted_ ? Changed() : policy));
    if (path == "/changed") return Html(Paragraphs(Changed()));
    if (path == "/missing") return Html(Paragraphs(policy.substr(0, policy.find("3. 働く"))));
    if (path == "/script") return Html("<div id=app></div><script src=app.js></script>");
    if (path == "/image") return Html("<h1>方針</h1><img src=policy.png>");
    if (path == "/private") {
      return HttpTestServer::Response("302 Found", "", "Location: http://127.0.0.2:9/\r\n");
    }
    if (path == "/huge") return Html(std::string(5 << 20, 'x'));
    if (path == "/sjis") return HttpTestServer::Response("200 OK", kShiftJis);
    if (path == "/slow") done_.WaitForNotification();
    return HttpTestServer::Response("404 Not Found", "なし");
  }
  static std::string Changed() {
    return absl::StrReplaceAll(kPolicyText, {{"経営の責任", "総務の責任"}});
  }
  std::string Publish(const std::string& path) {
    v1::CreatePublicationRequest request;
    request.set_parent(kClientName);
    auto& publication = *request.mutable_publication();
    publication.set_kind(v1::Publication::KIND_POLICY);
    publication.set_medium(content::v1::ANNOUNCEMENT_MEDIUM_WEB_PAGE);
    publication.set_url(site_.Url(path));
    *publication.mutable_publish_date() = Day(9, 1);
    const auto published =
        CallAs(Consultant(), *publications_, &PublicationStub::CreatePublication, request);
    EXPECT_OK(published);
    return published->name();
  }
  absl::StatusOr<Check> Look(const std::string& name, const std::string& request_id = "") {
    v1::CheckPageRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return CallAs(Consultant(), *pages_, &PageStub::CheckPage, request);
  }
  std::vector<Check> List(const std::string& name) {
    v1::ListPageChecksRequest request;
    request.set_parent(name);
    const auto page = CallAs(keys_.User("president"), *pages_, &PageStub::ListPageChecks, request);
    EXPECT_OK(page);
    return {page->page_checks().begin(), page->page_checks().end()};
  }
  bool Truth(const std::string& code) {
    for (const auto& fact : CollectFacts()) {
      if (fact.code() == code) return fact.truth();
    }
    ADD_FAILURE() << "no fact " << code;
    return false;
  }

  absl::Notification done_;
  std::atomic<bool> drifted_{false};
  HttpTestServer site_;
  std::unique_ptr<v1::PageCheckService::Stub> pages_;
};

TEST_F(PageCheckTest, ANewPageIsLookedAtByItselfAndThenOnDemand) {
  EXPECT_FALSE(Truth("policy.published"));
  const std::string name = Publish("/policy");
  EXPECT_TRUE(Truth("policy.published"));
  ASSERT_TRUE(Eventually([&] { return !List(name).empty(); }));
  const Check first = List(name).front();
  EXPECT_EQ(first.status(), Check::STATUS_SAME) << first.DebugString();
  EXPECT_EQ(first.actor(), "services/declaration");
  EXPECT_EQ(first.revision(),
            FixedDocuments::Revision(document::v1::DOCUMENT_KIND_BASIC_POLICY, 1));
  EXPECT_FALSE(Truth("policy.drifted"));

  drifted_ = true;
  const std::string id = "11111111-1111-4111-8111-111111111111";
  ASSERT_OK_AND_ASSIGN(const Check changed, Look(name, id));
  EXPECT_EQ(changed.status(), Check::STATUS_DIFFERENT);
  EXPECT_THAT(changed.differences(0).text(), HasSubstr("総務"));
  EXPECT_THAT(changed.actor(), HasSubstr("users/"));
  ASSERT_OK_AND_ASSIGN(const Check repeated, Look(name, id));
  EXPECT_EQ(repeated.name(), changed.name());
  EXPECT_EQ(List(name).size(), 2u);
  EXPECT_TRUE(Truth("policy.drifted"));

  v1::GetPublicationRequest get;
  get.set_name(name);
  ASSERT_OK_AND_ASSIGN(const v1::Publication read,
                       CallAs(Consultant(), *publications_, &PublicationStub::GetPublication, get));
  EXPECT_EQ(read.latest_page_check().name(), changed.name());
  EXPECT_TRUE(read.counts());
  EXPECT_EQ(read.revision_digest(), "digest-of-15-1");
}

// The job that ran has asked for the next one, seven days later.
TEST_F(PageCheckTest, PagesAreLookedAtAgainOnSchedule) {
  const std::string name = Publish("/policy");
  ASSERT_TRUE(Eventually([&] { return !List(name).empty(); }));
  ASSERT_TRUE(Eventually([&] {
    return service_->database().Query(
               "select count(*) as value from declaration.job where kind = 'check_page' and "
               "due_time between '2026-10-08' and '2026-10-09'") == "1";
  }));
  drifted_ = true;
  readings_ += 7 * 24 * 60 * 60;
  ASSERT_TRUE(Eventually([&] { return List(name).size() == 2; }));
  EXPECT_EQ(List(name).back().status(), Check::STATUS_DIFFERENT);
  EXPECT_TRUE(Truth("policy.drifted"));
}

TEST_F(PageCheckTest, WhatCannotBeReadIsNeverCalledWrong) {
  const struct {
    const char* path;
    Check::Status status;
    Check::Cause cause;
  } cases[] = {
      {"/policy", Check::STATUS_SAME, Check::CAUSE_UNSPECIFIED},
      {"/changed", Check::STATUS_DIFFERENT, Check::CAUSE_UNSPECIFIED},
      {"/missing", Check::STATUS_DIFFERENT, Check::CAUSE_UNSPECIFIED},
      {"/none", Check::STATUS_GONE, Check::CAUSE_UNSPECIFIED},
      {"/script", Check::STATUS_CANNOT_TELL, Check::CAUSE_SCRIPTS},
      {"/image", Check::STATUS_CANNOT_TELL, Check::CAUSE_PICTURES},
      {"/private", Check::STATUS_CANNOT_TELL, Check::CAUSE_ADDRESS_REFUSED},
      {"/huge", Check::STATUS_CANNOT_TELL, Check::CAUSE_TOO_LARGE},
  };
  for (const auto& c : cases) {
    ASSERT_OK_AND_ASSIGN(const Check check, Look(Publish(c.path)));
    EXPECT_EQ(check.status(), c.status) << c.path << check.DebugString();
    EXPECT_EQ(check.cause(), c.cause) << c.path << check.DebugString();
  }
}

TEST_F(PageCheckTest, AWrongEncodingIsFoundOut) {
  documents_->ApproveText("情報を守ります。");
  ASSERT_OK_AND_ASSIGN(const Check check, Look(Publish("/sjis")));
  EXPECT_EQ(check.status(), Check::STATUS_SAME) << check.DebugString();
  EXPECT_EQ(check.charset(), "Shift_JIS");
}

TEST_F(PageCheckTest, SlowSitesHoldUpNobodyForLong) {
  const std::string name = Publish("/slow");
  ASSERT_OK_AND_ASSIGN(const Check check, Look(name));
  EXPECT_EQ(check.cause(), Check::CAUSE_TOO_SLOW);
  EXPECT_FALSE(Truth("policy.drifted")) << "nobody can tell";
}

TEST_F(PageCheckTest, OnlyPagesOfPoliciesThatAreToBeSeen) {
  const std::string name = Publish("/policy");
  documents_->Withdraw(document::v1::DOCUMENT_KIND_BASIC_POLICY);
  ASSERT_OK_AND_ASSIGN(const Check nothing, Look(name));
  EXPECT_EQ(nothing.cause(), Check::CAUSE_NO_APPROVED_TEXT);
  v1::CheckPageRequest request;
  request.set_name(name);
  EXPECT_THAT(CallAs(Member(1), *pages_, &PageStub::CheckPage, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
  v1::WithdrawPublicationRequest withdraw;
  withdraw.set_name(name);
  *withdraw.mutable_withdraw_date() = Day(10, 1);
  withdraw.set_reason("改訂のため");
  ASSERT_OK(CallAs(Consultant(), *publications_, &PublicationStub::WithdrawPublication, withdraw));
  EXPECT_THAT(Look(name), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_FALSE(Truth("policy.published"));
  request.set_name(kClientName + "/publications/" + NewId(absl::UnixEpoch()));
  EXPECT_THAT(CallAs(Consultant(), *pages_, &PageStub::CheckPage, request),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace staraction::declaration
