#include "services/engagement/internal_check_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/findings.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

absl::StatusOr<v1::InternalCheck> WithActs(Transaction& tx, v1::InternalCheck check) {
  std::vector<v1::InternalCheck> one = {std::move(check)};
  SA_RETURN_IF_ERROR(PresentChecks(tx, one));
  SA_ASSIGN_OR_RETURN(*one.front().mutable_acts(), LoadActs(tx, one.front().name()));
  return std::move(one.front());
}

void AddItems(const content::v1::ActivityCalendar& calendar, v1::InternalCheck& check) {
  for (const auto& kind : calendar.check_items()) {
    auto* item = check.add_items();
    item->set_code(kind.code());
    item->set_title(kind.title().ja());
    item->set_how(kind.how().ja());
    item->set_chapter(kind.chapter());
  }
  check.set_pack(absl::StrCat(calendar.pack().urn(), "@", calendar.pack().version()));
}

// The locked check, if the caller knows its version and its state allows the verb.
template <typename Request>
absl::StatusOr<v1::InternalCheck> LockCheck(Transaction& tx, const Request& request,
                                            const std::string& verb) {
  SA_ASSIGN_OR_RETURN(v1::InternalCheck check, kInternalChecks.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), check.etag(), check.name()));
  SA_RETURN_IF_ERROR(domain::Check(check, verb));
  return check;
}

}  // namespace

InternalCheckService::Reactor* InternalCheckService::CreateInternalCheck(
    Context* context, const v1::CreateInternalCheckRequest* request, v1::InternalCheck* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::InternalCheck> {
      v1::InternalCheck check = request->internal_check();
      SA_RETURN_IF_ERROR(
          CheckMember(tx, check.inspector_member(), "internal_check.inspector_member"));
      SA_ASSIGN_OR_RETURN(const Operated operated, FindOperated(tx, library_, check.engagement(),
                                                                "internal_check.engagement"));
      if (operated.calendar == nullptr) return NoCalendar(operated.engagement);
      check.set_engagement(operated.engagement);
      AddItems(*operated.calendar, check);
      check.set_name(request->parent() + "/internalChecks/" + NewId(tx.now()));
      check.set_state(v1::InternalCheck::STATE_OPEN);
      SA_ASSIGN_OR_RETURN(check, kInternalChecks.Insert(tx, std::move(check)));
      return WithActs(tx, std::move(check));
    });
  });
}

InternalCheckService::Reactor* InternalCheckService::GetInternalCheck(
    Context* context, const v1::GetInternalCheckRequest* request, v1::InternalCheck* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::InternalCheck> {
      SA_ASSIGN_OR_RETURN(v1::InternalCheck check, kInternalChecks.Get(tx, request->name()));
      return WithActs(tx, std::move(check));
    });
  });
}

InternalCheckService::Reactor* InternalCheckService::ListInternalChecks(
    Context* context, const v1::ListInternalChecksRequest* request,
    v1::ListInternalChecksResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListInternalChecksResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kInternalChecks.List(tx, request->parent(), *request));
      SA_RETURN_IF_ERROR(PresentChecks(tx, page.items));
      return pg::ToResponse(std::move(page),
                            &v1::ListInternalChecksResponse::mutable_internal_checks);
    });
  });
}

InternalCheckService::Reactor* InternalCheckService::AnswerInternalCheck(
    Context* context, const v1::AnswerInternalCheckRequest* request, v1::InternalCheck* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::InternalCheck> {
      SA_ASSIGN_OR_RETURN(v1::InternalCheck check, LockCheck(tx, *request, "answer"));
      SA_ASSIGN_OR_RETURN(const std::string changes, domain::Answer(request->answers(), check));
      if (changes.empty()) return WithActs(tx, std::move(check));
      SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, *request, "answer", changes));
      SA_RETURN_IF_ERROR(AddAct(tx, check.name(), deed));
      SA_ASSIGN_OR_RETURN(check, kInternalChecks.Update(tx, std::move(check)));
      return WithActs(tx, std::move(check));
    });
  });
}

InternalCheckService::Reactor* InternalCheckService::ConcludeInternalCheck(
    Context* context, const v1::ConcludeInternalCheckRequest* request,
    v1::InternalCheck* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::InternalCheck> {
      SA_ASSIGN_OR_RETURN(v1::InternalCheck check, LockCheck(tx, *request, "conclude"));
      SA_ASSIGN_OR_RETURN(const std::vector<v1::Finding> findings, FindingsOf(tx, check.name()));
      const std::vector<Violation> open = domain::OpenPoints(check, findings);
      if (!open.empty()) return CriteriaUnmet(check.name(), open);
      SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, *request, "conclude", request->summary(),
                                                  *FromProtoDate(check.start_date())));
      check.set_state(v1::InternalCheck::STATE_CONCLUDED);
      check.set_summary(request->summary());
      *check.mutable_conclude_date() = ToProtoDate(deed.day);
      SA_RETURN_IF_ERROR(AddAct(tx, check.name(), deed));
      SA_ASSIGN_OR_RETURN(check, kInternalChecks.Update(tx, std::move(check)));
      return WithActs(tx, std::move(check));
    });
  });
}

InternalCheckService::Reactor* InternalCheckService::CancelInternalCheck(
    Context* context, const v1::CancelInternalCheckRequest* request, v1::InternalCheck* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::InternalCheck> {
      SA_ASSIGN_OR_RETURN(v1::InternalCheck check, LockCheck(tx, *request, "cancel"));
      SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, *request, "cancel", request->reason()));
      check.set_state(v1::InternalCheck::STATE_CANCELLED);
      SA_RETURN_IF_ERROR(AddAct(tx, check.name(), deed));
      SA_ASSIGN_OR_RETURN(check, kInternalChecks.Update(tx, std::move(check)));
      return WithActs(tx, std::move(check));
    });
  });
}

}  // namespace staraction::engagement
