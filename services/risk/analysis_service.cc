#include "services/risk/analysis_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/risk/domain/frozen.h"
#include "services/risk/domain/summary.h"
#include "services/risk/states.h"
#include "services/risk/store/analyses.h"

namespace staraction::risk {
namespace {

using pg::Transaction;
using Reactor = AnalysisService::Reactor;

constexpr size_t kTopRisks = 10;

// The present states in the model's order, which is the catalogue's; and what the analysis says of
// them.
absl::StatusOr<domain::States> StatesNow(Transaction& tx,
                                         const content::v1::ThreatCatalogue& catalogue,
                                         v1::Analysis& analysis) {
  std::vector<v1::ThreatState> threats;
  std::vector<v1::ControlState> controls;
  SA_RETURN_IF_ERROR(ReadAll(tx, catalogue, threats));
  SA_RETURN_IF_ERROR(ReadAll(tx, catalogue, controls));
  domain::States states;
  for (const v1::ThreatState& state : threats) {
    states.frequency.push_back(state.frequency());
    v1::UsedThreat* used = analysis.add_threats();
    used->set_code(LastId(state.name()));
    used->set_frequency(state.frequency());
    used->set_source(state.source());
    used->set_confirmed(state.confirmed());
  }
  for (const v1::ControlState& state : controls) {
    states.level.push_back(state.level());
    v1::UsedControl* used = analysis.add_controls();
    used->set_code(LastId(state.name()));
    used->set_level(state.level());
    used->set_source(state.source());
    used->set_confirmed(state.confirmed());
  }
  const auto unconfirmed = [](const auto& list) {
    return static_cast<int32_t>(std::count_if(list.begin(), list.end(),
                                              [](const auto& used) { return !used.confirmed(); }));
  };
  analysis.set_unconfirmed_threat_count(unconfirmed(analysis.threats()));
  analysis.set_unconfirmed_control_count(unconfirmed(analysis.controls()));
  return states;
}

void SetTopRisk(const domain::Model& model, const domain::States& states,
                const domain::RiskTable& table, const domain::Ledger& ledger, size_t asset,
                v1::TopRisk& risk) {
  const domain::Slot& slot = table.stage_view[0];
  risk.set_asset_display_name(ledger.display_name[asset]);
  risk.set_department(ledger.department[asset]);
  risk.set_persons(ledger.persons[asset]);
  risk.set_importance(ledger.importance[asset]);
  risk.set_medium(model.media[static_cast<size_t>(table.medium)]);
  risk.set_stage(model.stages[static_cast<size_t>(slot.stage)]);
  risk.set_threat(model.threats[static_cast<size_t>(slot.threat)]);
  risk.set_frequency(slot.frequency);
  risk.set_vulnerability(slot.vulnerability);
  risk.set_value(risk.importance() * slot.likelihood);
  risk.set_band(model.bands[static_cast<size_t>(model.BandOf(risk.value()))].code);
  for (const int control : domain::MissingControls(model, states.level, table, slot)) {
    risk.add_missing_controls(model.controls[static_cast<size_t>(control)]);
  }
}

void SetResults(const domain::Model& model, const domain::States& states,
                const domain::Analysed& analysed, const domain::Ledger& ledger,
                v1::Analysis& analysis) {
  const domain::Cells cells = domain::CellsOf(analysed, ledger);
  analysis.set_asset_count(static_cast<int32_t>(ledger.size()));
  *analysis.mutable_stage_view() =
      domain::Summarize(model, analysed.tables, cells, v1::RISK_VIEW_STAGE);
  *analysis.mutable_sheet_view() =
      domain::Summarize(model, analysed.tables, cells, v1::RISK_VIEW_SHEET);
  for (auto& left_out : domain::LeftOutOf(model, analysed.tables, cells)) {
    *analysis.add_left_out() = std::move(left_out);
  }
  for (size_t i = 0; i < std::min(kTopRisks, ledger.size()); ++i) {
    const size_t asset = analysed.by_risk[i];
    if (analysed.stage_max[asset] == 0) break;
    v1::TopRisk* risk = analysis.add_top_risks();
    risk->set_asset(absl::StrCat(analysis.client(), "/assets/", ledger.id[asset]));
    SetTopRisk(model, states, analysed.tables[analysed.table[asset]], ledger, asset, *risk);
  }
}

// Compares with the base, if there is one.
absl::Status SetChange(Transaction& tx, const domain::Analysed& analysed,
                       const domain::Ledger& ledger, v1::Analysis& analysis) {
  if (analysis.base().empty()) return absl::OkStatus();
  const absl::StatusOr<v1::Analysis> base = kAnalyses.Get(tx, analysis.base());
  if (!base.ok() || base->edition() != analysis.edition()) {
    return InvalidField(
        "analysis.base",
        absl::StrCat("'", analysis.base(), "' is no analysis of this client by edition ",
                     analysis.edition()),
        absl::StrCat("「", analysis.base(), "」は、この会社の第", analysis.edition(),
                     "版によるリスク分析ではありません"));
  }
  domain::MaxValues after;
  for (size_t i = 0; i < ledger.size(); ++i) after.emplace(ledger.id[i], analysed.stage_max[i]);
  SA_ASSIGN_OR_RETURN(const domain::MaxValues before, ReadMaxValues(tx, analysis.base()));
  v1::RiskChange& change = *analysis.mutable_change();
  change = domain::ChangeOf(before, after);
  *change.mutable_bands_before() = base->stage_view().bands();
  change.set_risk_sum_before(base->stage_view().risk_sum());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<domain::Ledger> AnalysisService::LedgerFor(const Call& call,
                                                          const v1::Analysis& analysis,
                                                          const ModelContent& content,
                                                          const domain::Model& model) const {
  const std::string& name = analysis.snapshot();
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName("clients/{client}/assetSnapshots/{asset_snapshot}",
                                                name, "analysis.snapshot"));
  absl::StatusOr<asset::v1::AssetSnapshot> snapshot = NotFound(name);
  if (ids.front() == call.client()) snapshot = ledgers_.Snapshot(call, name);
  if (absl::IsNotFound(snapshot.status())) {
    return InvalidField("analysis.snapshot",
                        absl::StrCat("'", name, "' is no snapshot of this client's ledger"),
                        absl::StrCat("「", name, "」は、この会社の台帳の写しではありません"));
  }
  SA_RETURN_IF_ERROR(snapshot.status());
  if (snapshot->value_scale() != content.model->value_scale()) {
    return CriteriaUnmet(
        name, {{"value_scale",
                absl::StrCat("the ledger was valued with ", snapshot->value_scale(),
                             "; the model wants ", content.model->value_scale()),
                absl::StrCat("台帳の評価は「", snapshot->value_scale(),
                             "」によるものです。この計算には「", content.model->value_scale(),
                             "」で評価した台帳が必要です")}});
  }
  return ReadLedger(call, ledgers_, name, model);
}

absl::StatusOr<v1::Analysis> AnalysisService::Create(Transaction& tx,
                                                     const v1::CreateAnalysisRequest& request,
                                                     const ModelContent& content,
                                                     const domain::Model& model,
                                                     const domain::Ledger& ledger) const {
  v1::Analysis analysis = request.analysis();
  analysis.set_name(absl::StrCat(request.parent(), "/analyses/", NewId(tx.now())));
  analysis.set_client(tx.call().client_name());
  analysis.set_edition(content.model->edition());
  analysis.set_pack(PackName(content.model->pack()));
  analysis.set_catalogue(content.catalogue->id());
  analysis.set_catalogue_pack(PackName(content.catalogue->pack()));
  analysis.set_recorded_by(tx.call().Actor());
  SA_ASSIGN_OR_RETURN(const domain::States states, StatesNow(tx, *content.catalogue, analysis));
  const domain::Analysed analysed = domain::Compute(model, states, ledger);
  SetResults(model, states, analysed, ledger, analysis);
  SA_RETURN_IF_ERROR(SetChange(tx, analysed, ledger, analysis));
  SA_ASSIGN_OR_RETURN(analysis, kAnalyses.Insert(tx, std::move(analysis)));
  SA_RETURN_IF_ERROR(StoreModel(tx, analysis.name(), domain::Freeze(model, analysed.tables)));
  SA_RETURN_IF_ERROR(StoreAssets(tx, analysis.name(), analysed, ledger));
  AddWords(tx.call(), analysis);
  return analysis;
}

void AnalysisService::AddWords(const Call& call, v1::Analysis& analysis) const {
  const domain::Words words = ContentOf(library_, analysis).WordsIn(call.language);
  words.Fill(*analysis.mutable_stage_view());
  words.Fill(*analysis.mutable_sheet_view());
  if (analysis.has_change()) words.FillBands(*analysis.mutable_change()->mutable_bands_before());
  for (auto& left_out : *analysis.mutable_left_out()) words.Fill(left_out);
  for (auto& risk : *analysis.mutable_top_risks()) words.Fill(risk);
}

Reactor* AnalysisService::ListRiskModels(Context* context, const v1::ListRiskModelsRequest* request,
                                         v1::ListRiskModelsResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ListRiskModelsResponse> {
        SA_ASSIGN_OR_RETURN(const PageQuery page,
                            ReadPage(request->page_size(), request->page_token(), *request, 1));
        v1::ListRiskModelsResponse list;
        for (const auto* model : library_.List<content::v1::RiskModel>()) {
          if (!page.after_key.empty() && model->id() <= page.after_key[0]) continue;
          if (list.risk_models_size() == page.size) {
            const std::string& last = list.risk_models(page.size - 1).name();
            list.set_next_page_token(NextToken(*request, {LastId(last)}));
            break;
          }
          *list.add_risk_models() =
              ToResource(*model, FindModel(library_, model->id()).WordsIn(call.language));
        }
        return list;
      });
}

Reactor* AnalysisService::GetRiskModel(Context* context, const v1::GetRiskModelRequest* request,
                                       v1::RiskModel* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::RiskModel> {
                      SA_ASSIGN_OR_RETURN(const auto ids,
                                          ParseName("riskModels/{risk_model}", request->name()));
                      const ModelContent content = FindModel(library_, ids[0]);
                      if (content.model == nullptr) return NotFound(request->name());
                      return ToResource(*content.model, content.WordsIn(call.language));
                    });
}

Reactor* AnalysisService::CreateAnalysis(Context* context, const v1::CreateAnalysisRequest* request,
                                         v1::Analysis* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::Analysis> {
                      const std::string& name = request->analysis().risk_model();
                      const ModelContent content = FindModel(library_, LastId(name));
                      if (content.model == nullptr || name != "riskModels/" + content.model->id()) {
                        return InvalidField(
                            "analysis.risk_model",
                            absl::StrCat("'", name, "' is no risk model of the content"),
                            absl::StrCat("「", name, "」というリスクの計算方法はありません"));
                      }
                      const domain::Model model =
                          domain::Compile(*content.model, *content.catalogue, *content.scheme);
                      SA_ASSIGN_OR_RETURN(const domain::Ledger ledger,
                                          LedgerFor(call, request->analysis(), content, model));
                      return pool_.Write(call, *request, [&](Transaction& tx) {
                        return Create(tx, *request, content, model, ledger);
                      });
                    });
}

Reactor* AnalysisService::GetAnalysis(Context* context, const v1::GetAnalysisRequest* request,
                                      v1::Analysis* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Analysis> {
      SA_ASSIGN_OR_RETURN(v1::Analysis analysis, kAnalyses.Get(tx, request->name()));
      AddWords(call, analysis);
      return analysis;
    });
  });
}

Reactor* AnalysisService::ListAnalyses(Context* context, const v1::ListAnalysesRequest* request,
                                       v1::ListAnalysesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListAnalysesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kAnalyses.List(tx, request->parent(), *request));
      for (v1::Analysis& analysis : page.items) {
        analysis.clear_top_risks();
        analysis.clear_threats();
        analysis.clear_controls();
        AddWords(call, analysis);
      }
      return pg::ToResponse(std::move(page), &v1::ListAnalysesResponse::mutable_analyses);
    });
  });
}

}  // namespace staraction::risk
