// Renderings through real gRPC over a real database; pdftotext reads what was drawn.

#include "common/base/id.h"
#include "services/document/pdf_text.h"
#include "services/document/service_test_fixture.h"

namespace staraction::document {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Stub = v1::DocumentService::Stub;

std::string TextOf(const google::api::HttpBody& body, const std::string& name) {
  return PdfText(body.data(), name);
}

TEST_F(DocumentTest, BlankPledgeSheet) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  EXPECT_THAT(Facts(), ElementsAre("document.pledge_sheet=false"));
  const auto pdf = Render(document.latest_revision(), "", "president");
  ASSERT_OK(pdf);
  EXPECT_EQ(pdf->content_type(), "application/pdf");
  EXPECT_EQ(pdf->data().substr(0, 5), "%PDF-");
  const std::string text = TextOf(*pdf, "pledge");
  EXPECT_THAT(text, AllOf(HasSubstr("情報セキュリティ6か条を守る誓約書"),
                          HasSubstr("株式会社濵﨑髙製作所"), HasSubstr("濵﨑髙志"),
                          HasSubstr("パスワードは長く"), HasSubstr("更新を先送りしない"),
                          HasSubstr("0123456789abcdef"), Not(HasSubstr("未入力"))));
  EXPECT_THAT(Facts(), ElementsAre("document.pledge_sheet=true"));
  v1::ListRenderingsRequest list;
  list.set_parent(document.latest_revision());
  const auto renderings = As("president", &Stub::ListRenderings, list);
  ASSERT_OK(renderings);
  ASSERT_EQ(renderings->renderings_size(), 1);
  const v1::Rendering& rendering = renderings->renderings(0);
  EXPECT_EQ(rendering.size(), static_cast<int>(pdf->data().size()));
  EXPECT_EQ(rendering.page_count(), 1);
  EXPECT_EQ(rendering.sha256().size(), 64);
  EXPECT_EQ(
      rendering.sha256(),
      service_.database().Query("select encode(sha256(data), 'hex') as value from document.blob"));
  EXPECT_THAT(rendering.missing_glyphs(), ElementsAre());
}

// Its months are those from today on, so there is no golden text.
TEST_F(DocumentTest, YearCalendar) {
  const auto pdf = Render(Create("year-calendar", kClientName).latest_revision());
  ASSERT_OK(pdf);
  const std::string text = TextOf(*pdf, "year_calendar");
  EXPECT_THAT(text, AllOf(HasSubstr("情報セキュリティ年間予定表"), HasSubstr("復元の確認"),
                          HasSubstr("●"), HasSubstr("𠮷田"), Not(HasSubstr("未入力"))));
}

TEST_F(DocumentTest, MembersOwnSheet) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  const auto pdf = Render(document.latest_revision(), MemberName(2));
  ASSERT_OK(pdf);
  const std::string text = TextOf(*pdf, "pledge_member");
  EXPECT_THAT(text, AllOf(HasSubstr("𠮷田髙子"), HasSubstr("製造部"), HasSubstr("S-002")));
  const std::string stranger = absl::StrCat("clients/", kOtherClient, "/members/", NewUuid4());
  EXPECT_THAT(Render(document.latest_revision(), stranger),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("another client")));
  EXPECT_THAT(Render(document.latest_revision(), MemberName(9)), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Render(document.latest_revision(), MemberName(1)),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("another sheet")));
}

TEST_F(DocumentTest, PresidentsSheet) {
  const v1::Document document = Create("president-pledge-sheet", kCampaignName);
  const auto pdf = Render(document.latest_revision(), MemberName(1));
  ASSERT_OK(pdf);
  EXPECT_THAT(TextOf(*pdf, "pledge_president"),
              AllOf(HasSubstr("代表者として"), HasSubstr("fedcba9876543210")));
  EXPECT_THAT(Render(document.latest_revision(), MemberName(2)),
              StatusIs(StatusCode::kInvalidArgument));
  // Everybody's sheet is what the fact is about.
  EXPECT_THAT(Facts(), ElementsAre());
}

TEST_F(DocumentTest, DeclarationSheet) {
  auto& first = *TestDeclaration(*sources_).mutable_fields(0);
  first.set_value("COMPANY");
  first.set_entered_by("users/1");
  const v1::Document document = Create("declaration-sheet", kDeclarationName);
  EXPECT_THAT(Facts(), ElementsAre("document.declaration_sheet=false"));
  const auto pdf = Render(document.latest_revision());
  ASSERT_OK(pdf);
  const std::string text = TextOf(*pdf, "declaration");
  EXPECT_THAT(text,
              AllOf(HasSubstr("自己宣言シート"), HasSubstr("濵﨑髙志"), HasSubstr("会社の基本情報"),
                    HasSubstr("山田花子"), HasSubstr("2026/10/2"), HasSubstr("【未入力：必須】"),
                    HasSubstr("（空欄のまま）"), HasSubstr("一つ星"), Not(HasSubstr("認定")),
                    Not(HasSubstr("取得"))));
  EXPECT_LT(text.find("事業者の種類"), text.find("法人番号"));
  EXPECT_LT(text.find("法人番号"), text.find("ロゴマークの使用条件への同意"));
  EXPECT_THAT(Facts(), ElementsAre("document.declaration_sheet=true"));
  EXPECT_THAT(Render(document.latest_revision(), MemberName(2)),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("no sheets of single members")));
}

TEST_F(DocumentTest, TheFirstBytesStay) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  const auto first = Render(document.latest_revision(), MemberName(2));
  ASSERT_OK(first);
  // Whatever the peers say by now.
  sources_->Clear();
  const auto second = Render(document.latest_revision(), MemberName(2), "president");
  ASSERT_OK(second);
  EXPECT_EQ(first->data(), second->data());
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.rendering"), "1");
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.blob"), "1");
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.audit_entry "
                                      "where method like '%RenderRevision'"),
            "2");
}

TEST_F(DocumentTest, BatchHasTheSheetsThatWereAskedFor) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  v1::RenderBatchRequest request;
  request.set_name(document.latest_revision());
  request.add_members(MemberName(3));
  request.add_members(MemberName(2));
  const auto pdf = As("president", &Stub::RenderBatch, request);
  ASSERT_OK(pdf);
  const std::string text = TextOf(*pdf, "batch");
  EXPECT_LT(text.find("S-003"), text.find("S-002"));
  EXPECT_THAT(text, Not(HasSubstr("S-004")));
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.rendering"), "0");
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.audit_entry "
                                      "where method like '%RenderBatch'"),
            "1");
  request.add_members(MemberName(1));
  EXPECT_THAT(As("president", &Stub::RenderBatch, request),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("has no sheet")));
  request.set_name(Create("declaration-sheet", kDeclarationName).latest_revision());
  EXPECT_THAT(As("president", &Stub::RenderBatch, request),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("no sheets of single members")));
  EXPECT_THAT(As("elsewhere", &Stub::RenderBatch, request),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(DocumentTest, CertificatesHaveNoBlankSheetAndOnlyThoseThatHold) {
  const v1::Document document = Create("training-certificate", kEngagementName);
  EXPECT_THAT(Render(document.latest_revision()),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("no blank sheet")));
  EXPECT_OK(Render(document.latest_revision(), MemberName(2)));
  EXPECT_THAT(Render(document.latest_revision(), MemberName(3)),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("no certificate")));
}

TEST_F(DocumentTest, RenderTemplateKeepsNothing) {
  v1::RenderTemplateRequest request;
  request.set_parent(kClientName);
  request.set_template_("templates/rulebook");
  request.set_subject(kRulebookName);
  request.set_request_id(NewUuid4());
  const auto pdf = As("consultant", &Stub::RenderTemplate, request);
  ASSERT_OK(pdf);
  EXPECT_THAT(TextOf(*pdf, "template"), HasSubstr("情報セキュリティルールブック"));
  EXPECT_OK(As("consultant", &Stub::RenderTemplate, request));
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.document"), "0");
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.audit_entry "
                                      "where method like '%RenderTemplate'"),
            "1");
  EXPECT_THAT(As("president", &Stub::RenderTemplate, request),
              StatusIs(StatusCode::kPermissionDenied));
  request.clear_request_id();
  request.set_template_("templates/none");
  EXPECT_THAT(As("consultant", &Stub::RenderTemplate, request),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("template")));
}

TEST_F(DocumentTest, SlipsWithLinksAreNeverKept) {
  EXPECT_THAT(
      As("consultant", &Stub::CreateDocument, CreateRequest("outstanding-list", kEngagementName)),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr("not kept")));
  const auto pdf = RenderOnce("outstanding-list", kEngagementName);
  ASSERT_OK(pdf);
  EXPECT_THAT(TextOf(*pdf, "slips"), HasSubstr("確認コード"));
  EXPECT_THAT(RenderOnce("outstanding-list", kEngagementName, "president"),
              StatusIs(StatusCode::kPermissionDenied));
  for (const char* table : {"document", "revision", "rendering", "blob"}) {
    EXPECT_EQ(
        service_.database().Query(absl::StrCat("select count(*) as value from document.", table)),
        "0");
  }
}

TEST_F(DocumentTest, DocumentsOfTheCompanyBelongToNoEngagement) {
  const v1::Document document = Create("rulebook", kRulebookName);
  EXPECT_EQ(document.engagement(), "");
  EXPECT_OK(Render(document.latest_revision(), "", "president"));
  EXPECT_THAT(Facts(), ElementsAre());
}

TEST_F(DocumentTest, WhoMayRender) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  for (const char* subject : {"elsewhere", "nobody"}) {
    EXPECT_THAT(Render(document.latest_revision(), "", subject),
                StatusIs(StatusCode::kPermissionDenied))
        << subject;
  }
  EXPECT_THAT(Render(document.name() + "/revisions/" + NewUuid4()),
              StatusIs(StatusCode::kNotFound));
  v1::RenderRevisionRequest request;
  request.set_name(document.latest_revision());
  request.set_request_id(NewUuid4());
  ASSERT_OK(As("consultant", &Stub::RenderRevision, request));
  EXPECT_OK(As("consultant", &Stub::RenderRevision, request));
  request.set_member(MemberName(2));
  EXPECT_EQ(ReasonOf(As("consultant", &Stub::RenderRevision, request).status()),
            error::v1::ERROR_REASON_REQUEST_ID_REUSED);
}

}  // namespace
}  // namespace staraction::document
