#include "services/engagement/rule_exception_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

v1::RuleException Present(const Transaction& tx, v1::RuleException exception) {
  exception.set_expired(exception.state() == v1::RuleException::STATE_APPROVED &&
                        *FromProtoDate(exception.expire_date()) < TokyoDay(tx.now()));
  SetActions(exception);
  return exception;
}

absl::StatusOr<v1::RuleException> WithActs(Transaction& tx, v1::RuleException exception) {
  exception = Present(tx, std::move(exception));
  SA_ASSIGN_OR_RETURN(*exception.mutable_acts(), LoadActs(tx, exception.name()));
  return exception;
}

absl::Status CheckApprover(Transaction& tx, const v1::RuleException& exception,
                           const std::string& approver, absl::CivilDay day) {
  SA_RETURN_IF_ERROR(CheckMember(tx, approver, "approver_member"));
  if (approver == exception.requester_member()) {
    return InvalidField(
        "approver_member",
        absl::StrCat("'", approver, "' asked for the exception; want somebody else"),
        absl::StrCat("「", approver,
                     "」は例外を願い出た本人です。別の人を指定して"
                     "ください"));
  }
  SA_ASSIGN_OR_RETURN(const bool may, MayApprove(tx, approver, day));
  if (may) return absl::OkStatus();
  return InvalidField(
      "approver_member",
      absl::StrCat("'", approver, "' was neither president nor SECURITY_MANAGER on ",
                   FormatIsoDate(day), "; want one of them"),
      absl::StrCat(
          "「", approver, "」は ", FormatIsoDate(day),
          " に代表者でも情報セキュリティ責任者でもありません。どちらかを指定してください"));
}

// The locked exception, if the caller knows its version and its state allows the verb.
template <typename Request>
absl::StatusOr<v1::RuleException> LockException(Transaction& tx, const Request& request,
                                                const std::string& verb) {
  SA_ASSIGN_OR_RETURN(v1::RuleException exception, kRuleExceptions.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), exception.etag(), exception.name()));
  SA_RETURN_IF_ERROR(domain::Check(exception, verb));
  return exception;
}

}  // namespace

RuleExceptionService::Reactor* RuleExceptionService::CreateRuleException(
    Context* context, const v1::CreateRuleExceptionRequest* request, v1::RuleException* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::RuleException> {
      v1::RuleException exception = request->rule_exception();
      SA_ASSIGN_OR_RETURN(
          const Operated operated,
          FindOperated(tx, library_, exception.engagement(), "rule_exception.engagement"));
      exception.set_engagement(operated.engagement);
      SA_RETURN_IF_ERROR(
          CheckMember(tx, exception.requester_member(), "rule_exception.requester_member"));
      SA_RETURN_IF_ERROR(domain::CheckPeriod(exception));
      exception.set_name(request->parent() + "/ruleExceptions/" + NewId(tx.now()));
      exception.set_state(v1::RuleException::STATE_REQUESTED);
      SA_ASSIGN_OR_RETURN(exception, kRuleExceptions.Insert(tx, std::move(exception)));
      return WithActs(tx, std::move(exception));
    });
  });
}

RuleExceptionService::Reactor* RuleExceptionService::GetRuleException(
    Context* context, const v1::GetRuleExceptionRequest* request, v1::RuleException* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::RuleException> {
      SA_ASSIGN_OR_RETURN(v1::RuleException exception, kRuleExceptions.Get(tx, request->name()));
      return WithActs(tx, std::move(exception));
    });
  });
}

RuleExceptionService::Reactor* RuleExceptionService::ListRuleExceptions(
    Context* context, const v1::ListRuleExceptionsRequest* request,
    v1::ListRuleExceptionsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListRuleExceptionsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kRuleExceptions.List(tx, request->parent(), *request));
      for (v1::RuleException& each : page.items) each = Present(tx, std::move(each));
      return pg::ToResponse(std::move(page),
                            &v1::ListRuleExceptionsResponse::mutable_rule_exceptions);
    });
  });
}

template <typename Request>
absl::StatusOr<v1::RuleException> RuleExceptionService::Decide(const Call& call,
                                                               const Request& request,
                                                               const std::string& verb,
                                                               v1::RuleException::State to,
                                                               const std::string& text) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::RuleException> {
    SA_ASSIGN_OR_RETURN(v1::RuleException exception, LockException(tx, request, verb));
    SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, request, verb, text));
    SA_RETURN_IF_ERROR(CheckApprover(tx, exception, request.approver_member(), deed.day));
    exception.set_state(to);
    exception.set_approver_member(request.approver_member());
    *exception.mutable_approve_date() = ToProtoDate(deed.day);
    SA_RETURN_IF_ERROR(AddAct(tx, exception.name(), deed));
    SA_ASSIGN_OR_RETURN(exception, kRuleExceptions.Update(tx, std::move(exception)));
    return WithActs(tx, std::move(exception));
  });
}

RuleExceptionService::Reactor* RuleExceptionService::ApproveRuleException(
    Context* context, const v1::ApproveRuleExceptionRequest* request, v1::RuleException* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Decide(call, *request, "approve", v1::RuleException::STATE_APPROVED, request->comment());
  });
}

RuleExceptionService::Reactor* RuleExceptionService::RejectRuleException(
    Context* context, const v1::RejectRuleExceptionRequest* request, v1::RuleException* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Decide(call, *request, "reject", v1::RuleException::STATE_REJECTED, request->reason());
  });
}

RuleExceptionService::Reactor* RuleExceptionService::EndRuleException(
    Context* context, const v1::EndRuleExceptionRequest* request, v1::RuleException* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::RuleException> {
      SA_ASSIGN_OR_RETURN(v1::RuleException exception, LockException(tx, *request, "end"));
      SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, *request, "end", request->reason(),
                                                  *FromProtoDate(exception.approve_date())));
      exception.set_state(v1::RuleException::STATE_ENDED);
      SA_RETURN_IF_ERROR(AddAct(tx, exception.name(), deed));
      SA_ASSIGN_OR_RETURN(exception, kRuleExceptions.Update(tx, std::move(exception)));
      return WithActs(tx, std::move(exception));
    });
  });
}

RuleExceptionService::Reactor* RuleExceptionService::WithdrawRuleException(
    Context* context, const v1::WithdrawRuleExceptionRequest* request,
    v1::RuleException* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::RuleException> {
      SA_ASSIGN_OR_RETURN(v1::RuleException exception, LockException(tx, *request, "withdraw"));
      SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, *request, "withdraw", request->reason()));
      exception.set_state(v1::RuleException::STATE_WITHDRAWN);
      SA_RETURN_IF_ERROR(AddAct(tx, exception.name(), deed));
      SA_ASSIGN_OR_RETURN(exception, kRuleExceptions.Update(tx, std::move(exception)));
      return WithActs(tx, std::move(exception));
    });
  });
}

}  // namespace staraction::engagement
