#include "services/engagement/finding_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/store/findings.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

absl::Status CheckItem(const v1::InternalCheck& check, const v1::Finding& finding) {
  const bool known = std::any_of(check.items().begin(), check.items().end(),
                                 [&](const auto& item) { return item.code() == finding.item(); });
  if (finding.item().empty() || known) return absl::OkStatus();
  return InvalidField(
      "finding.item",
      absl::StrCat("came '", finding.item(), "', which the check does not have; want one or none"),
      absl::StrCat("「", finding.item(), "」はこの点検の項目にありません"));
}

absl::StatusOr<v1::Finding> WithActs(Transaction& tx, v1::Finding finding) {
  finding = PresentFinding(tx, std::move(finding));
  SA_ASSIGN_OR_RETURN(*finding.mutable_acts(), LoadActs(tx, finding.name()));
  return finding;
}

absl::Status CheckOneOwner(const v1::DecideFindingRequest& request) {
  if (request.owner_user().empty() != request.owner_member().empty()) return absl::OkStatus();
  const bool none = request.owner_user().empty();
  return InvalidField(
      "owner_member",
      absl::StrCat("came ", none ? "nobody" : "a user and a member", "; want one of them"),
      absl::StrCat("担当者が", none ? "ありません" : "2人になっています",
                   "。利用者か名簿の人のどちらか一方を指定してください"));
}

}  // namespace

FindingService::Reactor* FindingService::CreateFinding(Context* context,
                                                       const v1::CreateFindingRequest* request,
                                                       v1::Finding* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Finding> {
      SA_ASSIGN_OR_RETURN(const v1::InternalCheck check,
                          kInternalChecks.Lock(tx, request->parent()));
      SA_RETURN_IF_ERROR(domain::Check(check, "find"));
      v1::Finding finding = request->finding();
      SA_RETURN_IF_ERROR(CheckItem(check, finding));
      finding.set_name(request->parent() + "/findings/" + NewId(tx.now()));
      finding.set_state(v1::Finding::STATE_OPEN);
      SA_ASSIGN_OR_RETURN(finding, kFindings.Insert(tx, std::move(finding)));
      return WithActs(tx, std::move(finding));
    });
  });
}

FindingService::Reactor* FindingService::GetFinding(Context* context,
                                                    const v1::GetFindingRequest* request,
                                                    v1::Finding* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Finding> {
      SA_ASSIGN_OR_RETURN(v1::Finding finding, kFindings.Get(tx, request->name()));
      return WithActs(tx, std::move(finding));
    });
  });
}

FindingService::Reactor* FindingService::ListFindings(Context* context,
                                                      const v1::ListFindingsRequest* request,
                                                      v1::ListFindingsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListFindingsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kFindings.List(tx, request->parent(), *request));
      for (v1::Finding& finding : page.items) finding = PresentFinding(tx, std::move(finding));
      return pg::ToResponse(std::move(page), &v1::ListFindingsResponse::mutable_findings);
    });
  });
}

template <typename Request, typename Change>
absl::StatusOr<v1::Finding> FindingService::Move(const Call& call, const Request& request,
                                                 const std::string& verb, Change change) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Finding> {
    SA_ASSIGN_OR_RETURN(v1::Finding finding, kFindings.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), finding.etag(), finding.name()));
    SA_RETURN_IF_ERROR(domain::Check(finding, verb));
    SA_ASSIGN_OR_RETURN(const Deed deed, change(tx, finding));
    SA_RETURN_IF_ERROR(AddAct(tx, finding.name(), deed));
    SA_ASSIGN_OR_RETURN(finding, kFindings.Update(tx, std::move(finding)));
    return WithActs(tx, std::move(finding));
  });
}

FindingService::Reactor* FindingService::DecideFinding(Context* context,
                                                       const v1::DecideFindingRequest* request,
                                                       v1::Finding* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(
        call, *request, "decide",
        [request](Transaction& tx, v1::Finding& finding) -> absl::StatusOr<Deed> {
          SA_RETURN_IF_ERROR(CheckOneOwner(*request));
          SA_ASSIGN_OR_RETURN(const std::string owner,
                              OwnerName(tx, request->owner_user(), request->owner_member(), ""));
          finding.set_owner_display_name(owner);
          finding.set_owner_user(request->owner_user());
          finding.set_owner_member(request->owner_member());
          *finding.mutable_due_date() = request->due_date();
          finding.set_correction(request->correction());
          finding.set_state(v1::Finding::STATE_DECIDED);
          return DeedOf(tx, *request, "decide", absl::StrCat(owner, "。", request->correction()));
        });
  });
}

FindingService::Reactor* FindingService::CorrectFinding(Context* context,
                                                        const v1::CorrectFindingRequest* request,
                                                        v1::Finding* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "correct", [request](Transaction& tx, v1::Finding& finding) {
      finding.set_state(v1::Finding::STATE_CORRECTED);
      return DeedOf(tx, *request, "correct", request->result());
    });
  });
}

FindingService::Reactor* FindingService::VerifyFinding(Context* context,
                                                       const v1::VerifyFindingRequest* request,
                                                       v1::Finding* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "verify", [request](Transaction& tx, v1::Finding& finding) {
      const bool helped = request->outcome() == v1::VerifyFindingRequest::OUTCOME_HELPED;
      finding.set_state(helped ? v1::Finding::STATE_VERIFIED : v1::Finding::STATE_OPEN);
      if (!helped) finding.clear_due_date();
      return DeedOf(tx, *request, helped ? "verify" : "refuse", request->result());
    });
  });
}

FindingService::Reactor* FindingService::WithdrawFinding(Context* context,
                                                         const v1::WithdrawFindingRequest* request,
                                                         v1::Finding* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "withdraw", [request](Transaction& tx, v1::Finding& finding) {
      finding.set_state(v1::Finding::STATE_WITHDRAWN);
      return DeedOf(tx, *request, "withdraw", request->reason());
    });
  });
}

}  // namespace staraction::engagement
