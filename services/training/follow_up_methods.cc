// Follow-ups and completions of AttemptService.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"
#include "services/training/act.h"
#include "services/training/attempt_service.h"
#include "services/training/courses.h"
#include "services/training/domain/attempt_rules.h"
#include "services/training/domain/session_rules.h"
#include "services/training/store/attempt_store.h"
#include "services/training/store/completion_store.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using engagement::v1::Member;
using pg::Transaction;

// One for each member of the roster, in its order.
std::vector<v1::Completion> CompletionsOf(const std::string& engagement,
                                          const std::vector<Person>& roster,
                                          const std::vector<CourseProgress>& progress,
                                          const RetestLimit& max_retests) {
  const ProgressByMember by_member = ByMember(progress);
  std::vector<v1::Completion> out;
  for (const Person& person : roster) {
    v1::Completion& completion = out.emplace_back();
    const Member& member = person.member;
    completion.set_name(absl::StrCat(engagement, "/completions/", LastId(member.name())));
    completion.set_member(member.name());
    completion.set_display_name(member.display_name());
    completion.set_department(member.department());
    completion.set_president(member.president());
    completion.set_counted(person.counted);
    completion.set_not_counted_reason(person.reason);
    completion.set_next_step("test_before");
    const auto found = by_member.find({engagement, member.name()});
    if (found == by_member.end()) continue;
    for (const CourseProgress* each : found->second) {
      completion.set_attended(completion.attended() || each->last_attend_time.has_value());
      completion.set_passed(completion.passed() || each->pass_time.has_value());
    }
    const auto due = NextStep(found->second, max_retests);
    completion.set_next_step(due ? due->step : "");
    const CourseProgress* complete = CompleteCourse(found->second);
    if (complete == nullptr) continue;
    completion.set_complete(true);
    *completion.mutable_complete_time() = pg::ToTimestamp(*CompleteTime(*complete));
  }
  return out;
}

absl::StatusOr<v1::ListCompletionsResponse> PageOf(std::vector<v1::Completion> completions,
                                                   const v1::ListCompletionsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  const std::string after = page.after_key.empty() ? "" : page.after_key.front();
  v1::ListCompletionsResponse response;
  *response.mutable_coverage() = Cover(completions);
  for (v1::Completion& completion : completions) {
    if (LastId(completion.name()) <= after) continue;
    if (response.completions_size() == page.size) {
      const std::string& last = response.completions(page.size - 1).name();
      response.set_next_page_token(NextToken(request, {LastId(last)}));
      break;
    }
    *response.add_completions() = std::move(completion);
  }
  return response;
}

}  // namespace

AttemptService::Reactor* AttemptService::GetFollowUp(Context* context,
                                                     const v1::GetFollowUpRequest* request,
                                                     v1::FollowUp* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::FollowUp> {
      SA_ASSIGN_OR_RETURN(v1::FollowUp follow_up,
                          OwnOrDenied(call, kFollowUps.Get(tx, request->name())));
      return Shown(std::move(follow_up));
    });
  });
}

AttemptService::Reactor* AttemptService::ListFollowUps(Context* context,
                                                       const v1::ListFollowUpsRequest* request,
                                                       v1::ListFollowUpsResponse* response) {
  using Response = v1::ListFollowUpsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_ASSIGN_OR_RETURN(const auto members, MembersToShow(call, request->member()));
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(Response page, AttemptStore(tx).List(*request, members));
          for (auto& follow_up : *page.mutable_follow_ups()) {
            follow_up = Shown(std::move(follow_up));
          }
          return page;
        });
      });
}

AttemptService::Reactor* AttemptService::CompleteFollowUp(
    Context* context, const v1::CompleteFollowUpRequest* request, v1::FollowUp* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::FollowUp> {
      SA_ASSIGN_OR_RETURN(v1::FollowUp follow_up,
                          OwnOrDenied(call, kFollowUps.Lock(tx, request->name())));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), follow_up.etag(), follow_up.name()));
      if (follow_up.state() != v1::FollowUp::STATE_OPEN) {
        return StateConflict(follow_up.name(), v1::FollowUp::State_Name(follow_up.state()),
                             "complete");
      }
      SA_ASSIGN_OR_RETURN(const auto channel, ChannelOf(call, request->channel(), "channel"));
      SA_ASSIGN_OR_RETURN(const v1::Attempt attempt, kAttempts.Get(tx, follow_up.attempt()));
      SA_ASSIGN_OR_RETURN(
          *follow_up.mutable_effective_time(),
          EffectiveTime(call, request->has_effective_time(), request->effective_time(),
                        pg::FromTimestamp(attempt.effective_time())));
      follow_up.set_channel(channel);
      follow_up.set_note(request->note());
      follow_up.set_recorded_by(call.Actor());
      *follow_up.mutable_complete_time() = pg::ToTimestamp(call.now);
      follow_up.set_state(v1::FollowUp::STATE_COMPLETE);
      SA_ASSIGN_OR_RETURN(follow_up, kFollowUps.Update(tx, std::move(follow_up)));
      return Shown(std::move(follow_up));
    });
  });
}

AttemptService::Reactor* AttemptService::ListCompletions(Context* context,
                                                         const v1::ListCompletionsRequest* request,
                                                         v1::ListCompletionsResponse* response) {
  using Response = v1::ListCompletionsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        const absl::CivilDay today = TokyoDay(call.now);
        SA_ASSIGN_OR_RETURN(const std::vector<Person> roster,
                            roster_.List(call, request->parent(), today));
        SA_ASSIGN_OR_RETURN(
            const std::vector<CourseProgress> progress,
            pool_.Read(call, [&](Transaction& tx) { return ReadProgress(tx, request->parent()); }));
        SA_ASSIGN_OR_RETURN(Response page, PageOf(CompletionsOf(request->parent(), roster, progress,
                                                                RetestLimitOf(library_)),
                                                  *request));
        *page.mutable_coverage()->mutable_roster_date() = ToProtoDate(today);
        return page;
      });
}

}  // namespace staraction::training
