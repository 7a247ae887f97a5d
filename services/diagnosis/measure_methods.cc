// The methods on measures.

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/rulebook.h"
#include "services/diagnosis/rulebook_service.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = RulebookService::Reactor;

absl::StatusOr<v1::Measure> Filled(Transaction& tx, v1::Measure measure) {
  SA_ASSIGN_OR_RETURN(*measure.mutable_acts(), MeasureActs(tx, measure.name()));
  for (const std::string& verb : domain::ActionsOf(measure)) measure.add_allowed_actions(verb);
  return measure;
}

// One step of a measure's life: checked, stored, and recorded as an act. `change` sets what the
// step changes besides the state.
template <typename Request, typename Change>
absl::StatusOr<v1::Measure> Act(Transaction& tx, const Request& request, const char* verb,
                                const std::string& note, Change change) {
  SA_ASSIGN_OR_RETURN(v1::Measure measure, kMeasures.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), measure.etag(), measure.name()));
  SA_ASSIGN_OR_RETURN(const auto state, domain::After(measure, verb));
  v1::MeasureAct act;
  SA_ASSIGN_OR_RETURN(*act.mutable_effective_time(),
                      EffectiveTime(tx.call(), request, "effective_time"));
  measure.set_state(state);
  SA_RETURN_IF_ERROR(change(measure));
  SA_ASSIGN_OR_RETURN(measure, kMeasures.Update(tx, std::move(measure)));
  act.set_name(absl::StrCat(measure.name(), "/measureActs/", NewId(tx.now())));
  act.set_action(verb);
  act.set_state(state);
  act.set_text(measure.text());
  act.set_owner_display_name(measure.owner_display_name());
  if (measure.has_due_date()) *act.mutable_due_date() = measure.due_date();
  act.set_note(note);
  act.set_channel(ChannelOf(tx.call(), request.channel()));
  act.set_recorded_by(tx.call().Actor());
  act.set_revision(EtagVersion(measure.etag()).value_or(0));
  SA_RETURN_IF_ERROR(kMeasureActs.Insert(tx, std::move(act)).status());
  return Filled(tx, std::move(measure));
}

absl::Status Nothing(v1::Measure&) {
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> RulebookService::OwnerDisplayName(const Call& call,
                                                              const std::string& owner) const {
  if (!absl::StartsWith(owner, "clients/")) return owner;
  SA_ASSIGN_OR_RETURN(const auto ids,
                      ParseName("clients/{client}/members/{member}", owner, "owner"));
  const absl::Status unknown = InvalidField("owner", "is no member of this client",
                                            "この会社の名簿にいる人を指定してください");
  if (ids.front() != call.client()) return unknown;
  absl::StatusOr<std::string> name = roster_.DisplayName(call, owner);
  if (absl::IsNotFound(name.status())) return unknown;
  return name;
}

Reactor* RulebookService::GetMeasure(Context* context, const v1::GetMeasureRequest* request,
                                     v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Measure> {
      SA_ASSIGN_OR_RETURN(v1::Measure measure, kMeasures.Get(tx, request->name()));
      return Filled(tx, std::move(measure));
    });
  });
}

Reactor* RulebookService::ListMeasures(Context* context, const v1::ListMeasuresRequest* request,
                                       v1::ListMeasuresResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListMeasuresResponse> {
      SA_ASSIGN_OR_RETURN(auto page, diagnosis::ListMeasures(tx, *request));
      v1::ListMeasuresResponse list;
      for (auto& item : page.items) {
        for (const std::string& verb : domain::ActionsOf(item)) item.add_allowed_actions(verb);
        *list.add_measures() = std::move(item);
      }
      list.set_next_page_token(page.next_page_token);
      return list;
    });
  });
}

Reactor* RulebookService::DecideMeasure(Context* context, const v1::DecideMeasureRequest* request,
                                        v1::Measure* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Measure> {
        SA_ASSIGN_OR_RETURN(const std::string owner, OwnerDisplayName(call, request->owner()));
        const auto decide = [&](v1::Measure& measure) {
          measure.set_owner(request->owner());
          measure.set_owner_display_name(owner);
          *measure.mutable_due_date() = request->due_date();
          if (!request->text().empty()) measure.set_text(request->text());
          if (request->cost_class() != v1::COST_CLASS_UNSPECIFIED) {
            measure.set_cost_class(request->cost_class());
          }
          return absl::OkStatus();
        };
        return pool_.Write(call, *request, [&](Transaction& tx) {
          return Act(tx, *request, "decide", request->note(), decide);
        });
      });
}

Reactor* RulebookService::CompleteMeasure(Context* context,
                                          const v1::CompleteMeasureRequest* request,
                                          v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      return Act(tx, *request, "complete", request->note(), Nothing);
    });
  });
}

Reactor* RulebookService::VerifyMeasure(Context* context, const v1::VerifyMeasureRequest* request,
                                        v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      return Act(tx, *request, "verify", request->note(), Nothing);
    });
  });
}

Reactor* RulebookService::DropMeasure(Context* context, const v1::DropMeasureRequest* request,
                                      v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      return Act(tx, *request, "drop", request->reason(), Nothing);
    });
  });
}

Reactor* RulebookService::MakeRule(Context* context, const v1::MakeRuleRequest* request,
                                   v1::Rule* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Rule> {
      v1::Rule rule;
      const auto make = [&](v1::Measure& measure) -> absl::Status {
        rule.set_text(request->text().empty() ? measure.proposed_rule_text() : request->text());
        rule.set_rule_code(measure.rule_code());
        rule.set_measure(measure.name());
        if (request->has_effective_date()) {
          *rule.mutable_effective_date() = request->effective_date();
        }
        SA_ASSIGN_OR_RETURN(rule, PutIntoForce(tx, std::move(rule)));
        measure.set_rule(rule.name());
        return absl::OkStatus();
      };
      SA_RETURN_IF_ERROR(Act(tx, *request, "makeRule", "", make).status());
      return rule;
    });
  });
}

}  // namespace staraction::diagnosis
