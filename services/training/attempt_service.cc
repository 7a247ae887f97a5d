#include "services/training/attempt_service.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/act.h"
#include "services/training/courses.h"
#include "services/training/domain/attempt_rules.h"
#include "services/training/domain/draw.h"
#include "services/training/store/attempt_store.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Transaction;

absl::Status UnknownMember() {
  return InvalidField("attempt.member", "is not on the roster of the engagement's client",
                      "この支援案件の会社の名簿に載っていません");
}

}  // namespace

SeedSource RandomSeeds() {
  return [] {
    int64_t seed = 0;
    std::memcpy(&seed, RandomBytes(sizeof(seed)).data(), sizeof(seed));
    return seed & INT64_MAX;
  };
}

absl::Status AttemptService::CheckMember(const Call& call, const std::string& member) {
  if (ClientOf(member) != call.client_name()) return UnknownMember();
  // A participant's token names members that the engagement service knows.
  if (IsParticipant(call)) return absl::OkStatus();
  const absl::Status status = roster_.Get(call, member).status();
  return absl::IsNotFound(status) ? UnknownMember() : status;
}

absl::StatusOr<v1::Attempt> AttemptService::Draw(Transaction& tx, const std::string& parent,
                                                 v1::Attempt attempt) const {
  AttemptStore store(tx);
  SA_ASSIGN_OR_RETURN(std::vector<v1::Attempt> earlier, store.OfMember(parent, attempt.member()));
  for (const v1::Attempt& each : earlier) {
    if (each.state() == v1::Attempt::STATE_OPEN) return AlreadyExists("attempt", each.name());
  }
  std::erase_if(earlier, [&](const auto& each) { return each.course() != attempt.course(); });
  int open_follow_ups = 0;
  if (!earlier.empty()) {
    SA_ASSIGN_OR_RETURN(open_follow_ups, store.OpenFollowUps(earlier.back()));
  }
  SA_RETURN_IF_ERROR(CheckNextAttempt(attempt.kind(), earlier, open_follow_ups));
  // Everybody in an engagement is asked from one version, as long as it is loaded.
  SA_ASSIGN_OR_RETURN(const std::string pack,
                      store.FirstPack(parent, attempt.course().substr(sizeof("courses/") - 1)));
  const content::v1::Course& course = *FindCourse(library_, attempt.course(), pack);
  for (auto& question : DrawQuestions(course, attempt.kind(), earlier, attempt.seed())) {
    *attempt.add_questions() = std::move(question);
  }
  attempt.set_pass_percent(course.test().pass_percent());
  attempt.set_pack(PackOf(course));
  return kAttempts.Insert(tx, std::move(attempt));
}

AttemptService::Reactor* AttemptService::CreateAttempt(Context* context,
                                                       const v1::CreateAttemptRequest* request,
                                                       v1::Attempt* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Attempt> {
        v1::Attempt attempt = request->attempt();
        SA_RETURN_IF_ERROR(CheckActsFor(call, attempt.member()));
        SA_ASSIGN_OR_RETURN(const auto channel,
                            ChannelOf(call, attempt.channel(), "attempt.channel"));
        if (FindCourse(library_, attempt.course()) == nullptr) {
          return InvalidField("attempt.course", "is no course that is loaded",
                              "存在しない研修コースです");
        }
        SA_RETURN_IF_ERROR(CheckMember(call, attempt.member()));
        attempt.set_name(absl::StrCat(request->parent(), "/attempts/", NewId(call.now)));
        attempt.set_channel(channel);
        attempt.set_state(v1::Attempt::STATE_OPEN);
        attempt.set_seed(seeds_());
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Attempt> {
          SA_ASSIGN_OR_RETURN(v1::Attempt stored, Draw(tx, request->parent(), attempt));
          return Shown(std::move(stored));
        });
      });
}

AttemptService::Reactor* AttemptService::GetAttempt(Context* context,
                                                    const v1::GetAttemptRequest* request,
                                                    v1::Attempt* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Attempt> {
      SA_ASSIGN_OR_RETURN(v1::Attempt attempt,
                          OwnOrDenied(call, kAttempts.Get(tx, request->name())));
      return Shown(std::move(attempt));
    });
  });
}

AttemptService::Reactor* AttemptService::ListAttempts(Context* context,
                                                      const v1::ListAttemptsRequest* request,
                                                      v1::ListAttemptsResponse* response) {
  using Response = v1::ListAttemptsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_ASSIGN_OR_RETURN(const auto members, MembersToShow(call, request->member()));
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(Response page, AttemptStore(tx).List(*request, members));
          for (v1::Attempt& attempt : *page.mutable_attempts()) attempt = Shown(std::move(attempt));
          return page;
        });
      });
}

absl::Status AttemptService::InsertFollowUps(Transaction& tx, const v1::Attempt& attempt) const {
  const content::v1::Course* course = FindCourse(library_, attempt.course(), attempt.pack());
  for (const std::string& topic : attempt.missed_topics()) {
    v1::FollowUp follow_up;
    follow_up.set_name(absl::StrCat(EngagementOf(attempt.name()), "/followUps/", NewId(tx.now())));
    follow_up.set_member(attempt.member());
    follow_up.set_attempt(attempt.name());
    follow_up.set_course(attempt.course());
    follow_up.set_topic(topic);
    follow_up.set_title(topic);
    if (course != nullptr) {
      for (const auto& module : course->modules()) {
        if (module.code() == topic) follow_up.set_title(module.title().ja());
      }
    }
    follow_up.set_state(v1::FollowUp::STATE_OPEN);
    SA_RETURN_IF_ERROR(kFollowUps.Insert(tx, std::move(follow_up)).status());
  }
  return absl::OkStatus();
}

AttemptService::Reactor* AttemptService::SubmitAttempt(Context* context,
                                                       const v1::SubmitAttemptRequest* request,
                                                       v1::Attempt* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Attempt> {
      SA_ASSIGN_OR_RETURN(v1::Attempt attempt,
                          OwnOrDenied(call, kAttempts.Lock(tx, request->name())));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), attempt.etag(), attempt.name()));
      if (attempt.state() != v1::Attempt::STATE_OPEN) {
        return StateConflict(attempt.name(), v1::Attempt::State_Name(attempt.state()), "submit");
      }
      SA_ASSIGN_OR_RETURN(
          *attempt.mutable_effective_time(),
          EffectiveTime(call, request->has_effective_time(), request->effective_time(),
                        pg::FromTimestamp(attempt.create_time())));
      SA_RETURN_IF_ERROR(Grade(request->answers(), attempt));
      *attempt.mutable_submit_time() = pg::ToTimestamp(call.now);
      attempt.set_recorded_by(call.Actor());
      SA_ASSIGN_OR_RETURN(attempt, kAttempts.Update(tx, std::move(attempt)));
      if (NeedsFollowUp(attempt)) SA_RETURN_IF_ERROR(InsertFollowUps(tx, attempt));
      return Shown(std::move(attempt));
    });
  });
}

}  // namespace staraction::training
