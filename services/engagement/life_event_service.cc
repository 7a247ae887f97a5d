#include "services/engagement/life_event_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life_event.h"
#include "services/engagement/store/life_events.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr char kKinds[] = "lifeEventKinds/";

std::string PackOf(const content::v1::LifeEvent& kind) {
  return absl::StrCat(kind.pack().urn(), "@", kind.pack().version());
}

v1::LifeEvent WithActions(v1::LifeEvent event) {
  for (const std::string& action : domain::ActionsOf(event.state())) {
    event.add_allowed_actions(action);
  }
  return event;
}

absl::Status UnknownKind(const content::Library& library, const std::string& came) {
  std::string known;
  for (const auto* kind : library.List<content::v1::LifeEvent>()) {
    absl::StrAppend(&known, known.empty() ? "" : ", ", kKinds, kind->id());
  }
  return InvalidField("life_event.kind",
                      absl::StrCat("'", came, "' is unknown; want one of ", known),
                      absl::StrCat("「", came, "」は登録されていません。次のいずれか: ", known));
}

// All open steps at once, told as unmet criteria are.
absl::Status StepsOpen(const v1::LifeEvent& event, const std::vector<std::string>& titles) {
  std::vector<Violation> open;
  open.reserve(titles.size());
  for (const std::string& title : titles) {
    open.push_back({"steps", "is open; do it, or give a reason",
                    title + "。終えるか、理由を入力してください"});
  }
  return CriteriaUnmet(event.name(), open);
}

void End(const Transaction& tx, v1::LifeEvent::State state, const std::string& reason,
         v1::LifeEvent* event) {
  event->set_state(state);
  event->set_end_reason(reason);
  *event->mutable_end_time() = ToTimestamp(tx.now());
}

}  // namespace

LifeEventService::LifeEventService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
    : rpc_(rpc), pool_(pool), library_(library), calendar_(*library.FindHolidayCalendar("japan")) {}

LifeEventService::Reactor* LifeEventService::ListLifeEventKinds(
    Context* context, const v1::ListLifeEventKindsRequest* request,
    v1::ListLifeEventKindsResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this](const Call&) -> absl::StatusOr<v1::ListLifeEventKindsResponse> {
                      v1::ListLifeEventKindsResponse reply;
                      for (const auto* kind : library_.List<content::v1::LifeEvent>()) {
                        auto* out = reply.add_life_event_kinds();
                        out->set_name(kKinds + kind->id());
                        out->set_display_name(kind->title().ja());
                        out->set_summary(kind->summary().ja());
                        out->set_step_count(kind->steps_size());
                        out->set_pack(PackOf(*kind));
                      }
                      return reply;
                    });
}

absl::StatusOr<v1::LifeEvent> LifeEventService::Prepare(
    Transaction& tx, const v1::CreateLifeEventRequest& request) const {
  v1::LifeEvent event = request.life_event();
  const std::string id = event.kind().substr(std::min(event.kind().size(), sizeof(kKinds) - 1));
  const auto* kind = library_.Find<content::v1::LifeEvent>(id);
  if (kind == nullptr || event.kind() != kKinds + id) return UnknownKind(library_, event.kind());
  SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, request.parent()));
  SA_ASSIGN_OR_RETURN(const std::vector<v1::Engagement> running, OpenEngagements(tx));
  // Ids are in order of time: of several engagements the newest takes the tasks.
  const auto newest = std::max_element(running.begin(), running.end(),
                                       [](auto& a, auto& b) { return a.name() < b.name(); });
  const bool runs = newest != running.end();
  const absl::CivilDay today = TokyoDay(tx.now());
  const domain::LifeEventTerms terms{client.kind(), runs ? newest->star() : 0,
                                     FromProtoDate(event.effective_date()).value_or(today), today};
  SA_RETURN_IF_ERROR(domain::CheckLifeEvent(*kind, terms));
  event.set_name(request.parent() + "/lifeEvents/" + NewId(tx.now()));
  event.set_display_name(kind->title().ja());
  event.set_state(v1::LifeEvent::STATE_OPEN);
  event.set_pack(PackOf(*kind));
  event.set_recorded_by(tx.call().Actor());
  for (v1::LifeEventStep& step :
       domain::StepsOf(*kind, terms, calendar_, *library_.FindCodeList("redo-subjects"))) {
    *event.add_steps() = std::move(step);
  }
  if (runs) event.set_engagement(newest->name());
  event.set_remark(running.empty() ? "進行中の支援がないため、手順はこの記録だけに残しています"
                                   : "手順を進行中の支援の課題に加えました");
  return event;
}

LifeEventService::Reactor* LifeEventService::CreateLifeEvent(
    Context* context, const v1::CreateLifeEventRequest* request, v1::LifeEvent* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::LifeEvent> {
        if (request->validate_only()) {
          return pool_.Read(call, [&](Transaction& tx) { return Prepare(tx, *request); });
        }
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::LifeEvent> {
          SA_ASSIGN_OR_RETURN(v1::LifeEvent event, Prepare(tx, *request));
          if (!event.engagement().empty()) SA_RETURN_IF_ERROR(AddTasks(tx, &event));
          SA_ASSIGN_OR_RETURN(event, kLifeEvents.Insert(tx, std::move(event)));
          return WithActions(std::move(event));
        });
      });
}

LifeEventService::Reactor* LifeEventService::GetLifeEvent(Context* context,
                                                          const v1::GetLifeEventRequest* request,
                                                          v1::LifeEvent* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::LifeEvent> {
      SA_ASSIGN_OR_RETURN(v1::LifeEvent event, kLifeEvents.Get(tx, request->name()));
      return WithActions(std::move(event));
    });
  });
}

LifeEventService::Reactor* LifeEventService::ListLifeEvents(
    Context* context, const v1::ListLifeEventsRequest* request,
    v1::ListLifeEventsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListLifeEventsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kLifeEvents.List(tx, request->parent(), *request));
      for (v1::LifeEvent& event : page.items) event = WithActions(std::move(event));
      return pg::ToResponse(std::move(page), &v1::ListLifeEventsResponse::mutable_life_events);
    });
  });
}

LifeEventService::Reactor* LifeEventService::CompleteLifeEvent(
    Context* context, const v1::CompleteLifeEventRequest* request, v1::LifeEvent* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::LifeEvent> {
      SA_ASSIGN_OR_RETURN(v1::LifeEvent event, kLifeEvents.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), event.etag(), event.name()));
      SA_RETURN_IF_ERROR(domain::Check(event, "complete"));
      SA_ASSIGN_OR_RETURN(const std::vector<std::string> open, OpenSteps(tx, event));
      if (!open.empty() && request->reason().empty()) return StepsOpen(event, open);
      End(tx, v1::LifeEvent::STATE_COMPLETED, request->reason(), &event);
      return kLifeEvents.Update(tx, std::move(event));
    });
  });
}

LifeEventService::Reactor* LifeEventService::CompleteLifeEventStep(
    Context* context, const v1::CompleteLifeEventStepRequest* request, v1::LifeEvent* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::LifeEvent> {
      SA_ASSIGN_OR_RETURN(v1::LifeEvent event, kLifeEvents.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), event.etag(), event.name()));
      SA_RETURN_IF_ERROR(domain::Check(event, "completeStep"));
      SA_ASSIGN_OR_RETURN(v1::LifeEventStep* const step,
                          domain::StepToTick(event, request->code()));
      step->clear_complete_time();
      step->clear_completed_by();
      if (!request->undo()) {
        *step->mutable_complete_time() = ToTimestamp(tx.now());
        step->set_completed_by(tx.call().Actor());
      }
      SA_ASSIGN_OR_RETURN(event, kLifeEvents.Update(tx, std::move(event)));
      return WithActions(std::move(event));
    });
  });
}

LifeEventService::Reactor* LifeEventService::CancelLifeEvent(
    Context* context, const v1::CancelLifeEventRequest* request, v1::LifeEvent* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::LifeEvent> {
      SA_ASSIGN_OR_RETURN(v1::LifeEvent event, kLifeEvents.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), event.etag(), event.name()));
      SA_RETURN_IF_ERROR(domain::Check(event, "cancel"));
      SA_RETURN_IF_ERROR(CancelTasks(tx, event));
      End(tx, v1::LifeEvent::STATE_CANCELLED, request->reason(), &event);
      return kLifeEvents.Update(tx, std::move(event));
    });
  });
}

}  // namespace staraction::engagement
