#include "services/declaration/declaration_test_fixture.h"

namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(DeclarationServiceTest, DraftIsPrefilledFromTheClient) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  EXPECT_EQ(draft.state(), v1::Declaration::STATE_DRAFT);
  EXPECT_EQ(draft.star(), 1);
  EXPECT_EQ(draft.procedure(), "portal-2026");
  EXPECT_EQ(draft.fields(0).code(), "CLIENT_KIND") << "in the order of the screens";
  const std::map<std::string, std::string> wanted = {{"CLIENT_KIND", "COMPANY"},
                                                     {"CORPORATE_NUMBER", "7123456789012"},
                                                     {"LEGAL_NAME", "株式会社𠮷野髙製作所"},
                                                     {"EMPLOYEES", "UP_TO_20"},
                                                     {"CAPITAL", "UP_TO_10M"},
                                                     {"INDUSTRY", "MANUFACTURING"},
                                                     {"STAR", "ONE_STAR"},
                                                     {"RULES_PLEDGE", ""}};
  for (const auto& [code, value] : wanted) {
    EXPECT_EQ(Field(draft, code).value(), value) << code;
    EXPECT_EQ(Field(draft, code).entered_by(), value.empty() ? "" : "client") << code;
  }
  EXPECT_EQ(Field(draft, "TRADE_NAME").code(), "") << "for sole proprietors only";
  EXPECT_EQ(Field(draft, "POLICY_PUBLICATION").code(), "") << "for two stars only";
  EXPECT_THAT(Field(draft, "EMPLOYEES").choices(), SizeIs(6));
  EXPECT_FALSE(draft.gbiz_id().usable());
  EXPECT_EQ(draft.guide().rules_size(), 6);
  EXPECT_GT(draft.guide().uncertainties_size(), 0);
  EXPECT_EQ(draft.missing_count(), 8);
  EXPECT_THAT(Facts(),
              ElementsAre("declaration.rules_acknowledged=false", "declaration.fields_missing=8",
                          "declaration.state=DRAFT", "announcement.published=false",
                          "declaration.gbizid_ready=false"));
}

TEST_F(DeclarationServiceTest, OneGoesOnForEachEngagementAndProcedure) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  const auto second = Create();
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kAlreadyExists, testing::HasSubstr(draft.name())));
  v1::CreateDeclarationRequest old = CreateRequest();
  old.mutable_declaration()->set_procedure("web-form-2017");
  ASSERT_OK(Create(old));
  EXPECT_THAT(Facts(), Contains("declaration.state=DRAFT"));
  ASSERT_OK(Stop(draft.name()));
  ASSERT_OK(Create());
  v1::ListDeclarationsRequest list;
  list.set_parent(kClientName);
  ASSERT_OK_AND_ASSIGN(const auto page, CallAs(keys_.User("president"), *declarations_,
                                               &Stub::ListDeclarations, list));
  EXPECT_EQ(page.declarations_size(), 3);
}

TEST_F(DeclarationServiceTest, BadReferencesAreViolations) {
  v1::CreateDeclarationRequest request = CreateRequest();
  request.mutable_declaration()->set_procedure("by-fax");
  request.mutable_declaration()->set_rule_list("seven-rules");
  EXPECT_THAT(BadFields(Create(request).status()),
              ElementsAre("declaration.procedure", "declaration.rule_list"));
  request = CreateRequest();
  engagements_->engagement.set_client(absl::StrCat("clients/", kOtherClient));
  EXPECT_THAT(BadFields(Create(request).status()), ElementsAre("declaration.engagement"));
}

TEST_F(DeclarationServiceTest, ARepeatedRequestMakesOneDeclaration) {
  v1::CreateDeclarationRequest request = CreateRequest();
  request.set_request_id("22222222-2222-4222-8222-222222222222");
  ASSERT_OK_AND_ASSIGN(const v1::Declaration first, Create(request));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration again, Create(request));
  EXPECT_EQ(again.name(), first.name());
  request.mutable_declaration()->set_procedure("web-form-2017");
  EXPECT_THAT(Create(request), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(DeclarationServiceTest, FieldsAreEnteredAllOrNone) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  const auto refused = Set(draft.name(), {{"CORPORATE_NUMBER", "1234567890123"},
                                          {"LEGAL_NAME", "  "},
                                          {"EMPLOYEES", "many"},
                                          {"CONTACT_EMAIL", "nobody"},
                                          {"CONTACT_PHONE", "0123456789-0123456789"},
                                          {"RULES_PLEDGE", "true"},
                                          {"LISTING_CONSENT", "maybe"},
                                          {"CONTACT_NAME", "佐藤"},
                                          {"SHOE_SIZE", "27"}});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(BadFields(refused.status()),
              ElementsAre("fields[CORPORATE_NUMBER]", "fields[LEGAL_NAME]", "fields[EMPLOYEES]",
                          "fields[RULES_PLEDGE]", "fields[CONTACT_EMAIL]", "fields[CONTACT_PHONE]",
                          "fields[LISTING_CONSENT]", "fields[SHOE_SIZE]"));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration still, Get(draft.name()));
  EXPECT_EQ(Field(still, "CONTACT_NAME").value(), "");

  ASSERT_OK_AND_ASSIGN(const v1::Declaration filled, FillIn(draft.name()));
  EXPECT_EQ(Field(filled, "PURPOSE").value(), "TRUST");
  EXPECT_EQ(Field(filled, "CONTACT_EMAIL").value(), "hanako@example.jp");
  EXPECT_THAT(Field(filled, "CONTACT_NAME").entered_by(), testing::StartsWith("users/"));
  EXPECT_EQ(filled.missing_count(), 1) << "the acknowledgement";
}

TEST_F(DeclarationServiceTest, PrefillLeavesWhatPeopleEntered) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  ASSERT_OK(Set(draft.name(), {{"ADDRESS", "大阪府堺市2-2"}}));
  engagements_->client.set_address("京都府京都市3-3");
  engagements_->client.set_employee_count(25);
  v1::PrefillDeclarationRequest request;
  request.set_name(draft.name());
  ASSERT_OK_AND_ASSIGN(const v1::Declaration again,
                       CallAs(Consultant(), *declarations_, &Stub::PrefillDeclaration, request));
  EXPECT_EQ(Field(again, "ADDRESS").value(), "大阪府堺市2-2");
  EXPECT_EQ(Field(again, "EMPLOYEES").value(), "UP_TO_50");
}

TEST_F(DeclarationServiceTest, ThePresidentAcknowledgesTheRules) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  v1::AcknowledgeRulesRequest request;
  request.set_name(draft.name());
  request.set_president_name("山﨑 髙志");
  EXPECT_THAT(
      BadFields(CallAs(Consultant(), *declarations_, &Stub::AcknowledgeRules, request).status()),
      ElementsAre("channel"))
      << "a consultant says how the president said so";
  ASSERT_OK_AND_ASSIGN(const v1::Declaration own, CallAs(keys_.User("president"), *declarations_,
                                                         &Stub::AcknowledgeRules, request));
  EXPECT_EQ(own.acknowledgement().rule_list(), "six-rules");
  EXPECT_EQ(own.acknowledgement().effective_date().day(), 1);
  EXPECT_EQ(Field(own, "RULES_PLEDGE").value(), "true");
  request.set_channel(common::v1::CHANNEL_PAPER);
  request.set_rule_list("five-rules-of-nobody");
  *request.mutable_effective_date() = Day(10, 2);
  EXPECT_THAT(
      BadFields(CallAs(Consultant(), *declarations_, &Stub::AcknowledgeRules, request).status()),
      ElementsAre("rule_list", "effective_date"));
  EXPECT_THAT(CallAs(Member(1), *declarations_, &Stub::AcknowledgeRules, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(DeclarationServiceTest, PreparingIsGated) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  ASSERT_OK(FillIn(draft.name()));
  auto* gbiz = engagements_->readiness.mutable_criteria(2);
  gbiz->set_verdict(engagement::v1::CriterionState::VERDICT_UNKNOWN);
  const auto refused = Prepare(draft.name());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Unmet(refused.status()), ElementsAre("GBIZID_READY", "fields[RULES_PLEDGE]"));
  gbiz->set_verdict(engagement::v1::CriterionState::VERDICT_MET);
  ASSERT_OK(Acknowledge(draft.name()));
  engagements_->readiness_silent = true;
  EXPECT_THAT(Prepare(draft.name()), StatusIs(absl::StatusCode::kUnavailable));
  engagements_->readiness_silent = false;
  ASSERT_OK_AND_ASSIGN(const v1::Declaration ready, Prepare(draft.name()));
  EXPECT_EQ(ready.state(), v1::Declaration::STATE_READY);
  EXPECT_THAT(Prepare(draft.name()), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration edited, Set(draft.name(), {{"PURPOSE", "SUBSIDY"}}));
  EXPECT_EQ(edited.state(), v1::Declaration::STATE_DRAFT) << "to be prepared again";
}

TEST_F(DeclarationServiceTest, PreparingReadsTheGbizIdAnew) {
  const std::string name = Complete();
  EXPECT_THAT(Facts(), Contains("declaration.gbizid_ready=false"));
  auto* gbiz = engagements_->client.mutable_gbiz_id();
  gbiz->set_kind(engagement::v1::GbizId::KIND_PRIME);
  gbiz->set_ready(true);
  ASSERT_OK_AND_ASSIGN(const v1::Declaration ready, Prepare(name));
  EXPECT_TRUE(ready.gbiz_id().usable());
  EXPECT_THAT(Facts(),
              ElementsAre("declaration.rules_acknowledged=true", "declaration.fields_missing=0",
                          "declaration.state=READY", "announcement.published=false",
                          "declaration.gbizid_ready=true"));
}

TEST_F(DeclarationServiceTest, FromDraftToTheId) {
  const std::string name = Complete();
  ASSERT_OK(Prepare(name));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration submitted, Submit(SubmissionRequest(name)));
  EXPECT_EQ(submitted.state(), v1::Declaration::STATE_SUBMITTED);
  EXPECT_THAT(submitted.deviations(), IsEmpty());
  EXPECT_THAT(submitted.allowed_actions(),
              ElementsAre("recordIssue", "recordStop", "recordChange"));
  EXPECT_THAT(BadFields(Issue(IssueRequest(name, "60000123456")).status()),
              ElementsAre("issued_id"));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration issued,
                       Issue(IssueRequest(name, "５０００-０１２３-４５６")));
  EXPECT_EQ(issued.state(), v1::Declaration::STATE_ISSUED);
  EXPECT_EQ(issued.issued_id(), "50000123456");
  EXPECT_THAT(Facts(), Contains("declaration.state=ISSUED"));

  v1::RecordIssueRequest correction = IssueRequest(name, "50000123457");
  EXPECT_THAT(BadFields(Issue(correction).status()), ElementsAre("reason"));
  correction.set_reason("読み間違い");
  ASSERT_OK_AND_ASSIGN(const v1::Declaration corrected, Issue(correction));
  ASSERT_EQ(corrected.id_history_size(), 2);
  EXPECT_EQ(corrected.id_history(0).issued_id(), "50000123456");
  EXPECT_EQ(corrected.issued_id(), "50000123457");
  ASSERT_OK_AND_ASSIGN(const v1::Declaration read, Get(name));
  std::vector<std::string> kinds;
  for (const auto& event : read.events()) kinds.push_back(event.kind());
  EXPECT_THAT(kinds, ElementsAre("create", "setFields", "acknowledgeRules", "prepare",
                                 "recordSubmission", "recordIssue", "recordIssue"));
}

TEST_F(DeclarationServiceTest, WhatHappenedIsRecordedWithItsDeviation) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  v1::RecordSubmissionRequest request = SubmissionRequest(draft.name());
  request.set_gbiz_id_kind(content::v1::GBIZ_ID_KIND_ENTRY);
  *request.mutable_submit_date() = ToProtoDate(absl::CivilDay(2025, 5, 1));
  EXPECT_THAT(BadFields(Submit(request).status()), ElementsAre("reason"));
  request.set_reason("支援の開始前にお客様が宣言していた");
  ASSERT_OK_AND_ASSIGN(const v1::Declaration submitted, Submit(request));
  std::vector<std::string> codes;
  for (const auto& deviation : submitted.deviations()) {
    codes.push_back(deviation.code());
    EXPECT_EQ(deviation.reason(), request.reason());
  }
  EXPECT_THAT(codes, ElementsAre("NOT_PREPARED", "GBIZ_ID_KIND", "OUTSIDE_PROCEDURE"));
  v1::RecordIssueRequest issue = IssueRequest(draft.name(), "40000123456");
  EXPECT_THAT(BadFields(Issue(issue).status()), ElementsAre("reason")) << "not of that day's form";
  *issue.mutable_issue_date() = ToProtoDate(absl::CivilDay(2025, 5, 8));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration issued, Issue(issue));
  EXPECT_EQ(issued.deviations(3).code(), "LEGACY_ID");
  request.set_name(draft.name());
  EXPECT_THAT(Submit(request), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(DeclarationServiceTest, DatesThatCannotBeAreRefused) {
  const std::string name = Complete();
  ASSERT_OK(Prepare(name));
  v1::RecordSubmissionRequest request = SubmissionRequest(name);
  *request.mutable_submit_date() = Day(10, 2);
  EXPECT_THAT(BadFields(Submit(request).status()), ElementsAre("submit_date"));
  ASSERT_OK(Submit(SubmissionRequest(name)));
  v1::RecordIssueRequest issue = IssueRequest(name, "50000123456");
  *issue.mutable_issue_date() = Day(9, 29);
  EXPECT_THAT(BadFields(Issue(issue).status()), ElementsAre("issue_date"));
}

TEST_F(DeclarationServiceTest, EndsStoppedOrSuperseded) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration first, Create());
  ASSERT_OK_AND_ASSIGN(const v1::Declaration stopped, Stop(first.name()));
  EXPECT_EQ(stopped.state(), v1::Declaration::STATE_STOPPED);
  EXPECT_THAT(stopped.allowed_actions(), IsEmpty());
  EXPECT_THAT(Facts(), IsEmpty());
  v1::CreateDeclarationRequest old = CreateRequest();
  old.mutable_declaration()->set_procedure("web-form-2017");
  ASSERT_OK_AND_ASSIGN(const v1::Declaration legacy, Create(old));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration later, Create());
  EXPECT_THAT(
      BadFields(
          Stop(legacy.name(), kClientName + "/declarations/" + NewId(absl::UnixEpoch())).status()),
      ElementsAre("superseded_by"));
  EXPECT_THAT(BadFields(Stop(legacy.name(), legacy.name()).status()), ElementsAre("superseded_by"));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration superseded, Stop(legacy.name(), later.name()));
  EXPECT_EQ(superseded.state(), v1::Declaration::STATE_SUPERSEDED);
  EXPECT_EQ(superseded.stop().superseded_by(), later.name());
}

TEST_F(DeclarationServiceTest, OthersMayNot) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, Create());
  v1::GetDeclarationRequest get;
  get.set_name(draft.name());
  for (const std::string& token :
       {keys_.User("elsewhere"), Member(1), keys_.User("consultant", test::kOtherOrganization)}) {
    EXPECT_THAT(CallAs(token, *declarations_, &Stub::GetDeclaration, get),
                StatusIs(absl::StatusCode::kPermissionDenied));
  }
  v1::PrepareDeclarationRequest prepare;
  prepare.set_name(draft.name());
  EXPECT_THAT(CallAs(keys_.User("president"), *declarations_, &Stub::PrepareDeclaration, prepare),
              StatusIs(absl::StatusCode::kPermissionDenied));
  prepare.set_etag(Etag(99));
  EXPECT_THAT(CallAs(Consultant(), *declarations_, &Stub::PrepareDeclaration, prepare),
              StatusIs(absl::StatusCode::kAborted));
}

}  // namespace
}  // namespace staraction::declaration
