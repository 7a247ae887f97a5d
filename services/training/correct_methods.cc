// Attempts that are given up or corrected, of AttemptService.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "services/training/act.h"
#include "services/training/attempt_service.h"
#include "services/training/domain/attempt_rules.h"
#include "services/training/scans.h"
#include "services/training/store/attempt_store.h"
#include "services/training/store/tables.h"

namespace staraction::training {

using pg::Transaction;

AttemptService::Reactor* AttemptService::AbandonAttempt(Context* context,
                                                        const v1::AbandonAttemptRequest* request,
                                                        v1::Attempt* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Attempt> {
      SA_ASSIGN_OR_RETURN(v1::Attempt attempt,
                          OwnOrDenied(call, kAttempts.Lock(tx, request->name())));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), attempt.etag(), attempt.name()));
      SA_RETURN_IF_ERROR(CheckAbandon(attempt, call.now));
      attempt.set_state(v1::Attempt::STATE_ABANDONED);
      attempt.set_recorded_by(call.Actor());
      SA_ASSIGN_OR_RETURN(attempt, kAttempts.Update(tx, std::move(attempt)));
      return Shown(std::move(attempt), call.now);
    });
  });
}

absl::StatusOr<v1::Attempt> AttemptService::Correct(
    Transaction& tx, const v1::CorrectAttemptRequest& request) const {
  AttemptStore store(tx);
  SA_ASSIGN_OR_RETURN(v1::Attempt old, kAttempts.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), old.etag(), old.name()));
  const std::string parent = EngagementOf(old.name());
  SA_ASSIGN_OR_RETURN(std::vector<v1::Attempt> graded, store.OfMember(parent, old.member()));
  std::erase_if(graded, [&](const auto& each) {
    return each.course() != old.course() || each.state() != v1::Attempt::STATE_SUBMITTED;
  });
  SA_RETURN_IF_ERROR(CheckCorrect(old, graded));
  SA_RETURN_IF_ERROR(CheckScanOf(tx, request.scan(), old.name(), old.channel()));
  SA_ASSIGN_OR_RETURN(v1::Attempt attempt, Corrected(old, request.answers()));
  attempt.set_name(absl::StrCat(parent, "/attempts/", NewId(tx.now())));
  attempt.set_correct_reason(request.reason());
  attempt.set_recorded_by(tx.call().Actor());
  *attempt.mutable_submit_time() = pg::ToTimestamp(tx.now());
  if (!request.scan().empty()) attempt.set_scan(request.scan());
  // First the old one steps aside: there is one test before and one after of a member.
  old.set_state(v1::Attempt::STATE_CORRECTED);
  old.set_corrected_by(attempt.name());
  SA_ASSIGN_OR_RETURN(const v1::Attempt aside, kAttempts.Update(tx, old));
  SA_ASSIGN_OR_RETURN(attempt, kAttempts.Insert(tx, std::move(attempt)));
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> done, store.DropFollowUps(aside));
  if (NeedsFollowUp(attempt)) SA_RETURN_IF_ERROR(InsertFollowUps(tx, attempt, done));
  return attempt;
}

AttemptService::Reactor* AttemptService::CorrectAttempt(Context* context,
                                                        const v1::CorrectAttemptRequest* request,
                                                        v1::Attempt* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Attempt> {
      SA_ASSIGN_OR_RETURN(v1::Attempt attempt, Correct(tx, *request));
      return Shown(std::move(attempt), call.now);
    });
  });
}

}  // namespace staraction::training
