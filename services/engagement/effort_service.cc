#include "services/engagement/effort_service.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/store/effort.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

absl::Status CheckWorkDate(const v1::EffortEntry& entry, absl::CivilDay today) {
  const auto day = FromProtoDate(entry.work_date());
  if (day && *day <= today) return absl::OkStatus();
  return InvalidField("effort_entry.work_date", "lies in the future; want today or before",
                      "未来の日付です。今日以前を指定してください");
}

// Steps are those of the engagement's plan, so that sums fit it.
absl::Status CheckStep(Transaction& tx, const content::Library& library,
                       const std::string& engagement, const std::string& step) {
  SA_ASSIGN_OR_RETURN(const v1::Engagement found, kEngagements.Get(tx, engagement));
  const auto* plan = library.FindPlan(found.plan());
  std::string known;
  for (int i = 0; plan != nullptr && i < plan->steps_size(); ++i) {
    if (plan->steps(i).number() == step) return absl::OkStatus();
    known += (known.empty() ? "" : ", ") + plan->steps(i).number();
  }
  return InvalidField("effort_entry.step", "'" + step + "' is unknown; want one of " + known,
                      "「" + step + "」という項目は計画にありません。次のいずれか: " + known);
}

absl::StatusOr<v1::EffortEntry> Named(absl::StatusOr<v1::EffortEntry> stored) {
  if (pg::ConstraintOf(stored.status()) != "effort_entry_user_fkey") return stored;
  return InvalidField("effort_entry.user", "there is no such user",
                      "この利用者は登録されていません");
}

}  // namespace

EffortService::Reactor* EffortService::CreateEffortEntry(
    Context* context, const v1::CreateEffortEntryRequest* request, v1::EffortEntry* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::EffortEntry> {
      v1::EffortEntry entry = request->effort_entry();
      SA_RETURN_IF_ERROR(CheckWorkDate(entry, TokyoDay(tx.now())));
      SA_RETURN_IF_ERROR(CheckStep(tx, library_, request->parent(), entry.step()));
      if (entry.user().empty()) entry.set_user(call.Actor());
      entry.set_name(request->parent() + "/effortEntries/" + NewId(tx.now()));
      return Named(kEffortEntries.Insert(tx, std::move(entry)));
    });
  });
}

EffortService::Reactor* EffortService::GetEffortEntry(Context* context,
                                                      const v1::GetEffortEntryRequest* request,
                                                      v1::EffortEntry* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call,
                      [&](Transaction& tx) { return kEffortEntries.Get(tx, request->name()); });
  });
}

EffortService::Reactor* EffortService::ListEffortEntries(
    Context* context, const v1::ListEffortEntriesRequest* request,
    v1::ListEffortEntriesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListEffortEntriesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kEffortEntries.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page),
                            &v1::ListEffortEntriesResponse::mutable_effort_entries);
    });
  });
}

EffortService::Reactor* EffortService::UpdateEffortEntry(
    Context* context, const v1::UpdateEffortEntryRequest* request, v1::EffortEntry* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::EffortEntry> {
      const v1::EffortEntry& patch = request->effort_entry();
      SA_ASSIGN_OR_RETURN(v1::EffortEntry entry, kEffortEntries.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), entry.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &entry));
      SA_RETURN_IF_ERROR(CheckWorkDate(entry, TokyoDay(tx.now())));
      SA_RETURN_IF_ERROR(CheckStep(tx, library_, EngagementOf(entry.name()), entry.step()));
      return kEffortEntries.Update(tx, std::move(entry));
    });
  });
}

EffortService::Reactor* EffortService::GetEffortReport(Context* context,
                                                       const v1::GetEffortReportRequest* request,
                                                       v1::EffortReport* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::EffortReport> {
      const std::string name = EngagementOf(request->name());
      SA_ASSIGN_OR_RETURN(const v1::Engagement engagement, kEngagements.Get(tx, name));
      SA_ASSIGN_OR_RETURN(v1::EffortReport report, SumEffort(tx, name));
      const auto* plan = library_.FindPlan(engagement.plan());
      for (auto& sum : *report.mutable_sums()) {
        for (int i = 0; plan != nullptr && i < plan->steps_size(); ++i) {
          if (plan->steps(i).number() != sum.step()) continue;
          sum.set_step_title(plan->steps(i).title().ja());
        }
      }
      return report;
    });
  });
}

PilotService::Reactor* PilotService::CreateLesson(Context* context,
                                                  const v1::CreateLessonRequest* request,
                                                  v1::Lesson* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Lesson> {
      SA_RETURN_IF_ERROR(kEngagements.Get(tx, request->parent()).status());
      v1::Lesson lesson = request->lesson();
      lesson.set_author(call.Actor());
      lesson.set_name(request->parent() + "/lessons/" + NewId(tx.now()));
      return kLessons.Insert(tx, std::move(lesson));
    });
  });
}

PilotService::Reactor* PilotService::ListLessons(Context* context,
                                                 const v1::ListLessonsRequest* request,
                                                 v1::ListLessonsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListLessonsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kLessons.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListLessonsResponse::mutable_lessons);
    });
  });
}

PilotService::Reactor* PilotService::ReportPilots(Context* context,
                                                  const v1::ReportPilotsRequest* request,
                                                  v1::ReportPilotsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return FindPilots(tx, *request); });
  });
}

}  // namespace staraction::engagement
