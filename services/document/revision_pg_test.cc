// Edits and the life of revisions through real gRPC over a real database.

#include "common/base/id.h"
#include "google/rpc/error_details.pb.h"
#include "services/document/pdf_text.h"
#include "services/document/service_test_fixture.h"
#include "staraction/document/v1/approved_service.grpc.pb.h"
#include "staraction/document/v1/revision_service.grpc.pb.h"
#include "staraction/engagement/v1/client_service.pb.h"

namespace staraction::document {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Stub = v1::RevisionService::Stub;

constexpr char kPdfBytes[] = "%PDF-1.7 signed";

class RevisionTest : public DocumentTest {
 protected:
  RevisionTest() : revisions_(v1::RevisionService::NewStub(service_.channel())) {
    auto& member =
        sources_->Answer<engagement::v1::GetMemberRequest, engagement::v1::Member>(MemberName(1));
    member.set_display_name("濵﨑 髙志");
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Do(const std::string& subject,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) {
    return test::CallAs(keys_.User(subject), *revisions_, method, request);
  }

  absl::StatusOr<v1::Revision> Submit(const std::string& revision,
                                      const std::string& subject = "consultant") {
    v1::SubmitRevisionRequest request;
    request.set_name(revision);
    return Do(subject, &Stub::SubmitRevision, request);
  }

  static v1::ApproveRevisionRequest ApproveRequest(const std::string& revision) {
    v1::ApproveRevisionRequest request;
    request.set_name(revision);
    request.set_approver(MemberName(1));
    return request;
  }

  // A revision that is approved.
  v1::Revision Approved(const std::string& revision) {
    EXPECT_OK(Submit(revision));
    const auto approved = Do("president", &Stub::ApproveRevision, ApproveRequest(revision));
    EXPECT_OK(approved);
    return approved.value_or(v1::Revision());
  }

  v1::Document GetDocument(const std::string& name) {
    v1::GetDocumentRequest request;
    request.set_name(name);
    const auto document = As("president", &v1::DocumentService::Stub::GetDocument, request);
    EXPECT_OK(document);
    return document.value_or(v1::Document());
  }

  std::unique_ptr<Stub> revisions_;
};

TEST_F(RevisionTest, FromDraftToPublished) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  const auto draft = GetRevision(document.latest_revision());
  ASSERT_OK(draft);
  EXPECT_THAT(draft->digest(), testing::MatchesRegex("[0-9a-f]{64}"));
  EXPECT_THAT(draft->allowed_actions(), ElementsAre("submit", "withdraw"));
  v1::SubmitRevisionRequest submit;
  submit.set_name(draft->name());
  submit.set_etag(draft->etag());
  submit.set_note("ご確認ください。");
  submit.set_request_id(NewUuid4());
  const auto submitted = Do("consultant", &Stub::SubmitRevision, submit);
  ASSERT_OK(submitted);
  EXPECT_EQ(submitted->state(), v1::Revision::STATE_SUBMITTED);
  EXPECT_FALSE(submitted->has_document());
  const auto again = Do("consultant", &Stub::SubmitRevision, submit);
  ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), submitted->SerializeAsString());
  v1::ApproveRevisionRequest approve = ApproveRequest(draft->name());
  approve.set_channel(common::v1::CHANNEL_PAPER);
  approve.set_digest(draft->digest().substr(0, 16));
  approve.set_scan(kPdfBytes);
  approve.set_scan_media_type("application/pdf");
  approve.mutable_approve_date()->set_year(2026);
  approve.mutable_approve_date()->set_month(9);
  approve.mutable_approve_date()->set_day(30);
  const auto approved = Do("consultant", &Stub::ApproveRevision, approve);
  ASSERT_OK(approved);
  EXPECT_EQ(approved->state(), v1::Revision::STATE_APPROVED);
  EXPECT_EQ(approved->approver_display_name(), "濵﨑 髙志");
  EXPECT_EQ(approved->approve_date().day(), 30);
  EXPECT_THAT(approved->allowed_actions(), ElementsAre("publish", "withdraw"));
  v1::PublishRevisionRequest publish;
  publish.set_name(draft->name());
  publish.set_note("社内の掲示板");
  const auto published = Do("manager", &Stub::PublishRevision, publish);
  ASSERT_OK(published);
  EXPECT_EQ(published->publish_date().month(), 10);
  const auto read = GetRevision(draft->name());
  ASSERT_OK(read);
  ASSERT_EQ(read->acts_size(), 3);
  EXPECT_EQ(read->acts(0).note(), "ご確認ください。");
  EXPECT_EQ(read->acts(1).person(), MemberName(1));
  EXPECT_EQ(read->acts(1).channel(), common::v1::CHANNEL_PAPER);
  EXPECT_EQ(read->acts(1).digest(), draft->digest());
  EXPECT_THAT(read->acts(1).recorded_by(), HasSubstr("users/"));
  EXPECT_EQ(read->acts(2).state(), v1::Revision::STATE_PUBLISHED);
  EXPECT_EQ(read->document().SerializeAsString(), draft->document().SerializeAsString());
  v1::DownloadActScanRequest scan;
  scan.set_name(read->acts(1).name());
  const auto bytes = Do("president", &Stub::DownloadActScan, scan);
  ASSERT_OK(bytes);
  EXPECT_EQ(bytes->data(), kPdfBytes);
  scan.set_name(read->acts(0).name());
  EXPECT_THAT(Do("president", &Stub::DownloadActScan, scan), StatusIs(StatusCode::kNotFound));
  const v1::Document now = GetDocument(document.name());
  EXPECT_EQ(now.approved_revision(), draft->name());
  EXPECT_EQ(now.approved_number(), 1);
  EXPECT_EQ(now.establish_date().day(), 30);
}

TEST_F(RevisionTest, TheNewestApprovalHoldsUntilItIsWithdrawn) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  Approved(document.latest_revision());
  v1::RegenerateDocumentRequest again;
  again.set_name(document.name());
  const auto second = As("consultant", &v1::DocumentService::Stub::RegenerateDocument, again);
  ASSERT_OK(second);
  EXPECT_EQ(GetDocument(document.name()).approved_number(), 1) << "a draft doesn't hold";
  Approved(second->name());
  EXPECT_EQ(GetDocument(document.name()).approved_number(), 2);
  v1::WithdrawRevisionRequest withdraw;
  withdraw.set_name(second->name());
  withdraw.set_reason("誤りが見つかった。");
  ASSERT_OK(Do("president", &Stub::WithdrawRevision, withdraw));
  EXPECT_EQ(GetDocument(document.name()).approved_revision(), document.latest_revision());
  EXPECT_EQ(ReasonOf(Do("president", &Stub::WithdrawRevision, withdraw).status()),
            error::v1::ERROR_REASON_STATE_CONFLICT);
}

TEST_F(RevisionTest, WhatIsNotFilledInCannotBeSubmitted) {
  const v1::Document document = Create("declaration-sheet", kDeclarationName);
  const auto refused = Submit(document.latest_revision());
  EXPECT_EQ(ReasonOf(refused.status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  const auto failure = GetDetail<google::rpc::PreconditionFailure>(refused.status());
  ASSERT_TRUE(failure.has_value());
  std::string missing;
  for (const auto& violation : failure->violations()) {
    missing += violation.subject() + ": " + violation.description() + "\n";
  }
  EXPECT_THAT(missing, HasSubstr("declaration.gbiz_id: 「GビズID」が決まっていません"));
  EXPECT_THAT(missing, HasSubstr("has no value (必須)"));
}

TEST_F(RevisionTest, StatesRolesAndInput) {
  const std::string revision = Create("pledge-sheet", kCampaignName).latest_revision();
  EXPECT_EQ(ReasonOf(Do("president", &Stub::ApproveRevision, ApproveRequest(revision)).status()),
            error::v1::ERROR_REASON_STATE_CONFLICT);
  v1::PublishRevisionRequest publish;
  publish.set_name(revision);
  EXPECT_EQ(ReasonOf(Do("president", &Stub::PublishRevision, publish).status()),
            error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(Submit(revision, "elsewhere"), StatusIs(StatusCode::kPermissionDenied));
  ASSERT_OK(Submit(revision, "manager"));
  EXPECT_THAT(Do("manager", &Stub::ApproveRevision, ApproveRequest(revision)),
              StatusIs(StatusCode::kPermissionDenied));
  const struct {
    std::function<void(v1::ApproveRevisionRequest&)> change;
    std::string field;
  } cases[] = {
      {[](auto& request) { request.clear_approver(); }, "approver"},
      {[](auto& request) { request.set_approver(MemberName(7)); }, "approver"},
      {[](auto& request) {
         request.set_approver(absl::StrCat("clients/", kOtherClient, "/members/", NewUuid4()));
       },
       "approver"},
      {[](auto& request) { request.mutable_approve_date()->set_year(2999); }, "approve_date"},
      {[](auto& request) { request.set_digest("0123456789abcdef"); }, "digest"},
      {[](auto& request) { request.set_scan(kPdfBytes); }, "scan"},
      {[](auto& request) {
         request.set_scan(kPdfBytes);
         request.set_channel(common::v1::CHANNEL_PAPER);
         request.set_scan_media_type("image/png");
       },
       "scan_media_type"},
  };
  for (const auto& test : cases) {
    v1::ApproveRevisionRequest request = ApproveRequest(revision);
    test.change(request);
    EXPECT_THAT(Do("president", &Stub::ApproveRevision, request),
                StatusIs(StatusCode::kInvalidArgument, HasSubstr(test.field)))
        << test.field;
  }
  v1::ApproveRevisionRequest stale = ApproveRequest(revision);
  stale.set_etag(Create("president-pledge-sheet", kCampaignName).etag());
  EXPECT_THAT(Do("president", &Stub::ApproveRevision, stale), StatusIs(StatusCode::kAborted));
  ASSERT_OK(Do("president", &Stub::ApproveRevision, ApproveRequest(revision)));
  publish.mutable_publish_date()->set_year(2026);
  publish.mutable_publish_date()->set_month(9);
  publish.mutable_publish_date()->set_day(1);
  EXPECT_THAT(Do("president", &Stub::PublishRevision, publish),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("before the approval")));
  v1::WithdrawRevisionRequest withdraw;
  withdraw.set_name(revision);
  EXPECT_THAT(Do("president", &Stub::WithdrawRevision, withdraw),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("reason")));
}

// "set.…" fields that were not decided.
std::vector<std::string> Open(const v1::Revision& revision) {
  std::vector<std::string> open;
  for (const auto& code : revision.unresolved_fields()) {
    if (code.rfind("set.", 0) == 0) open.push_back(code);
  }
  return open;
}

bool HasHeading(const v1::Revision& revision, const std::string& id) {
  for (const auto& block : revision.document().blocks()) {
    if (block.heading().id() == id) return true;
  }
  return false;
}

std::string FirstWords(const v1::Revision& revision, const std::string& article) {
  for (const auto& block : revision.document().blocks()) {
    if (block.article().id() != article) continue;
    return block.article().clauses(0).inlines(0).text();
  }
  return "(absent)";
}

TEST_F(RevisionTest, ChaptersFollowFactsAndDecisions) {
  const v1::Document document = Create("regulations", kClientName);
  const auto draft = GetRevision(document.latest_revision());
  ASSERT_OK(draft);
  EXPECT_THAT(Open(*draft), ElementsAre("set.private_devices", "set.telework"));
  EXPECT_TRUE(HasHeading(*draft, "chapter-11")) << "there are employees";
  EXPECT_FALSE(HasHeading(*draft, "chapter-8")) << "nothing is developed";
  EXPECT_FALSE(HasHeading(*draft, "chapter-12"));
  EXPECT_EQ(ReasonOf(Submit(draft->name()).status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  v1::EditDocumentRequest edit;
  edit.set_name(document.name());
  edit.set_etag(document.etag());
  auto& values = *edit.mutable_edits()->mutable_variables();
  values["telework"] = "true";
  values["private_devices"] = "false";
  values["my_number"] = "false";
  values["password_length"] = "12";
  const auto edited = Do("manager", &Stub::EditDocument, edit);
  ASSERT_OK(edited);
  EXPECT_EQ(edited->number(), 2);
  EXPECT_EQ(edited->state(), v1::Revision::STATE_DRAFT);
  EXPECT_THAT(Open(*edited), ElementsAre());
  EXPECT_TRUE(HasHeading(*edited, "chapter-12"));
  EXPECT_FALSE(HasHeading(*edited, "chapter-11"));
  EXPECT_EQ(edited->field_values().at("set.password_length"), "12");
  EXPECT_NE(edited->digest(), draft->digest());
  EXPECT_THAT(Do("manager", &Stub::EditDocument, edit), StatusIs(StatusCode::kAborted));
  values["password_length"] = "7";
  edit.clear_etag();
  EXPECT_THAT(
      Do("manager", &Stub::EditDocument, edit),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr("'7' came; wanted a number from 8 to 64")));
  EXPECT_THAT(Do("elsewhere", &Stub::EditDocument, edit), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Facts(), ElementsAre("regulations.approved=false"));
  const v1::Revision approved = Approved(edited->name());
  EXPECT_THAT(Facts(),
              ElementsAre("regulations.approved=true", "regulations.revision=" + approved.name()));
}

TEST_F(RevisionTest, OwnWordsStayWhenTheDocumentIsGeneratedAgain) {
  const v1::Document document = Create("regulations", kClientName);
  v1::EditDocumentRequest edit;
  edit.set_name(document.name());
  auto& part = *edit.mutable_edits()->add_parts();
  part.set_id("clear-desk");
  part.set_note("製造現場に合わせた。");
  auto& article = *part.mutable_block()->mutable_article();
  article.add_title()->set_text("机と画面の整理");
  article.add_clauses()->add_inlines()->set_text("作業台に図面を残さない。");
  auto& added = *edit.mutable_edits()->add_parts();
  added.set_id("drawings");
  added.set_after("clear-desk");
  auto& own = *added.mutable_block()->mutable_article();
  own.add_title()->set_text("図面の取扱い");
  own.add_clauses()->add_inlines()->set_text("図面は工程が終わったら返す。");
  const auto edited = Do("consultant", &Stub::EditDocument, edit);
  ASSERT_OK(edited);
  EXPECT_EQ(FirstWords(*edited, "clear-desk"), "作業台に図面を残さない。");
  EXPECT_EQ(FirstWords(*edited, "drawings"), "図面は工程が終わったら返す。");
  TestClient(*sources_).set_legal_name("新しい商号の株式会社");
  v1::RegenerateDocumentRequest again;
  again.set_name(document.name());
  const auto next = As("consultant", &v1::DocumentService::Stub::RegenerateDocument, again);
  ASSERT_OK(next);
  EXPECT_EQ(FirstWords(*next, "clear-desk"), "作業台に図面を残さない。");
  ASSERT_EQ(next->edits().parts_size(), 2);
  EXPECT_EQ(next->edits().parts(0).fit(), v1::PartEdit::FIT_SAME);
  EXPECT_EQ(next->edits().parts(0).note(), "製造現場に合わせた。");
  v1::CompareRevisionsRequest compare;
  compare.set_name(next->name());
  compare.set_base(document.latest_revision());
  const auto changes = Do("president", &Stub::CompareRevisions, compare);
  ASSERT_OK(changes);
  std::vector<std::string> places;
  for (const auto& change : changes->changes()) {
    if (change.id() == "drawings" || change.id() == "clear-desk") places.push_back(change.place());
  }
  EXPECT_THAT(places, ::testing::Contains(HasSubstr("（図面の取扱い）")));
  // An edit that ends leaves the template's words; one that fits nothing is refused.
  edit.clear_edits();
  edit.mutable_edits()->add_parts()->set_id("clear-desk");
  auto& lost = *edit.mutable_edits()->add_parts();
  lost.set_id("nowhere");
  lost.set_removed(true);
  EXPECT_THAT(Do("consultant", &Stub::EditDocument, edit),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("edits.parts[1]")));
  edit.mutable_edits()->mutable_parts()->RemoveLast();
  const auto ended = Do("consultant", &Stub::EditDocument, edit);
  ASSERT_OK(ended);
  EXPECT_NE(FirstWords(*ended, "clear-desk"), "作業台に図面を残さない。");
}

TEST_F(RevisionTest, ThePolicyIsPublishedAsHtml) {
  const v1::Document document = Create("basic-policy", kClientName);
  const v1::Revision approved = Approved(document.latest_revision());
  v1::RenderRevisionRequest render;
  render.set_name(approved.name());
  render.set_format(v1::RENDER_FORMAT_HTML);
  const auto html = As("president", &v1::DocumentService::Stub::RenderRevision, render);
  ASSERT_OK(html);
  EXPECT_EQ(html->content_type(), "text/html; charset=utf-8");
  EXPECT_THAT(html->data(), HasSubstr("<h1>情報セキュリティ基本方針</h1>"));
  EXPECT_THAT(html->data(), HasSubstr("<h3 id=\"responsibility\">"));
  EXPECT_THAT(html->data(), HasSubstr("自動車と医療機器に使う精密切削部品の製造"));
  EXPECT_THAT(html->data(), HasSubstr("制定日　2026年10月1日"));
  EXPECT_THAT(html->data(), testing::Not(HasSubstr("<script")));
  render.set_format(v1::RENDER_FORMAT_TEXT);
  const auto text = As("president", &v1::DocumentService::Stub::RenderRevision, render);
  ASSERT_OK(text);
  EXPECT_THAT(text->data(), HasSubstr("\n1．代表者の責任\n"));
  EXPECT_THAT(Facts(), ElementsAre("policy.approved=true", "policy.revision=" + approved.name()));
  EXPECT_EQ(service_.database().Query("select count(*) as value from document.rendering"), "2");
}

TEST_F(RevisionTest, PagesTellWhereARevisionIsInItsLife) {
  const v1::Document document = Create("basic-policy", kClientName);
  const auto draft = Render(document.latest_revision());
  ASSERT_OK(draft);
  EXPECT_THAT(PdfText(draft->data(), "policy_draft").substr(0, 10), HasSubstr("案"));
  Approved(document.latest_revision());
  const auto approved = Render(document.latest_revision());
  ASSERT_OK(approved);
  const std::string pages = PdfText(approved->data(), "policy_approved");
  EXPECT_THAT(pages.substr(0, 10), testing::Not(HasSubstr("案")));
  EXPECT_THAT(pages, HasSubstr("制定日2026年10月1日"));
}

TEST_F(RevisionTest, OtherServicesReadWhatHolds) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  Create("president-pledge-sheet", kCampaignName);
  const auto stub = v1::ApprovedService::NewStub(service_.channel());
  const auto call = service_.host().ServiceCall(test::kOrganization, kClient, absl::Seconds(10));
  ASSERT_OK(call);
  v1::ListApprovedRequest request;
  request.set_client(kClientName);
  request.add_kinds(v1::DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET);
  request.add_kinds(v1::DOCUMENT_KIND_PLEDGE_SHEET);
  request.set_with_text(true);
  const auto list = [&](const std::string& token) {
    return test::CallAs(token, *stub, &v1::ApprovedService::Stub::ListApproved, request);
  };
  auto found = list(call->token);
  ASSERT_OK(found);
  EXPECT_EQ(found->approved_size(), 0) << "drafts don't hold";
  const v1::Revision approved = Approved(document.latest_revision());
  found = list(call->token);
  ASSERT_OK(found);
  ASSERT_EQ(found->approved_size(), 1);
  EXPECT_EQ(found->approved(0).revision(), approved.name());
  EXPECT_EQ(found->approved(0).kind(), v1::DOCUMENT_KIND_PLEDGE_SHEET);
  EXPECT_EQ(found->approved(0).digest(), approved.digest());
  EXPECT_EQ(found->approved(0).approver_display_name(), "濵﨑 髙志");
  EXPECT_THAT(found->approved(0).text(), HasSubstr("更新を先送りしない"));
  EXPECT_EQ(found->approved(0).pdf(), "");
  request.set_with_pdf(true);
  found = list(call->token);
  ASSERT_OK(found);
  EXPECT_EQ(found->approved(0).pdf().substr(0, 5), "%PDF-");
  EXPECT_THAT(list(keys_.User("president")), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(RevisionTest, TheServiceCannotChangeContent) {
  Create("pledge-sheet", kCampaignName);
  for (const char* column : {"document", "field_values", "digest", "edits", "number"}) {
    EXPECT_EQ(
        service_.database().Query(absl::StrCat("select has_column_privilege('staraction_document', "
                                               "'document.revision', '",
                                               column, "', 'update')::text as value")),
        "false")
        << column;
  }
  EXPECT_EQ(service_.database().Query("select has_table_privilege('staraction_document', "
                                      "'document.revision_act', 'update, delete')::text as value"),
            "false");
}

TEST_F(RevisionTest, ComparesWithTheRevisionBefore) {
  const v1::Document document = Create("pledge-sheet", kCampaignName);
  v1::CompareRevisionsRequest compare;
  compare.set_name(document.latest_revision());
  EXPECT_THAT(Do("president", &Stub::CompareRevisions, compare),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("first revision")));
  TestClient(*sources_).set_legal_name("新しい商号の株式会社");
  v1::RegenerateDocumentRequest again;
  again.set_name(document.name());
  const auto second = As("consultant", &v1::DocumentService::Stub::RegenerateDocument, again);
  ASSERT_OK(second);
  compare.set_name(second->name());
  const auto comparison = Do("president", &Stub::CompareRevisions, compare);
  ASSERT_OK(comparison);
  EXPECT_EQ(comparison->base(), document.latest_revision());
  ASSERT_GT(comparison->changes_size(), 0);
  EXPECT_EQ(comparison->changes(0).kind(), v1::RevisionChange::KIND_CHANGED);
  EXPECT_THAT(comparison->changes(0).before(), HasSubstr("株式会社濵﨑髙製作所"));
  EXPECT_THAT(comparison->changes(0).after(), HasSubstr("新しい商号の株式会社"));
  compare.set_base(Create("declaration-sheet", kDeclarationName).latest_revision());
  EXPECT_THAT(Do("president", &Stub::CompareRevisions, compare),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("another document")));
}

}  // namespace
}  // namespace staraction::document
