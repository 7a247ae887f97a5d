#include "services/engagement/activity_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/engagement/domain/code.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/activities.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/renewals.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr char kCalendars[] = "activityCalendars/";
constexpr int kFarthestDays = 366;

v1::ActivityCalendar ToMessage(const content::v1::ActivityCalendar& calendar) {
  v1::ActivityCalendar out;
  out.set_name(kCalendars + calendar.id());
  out.set_display_name(calendar.title().ja());
  out.set_pack(absl::StrCat(calendar.pack().urn(), "@", calendar.pack().version()));
  for (const auto& kind : calendar.activities()) {
    auto* to = out.add_activities();
    to->set_code(kind.code());
    to->set_title(kind.title().ja());
    to->set_purpose(kind.purpose().ja());
    to->set_side(static_cast<v1::Side>(kind.side()));
    to->set_role(kind.role());
    to->set_first_business_days(kind.first_business_days());
    to->set_every_months(kind.every_months());
    to->set_evidence(kind.evidence().ja());
    to->set_within_engagement(kind.within_engagement());
  }
  for (const auto& form : calendar.forms()) {
    auto* to = out.add_forms();
    to->set_code(form.code());
    to->set_title(form.title().ja());
    to->set_purpose(form.purpose().ja());
    to->set_template_(form.template_());
    to->set_chapter(form.chapter());
  }
  for (const auto& item : calendar.check_items()) {
    auto* to = out.add_check_items();
    to->set_code(item.code());
    to->set_title(item.title().ja());
    to->set_how(item.how().ja());
    to->set_chapter(item.chapter());
  }
  return out;
}

absl::StatusOr<v1::Activity> Complete(Transaction& tx, const content::Library& library,
                                      v1::Activity activity) {
  std::vector<v1::Activity> one = {std::move(activity)};
  SA_RETURN_IF_ERROR(PresentActivities(tx, library, one));
  return std::move(one.front());
}

// Owner and role are there; sets the owner's name.
absl::Status NameOwner(Transaction& tx, const content::Library& library, v1::Activity& activity) {
  SA_RETURN_IF_ERROR(domain::CheckOwners(activity));
  SA_RETURN_IF_ERROR(
      domain::CheckCode(*library.FindCodeList("security-roles"), activity.role(), "activity.role"));
  SA_ASSIGN_OR_RETURN(*activity.mutable_owner_display_name(),
                      OwnerName(tx, activity.owner_user(), activity.owner_member(), "activity."));
  return absl::OkStatus();
}

absl::Status RefreshDue(Transaction& tx, const v1::Activity& activity) {
  return activity.engagement().empty() ? absl::OkStatus()
                                       : RefreshNextDueDate(tx, activity.engagement());
}

absl::Status CheckStart(absl::CivilDay start, absl::CivilDay today) {
  const auto apart = start - today;
  if (apart >= -kFarthestDays && apart <= kFarthestDays) return absl::OkStatus();
  const std::string day = FormatIsoDate(start);
  return InvalidField("start_date",
                      absl::StrCat("came ", day, "; want a day within a year of today"),
                      absl::StrCat(day, " は離れすぎています。今日から前後1年以内にしてください"));
}

}  // namespace

ActivityService::Reactor* ActivityService::GetActivityCalendar(
    Context* context, const v1::GetActivityCalendarRequest* request,
    v1::ActivityCalendar* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call&) -> absl::StatusOr<v1::ActivityCalendar> {
                      const auto* calendar =
                          library_.Find<content::v1::ActivityCalendar>(LastId(request->name()));
                      if (calendar == nullptr) return NotFound(request->name());
                      return ToMessage(*calendar);
                    });
}

ActivityService::Reactor* ActivityService::PlanActivities(Context* context,
                                                          const v1::PlanActivitiesRequest* request,
                                                          v1::PlanActivitiesResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::PlanActivitiesResponse> {
        const auto plan = [&](Transaction& tx) -> absl::StatusOr<v1::PlanActivitiesResponse> {
          // Locked, so that two who plan at once don't plan twice.
          if (!request->validate_only()) {
            SA_RETURN_IF_ERROR(CheckEngagementOf(tx, request->engagement(), "engagement"));
            SA_RETURN_IF_ERROR(kEngagements.Lock(tx, request->engagement()).status());
          }
          SA_ASSIGN_OR_RETURN(const v1::Engagement engagement,
                              RunningEngagement(tx, request->engagement(), "engagement"));
          const auto* calendar = library_.Find<content::v1::ActivityCalendar>(
              engagement.editions().activity_calendar());
          if (calendar == nullptr) return NoCalendar(engagement.name());
          const absl::CivilDay start = FromProtoDate(request->start_date())
                                           .value_or(*FromProtoDate(engagement.start_date()));
          SA_RETURN_IF_ERROR(CheckStart(start, TokyoDay(tx.now())));
          SA_ASSIGN_OR_RETURN(const bool later, IsRenewal(tx, engagement.name()));
          std::vector<v1::Activity> year = domain::PlanYear(*calendar, start, calendar_, later);
          const size_t all = year.size();
          SA_ASSIGN_OR_RETURN(year, StoreYear(tx, *calendar, engagement.name(), std::move(year),
                                              request->validate_only()));
          SA_RETURN_IF_ERROR(PresentActivities(tx, library_, year));
          v1::PlanActivitiesResponse reply;
          reply.set_kept(static_cast<int>(all - year.size()));
          for (v1::Activity& each : year) *reply.add_activities() = std::move(each);
          return reply;
        };
        if (request->validate_only()) return pool_.Read(call, plan);
        return pool_.Write(call, *request, plan);
      });
}

ActivityService::Reactor* ActivityService::CreateActivity(Context* context,
                                                          const v1::CreateActivityRequest* request,
                                                          v1::Activity* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Activity> {
      v1::Activity activity = request->activity();
      SA_ASSIGN_OR_RETURN(const Operated operated,
                          FindOperated(tx, library_, activity.engagement(), "activity.engagement"));
      activity.set_engagement(operated.engagement);
      SA_RETURN_IF_ERROR(domain::CompleteActivity(
          operated.calendar == nullptr ? content::v1::ActivityCalendar() : *operated.calendar,
          activity));
      SA_RETURN_IF_ERROR(NameOwner(tx, library_, activity));
      activity.set_name(request->parent() + "/activities/" + NewId(tx.now()));
      activity.set_state(v1::Activity::STATE_PLANNED);
      SA_ASSIGN_OR_RETURN(activity, kActivities.Insert(tx, std::move(activity)));
      SA_RETURN_IF_ERROR(RefreshDue(tx, activity));
      return Complete(tx, library_, std::move(activity));
    });
  });
}

ActivityService::Reactor* ActivityService::GetActivity(Context* context,
                                                       const v1::GetActivityRequest* request,
                                                       v1::Activity* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Activity> {
      SA_ASSIGN_OR_RETURN(v1::Activity activity, kActivities.Get(tx, request->name()));
      SA_ASSIGN_OR_RETURN(*activity.mutable_acts(), LoadActs(tx, activity.name()));
      return Complete(tx, library_, std::move(activity));
    });
  });
}

ActivityService::Reactor* ActivityService::ListActivities(Context* context,
                                                          const v1::ListActivitiesRequest* request,
                                                          v1::ListActivitiesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call,
                      [&](Transaction& tx) { return FindActivities(tx, library_, *request); });
  });
}

ActivityService::Reactor* ActivityService::UpdateActivity(Context* context,
                                                          const v1::UpdateActivityRequest* request,
                                                          v1::Activity* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Activity> {
      const v1::Activity& patch = request->activity();
      SA_ASSIGN_OR_RETURN(v1::Activity activity, kActivities.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), activity.etag(), patch.name()));
      SA_RETURN_IF_ERROR(domain::Check(activity, "update"));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &activity));
      SA_RETURN_IF_ERROR(NameOwner(tx, library_, activity));
      SA_ASSIGN_OR_RETURN(activity, kActivities.Update(tx, std::move(activity)));
      SA_RETURN_IF_ERROR(RefreshDue(tx, activity));
      return Complete(tx, library_, std::move(activity));
    });
  });
}

template <typename Request>
absl::StatusOr<v1::Activity> ActivityService::Move(const Call& call, const Request& request,
                                                   const std::string& verb, v1::Activity::State to,
                                                   const std::string& text) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Activity> {
    SA_ASSIGN_OR_RETURN(v1::Activity activity, kActivities.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), activity.etag(), activity.name()));
    SA_RETURN_IF_ERROR(domain::Check(activity, verb));
    SA_ASSIGN_OR_RETURN(const Deed deed, DeedOf(tx, request, verb, text));
    activity.set_state(to);
    activity.clear_effective_date();
    if (to == v1::Activity::STATE_DONE) {
      *activity.mutable_effective_date() = ToProtoDate(deed.day);
    }
    SA_RETURN_IF_ERROR(AddAct(tx, activity.name(), deed));
    SA_ASSIGN_OR_RETURN(activity, kActivities.Update(tx, std::move(activity)));
    SA_RETURN_IF_ERROR(RefreshDue(tx, activity));
    SA_ASSIGN_OR_RETURN(*activity.mutable_acts(), LoadActs(tx, activity.name()));
    return Complete(tx, library_, std::move(activity));
  });
}

ActivityService::Reactor* ActivityService::CompleteActivity(
    Context* context, const v1::CompleteActivityRequest* request, v1::Activity* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "complete", v1::Activity::STATE_DONE, request->result());
  });
}

ActivityService::Reactor* ActivityService::SkipActivity(Context* context,
                                                        const v1::SkipActivityRequest* request,
                                                        v1::Activity* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "skip", v1::Activity::STATE_SKIPPED, request->reason());
  });
}

ActivityService::Reactor* ActivityService::ReopenActivity(Context* context,
                                                          const v1::ReopenActivityRequest* request,
                                                          v1::Activity* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "reopen", v1::Activity::STATE_PLANNED, request->reason());
  });
}

}  // namespace staraction::engagement
