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
#include "services/training/scans.h"
#include "services/training/store/attempt_store.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Transaction;

absl::Status UnknownMember() {
  return InvalidField("attempt.member", "is not on the roster of the engagement's client",
                      "この支援案件の会社の名簿に載っていません");
}

// `earlier`: all that the member had of the course.
absl::StatusOr<Standing> StandingOf(Transaction& tx, const std::string& parent,
                                    const v1::Attempt& attempt,
                                    const std::vector<v1::Attempt>& earlier,
                                    const content::v1::Course& course) {
  AttemptStore store(tx);
  Standing standing;
  standing.max_retests = course.test().max_retests();
  for (const v1::Attempt& each : earlier) {
    if (each.state() == v1::Attempt::STATE_SUBMITTED) standing.graded.push_back(each);
  }
  if (attempt.kind() != v1::Attempt::KIND_RETEST || standing.graded.empty()) return standing;
  SA_ASSIGN_OR_RETURN(standing.open_follow_ups, store.OpenFollowUps(standing.graded.back()));
  SA_ASSIGN_OR_RETURN(standing.last_attended,
                      store.LastAttended(parent, attempt.member(), attempt.course()));
  return standing;
}

// Asks what the printed variant asked. The attempt names a paper.
absl::Status TakeFromPaper(Transaction& tx, const std::string& parent, v1::Attempt& attempt) {
  absl::StatusOr<v1::PaperTest> paper = NotFound(attempt.paper_test());
  if (EngagementOf(attempt.paper_test()) == parent) {
    paper = kPaperTests.Get(tx, attempt.paper_test());
  }
  if (absl::IsNotFound(paper.status()) || absl::IsInvalidArgument(paper.status())) {
    return InvalidField("attempt.paper_test", "is no test for paper of this engagement",
                        "この支援案件の紙のテストではありません");
  }
  if (!paper.ok()) return paper.status();
  SA_RETURN_IF_ERROR(CheckFitsPaper(attempt, *paper));
  for (const auto& variant : paper->variants()) {
    if (variant.code() == attempt.variant()) *attempt.mutable_questions() = variant.questions();
  }
  attempt.set_seed(paper->seed());
  attempt.set_pass_percent(paper->pass_percent());
  attempt.set_pack(paper->pack());
  return absl::OkStatus();
}

// When the questions of an attempt were drawn: nobody answered them before.
absl::StatusOr<absl::Time> DrawTime(Transaction& tx, const v1::Attempt& attempt) {
  if (attempt.paper_test().empty()) return pg::FromTimestamp(attempt.create_time());
  SA_ASSIGN_OR_RETURN(const v1::PaperTest paper, kPaperTests.Get(tx, attempt.paper_test()));
  return pg::FromTimestamp(paper.create_time());
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

absl::StatusOr<const content::v1::Course*> AttemptService::PinnedCourse(
    Transaction& tx, const std::string& parent, const std::string& course) const {
  SA_ASSIGN_OR_RETURN(const std::string pack, AttemptStore(tx).FirstPack(parent, course));
  return FindCourse(library_, course, pack);
}

absl::StatusOr<v1::Attempt> AttemptService::Draw(Transaction& tx, const std::string& parent,
                                                 v1::Attempt attempt) const {
  AttemptStore store(tx);
  SA_ASSIGN_OR_RETURN(std::vector<v1::Attempt> earlier, store.OfMember(parent, attempt.member()));
  for (const v1::Attempt& each : earlier) {
    if (each.state() == v1::Attempt::STATE_OPEN) return AlreadyExists("attempt", each.name());
  }
  std::erase_if(earlier, [&](const auto& each) { return each.course() != attempt.course(); });
  SA_ASSIGN_OR_RETURN(const content::v1::Course* course,
                      PinnedCourse(tx, parent, attempt.course()));
  SA_ASSIGN_OR_RETURN(const Standing standing, StandingOf(tx, parent, attempt, earlier, *course));
  SA_RETURN_IF_ERROR(CheckNextAttempt(attempt.kind(), standing));
  if (attempt.paper_test().empty()) {
    for (auto& question : DrawQuestions(*course, attempt.kind(), earlier, attempt.seed())) {
      *attempt.add_questions() = std::move(question);
    }
    attempt.set_pass_percent(course->test().pass_percent());
    attempt.set_pack(PackOf(*course));
  } else {
    SA_RETURN_IF_ERROR(TakeFromPaper(tx, parent, attempt));
  }
  if (course->test().open_days() > 0) {
    *attempt.mutable_expire_time() =
        pg::ToTimestamp(tx.now() + absl::Hours(24) * course->test().open_days());
  }
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
        SA_RETURN_IF_ERROR(
            CheckTestedCourse(FindCourse(library_, attempt.course()), "attempt.course"));
        if (attempt.paper_test().empty() && !attempt.variant().empty()) {
          return InvalidField("attempt.variant", "wanted nothing without paper_test",
                              "紙のテストを指定しないときは、版を指定できません");
        }
        SA_RETURN_IF_ERROR(CheckMember(call, attempt.member()));
        attempt.set_name(absl::StrCat(request->parent(), "/attempts/", NewId(call.now)));
        attempt.set_channel(channel);
        attempt.set_state(v1::Attempt::STATE_OPEN);
        attempt.set_seed(seeds_());
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Attempt> {
          SA_ASSIGN_OR_RETURN(v1::Attempt stored, Draw(tx, request->parent(), attempt));
          return Shown(std::move(stored), call.now);
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
      return Shown(std::move(attempt), call.now);
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
          for (v1::Attempt& attempt : *page.mutable_attempts()) {
            attempt = Shown(std::move(attempt), call.now);
          }
          return page;
        });
      });
}

absl::Status AttemptService::InsertFollowUps(Transaction& tx, const v1::Attempt& attempt,
                                             const std::vector<std::string>& done) const {
  const content::v1::Course* course = FindCourse(library_, attempt.course(), attempt.pack());
  std::vector<v1::FollowUp> follow_ups;
  for (const std::string& topic : attempt.missed_topics()) {
    if (std::find(done.begin(), done.end(), topic) != done.end()) continue;
    v1::FollowUp& follow_up = follow_ups.emplace_back();
    follow_up.set_name(absl::StrCat(EngagementOf(attempt.name()), "/followUps/", NewId(tx.now())));
    follow_up.set_member(attempt.member());
    follow_up.set_attempt(attempt.name());
    follow_up.set_course(attempt.course());
    follow_up.set_topic(topic);
    follow_up.set_title(TopicTitle(course, topic));
    follow_up.set_state(v1::FollowUp::STATE_OPEN);
  }
  return kFollowUps.InsertAll(tx, follow_ups);
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
      SA_ASSIGN_OR_RETURN(const absl::Time drawn, DrawTime(tx, attempt));
      SA_ASSIGN_OR_RETURN(
          *attempt.mutable_effective_time(),
          EffectiveTime(call, request->has_effective_time(), request->effective_time(), drawn));
      SA_RETURN_IF_ERROR(CheckScanOf(tx, request->scan(), attempt.name(), attempt.channel()));
      attempt.set_scan(request->scan());
      SA_RETURN_IF_ERROR(Grade(request->answers(), attempt));
      *attempt.mutable_submit_time() = pg::ToTimestamp(call.now);
      attempt.set_recorded_by(call.Actor());
      attempt.set_second_factor(call.principal.second_factor);
      SA_ASSIGN_OR_RETURN(attempt, kAttempts.Update(tx, std::move(attempt)));
      if (NeedsFollowUp(attempt)) SA_RETURN_IF_ERROR(InsertFollowUps(tx, attempt));
      return Shown(std::move(attempt), call.now);
    });
  });
}

}  // namespace staraction::training
