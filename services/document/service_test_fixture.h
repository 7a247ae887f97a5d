#ifndef STARACTION_SERVICES_DOCUMENT_SERVICE_TEST_FIXTURE_H_
#define STARACTION_SERVICES_DOCUMENT_SERVICE_TEST_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/document/parts.h"
#include "services/document/test_company.h"
#include "staraction/document/v1/document_service.grpc.pb.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::document {

// The service over a real database and real gRPC; it is the afternoon of 2026-10-01 in
// Japan, and each call comes after the one before.
class DocumentTest : public ::testing::Test {
 protected:
  DocumentTest()
      : service_(
            {"document", Migrations()}, keys_, &access_,
            [this](Host& host) {
              return MakeParts(host,
                               {.content_dir = "", .fonts_dir = SA_FONT_DIR, .sources = sources_});
            },
            [this] {
              return absl::FromCivil(absl::CivilHour(2026, 10, 1, 12), Tokyo()) +
                     absl::Milliseconds(++calls_);
            }),
        templates_(v1::TemplateService::NewStub(service_.channel())),
        documents_(v1::DocumentService::NewStub(service_.channel())),
        facts_(fact::v1::FactService::NewStub(service_.channel())) {
    access_.Grant(test::kOrganization, "consultant", common::v1::ROLE_CONSULTANT, kClient,
                  kEngagement);
    access_.Grant(test::kOrganization, "president", common::v1::ROLE_PRESIDENT, kClient,
                  kEngagement);
    access_.Grant(test::kOrganization, "manager", common::v1::ROLE_SECURITY_MANAGER, kClient,
                  kEngagement);
    access_.Grant(test::kOrganization, "elsewhere", common::v1::ROLE_CONSULTANT, kOtherClient,
                  "0190a000-0000-7000-8000-0000000000e2");
    PutCompany(kPeople, *sources_);
  }

  static constexpr int kPeople = 8;

  template <typename Request, typename Response>
  absl::StatusOr<Response> As(const std::string& subject,
                              grpc::Status (v1::DocumentService::Stub::*method)(
                                  grpc::ClientContext*, const Request&, Response*),
                              const Request& request) {
    return test::CallAs(keys_.User(subject), *documents_, method, request);
  }

  static v1::CreateDocumentRequest CreateRequest(const std::string& from,
                                                 const std::string& subject) {
    v1::CreateDocumentRequest request;
    request.set_parent(kClientName);
    request.mutable_document()->set_template_("templates/" + from);
    request.mutable_document()->set_subject(subject);
    return request;
  }

  v1::Document Create(const std::string& from, const std::string& subject) {
    const auto document =
        As("consultant", &v1::DocumentService::Stub::CreateDocument, CreateRequest(from, subject));
    EXPECT_OK(document);
    return document.value_or(v1::Document());
  }

  absl::StatusOr<v1::Revision> GetRevision(const std::string& name) {
    v1::GetRevisionRequest request;
    request.set_name(name);
    return As("president", &v1::DocumentService::Stub::GetRevision, request);
  }

  absl::StatusOr<google::api::HttpBody> Render(const std::string& revision,
                                               const std::string& member = "",
                                               const std::string& subject = "consultant") {
    v1::RenderRevisionRequest request;
    request.set_name(revision);
    request.set_member(member);
    return As(subject, &v1::DocumentService::Stub::RenderRevision, request);
  }

  // A document that is not kept.
  absl::StatusOr<google::api::HttpBody> RenderOnce(const std::string& from,
                                                   const std::string& about,
                                                   const std::string& subject = "consultant") {
    v1::RenderTemplateRequest request;
    request.set_parent(kClientName);
    request.set_template_("templates/" + from);
    request.set_subject(about);
    return As(subject, &v1::DocumentService::Stub::RenderTemplate, request);
  }

  // The client's facts as "code=true", or "code=text".
  std::vector<std::string> Facts() {
    fact::v1::CollectFactsRequest request;
    request.set_client(kClientName);
    const auto call = service_.host().ServiceCall(test::kOrganization, kClient, absl::Seconds(10));
    EXPECT_OK(call);
    const auto sheet =
        test::CallAs(call->token, *facts_, &fact::v1::FactService::Stub::CollectFacts, request);
    EXPECT_OK(sheet);
    std::vector<std::string> facts;
    for (const auto& fact : sheet->facts()) {
      const bool company =
          fact.code().find("policy.") == 0 || fact.code().find("regulations.") == 0;
      EXPECT_EQ(fact.engagement(), company ? "" : kEngagementName);
      facts.push_back(fact.code() + "=" +
                      (!fact.text().empty() ? fact.text()
                       : fact.truth()       ? "true"
                                            : "false"));
    }
    return facts;
  }

  std::atomic<int> calls_ = 0;
  test::TestKeys keys_;
  test::TestAccess access_;
  std::shared_ptr<FixedSources> sources_ = std::make_shared<FixedSources>();
  test::TestService service_;
  std::unique_ptr<v1::TemplateService::Stub> templates_;
  std::unique_ptr<v1::DocumentService::Stub> documents_;
  std::unique_ptr<fact::v1::FactService::Stub> facts_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_SERVICE_TEST_FIXTURE_H_
