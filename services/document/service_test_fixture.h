#ifndef STARACTION_SERVICES_DOCUMENT_SERVICE_TEST_FIXTURE_H_
#define STARACTION_SERVICES_DOCUMENT_SERVICE_TEST_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/content/library.h"
#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/document/parts.h"
#include "staraction/document/v1/document_service.grpc.pb.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::document {

inline constexpr char kClient[] = "0190a000-0000-7000-8000-0000000000c1";
inline constexpr char kOtherClient[] = "0190a000-0000-7000-8000-0000000000c2";
inline constexpr char kEngagement[] = "0190a000-0000-7000-8000-0000000000e1";
inline const std::string kClientName = absl::StrCat("clients/", kClient);
inline const std::string kEngagementName = absl::StrCat("engagements/", kEngagement);
inline const std::string kCampaignName =
    kEngagementName + "/campaigns/0190a000-0000-7000-8000-0000000000a1";
inline const std::string kDeclarationName =
    kClientName + "/declarations/0190a000-0000-7000-8000-0000000000d1";

inline std::string MemberName(int number) {
  return absl::StrCat(kClientName, "/members/0190a000-0000-7000-8000-00000000010", number);
}

// What the peers would say; tests change it.
class FixedSources final : public Sources {
 public:
  FixedSources() {
    client.set_name(kClientName);
    client.set_legal_name("株式会社濵﨑髙製作所");
    client.set_representative_title("代表取締役");
    client.set_representative_name("濵﨑 髙志");
    const auto library = content::Library::Load();
    if (!library.ok()) return;
    FillCampaign(**library);
    FillDeclaration(**library);
    AddPledge(1, "濵﨑 髙志").set_president(true);
    AddPledge(2, "𠮷田 髙子");
  }

  absl::StatusOr<engagement::v1::Client> GetClient(const Call&, const std::string&) override {
    return client;
  }
  absl::StatusOr<std::map<std::string, std::string>> UserNames(const Call&) override {
    return std::map<std::string, std::string>{{"users/1", "山田 花子"}};
  }
  absl::StatusOr<declaration::v1::Campaign> GetCampaign(const Call&,
                                                        const std::string& name) override {
    if (name != campaign.name()) return NotFound(name);
    return campaign;
  }
  absl::StatusOr<declaration::v1::Pledge> GetPledge(const Call&, const std::string& name) override {
    const auto pledge = pledges.find(name);
    if (pledge == pledges.end()) return NotFound(name);
    return pledge->second;
  }
  absl::StatusOr<declaration::v1::Declaration> GetDeclaration(const Call&,
                                                              const std::string& name) override {
    if (name != declaration.name()) return NotFound(name);
    return declaration;
  }

  engagement::v1::Client client;
  declaration::v1::Campaign campaign;
  std::map<std::string, declaration::v1::Pledge> pledges;
  declaration::v1::Declaration declaration;

 private:
  template <typename List>
  static bool Applies(const List& list, int item) {
    return list.empty() || std::find(list.begin(), list.end(), item) != list.end();
  }

  static void FillText(const content::v1::PledgeText& from, const content::v1::RuleList& rules,
                       const std::string& digest, declaration::v1::PledgeText* text) {
    text->set_id(from.id());
    text->set_title(from.title().ja());
    text->set_body(from.body().text());
    text->set_digest(digest + std::string(48, '0'));
    for (const auto& rule : rules.rules()) text->add_rules(rule.title().ja());
  }

  void FillCampaign(const content::Library& library) {
    const auto& rules = *library.FindRuleList("six-rules");
    campaign.set_name(kCampaignName);
    campaign.set_client(kClientName);
    campaign.set_rule_list("six-rules");
    FillText(*library.FindPledgeText("six-rules-everybody"), rules, "0123456789abcdef",
             campaign.mutable_text());
    FillText(*library.FindPledgeText("six-rules-president"), rules, "fedcba9876543210",
             campaign.mutable_president_text());
  }

  // A company's fields of the portal; texts are filled but for the telephone number, the rest is
  // not.
  void FillDeclaration(const content::Library& library) {
    const auto& procedure = *library.FindDeclarationProcedure("portal-2026");
    declaration.set_name(kDeclarationName);
    declaration.set_engagement(kEngagementName);
    declaration.set_star(1);
    for (const auto& from : procedure.fields()) {
      if (!Applies(from.client_kinds(), content::v1::CLIENT_KIND_COMPANY)) continue;
      if (!Applies(from.stars(), 1)) continue;
      auto& field = *declaration.add_fields();
      field.set_code(from.code());
      field.set_label(from.label().ja());
      field.set_kind(from.kind());
      field.set_required(from.required());
      field.set_hint(from.hint().ja());
      field.set_uncertainty(from.uncertainty().note().ja());
      if (from.kind() != content::v1::FIELD_KIND_TEXT || from.code() == "CONTACT_PHONE") continue;
      field.set_value(from.code() == "REPRESENTATIVE_NAME" ? "濵﨑 髙志" : "値：" + from.code());
      field.set_entered_by(from.source().empty() ? "users/1" : "client");
      field.mutable_enter_time()->set_seconds(1790866800);
    }
    auto& guide = *declaration.mutable_guide();
    guide.set_procedure_title(procedure.title().ja());
    guide.set_entry_system(procedure.entry_system().ja());
    guide.set_rule_list_title(library.FindRuleList("six-rules")->title().ja());
    guide.add_uncertainties(procedure.uncertainty().note().ja());
    for (const auto& rule : campaign.text().rules()) guide.add_rules(rule);
    for (const auto& from : procedure.steps()) {
      auto& step = *guide.add_steps();
      step.set_text(from.text().ja());
      step.set_side(from.side());
    }
  }

  declaration::v1::Pledge& AddPledge(int number, const std::string& display_name) {
    const std::string member = MemberName(number);
    auto& pledge = pledges[kCampaignName + "/pledges/" + member.substr(member.rfind('/') + 1)];
    pledge.set_member(member);
    pledge.set_display_name(display_name);
    pledge.set_department("製造部");
    pledge.set_staff_number(absl::StrCat("S-00", number));
    return pledge;
  }
};

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
    access_.Grant(test::kOrganization, "elsewhere", common::v1::ROLE_CONSULTANT, kOtherClient,
                  "0190a000-0000-7000-8000-0000000000e2");
  }

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

  // The client's facts as "code=true".
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
      EXPECT_EQ(fact.engagement(), kEngagementName);
      facts.push_back(fact.code() + (fact.truth() ? "=true" : "=false"));
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
