#include "services/training/briefing_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/act.h"
#include "services/training/courses.h"
#include "services/training/domain/briefing_rules.h"
#include "services/training/scans.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Transaction;

absl::Status NotPresident() {
  return InvalidField("briefing.president", "is not the president on the client's roster",
                      "名簿で社長とされている人ではありません");
}

// A president acknowledges no earlier than the briefing was held, or else written down.
absl::Time EarliestAcknowledgement(const v1::Briefing& briefing) {
  const absl::Time created = pg::FromTimestamp(briefing.create_time());
  const auto held = FromProtoDate(briefing.held_date());
  if (!held) return created;
  absl::TimeZone tokyo = absl::FixedTimeZone(9 * 60 * 60);
  return std::min(created, absl::FromCivil(*held, tokyo));
}

// Course of the briefing, or INVALID_ARGUMENT.
absl::StatusOr<const content::v1::Course*> BriefingCourse(const content::Library& library,
                                                          const std::string& name) {
  const content::v1::Course* course = FindCourse(library, name);
  if (course != nullptr && course->kind() == content::v1::COURSE_KIND_BRIEFING) return course;
  return InvalidField("briefing.course", "is no course of the kind for briefings that is loaded",
                      "社長への説明用のコースを指定してください");
}

}  // namespace

absl::Status BriefingService::CheckPresident(const Call& call, const std::string& member) {
  if (ClientOf(member) != call.client_name()) return NotPresident();
  const auto found = roster_.Get(call, member);
  if (absl::IsNotFound(found.status())) return NotPresident();
  if (!found.ok()) return found.status();
  return found->president() ? absl::OkStatus() : NotPresident();
}

absl::StatusOr<std::set<std::string>> BriefingService::KnownMembers(const Call& call,
                                                                    const v1::Briefing& briefing) {
  std::set<std::string> known;
  for (const auto& decision : briefing.decisions()) {
    if (decision.member().empty() || ClientOf(decision.member()) != call.client_name()) continue;
    const absl::Status status = roster_.Get(call, decision.member()).status();
    if (status.ok()) known.insert(decision.member());
    if (!status.ok() && !absl::IsNotFound(status)) return status;
  }
  return known;
}

BriefingService::Reactor* BriefingService::CreateBriefing(Context* context,
                                                          const v1::CreateBriefingRequest* request,
                                                          v1::Briefing* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Briefing> {
        v1::Briefing briefing = request->briefing();
        SA_ASSIGN_OR_RETURN(const auto* course, BriefingCourse(library_, briefing.course()));
        SA_RETURN_IF_ERROR(CheckPresident(call, briefing.president()));
        SA_ASSIGN_OR_RETURN(const std::set<std::string> known, KnownMembers(call, briefing));
        FillBriefing(
            *course, [this](const std::string& id) { return library_.FindCodeList(id); }, briefing);
        SA_RETURN_IF_ERROR(CheckDecisions(briefing, known));
        briefing.set_name(absl::StrCat(request->parent(), "/briefings/", NewId(call.now)));
        briefing.set_pack(PackOf(*course));
        briefing.set_state(v1::Briefing::STATE_OPEN);
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Briefing> {
          SA_ASSIGN_OR_RETURN(v1::Briefing stored, kBriefings.Insert(tx, briefing));
          return Shown(std::move(stored));
        });
      });
}

BriefingService::Reactor* BriefingService::GetBriefing(Context* context,
                                                       const v1::GetBriefingRequest* request,
                                                       v1::Briefing* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Briefing> {
      SA_ASSIGN_OR_RETURN(v1::Briefing briefing, kBriefings.Get(tx, request->name()));
      return Shown(std::move(briefing));
    });
  });
}

BriefingService::Reactor* BriefingService::ListBriefings(Context* context,
                                                         const v1::ListBriefingsRequest* request,
                                                         v1::ListBriefingsResponse* response) {
  using Response = v1::ListBriefingsResponse;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(auto page, kBriefings.List(tx, request->parent(), *request));
      for (v1::Briefing& briefing : page.items) {
        briefing = Shown(std::move(briefing));
        for (auto& item : *briefing.mutable_agenda()) item.clear_body();
      }
      return pg::ToResponse(std::move(page), &Response::mutable_briefings);
    });
  });
}

BriefingService::Reactor* BriefingService::UpdateBriefing(Context* context,
                                                          const v1::UpdateBriefingRequest* request,
                                                          v1::Briefing* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Briefing> {
        const v1::Briefing& patch = request->briefing();
        SA_ASSIGN_OR_RETURN(const std::set<std::string> known, KnownMembers(call, patch));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Briefing> {
          SA_ASSIGN_OR_RETURN(v1::Briefing briefing, kBriefings.Lock(tx, patch.name()));
          SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), briefing.etag(), briefing.name()));
          if (briefing.state() != v1::Briefing::STATE_OPEN) {
            return StateConflict(briefing.name(), v1::Briefing::State_Name(briefing.state()),
                                 "update");
          }
          // Persons that were decided before were on the roster then.
          std::set<std::string> members = known;
          for (const auto& decision : briefing.decisions()) members.insert(decision.member());
          SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &briefing));
          SA_RETURN_IF_ERROR(CheckDecisions(briefing, members));
          SA_ASSIGN_OR_RETURN(briefing, kBriefings.Update(tx, std::move(briefing)));
          return Shown(std::move(briefing));
        });
      });
}

BriefingService::Reactor* BriefingService::AcknowledgeBriefing(
    Context* context, const v1::AcknowledgeBriefingRequest* request, v1::Briefing* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Briefing> {
      SA_ASSIGN_OR_RETURN(v1::Briefing briefing, kBriefings.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), briefing.etag(), briefing.name()));
      SA_RETURN_IF_ERROR(CheckAcknowledge(briefing));
      SA_ASSIGN_OR_RETURN(const auto channel, ChannelOf(call, request->channel(), "channel"));
      SA_ASSIGN_OR_RETURN(
          *briefing.mutable_effective_time(),
          EffectiveTime(call, request->has_effective_time(), request->effective_time(),
                        EarliestAcknowledgement(briefing)));
      SA_RETURN_IF_ERROR(CheckScanOf(tx, request->scan(), briefing.name(), channel));
      if (!briefing.has_held_date()) {
        *briefing.mutable_held_date() =
            ToProtoDate(TokyoDay(pg::FromTimestamp(briefing.effective_time())));
      }
      briefing.set_scan(request->scan());
      briefing.set_channel(channel);
      briefing.set_recorded_by(call.Actor());
      *briefing.mutable_acknowledge_time() = pg::ToTimestamp(call.now);
      briefing.set_state(v1::Briefing::STATE_ACKNOWLEDGED);
      SA_ASSIGN_OR_RETURN(briefing, kBriefings.Update(tx, std::move(briefing)));
      return Shown(std::move(briefing));
    });
  });
}

}  // namespace staraction::training
