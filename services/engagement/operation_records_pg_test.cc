// Forms, evidence, internal checks and exceptions, through real gRPC over a real
// database.

#include "services/engagement/testing/operation_test.h"
#include "staraction/engagement/v1/due_service.grpc.pb.h"
#include "staraction/engagement/v1/evidence_service.grpc.pb.h"
#include "staraction/engagement/v1/finding_service.grpc.pb.h"
#include "staraction/engagement/v1/internal_check_service.grpc.pb.h"
#include "staraction/engagement/v1/operation_form_service.grpc.pb.h"
#include "staraction/engagement/v1/rule_exception_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Forms = v1::OperationFormService;
using Evidences = v1::EvidenceService;
using Checks = v1::InternalCheckService;
using Findings = v1::FindingService;
using Exceptions = v1::RuleExceptionService;

constexpr char kPdf[] = "%PDF-1.7 sheet";

class RecordsTest : public OperationTest {
 protected:
  absl::StatusOr<v1::OperationForm> UseForm(const std::string& code, const std::string& place) {
    v1::CreateOperationFormRequest request;
    request.set_parent(client_.name());
    request.mutable_operation_form()->set_code(code);
    request.mutable_operation_form()->set_place(place);
    request.mutable_operation_form()->set_trial(true);
    *request.mutable_operation_form()->mutable_start_date() = ToProtoDate(today_ - 2);
    return As<Forms>("consultant", &Forms::Stub::CreateOperationForm, request);
  }
  absl::StatusOr<v1::Evidence> HandIn(const std::string& subject, const std::string& bytes = kPdf,
                                      const std::string& media_type = "application/pdf") {
    v1::CreateEvidenceRequest request;
    request.set_parent(client_.name());
    request.mutable_evidence()->set_subject(subject);
    request.mutable_evidence()->set_file_name("記録.pdf");
    request.mutable_evidence()->set_media_type(media_type);
    *request.mutable_evidence()->mutable_effective_date() = ToProtoDate(today_ - 3);
    request.set_data(bytes);
    return As<Evidences>("consultant", &Evidences::Stub::CreateEvidence, request);
  }
  v1::InternalCheck OpenCheck(const std::string& engagement) {
    v1::CreateInternalCheckRequest request;
    request.set_parent(client_.name());
    request.mutable_internal_check()->set_scope("全社");
    request.mutable_internal_check()->set_inspector_member(manager_.name());
    request.mutable_internal_check()->set_engagement(engagement);
    *request.mutable_internal_check()->mutable_start_date() = ToProtoDate(today_);
    const auto check = As<Checks>("consultant", &Checks::Stub::CreateInternalCheck, request);
    EXPECT_OK(check);
    return check.value_or(v1::InternalCheck());
  }
  absl::StatusOr<v1::InternalCheck> Answer(const v1::InternalCheck& check, int deviating) {
    v1::AnswerInternalCheckRequest request;
    request.set_name(check.name());
    for (int i = 0; i < check.items_size(); ++i) {
      auto* answer = request.add_answers();
      answer->set_code(check.items(i).code());
      answer->set_answer(i == deviating ? v1::InternalCheck::ANSWER_DEVIATES
                                        : v1::InternalCheck::ANSWER_CONFORMS);
      if (i == deviating) answer->set_note("空欄がある");
    }
    return As<Checks>("consultant", &Checks::Stub::AnswerInternalCheck, request);
  }
  absl::StatusOr<v1::Finding> Find(const v1::InternalCheck& check, const std::string& item) {
    v1::CreateFindingRequest request;
    request.set_parent(check.name());
    request.mutable_finding()->set_item(item);
    request.mutable_finding()->set_text("廃棄記録に確認者の名前がない");
    request.mutable_finding()->set_severity(v1::Finding::SEVERITY_MINOR);
    return As<Findings>("consultant", &Findings::Stub::CreateFinding, request);
  }
  absl::StatusOr<v1::InternalCheck> Conclude(const std::string& name) {
    v1::ConcludeInternalCheckRequest request;
    request.set_name(name);
    request.set_summary("おおむね守られている");
    return As<Checks>("consultant", &Checks::Stub::ConcludeInternalCheck, request);
  }
  absl::StatusOr<v1::Finding> Verify(const std::string& name, bool helped) {
    v1::CorrectFindingRequest correct;
    correct.set_name(name);
    correct.set_result("欄を加えた");
    EXPECT_OK(As<Findings>("consultant", &Findings::Stub::CorrectFinding, correct));
    v1::VerifyFindingRequest verify;
    verify.set_name(name);
    verify.set_outcome(helped ? v1::VerifyFindingRequest::OUTCOME_HELPED
                              : v1::VerifyFindingRequest::OUTCOME_DID_NOT_HELP);
    verify.set_result("記録を見た");
    return As<Findings>("consultant", &Findings::Stub::VerifyFinding, verify);
  }
  v1::CreateRuleExceptionRequest ExceptionOf(absl::CivilDay from, absl::CivilDay to) {
    v1::CreateRuleExceptionRequest request;
    request.set_parent(client_.name());
    auto* exception = request.mutable_rule_exception();
    exception->set_rule("規程 第6章 私物端末の禁止");
    exception->set_allowance("営業の一人が自分の電話で受ける");
    exception->set_reason("会社の電話が届くまで");
    exception->set_requester_member(manager_.name());
    *exception->mutable_start_date() = ToProtoDate(from);
    *exception->mutable_expire_date() = ToProtoDate(to);
    return request;
  }
  absl::StatusOr<v1::RuleException> Approve(const std::string& name, const v1::Member& by,
                                            const std::string& who = "consultant") {
    v1::ApproveRuleExceptionRequest request;
    request.set_name(name);
    request.set_approver_member(by.name());
    return As<Exceptions>(who, &Exceptions::Stub::ApproveRuleException, request);
  }
};

TEST_F(RecordsTest, FormsAreUsedOnceAtAPlaceAndStopped) {
  EXPECT_THAT(UseForm("DISPOSAL_RECORD", ""), StatusIs(StatusCode::kFailedPrecondition));
  const v1::Engagement engagement = OpenTwoStars();
  EXPECT_EQ(Actual(engagement.name(), "OPERATION_FORMS"), "0");
  const auto form = UseForm("DISPOSAL_RECORD", "総務");
  ASSERT_OK(form);
  EXPECT_EQ(form->title(), "廃棄記録簿");
  EXPECT_EQ(form->template_(), "form-disposal");
  EXPECT_EQ(form->engagement(), engagement.name());
  EXPECT_THAT(UseForm("DISPOSAL_RECORD", "総務"),
              StatusIs(StatusCode::kAlreadyExists, HasSubstr(form->name())));
  EXPECT_OK(UseForm("DISPOSAL_RECORD", "工場"));
  EXPECT_THAT(UseForm("DIARY", ""),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("CARRY_OUT_LOG")));
  EXPECT_EQ(Actual(engagement.name(), "OPERATION_FORMS"), "2");
  v1::UpdateOperationFormRequest update;
  update.mutable_operation_form()->set_name(form->name());
  update.mutable_operation_form()->set_owner_member(manager_.name());
  update.mutable_update_mask()->add_paths("owner_member");
  const auto owned = As<Forms>("consultant", &Forms::Stub::UpdateOperationForm, update);
  ASSERT_OK(owned);
  EXPECT_EQ(owned->owner_member(), manager_.name());
  v1::StopOperationFormRequest stop;
  stop.set_name(form->name());
  stop.set_reason("電子の記録に替えた");
  *stop.mutable_effective_date() = ToProtoDate(today_ - 3);
  EXPECT_THAT(As<Forms>("consultant", &Forms::Stub::StopOperationForm, stop),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("effective_date")));
  stop.clear_effective_date();
  const auto stopped = As<Forms>("consultant", &Forms::Stub::StopOperationForm, stop);
  ASSERT_OK(stopped);
  EXPECT_EQ(*FromProtoDate(stopped->end_date()), today_);
  EXPECT_EQ(stopped->acts_size(), 2);
  EXPECT_THAT(As<Forms>("consultant", &Forms::Stub::StopOperationForm, stop),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("STOPPED")));
  EXPECT_THAT(As<Forms>("other-consultant", &Forms::Stub::StopOperationForm, stop),
              StatusIs(StatusCode::kPermissionDenied));
  v1::ListOperationFormsRequest list;
  list.set_parent(client_.name());
  EXPECT_EQ(As<Forms>("consultant", &Forms::Stub::ListOperationForms, list)->operation_forms_size(),
            2);
  v1::GetOperationFormRequest get;
  get.set_name(form->name());
  EXPECT_EQ(As<Forms>("consultant", &Forms::Stub::GetOperationForm, get)->state(),
            v1::OperationForm::STATE_STOPPED);
}

TEST_F(RecordsTest, ATaskIsOpenAgainWhenItsCriterionIsNoLongerMet) {
  const v1::Engagement engagement = OpenTwoStars();
  const auto form = UseForm("CARRY_OUT_LOG", "総務");
  ASSERT_OK(form);
  EXPECT_EQ(Actual(engagement.name(), "OPERATION_FORMS"), "1");
  EXPECT_EQ(TasksOf(engagement.name())["TRIAL"].state(), v1::Task::STATE_DONE);
  v1::StopOperationFormRequest stop;
  stop.set_name(form->name());
  stop.set_reason("使われていない");
  ASSERT_OK(As<Forms>("consultant", &Forms::Stub::StopOperationForm, stop));
  EXPECT_EQ(Actual(engagement.name(), "OPERATION_FORMS"), "0");
  const v1::Task open = TasksOf(engagement.name())["TRIAL"];
  EXPECT_EQ(open.state(), v1::Task::STATE_OPEN);
  EXPECT_EQ(open.completed_by(), "");
  EXPECT_FALSE(open.has_complete_time());
  v1::CompleteTaskRequest complete;
  complete.set_name(open.name());
  ASSERT_OK(As<Tasks>("consultant", &Tasks::Stub::CompleteTask, complete));
  EXPECT_EQ(Actual(engagement.name(), "OPERATION_FORMS"), "0");
  EXPECT_EQ(TasksOf(engagement.name())["TRIAL"].state(), v1::Task::STATE_DONE);
}

TEST_F(RecordsTest, EvidenceIsKeptAsItCameWithItsOwnDay) {
  const v1::Engagement engagement = OpenTwoStars();
  const auto activity = AddActivity(engagement.name(), today_);
  const auto evidence = HandIn(activity->name());
  ASSERT_OK(evidence);
  EXPECT_EQ(evidence->size(), static_cast<int>(sizeof(kPdf) - 1));
  EXPECT_EQ(evidence->sha256(),
            world_.Query("select encode(sha256('" + std::string(kPdf) + "'), 'hex') as value"));
  EXPECT_EQ(*FromProtoDate(evidence->effective_date()), today_ - 3);
  v1::DownloadEvidenceRequest download;
  download.set_name(evidence->name());
  const auto body = As<Evidences>("consultant", &Evidences::Stub::DownloadEvidence, download);
  ASSERT_OK(body);
  EXPECT_EQ(body->data(), kPdf);
  EXPECT_EQ(body->content_type(), "application/pdf");
  EXPECT_THAT(As<Evidences>("other-consultant", &Evidences::Stub::DownloadEvidence, download),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_EQ(Year(engagement.name())->activities(0).evidence_count(), 1);
  EXPECT_THAT(HandIn(activity->name(), "MZ"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("data")));
  EXPECT_THAT(HandIn(client_.name()),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("evidence.subject")));
  EXPECT_THAT(HandIn(client_.name() + "/activities/0190affe-0000-7000-8000-00000000dead"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("evidence.subject")));
  const auto form = UseForm("CARRY_OUT_LOG", "受付");
  EXPECT_OK(HandIn(form->name()));
  EXPECT_OK(HandIn(OpenCheck(engagement.name()).name()));
  v1::ListEvidencesRequest list;
  list.set_parent(client_.name());
  EXPECT_EQ(As<Evidences>("consultant", &Evidences::Stub::ListEvidences, list)->evidences_size(),
            3);
  list.set_subject(form->name());
  EXPECT_EQ(As<Evidences>("consultant", &Evidences::Stub::ListEvidences, list)->evidences_size(),
            1);
  v1::GetEvidenceRequest get;
  get.set_name(evidence->name());
  EXPECT_EQ(As<Evidences>("consultant", &Evidences::Stub::GetEvidence, get)->file_name(),
            "記録.pdf");
  v1::RetractEvidenceRequest retract;
  retract.set_name(evidence->name());
  EXPECT_THAT(As<Evidences>("consultant", &Evidences::Stub::RetractEvidence, retract),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("reason")));
  retract.set_reason("別の会社の書類だった");
  EXPECT_THAT(As<Evidences>("other-consultant", &Evidences::Stub::RetractEvidence, retract),
              StatusIs(StatusCode::kPermissionDenied));
  const auto retracted = As<Evidences>("consultant", &Evidences::Stub::RetractEvidence, retract);
  ASSERT_OK(retracted);
  EXPECT_EQ(retracted->retract_reason(), "別の会社の書類だった");
  EXPECT_THAT(As<Evidences>("consultant", &Evidences::Stub::RetractEvidence, retract),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("RETRACTED")));
  download.set_name(evidence->name());
  EXPECT_THAT(As<Evidences>("consultant", &Evidences::Stub::DownloadEvidence, download),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(RecordsTest, AnInternalCheckEndsWhenItsFindingsAreDecided) {
  const v1::Engagement engagement = OpenTwoStars();
  const v1::InternalCheck check = OpenCheck(engagement.name());
  ASSERT_GT(check.items_size(), 10);
  EXPECT_THAT(Unmet(Conclude(check.name())), Contains(check.items(0).code()));
  ASSERT_OK(Answer(check, 5));
  EXPECT_THAT(Unmet(Conclude(check.name())), ElementsAre(check.items(5).code()));
  EXPECT_THAT(Find(check, "NO_SUCH_ITEM"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("finding.item")));
  const auto finding = Find(check, check.items(5).code());
  ASSERT_OK(finding);
  EXPECT_THAT(Unmet(Conclude(check.name())), ElementsAre(finding->name()));
  v1::DecideFindingRequest decide;
  decide.set_name(finding->name());
  decide.set_correction("欄を加える");
  *decide.mutable_due_date() = ToProtoDate(today_ - 1);
  EXPECT_THAT(As<Findings>("consultant", &Findings::Stub::DecideFinding, decide),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("owner_member")));
  decide.set_owner_member(manager_.name());
  const auto decided = As<Findings>("consultant", &Findings::Stub::DecideFinding, decide);
  ASSERT_OK(decided);
  EXPECT_TRUE(decided->overdue());
  EXPECT_EQ(Actual(engagement.name(), "INTERNAL_CHECK"), "");
  const auto concluded = Conclude(check.name());
  ASSERT_OK(concluded);
  EXPECT_EQ(concluded->open_findings(), 1);
  EXPECT_NE(Actual(engagement.name(), "INTERNAL_CHECK"), "");
  EXPECT_THAT(Answer(check, -1), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("CONCLUDED")));
  EXPECT_THAT(Find(check, ""), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_EQ(Verify(finding->name(), false)->state(), v1::Finding::STATE_OPEN);
  *decide.mutable_due_date() = ToProtoDate(today_ + 20);
  ASSERT_OK(As<Findings>("consultant", &Findings::Stub::DecideFinding, decide));
  v1::ListDueItemsRequest due;
  due.set_within_days(30);
  const auto items = As<v1::DueService>("consultant", &v1::DueService::Stub::ListDueItems, due);
  ASSERT_OK(items);
  EXPECT_EQ(std::count_if(items->due_items().begin(), items->due_items().end(),
                          [&](const auto& item) { return item.subject() == finding->name(); }),
            1);
  const auto verified = Verify(finding->name(), true);
  ASSERT_OK(verified);
  EXPECT_EQ(verified->state(), v1::Finding::STATE_VERIFIED);
  EXPECT_EQ(verified->acts_size(), 6);
  v1::ListInternalChecksRequest list;
  list.set_parent(client_.name());
  const auto page = As<Checks>("consultant", &Checks::Stub::ListInternalChecks, list);
  ASSERT_OK(page);
  EXPECT_EQ(page->internal_checks(0).open_findings(), 0);
  v1::ListFindingsRequest findings;
  findings.set_parent(check.name());
  EXPECT_EQ(As<Findings>("consultant", &Findings::Stub::ListFindings, findings)->findings_size(),
            1);
  v1::GetFindingRequest get;
  get.set_name(finding->name());
  EXPECT_EQ(As<Findings>("consultant", &Findings::Stub::GetFinding, get)->text(), finding->text());
  EXPECT_THAT(As<Findings>("other-consultant", &Findings::Stub::GetFinding, get),
              StatusIs(StatusCode::kPermissionDenied));
  v1::GetInternalCheckRequest get_check;
  get_check.set_name(check.name());
  EXPECT_EQ(As<Checks>("consultant", &Checks::Stub::GetInternalCheck, get_check)->summary(),
            "おおむね守られている");
}

TEST_F(RecordsTest, AMistakenCheckOrFindingIsTakenBack) {
  const v1::Engagement engagement = OpenTwoStars();
  const v1::InternalCheck check = OpenCheck(engagement.name());
  const auto finding = Find(check, "");
  ASSERT_OK(finding);
  v1::WithdrawFindingRequest withdraw;
  withdraw.set_name(finding->name());
  withdraw.set_reason("見間違い");
  const auto withdrawn = As<Findings>("consultant", &Findings::Stub::WithdrawFinding, withdraw);
  ASSERT_OK(withdrawn);
  EXPECT_EQ(withdrawn->state(), v1::Finding::STATE_WITHDRAWN);
  EXPECT_THAT(As<Findings>("consultant", &Findings::Stub::WithdrawFinding, withdraw),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("WITHDRAWN")));
  v1::CancelInternalCheckRequest cancel;
  cancel.set_name(check.name());
  cancel.set_reason("担当者が替わり、やり直す");
  const auto cancelled = As<Checks>("consultant", &Checks::Stub::CancelInternalCheck, cancel);
  ASSERT_OK(cancelled);
  EXPECT_EQ(cancelled->state(), v1::InternalCheck::STATE_CANCELLED);
  EXPECT_EQ(cancelled->open_findings(), 0);
  EXPECT_THAT(Find(check, ""), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("CANCELLED")));
}

TEST_F(RecordsTest, ExceptionsAreApprovedByOthersAndExpire) {
  const v1::Engagement engagement = OpenTwoStars();
  const auto create = &Exceptions::Stub::CreateRuleException;
  EXPECT_THAT(As<Exceptions>("consultant", create, ExceptionOf(today_, today_ + 400)),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("expire_date")));
  const auto exception = As<Exceptions>("consultant", create, ExceptionOf(today_ - 20, today_ - 1));
  ASSERT_OK(exception);
  EXPECT_EQ(Actual(engagement.name(), "EXCEPTIONS_CURRENT"), "0");
  EXPECT_THAT(Approve(exception->name(), manager_),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("approver_member")));
  EXPECT_THAT(Approve(exception->name(), president_, "other-consultant"),
              StatusIs(StatusCode::kPermissionDenied));
  const v1::Member staff = world_.AddMember(client_, "3", "三宅 恵", false);
  EXPECT_THAT(Approve(exception->name(), staff),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("SECURITY_MANAGER")));
  const auto approved = Approve(exception->name(), president_);
  ASSERT_OK(approved);
  EXPECT_TRUE(approved->expired());
  EXPECT_EQ(approved->approver_member(), president_.name());
  EXPECT_EQ(Actual(engagement.name(), "EXCEPTIONS_CURRENT"), "1");
  EXPECT_THAT(Approve(exception->name(), president_),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("APPROVED")));
  v1::EndRuleExceptionRequest end;
  end.set_name(exception->name());
  end.set_reason("電話が届いた");
  ASSERT_OK(As<Exceptions>("consultant", &Exceptions::Stub::EndRuleException, end));
  EXPECT_EQ(Actual(engagement.name(), "EXCEPTIONS_CURRENT"), "0");
  const auto other = As<Exceptions>("consultant", create, ExceptionOf(today_, today_ + 30));
  v1::RejectRuleExceptionRequest reject;
  reject.set_name(other->name());
  reject.set_approver_member(president_.name());
  EXPECT_THAT(As<Exceptions>("consultant", &Exceptions::Stub::RejectRuleException, reject),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("reason")));
  reject.set_reason("貸せる電話がある");
  ASSERT_OK(As<Exceptions>("consultant", &Exceptions::Stub::RejectRuleException, reject));
  v1::ListRuleExceptionsRequest list;
  list.set_parent(client_.name());
  EXPECT_EQ(As<Exceptions>("consultant", &Exceptions::Stub::ListRuleExceptions, list)
                ->rule_exceptions_size(),
            2);
  v1::GetRuleExceptionRequest get;
  get.set_name(other->name());
  const auto rejected = As<Exceptions>("consultant", &Exceptions::Stub::GetRuleException, get);
  ASSERT_OK(rejected);
  EXPECT_EQ(rejected->acts(0).text(), "貸せる電話がある");
  const auto third = As<Exceptions>("consultant", create, ExceptionOf(today_, today_ + 30));
  ASSERT_OK(third);
  v1::WithdrawRuleExceptionRequest withdraw;
  withdraw.set_name(third->name());
  withdraw.set_reason("電話が届いた");
  const auto withdrawn =
      As<Exceptions>("consultant", &Exceptions::Stub::WithdrawRuleException, withdraw);
  ASSERT_OK(withdrawn);
  EXPECT_EQ(withdrawn->state(), v1::RuleException::STATE_WITHDRAWN);
  EXPECT_THAT(Approve(third->name(), president_),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("WITHDRAWN")));
}

}  // namespace
}  // namespace staraction::engagement
