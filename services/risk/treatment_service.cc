#include "services/risk/treatment_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/risk/act.h"
#include "services/risk/domain/treatment.h"
#include "services/risk/risk_content.h"
#include "services/risk/scenarios.h"
#include "services/risk/store/tables.h"

namespace staraction::risk {
namespace {

using pg::Transaction;
using Reactor = TreatmentService::Reactor;

// As Table's, with what is computed.
v1::Treatment WithActions(const Call& call, v1::Treatment treatment) {
  for (const std::string& verb : domain::ActionsOf(treatment)) treatment.add_allowed_actions(verb);
  treatment.set_expired(domain::IsExpired(treatment, TokyoDay(call.now)));
  return treatment;
}

absl::StatusOr<v1::Treatment> Filled(Transaction& tx, v1::Treatment treatment) {
  SA_ASSIGN_OR_RETURN(auto acts, TreatmentActs(tx, treatment.name()));
  for (v1::TreatmentAct& act : acts) *treatment.add_acts() = std::move(act);
  return WithActions(tx.call(), std::move(treatment));
}

// Records the step that led to the treatment as it is stored. `act` has verb, note and acceptance.
template <typename Request>
absl::StatusOr<v1::Treatment> Record(Transaction& tx, const Request& request,
                                     v1::Treatment treatment, v1::TreatmentAct act) {
  SA_ASSIGN_OR_RETURN(*act.mutable_effective_time(),
                      EffectiveTime(tx.call(), request, "effective_time"));
  act.set_name(absl::StrCat(treatment.name(), "/treatmentActs/", NewId(tx.now())));
  act.set_state(treatment.state());
  act.set_channel(ChannelOf(tx.call(), request.channel()));
  act.set_recorded_by(tx.call().Actor());
  act.set_revision(EtagVersion(treatment.etag()).value_or(0));
  SA_RETURN_IF_ERROR(kTreatmentActs.Insert(tx, std::move(act)).status());
  return Filled(tx, std::move(treatment));
}

v1::TreatmentAct NewAct(const char* verb, const std::string& note) {
  v1::TreatmentAct act;
  act.set_action(verb);
  act.set_note(note);
  return act;
}

// One step of a treatment's life: checked, stored and recorded. `change` sets what it changes
// besides the state.
template <typename Request, typename Change>
absl::StatusOr<v1::Treatment> Act(Transaction& tx, const Request& request, v1::TreatmentAct act,
                                  Change change) {
  SA_ASSIGN_OR_RETURN(v1::Treatment treatment, kTreatments.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), treatment.etag(), treatment.name()));
  SA_ASSIGN_OR_RETURN(const auto state, domain::After(treatment, act.action()));
  if (state == v1::Treatment::STATE_IN_EFFECT && state != treatment.state()) {
    *treatment.mutable_effect_time() = pg::ToTimestamp(tx.now());
  }
  treatment.set_state(state);
  change(treatment);
  SA_ASSIGN_OR_RETURN(treatment, kTreatments.Update(tx, std::move(treatment)));
  return Record(tx, request, std::move(treatment), std::move(act));
}

void Nothing(v1::Treatment&) {}

// What is wrong with codes that the analysis has to know.
void CheckCodes(const google::protobuf::RepeatedPtrField<std::string>& codes,
                const std::vector<std::string>& known, const std::string& field,
                std::vector<Violation>& problems) {
  for (int i = 0; i < codes.size(); ++i) {
    if (domain::IndexOf(known, codes[i]) >= 0) continue;
    problems.push_back({absl::StrCat(field, "[", i, "]"),
                        absl::StrCat("'", codes[i], "' is unknown to the analysis"),
                        absl::StrCat("「", codes[i], "」は、この分析にありません")});
  }
}

absl::Status CheckContents(const Call& call, const v1::Treatment& treatment,
                           const domain::Model& model) {
  std::vector<Violation> problems;
  if (domain::IndexOf(model.threats, treatment.threat()) < 0) {
    problems.push_back(
        {"treatment.threat",
         absl::StrCat("'", treatment.threat(), "' is no threat of the analysis"),
         absl::StrCat("「", treatment.threat(), "」は、この分析の脅威にありません")});
  }
  CheckCodes(treatment.stages(), model.stages, "treatment.stages", problems);
  CheckCodes(treatment.controls(), model.controls, "treatment.controls", problems);
  const bool reduces = treatment.strategy() == v1::Treatment::STRATEGY_REDUCE;
  if (reduces == treatment.controls().empty()) {
    problems.push_back({"treatment.controls",
                        "want controls with REDUCE, and none with other strategies",
                        "低減のときだけ、実施する対策を指定してください"});
  }
  for (int i = 0; i < treatment.assets_size(); ++i) {
    if (treatment.assets(i).starts_with(call.client_name() + "/assets/") &&
        IsUuid(LastId(treatment.assets(i)))) {
      continue;
    }
    problems.push_back(
        {absl::StrCat("treatment.assets[", i, "]"),
         absl::StrCat("'", treatment.assets(i), "' is no asset of this client"),
         absl::StrCat("「", treatment.assets(i), "」は、この会社の資産ではありません")});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(problems);
}

// Values of the scenarios that the treatment is about; INVALID_ARGUMENT if there are none.
absl::Status SetValues(Transaction& tx, const StoredAnalysis& stored, v1::Treatment& treatment) {
  std::vector<std::string> assets;
  for (const std::string& asset : treatment.assets()) assets.push_back(LastId(asset));
  SA_ASSIGN_OR_RETURN(const domain::Cells cells, ReadCells(tx, treatment.analysis(), assets));
  domain::States states = stored.frozen.states;
  for (const std::string& code : treatment.controls()) {
    const int control = domain::IndexOf(stored.frozen.model.controls, code);
    states.level[static_cast<size_t>(control)] = v1::ControlState::LEVEL_DONE;
  }
  domain::SetValues(stored.frozen.model, stored.frozen.tables, stored.frozen.TablesWith(states),
                    cells, treatment);
  if (treatment.scenario_count() > 0) return absl::OkStatus();
  return InvalidField("treatment.threat", "no scenario of the analysis is like that",
                      "この分析に、あてはまるリスクがありません");
}

}  // namespace

absl::StatusOr<v1::Treatment> TreatmentService::Create(
    Transaction& tx, const v1::CreateTreatmentRequest& request) const {
  v1::Treatment treatment = request.treatment();
  const absl::StatusOr<StoredAnalysis> stored = ReadStored(tx, treatment.analysis());
  if (absl::IsNotFound(stored.status()) || absl::IsInvalidArgument(stored.status())) {
    return InvalidField(
        "treatment.analysis",
        absl::StrCat("'", treatment.analysis(), "' is no analysis of this client"),
        absl::StrCat("「", treatment.analysis(), "」は、この会社のリスク分析ではありません"));
  }
  SA_RETURN_IF_ERROR(stored.status());
  SA_RETURN_IF_ERROR(CheckContents(tx.call(), treatment, stored->frozen.model));
  SA_RETURN_IF_ERROR(SetValues(tx, *stored, treatment));
  if (treatment.display_name().empty()) {
    // Kept as it was, so in the language of the company.
    const auto words = ContentOf(library_, stored->analysis).WordsIn(Language::kJapanese);
    treatment.set_display_name(words.Threat(treatment.threat()));
  }
  treatment.set_name(absl::StrCat(request.parent(), "/treatments/", NewId(tx.now())));
  treatment.set_state(v1::Treatment::STATE_PLANNED);
  SA_ASSIGN_OR_RETURN(treatment, kTreatments.Insert(tx, std::move(treatment)));
  return Record(tx, request, std::move(treatment), NewAct("create", request.treatment().note()));
}

Reactor* TreatmentService::CreateTreatment(Context* context,
                                           const v1::CreateTreatmentRequest* request,
                                           v1::Treatment* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Create(tx, *request); });
  });
}

Reactor* TreatmentService::GetTreatment(Context* context, const v1::GetTreatmentRequest* request,
                                        v1::Treatment* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Treatment> {
      SA_ASSIGN_OR_RETURN(v1::Treatment treatment, kTreatments.Get(tx, request->name()));
      return Filled(tx, std::move(treatment));
    });
  });
}

Reactor* TreatmentService::ListTreatments(Context* context,
                                          const v1::ListTreatmentsRequest* request,
                                          v1::ListTreatmentsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListTreatmentsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, risk::ListTreatments(tx, *request));
      for (v1::Treatment& item : page.items) item = WithActions(call, std::move(item));
      return pg::ToResponse(std::move(page), &v1::ListTreatmentsResponse::mutable_treatments);
    });
  });
}

Reactor* TreatmentService::CreateTreatmentMeasures(
    Context* context, const v1::CreateTreatmentMeasuresRequest* request, v1::Treatment* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Treatment> {
        if (request->owner().empty() == request->has_due_date()) {
          return InvalidField("owner", "goes with due_date; want both or neither",
                              "担当者と期日は、両方とも指定するか、両方とも空にしてください");
        }
        SA_ASSIGN_OR_RETURN(const v1::Treatment before, pool_.Read(call, [&](Transaction& tx) {
          return kTreatments.Get(tx, request->name());
        }));
        SA_RETURN_IF_ERROR(CheckEtag(request->etag(), before.etag(), before.name()));
        SA_RETURN_IF_ERROR(domain::After(before, "createMeasures").status());
        google::protobuf::RepeatedPtrField<v1::TreatmentMeasure> measures;
        for (const std::string& control : before.controls()) {
          SA_ASSIGN_OR_RETURN(const std::string name,
                              work_.MeasureFor(call, {control, before.name(), request->owner(),
                                                      request->due_date()}));
          v1::TreatmentMeasure* measure = measures.Add();
          measure->set_control(control);
          measure->set_measure(name);
        }
        return pool_.Write(call, *request, [&](Transaction& tx) {
          return Act(tx, *request, NewAct("createMeasures", ""),
                     [&](v1::Treatment& treatment) { *treatment.mutable_measures() = measures; });
        });
      });
}

Reactor* TreatmentService::CompleteTreatment(Context* context,
                                             const v1::CompleteTreatmentRequest* request,
                                             v1::Treatment* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Treatment> {
        SA_ASSIGN_OR_RETURN(const auto done, work_.DoneControls(call));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Treatment> {
          SA_ASSIGN_OR_RETURN(const v1::Treatment treatment, kTreatments.Get(tx, request->name()));
          SA_RETURN_IF_ERROR(domain::After(treatment, "complete").status());
          std::vector<Violation> open;
          for (const std::string& control : treatment.controls()) {
            if (done.count(control) > 0) continue;
            open.push_back({control, absl::StrCat("no measure for ", control, " is done"),
                            absl::StrCat("対策「", control, "」の実施が済んでいません")});
          }
          if (!open.empty()) return CriteriaUnmet(treatment.name(), open);
          return Act(tx, *request, NewAct("complete", request->note()), Nothing);
        });
      });
}

Reactor* TreatmentService::AcceptTreatment(Context* context,
                                           const v1::AcceptTreatmentRequest* request,
                                           v1::Treatment* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Treatment> {
        v1::Acceptance acceptance;
        acceptance.set_approver(request->approver());
        acceptance.set_reason(request->reason());
        *acceptance.mutable_expire_date() = request->expire_date();
        *acceptance.mutable_accept_date() =
            request->has_accept_date() ? request->accept_date() : ToProtoDate(TokyoDay(call.now));
        SA_RETURN_IF_ERROR(domain::CheckAcceptance(acceptance, TokyoDay(call.now)));
        SA_ASSIGN_OR_RETURN(*acceptance.mutable_approver_display_name(),
                            PersonName(call, company_, request->approver(), "approver"));
        return pool_.Write(call, *request, [&](Transaction& tx) {
          v1::TreatmentAct act = NewAct("accept", request->reason());
          *act.mutable_acceptance() = acceptance;
          return Act(tx, *request, std::move(act), [&](v1::Treatment& treatment) {
            *treatment.mutable_acceptance() = acceptance;
          });
        });
      });
}

Reactor* TreatmentService::WithdrawTreatment(Context* context,
                                             const v1::WithdrawTreatmentRequest* request,
                                             v1::Treatment* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      return Act(tx, *request, NewAct("withdraw", request->reason()), Nothing);
    });
  });
}

}  // namespace staraction::risk
