// States, plans and marks of EngagementService.

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/engagement_service.h"
#include "services/engagement/quote_service.h"
#include "services/engagement/store/activities.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"
#include "services/engagement/store/transitions.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;
using Transition = v1::Engagement::Transition;

constexpr absl::Duration kCollectLimit = absl::Seconds(5);

absl::Status NoGuard(Transaction&, const v1::Engagement&, Transition&) {
  return absl::OkStatus();
}

std::vector<Violation> UnmetDeliverables(const v1::Readiness& readiness) {
  std::vector<Violation> unmet;
  for (const auto& criterion : readiness.criteria()) {
    if (criterion.official() || criterion.verdict() == v1::CriterionState::VERDICT_MET) continue;
    unmet.push_back({criterion.code(), criterion.wanted() + " wanted, came: " + criterion.actual(),
                     criterion.title() + "。" + criterion.hint()});
  }
  return unmet;
}

// Reason and day as the request gives them, where it can.
template <typename Request>
absl::StatusOr<Transition> TransitionOf(const Request& request, absl::CivilDay today) {
  Transition transition;
  if constexpr (requires { request.reason(); }) {
    transition.set_reason(request.reason());
    if (const auto day = FromProtoDate(request.effective_date())) {
      if (*day > today) {
        return InvalidField("effective_date", "lies in the future; want today or before",
                            "未来の日付です。今日以前を指定してください");
      }
      *transition.mutable_effective_date() = ToProtoDate(*day);
    }
  }
  return transition;
}

}  // namespace

template <typename Request, typename Guard>
absl::StatusOr<v1::Engagement> EngagementService::Move(const Call& call, const Request& request,
                                                       const std::string& verb,
                                                       v1::Engagement::State to, Guard guard) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Engagement> {
    SA_ASSIGN_OR_RETURN(v1::Engagement engagement, kEngagements.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), engagement.etag(), request.name()));
    SA_RETURN_IF_ERROR(domain::Check(engagement, verb));
    SA_ASSIGN_OR_RETURN(Transition transition, TransitionOf(request, TokyoDay(tx.now())));
    SA_RETURN_IF_ERROR(guard(tx, engagement, transition));
    transition.set_from_state(engagement.state());
    transition.set_to_state(to);
    engagement.set_state(to);
    SA_RETURN_IF_ERROR(kEngagements.Update(tx, std::move(engagement)).status());
    SA_RETURN_IF_ERROR(AddTransition(tx, request.name(), transition));
    SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, request.name()));
    SA_ASSIGN_OR_RETURN(engagement, GetWithSummary(tx, request.name()));
    SA_RETURN_IF_ERROR(LoadTransitions(tx, engagement));
    return engagement;
  });
}

template <typename Request, typename Judge>
absl::StatusOr<v1::Engagement> EngagementService::MoveByFacts(const Call& call,
                                                              const Request& request,
                                                              const std::string& verb,
                                                              v1::Engagement::State to,
                                                              Judge judge) {
  // Peers are asked before the transaction, never inside it.
  std::vector<std::string> silent;
  SA_RETURN_IF_ERROR(facts_.CollectAll(call, kCollectLimit, &silent));
  const auto guard = [&](Transaction& tx, const v1::Engagement& engagement,
                         Transition& transition) -> absl::Status {
    SA_ASSIGN_OR_RETURN(const std::vector<Violation> unmet, judge(tx, engagement, silent));
    if (!unmet.empty() && transition.reason().empty()) {
      return CriteriaUnmet(engagement.name(), unmet);
    }
    for (const Violation& violation : unmet) transition.add_unmet_criteria(violation.field);
    return absl::OkStatus();
  };
  return Move(call, request, verb, to, guard);
}

EngagementService::Reactor* EngagementService::StartEngagement(
    Context* context, const v1::StartEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "start", v1::Engagement::STATE_ACTIVE, NoGuard);
  });
}

EngagementService::Reactor* EngagementService::DeclareEngagement(
    Context* context, const v1::DeclareEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return MoveByFacts(
        call, *request, "declare", v1::Engagement::STATE_DECLARED,
        [this](Transaction& tx, const v1::Engagement& engagement,
               const std::vector<std::string>&) -> absl::StatusOr<std::vector<Violation>> {
          SA_ASSIGN_OR_RETURN(const bool declared, facts_.Declared(tx, engagement));
          if (declared) return std::vector<Violation>();
          return std::vector<Violation>{
              {"declaration.state", "= ISSUED wanted, or a reason",
               "自己宣言IDの発行が記録されていません。記録するか、宣言したことが分かる理由を"
               "入力してください"}};
        });
  });
}

EngagementService::Reactor* EngagementService::SustainEngagement(
    Context* context, const v1::SustainEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return MoveByFacts(call, *request, "sustain", v1::Engagement::STATE_SUSTAINING,
                       [this](auto& tx, const auto& engagement,
                              const auto& silent) -> absl::StatusOr<std::vector<Violation>> {
                         SA_ASSIGN_OR_RETURN(const v1::Readiness readiness,
                                             facts_.Judge(tx, engagement, silent));
                         return UnmetDeliverables(readiness);
                       });
  });
}

EngagementService::Reactor* EngagementService::CloseEngagement(
    Context* context, const v1::CloseEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return MoveByFacts(call, *request, "close", v1::Engagement::STATE_CLOSED,
                       [this](auto& tx, const auto& engagement,
                              const auto& silent) -> absl::StatusOr<std::vector<Violation>> {
                         SA_ASSIGN_OR_RETURN(const v1::Readiness readiness,
                                             facts_.Judge(tx, engagement, silent));
                         return UnmetDeliverables(readiness);
                       });
  });
}

EngagementService::Reactor* EngagementService::CancelEngagement(
    Context* context, const v1::CancelEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    // Nothing of it is due any more.
    const auto skip = [](Transaction& tx, const v1::Engagement& engagement,
                         const Transition& transition) {
      const std::string reason =
          transition.reason().empty() ? "支援を取りやめた" : transition.reason();
      return SkipPlanned(tx, engagement.name(), reason, false);
    };
    return Move(call, *request, "cancel", v1::Engagement::STATE_CANCELLED, skip);
  });
}

EngagementService::Reactor* EngagementService::UpdateEngagement(
    Context* context, const v1::UpdateEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Engagement> {
      const v1::Engagement& patch = request->engagement();
      SA_ASSIGN_OR_RETURN(v1::Engagement engagement, kEngagements.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), engagement.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &engagement));
      const absl::Status stored = kEngagements.Update(tx, std::move(engagement)).status();
      if (pg::ConstraintOf(stored) == "engagement_consultant_fkey") {
        return InvalidField("engagement.consultant", "there is no such user",
                            "この利用者は登録されていません");
      }
      SA_RETURN_IF_ERROR(stored);
      return GetWithSummary(tx, patch.name());
    });
  });
}

EngagementService::Reactor* EngagementService::RenewEngagement(
    Context* context, const v1::RenewEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Engagement> {
      SA_ASSIGN_OR_RETURN(const v1::Engagement previous, kEngagements.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), previous.etag(), request->name()));
      SA_RETURN_IF_ERROR(domain::Check(previous, "renew"));
      if (ClientOf(request->quote()) != previous.client()) {
        return InvalidField(
            "quote",
            absl::StrCat("came '", request->quote(), "'; want a quote of ", previous.client()),
            absl::StrCat("「", request->quote(), "」はこのお客様の見積もりではありません"));
      }
      v1::AcceptQuoteRequest accept;
      accept.set_name(request->quote());
      accept.set_person(request->person());
      accept.set_channel(request->channel());
      accept.set_path(request->path());
      accept.set_pilot(previous.pilot());
      if (request->has_start_date()) *accept.mutable_start_date() = request->start_date();
      if (request->has_subsidy()) *accept.mutable_subsidy() = request->subsidy();
      SA_ASSIGN_OR_RETURN(const v1::Quote quote, DecideToAccept(tx, accept));
      return opening_.Renew(tx, previous, quote, accept);
    });
  });
}

EngagementService::Reactor* EngagementService::ReplanEngagement(
    Context* context, const v1::ReplanEngagementRequest* request,
    v1::ReplanEngagementResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ReplanEngagementResponse> {
        const auto replan = [&](Transaction& tx) { return opening_.Replan(tx, *request); };
        if (request->validate_only()) return pool_.Read(call, replan);
        return pool_.Write(call, *request, replan);
      });
}

}  // namespace staraction::engagement
