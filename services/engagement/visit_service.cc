#include "services/engagement/visit_service.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/domain/visit.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"
#include "services/engagement/store/visits.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

// The locked visit, if the caller knows its version and its state allows the verb.
absl::StatusOr<v1::Visit> Lock(Transaction& tx, const std::string& name, const std::string& etag,
                               const std::string& verb) {
  SA_ASSIGN_OR_RETURN(v1::Visit visit, kVisits.Lock(tx, name));
  SA_RETURN_IF_ERROR(CheckEtag(etag, visit.etag(), name));
  SA_RETURN_IF_ERROR(domain::Check(visit, verb));
  return visit;
}

// Each homework of the visit becomes a task of the engagement.
absl::Status MakeHomeworkTasks(Transaction& tx, v1::Visit& visit) {
  for (auto& homework : *visit.mutable_homework()) {
    v1::Task task;
    task.set_title(homework.title());
    task.set_side(homework.side());
    *task.mutable_due_date() = homework.due_date();
    task.set_owner_user(homework.owner_user());
    task.set_owner_member(homework.owner_member());
    task.set_source(v1::TASK_SOURCE_HOMEWORK);
    task.set_source_resource(visit.name());
    SA_ASSIGN_OR_RETURN(const v1::Task stored,
                        AddTask(tx, EngagementOf(visit.name()), std::move(task)));
    homework.set_task(stored.name());
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Visit> Hold(Transaction& tx, const v1::HoldVisitRequest& request) {
  SA_ASSIGN_OR_RETURN(v1::Visit visit, Lock(tx, request.name(), request.etag(), "hold"));
  SA_RETURN_IF_ERROR(domain::CheckHeld(pg::FromTimestamp(request.start_time()),
                                       pg::FromTimestamp(request.end_time()), tx.now()));
  SA_RETURN_IF_ERROR(domain::CheckParticipants(request.participants(), "participants"));
  SA_RETURN_IF_ERROR(domain::CheckHomework(request.homework()));
  visit.set_state(v1::Visit::STATE_HELD);
  visit.set_recorded_by(tx.call().Actor());
  *visit.mutable_start_time() = request.start_time();
  *visit.mutable_end_time() = request.end_time();
  if (request.participants_size() > 0) *visit.mutable_participants() = request.participants();
  visit.set_minutes(request.minutes());
  *visit.mutable_decisions() = request.decisions();
  *visit.mutable_homework() = request.homework();
  SA_RETURN_IF_ERROR(NamePeople(tx, visit));
  SA_RETURN_IF_ERROR(MakeHomeworkTasks(tx, visit));
  const auto next = FromProtoDate(request.next_visit_date());
  if (next) *visit.mutable_next_visit_date() = ToProtoDate(*next);
  SA_ASSIGN_OR_RETURN(visit, kVisits.Update(tx, std::move(visit)));
  if (next) SA_RETURN_IF_ERROR(MoveNextVisit(tx, EngagementOf(visit.name()), *next));
  return visit;
}

absl::StatusOr<v1::Visit> Confirm(Transaction& tx, const v1::ConfirmVisitRequest& request) {
  SA_ASSIGN_OR_RETURN(v1::Visit visit, Lock(tx, request.name(), request.etag(), "confirm"));
  const absl::Time time =
      request.has_effective_time() ? pg::FromTimestamp(request.effective_time()) : tx.now();
  if (time > tx.now() || time < pg::FromTimestamp(visit.end_time())) {
    return InvalidField("effective_time", "want a time from the end of the visit to now",
                        "訪問の終了から現在までの時刻を指定してください");
  }
  v1::Visit::Confirmation confirmation;
  confirmation.set_person(request.person());
  confirmation.set_channel(request.channel());
  *confirmation.mutable_effective_time() = pg::ToTimestamp(time);
  confirmation.set_recorded_by(tx.call().Actor());
  confirmation.set_note(request.note());
  confirmation.set_content_digest(domain::ContentDigest(visit));
  SA_RETURN_IF_ERROR(AddConfirmation(tx, visit.name(), confirmation));
  visit.set_state(v1::Visit::STATE_CONFIRMED);
  return kVisits.Update(tx, std::move(visit));
}

}  // namespace

absl::StatusOr<v1::Visit> VisitService::Complete(Transaction& tx, v1::Visit visit) const {
  std::string offering_id;
  SA_ASSIGN_OR_RETURN(visit, CompleteVisit(tx, std::move(visit), &offering_id));
  const auto* offering = library_.FindOffering(offering_id);
  if (offering != nullptr) visit.set_offering_display_name(offering->display_name().ja());
  return visit;
}

VisitService::Reactor* VisitService::CreateVisit(Context* context,
                                                 const v1::CreateVisitRequest* request,
                                                 v1::Visit* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Visit> {
      v1::Visit visit = request->visit();
      SA_RETURN_IF_ERROR(domain::CheckParticipants(visit.participants(), "visit.participants"));
      SA_RETURN_IF_ERROR(kEngagements.Get(tx, request->parent()).status());
      SA_RETURN_IF_ERROR(NamePeople(tx, visit));
      visit.set_name(request->parent() + "/visits/" + NewId(tx.now()));
      visit.set_state(v1::Visit::STATE_PLANNED);
      SA_ASSIGN_OR_RETURN(visit, kVisits.Insert(tx, std::move(visit)));
      return Complete(tx, std::move(visit));
    });
  });
}

VisitService::Reactor* VisitService::GetVisit(Context* context, const v1::GetVisitRequest* request,
                                              v1::Visit* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Visit> {
      SA_ASSIGN_OR_RETURN(v1::Visit visit, kVisits.Get(tx, request->name()));
      return Complete(tx, std::move(visit));
    });
  });
}

VisitService::Reactor* VisitService::ListVisits(Context* context,
                                                const v1::ListVisitsRequest* request,
                                                v1::ListVisitsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListVisitsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kVisits.List(tx, request->parent(), *request));
      for (v1::Visit& visit : page.items) visit = PresentVisit(std::move(visit));
      return pg::ToResponse(std::move(page), &v1::ListVisitsResponse::mutable_visits);
    });
  });
}

VisitService::Reactor* VisitService::UpdateVisit(Context* context,
                                                 const v1::UpdateVisitRequest* request,
                                                 v1::Visit* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Visit> {
      SA_ASSIGN_OR_RETURN(v1::Visit visit,
                          Lock(tx, request->visit().name(), request->visit().etag(), "update"));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), request->visit(), &visit));
      SA_RETURN_IF_ERROR(domain::CheckParticipants(visit.participants(), "visit.participants"));
      if (visit.state() == v1::Visit::STATE_HELD) {
        SA_RETURN_IF_ERROR(domain::CheckHeld(pg::FromTimestamp(visit.start_time()),
                                             pg::FromTimestamp(visit.end_time()), tx.now()));
      }
      SA_RETURN_IF_ERROR(NamePeople(tx, visit));
      SA_ASSIGN_OR_RETURN(visit, kVisits.Update(tx, std::move(visit)));
      return Complete(tx, std::move(visit));
    });
  });
}

VisitService::Reactor* VisitService::HoldVisit(Context* context,
                                               const v1::HoldVisitRequest* request,
                                               v1::Visit* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Visit> {
      SA_ASSIGN_OR_RETURN(v1::Visit visit, Hold(tx, *request));
      return Complete(tx, std::move(visit));
    });
  });
}

VisitService::Reactor* VisitService::ConfirmVisit(Context* context,
                                                  const v1::ConfirmVisitRequest* request,
                                                  v1::Visit* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Visit> {
      SA_ASSIGN_OR_RETURN(v1::Visit visit, Confirm(tx, *request));
      return Complete(tx, std::move(visit));
    });
  });
}

VisitService::Reactor* VisitService::CancelVisit(Context* context,
                                                 const v1::CancelVisitRequest* request,
                                                 v1::Visit* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Visit> {
      SA_ASSIGN_OR_RETURN(v1::Visit visit, Lock(tx, request->name(), request->etag(), "cancel"));
      visit.set_state(v1::Visit::STATE_CANCELLED);
      visit.set_cancel_reason(request->reason());
      SA_ASSIGN_OR_RETURN(visit, kVisits.Update(tx, std::move(visit)));
      return Complete(tx, std::move(visit));
    });
  });
}

}  // namespace staraction::engagement
