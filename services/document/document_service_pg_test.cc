// Templates, documents and revisions through real gRPC over a real database.

#include "common/base/id.h"
#include "google/rpc/error_details.pb.h"
#include "services/document/service_test_fixture.h"
#include "staraction/engagement/v1/engagement_service.pb.h"

namespace staraction::document {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Stub = v1::DocumentService::Stub;

TEST_F(DocumentTest, EveryTemplateOfThePacksIsThere) {
  const std::string token = keys_.User("president");
  v1::ListTemplatesRequest list;
  std::vector<std::string> names;
  list.set_page_size(4);
  do {
    const auto response =
        test::CallAs(token, *templates_, &v1::TemplateService::Stub::ListTemplates, list);
    ASSERT_OK(response);
    for (const auto& entry : response->templates()) {
      names.push_back(entry.name());
      EXPECT_FALSE(entry.has_document());
      EXPECT_THAT(entry.pack(), testing::MatchesRegex("urn:staraction:pack:[a-z]+@[0-9]+"));
    }
    list.set_page_token(response->next_page_token());
  } while (!list.page_token().empty());
  EXPECT_THAT(
      names,
      ElementsAre(
          "templates/announcement", "templates/asset-ledger", "templates/attendance-list",
          "templates/basic-policy", "templates/declaration-sheet", "templates/diagnosis-report",
          "templates/diagnosis-sheet", "templates/effect-report", "templates/form-account",
          "templates/form-carry-out", "templates/form-contractor", "templates/form-disposal",
          "templates/form-incident-report", "templates/form-private-device",
          "templates/incident-card", "templates/outstanding-list", "templates/pledge-certificate",
          "templates/pledge-sheet", "templates/president-pledge-sheet", "templates/quote",
          "templates/regulations", "templates/regulations-small", "templates/risk-report",
          "templates/rule-poster", "templates/rule-poster-a4", "templates/rulebook",
          "templates/test-sheet", "templates/training-certificate", "templates/visit-report",
          "templates/year-calendar"));
  v1::GetTemplateRequest get;
  get.set_name("templates/pledge-sheet");
  const auto found = test::CallAs(token, *templates_, &v1::TemplateService::Stub::GetTemplate, get);
  ASSERT_OK(found);
  EXPECT_EQ(found->kind(), v1::DOCUMENT_KIND_PLEDGE_SHEET);
  EXPECT_EQ(found->style(), "formal");
  EXPECT_GT(found->document().blocks_size(), 3);
  get.set_name("templates/none");
  EXPECT_THAT(test::CallAs(token, *templates_, &v1::TemplateService::Stub::GetTemplate, get),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(DocumentTest, CreateGeneratesTheFirstRevision) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  EXPECT_EQ(document.title(), "情報セキュリティ6か条を守る誓約書");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_PLEDGE_SHEET);
  EXPECT_EQ(document.engagement(), kEngagementName);
  EXPECT_EQ(document.revision_count(), 1);
  v1::GetDocumentRequest get;
  get.set_name(document.name());
  const auto again = As("president", &Stub::GetDocument, get);
  ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), document.SerializeAsString());
  const auto revision = GetRevision(document.latest_revision());
  ASSERT_OK(revision);
  EXPECT_EQ(revision->number(), 1);
  EXPECT_EQ(revision->state(), v1::Revision::STATE_DRAFT);
  EXPECT_EQ(revision->pack(), "urn:staraction:pack:documents@2");
  EXPECT_EQ(revision->document().title(), document.title());
  EXPECT_EQ(revision->field_values().at("client.name"), "株式会社濵﨑髙製作所");
  EXPECT_EQ(revision->field_values().at("document.number"), "1");
  EXPECT_THAT(revision->unresolved_fields(), ElementsAre());
  v1::ListDocumentsRequest list;
  list.set_parent(kClientName);
  const auto all = As("president", &Stub::ListDocuments, list);
  ASSERT_OK(all);
  ASSERT_EQ(all->documents_size(), 1);
  EXPECT_EQ(all->documents(0).name(), document.name());
}

TEST_F(DocumentTest, OneDocumentOfATemplateAboutASubject) {
  v1::CreateDocumentRequest request = CreateRequest("pledge-sheet", kCampaignName);
  request.set_request_id(NewUuid4());
  const auto first = As("consultant", &Stub::CreateDocument, request);
  ASSERT_OK(first);
  const auto repeated = As("consultant", &Stub::CreateDocument, request);
  ASSERT_OK(repeated);
  EXPECT_EQ(repeated->SerializeAsString(), first->SerializeAsString());
  const auto other =
      As("consultant", &Stub::CreateDocument, CreateRequest("pledge-sheet", kCampaignName));
  EXPECT_THAT(other, StatusIs(StatusCode::kAlreadyExists));
  const auto info = GetDetail<google::rpc::ErrorInfo>(other.status());
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->metadata().at("resource"), first->name());
  Create("president-pledge-sheet", kCampaignName);
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.revision"), "2");
  request.mutable_document()->set_title("別の題");
  EXPECT_EQ(ReasonOf(As("consultant", &Stub::CreateDocument, request).status()),
            error::v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(DocumentTest, BadRequestsToCreate) {
  sources_
      ->Answer<engagement::v1::GetEngagementRequest, engagement::v1::Engagement>(kEngagementName)
      .set_client("clients/" + std::string(kOtherClient));
  const std::string absent = kClientName + "/declarations/" + NewUuid4();
  const std::string foreign = absl::StrCat("clients/", kOtherClient, "/declarations/", NewUuid4());
  const struct {
    std::string from, subject;
    StatusCode code;
    std::string text;
  } cases[] = {
      {"none", kCampaignName, StatusCode::kInvalidArgument, "document.template"},
      {"pledge-sheet", kDeclarationName, StatusCode::kInvalidArgument, "document.subject"},
      {"declaration-sheet", kCampaignName, StatusCode::kInvalidArgument, "document.subject"},
      {"pledge-sheet", kCampaignName, StatusCode::kInvalidArgument, "of another client"},
      {"declaration-sheet", foreign, StatusCode::kInvalidArgument, "of another client"},
      {"declaration-sheet", absent, StatusCode::kNotFound, absent},
      {"declaration-sheet", "", StatusCode::kInvalidArgument, "document.subject"},
  };
  for (const auto& test : cases) {
    EXPECT_THAT(As("consultant", &Stub::CreateDocument, CreateRequest(test.from, test.subject)),
                StatusIs(test.code, HasSubstr(test.text)))
        << test.from << " " << test.subject;
  }
}

TEST_F(DocumentTest, WhoMayGenerate) {
  const auto request = CreateRequest("pledge-sheet", kCampaignName);
  for (const char* subject : {"president", "elsewhere", "nobody"}) {
    EXPECT_THAT(As(subject, &Stub::CreateDocument, request),
                StatusIs(StatusCode::kPermissionDenied))
        << subject;
  }
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  v1::RegenerateDocumentRequest again;
  again.set_name(document.name());
  EXPECT_THAT(As("president", &Stub::RegenerateDocument, again),
              StatusIs(StatusCode::kPermissionDenied));
  v1::GetDocumentRequest get;
  get.set_name(document.name());
  EXPECT_THAT(As("elsewhere", &Stub::GetDocument, get), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(DocumentTest, RegenerateKeepsWhatWas) {
  const v1::Document document = Create("declaration-sheet", kDeclarationName);
  const auto first = GetRevision(document.latest_revision());
  ASSERT_OK(first);
  TestClient(*sources_).set_legal_name("新しい商号の株式会社");
  v1::RegenerateDocumentRequest request;
  request.set_name(document.name());
  request.set_etag(document.etag());
  const auto second = As("consultant", &Stub::RegenerateDocument, request);
  ASSERT_OK(second);
  EXPECT_EQ(second->number(), 2);
  EXPECT_EQ(second->field_values().at("document.number"), "2");
  EXPECT_EQ(second->field_values().at("client.name"), "新しい商号の株式会社");
  const auto kept = GetRevision(document.latest_revision());
  ASSERT_OK(kept);
  EXPECT_EQ(kept->field_values().at("client.name"), "株式会社濵﨑髙製作所");
  EXPECT_THAT(As("consultant", &Stub::RegenerateDocument, request), StatusIs(StatusCode::kAborted));
  v1::ListRevisionsRequest list;
  list.set_parent(document.name());
  const auto revisions = As("president", &Stub::ListRevisions, list);
  ASSERT_OK(revisions);
  ASSERT_EQ(revisions->revisions_size(), 2);
  EXPECT_EQ(revisions->revisions(1).name(), second->name());
  EXPECT_FALSE(revisions->revisions(1).has_document());
  EXPECT_EQ(revisions->revisions(1).field_values_size(), 0);
  request.clear_etag();
  request.set_name(kClientName + "/documents/" + NewUuid4());
  EXPECT_THAT(As("consultant", &Stub::RegenerateDocument, request),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(DocumentTest, ARevisionTellsWhatIsMissing) {
  const v1::Document document = Create("declaration-sheet", kDeclarationName);
  const auto revision = GetRevision(document.latest_revision());
  ASSERT_OK(revision);
  std::vector<std::string> missing_labels;
  for (const auto& code : revision->unresolved_fields()) {
    const size_t dot = code.rfind(".value");
    if (dot == std::string::npos) continue;
    missing_labels.push_back(revision->field_values().at(code.substr(0, dot) + ".label"));
  }
  EXPECT_THAT(missing_labels, ::testing::Contains("担当者の電話番号"));
  EXPECT_THAT(missing_labels, ::testing::Not(::testing::Contains("資本金")));
  EXPECT_THAT(revision->unresolved_fields(),
              ::testing::IsSupersetOf({"declaration.acknowledgement", "declaration.gbiz_id"}));
}

}  // namespace
}  // namespace staraction::document
