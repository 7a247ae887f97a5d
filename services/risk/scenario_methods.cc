// The methods on assets and scenarios of an analysis.

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/risk/analysis_service.h"
#include "services/risk/domain/treatment.h"
#include "services/risk/scenarios.h"
#include "services/risk/store/tables.h"

namespace staraction::risk {
namespace {

using pg::Transaction;
using Reactor = AnalysisService::Reactor;

// Scales end at 3.
constexpr int kMaxImportance = 3;

// Which slots of a table, with which importance, a list is about.
class Selection {
 public:
  Selection(const StoredAnalysis& stored, const v1::ListScenariosRequest& request)
      : model_(stored.frozen.model),
        sheet_(request.view() == v1::RISK_VIEW_SHEET),
        band_(BandIndex(request.band())),
        any_band_(request.band().empty()),
        medium_(request.medium()),
        stage_(request.stage()),
        threat_(request.threat()) {}

  // The slots in order, for assets of this importance.
  std::vector<const domain::Slot*> SlotsOf(const domain::RiskTable& table, int importance) const {
    std::vector<const domain::Slot*> slots;
    if (!Matches(medium_, model_.media, table.medium)) return slots;
    for (const domain::Slot& slot : sheet_ ? table.sheet_view : table.stage_view) {
      if (slot.likelihood == 0 || !Matches(threat_, model_.threats, slot.threat)) continue;
      if (slot.stage >= 0 && !Matches(stage_, model_.stages, slot.stage)) continue;
      if (any_band_ || model_.BandOf(importance * slot.likelihood) == band_) {
        slots.push_back(&slot);
      }
    }
    return slots;
  }

 private:
  int BandIndex(const std::string& code) const {
    for (size_t i = 0; i < model_.bands.size(); ++i) {
      if (model_.bands[i].code == code) return static_cast<int>(i);
    }
    return -1;
  }
  static bool Matches(const std::string& wanted, const std::vector<std::string>& codes, int index) {
    return wanted.empty() || codes[static_cast<size_t>(index)] == wanted;
  }

  const domain::Model& model_;
  const bool sheet_;
  const int band_;
  const bool any_band_;
  const std::string medium_;
  const std::string stage_;
  const std::string threat_;
};

// Only assets that have such a slot, so that every row read is one to show.
void SelectPairs(const StoredAnalysis& stored, const Selection& selection, AssetFilter& filter) {
  filter.by_pair = true;
  for (size_t table = 0; table < stored.frozen.tables.size(); ++table) {
    for (int importance = 0; importance <= kMaxImportance; ++importance) {
      if (selection.SlotsOf(stored.frozen.tables[table], importance).empty()) continue;
      filter.tables.push_back(static_cast<int>(table));
      filter.importances.push_back(importance);
    }
  }
}

absl::StatusOr<int> Number(const std::vector<std::string>& key, size_t index) {
  if (key.empty()) return index == 0 ? 0 : -1;
  int number = 0;
  if (absl::SimpleAtoi(key[index], &number) && number >= 0 && number <= 1'000'000'000) {
    return number;
  }
  return InvalidField("page_token", "was not made by this list",
                      "この一覧のトークンではありません");
}

void AddTreatments(const std::vector<v1::Treatment>& treatments, absl::CivilDay today,
                   v1::Scenario& scenario) {
  for (const v1::Treatment& treatment : treatments) {
    const bool about =
        scenario.stage().empty()
            ? domain::IsAboutAnyStage(treatment, scenario.asset(), scenario.threat())
            : domain::IsAbout(treatment, scenario.asset(), scenario.stage(), scenario.threat());
    if (about && domain::Stands(treatment, today)) scenario.add_treatments(treatment.name());
  }
}

v1::AnalysedAsset ToResource(const StoredAnalysis& stored, const std::string& client,
                             const AssetRow& row) {
  const domain::Model& model = stored.frozen.model;
  const domain::RiskTable& table = stored.table(row);
  v1::AnalysedAsset out;
  out.set_name(absl::StrCat(stored.analysis.name(), "/analysedAssets/", row.id));
  out.set_asset(absl::StrCat(client, "/assets/", row.id));
  out.set_display_name(row.display_name);
  out.set_department(row.department);
  out.set_medium(model.media[static_cast<size_t>(table.medium)]);
  for (size_t stage = 0; stage < model.stages.size(); ++stage) {
    if (table.stages >> stage & 1) out.add_stages(model.stages[stage]);
  }
  out.set_importance(row.importance);
  out.set_persons(row.persons);
  out.set_position(row.position);
  const auto has_value = [](const domain::Slot& slot) { return slot.likelihood > 0; };
  out.set_scenario_count(static_cast<int32_t>(
      std::count_if(table.stage_view.begin(), table.stage_view.end(), has_value)));
  if (out.scenario_count() == 0) return out;
  out.set_max_value(row.max_value);
  out.set_band(stored.BandOf(row.max_value));
  out.set_stage(model.stages[static_cast<size_t>(table.stage_view[0].stage)]);
  out.set_threat(model.threats[static_cast<size_t>(table.stage_view[0].threat)]);
  out.set_sheet_max_value(row.sheet_max_value);
  out.set_sheet_band(stored.BandOf(row.sheet_max_value));
  return out;
}

// Only assets of this medium and of this largest band.
void SelectAssets(const StoredAnalysis& stored, const v1::ListAnalysedAssetsRequest& request,
                  AssetFilter& filter) {
  if (!request.band().empty()) {
    filter.min_value = 1;
    filter.max_value = 0;  // nothing, unless the band is one
    for (const auto& band : stored.frozen.model.bands) {
      if (band.code == request.band()) {
        filter.min_value = band.minimum;
        filter.max_value = band.maximum;
      }
    }
  }
  if (request.medium().empty()) return;
  filter.by_pair = true;
  for (size_t i = 0; i < stored.frozen.tables.size(); ++i) {
    const int medium = stored.frozen.tables[i].medium;
    if (stored.frozen.model.media[static_cast<size_t>(medium)] != request.medium()) continue;
    for (int importance = 0; importance <= kMaxImportance; ++importance) {
      filter.tables.push_back(static_cast<int>(i));
      filter.importances.push_back(importance);
    }
  }
}

absl::StatusOr<v1::ListAnalysedAssetsResponse> ListAssets(
    Transaction& tx, const v1::ListAnalysedAssetsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const StoredAnalysis stored, ReadStored(tx, request.parent()));
  AssetFilter filter;
  SA_ASSIGN_OR_RETURN(filter.after, Number(page.after_key, 0));
  filter.limit = page.size + 1;
  filter.department = request.department();
  SelectAssets(stored, request, filter);
  SA_ASSIGN_OR_RETURN(const auto rows, ReadAssets(tx, request.parent(), filter));
  v1::ListAnalysedAssetsResponse list;
  for (const AssetRow& row : rows) {
    if (list.analysed_assets_size() == page.size) {
      const int last = list.analysed_assets(page.size - 1).position();
      list.set_next_page_token(NextToken(request, {absl::StrCat(last)}));
      break;
    }
    *list.add_analysed_assets() = ToResource(stored, tx.call().client_name(), row);
  }
  return list;
}

// Keys of a page: position of the asset, and index of the slot among the asset's selected ones.
absl::StatusOr<v1::ListScenariosResponse> List(Transaction& tx,
                                               const v1::ListScenariosRequest& request,
                                               const content::Library& library) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 2));
  SA_ASSIGN_OR_RETURN(const int position, Number(page.after_key, 0));
  SA_ASSIGN_OR_RETURN(const int index, Number(page.after_key, 1));
  SA_ASSIGN_OR_RETURN(const StoredAnalysis stored, ReadStored(tx, request.parent()));
  SA_ASSIGN_OR_RETURN(const auto treatments, StandingTreatments(tx));
  const Selection selection(stored, request);
  AssetFilter filter;
  filter.after = position - 1;
  filter.limit = page.size + 2;  // the asset that the page before ended in may be through
  filter.department = request.department();
  filter.asset_id = LastId(request.asset());
  SelectPairs(stored, selection, filter);
  SA_ASSIGN_OR_RETURN(const auto rows, ReadAssets(tx, request.parent(), filter));
  const domain::Words words = ContentOf(library, stored.analysis).WordsIn(tx.call().language);
  v1::ListScenariosResponse list;
  std::vector<std::string> last;
  for (const AssetRow& row : rows) {
    const auto slots = selection.SlotsOf(stored.table(row), row.importance);
    for (size_t i = row.position == position ? static_cast<size_t>(index + 1) : 0; i < slots.size();
         ++i) {
      if (list.scenarios_size() == page.size) {
        list.set_next_page_token(NextToken(request, last));
        return list;
      }
      v1::Scenario& scenario = *list.add_scenarios();
      scenario = MakeScenario(stored, tx.call().client_name(), row, *slots[i], words);
      if (page.size <= 100 && slots[i]->stage >= 0) scenario.set_reason(words.Reason(scenario));
      AddTreatments(treatments, TokyoDay(tx.now()), scenario);
      last = {absl::StrCat(row.position), absl::StrCat(i)};
    }
  }
  return list;
}

absl::StatusOr<v1::Scenario> Get(Transaction& tx, const std::string& name,
                                 const content::Library& library) {
  SA_ASSIGN_OR_RETURN(
      const auto ids,
      ParseName("engagements/{engagement}/analyses/{analysis}/scenarios/{scenario}", name));
  const std::vector<std::string> parts = absl::StrSplit(ids[2], '.');
  if (parts.size() < 2 || parts.size() > 3) return NotFound(name);
  v1::ListScenariosRequest request;
  request.set_parent(absl::StrCat("engagements/", ids[0], "/analyses/", ids[1]));
  request.set_page_size(1);
  request.set_asset("clients/-/assets/" + parts[0]);
  request.set_threat(parts.back());
  request.set_view(parts.size() == 2 ? v1::RISK_VIEW_SHEET : v1::RISK_VIEW_STAGE);
  if (parts.size() == 3) request.set_stage(parts[1]);
  SA_ASSIGN_OR_RETURN(const auto found, List(tx, request, library));
  if (found.scenarios().empty() || found.scenarios(0).name() != name) return NotFound(name);
  return found.scenarios(0);
}

}  // namespace

Reactor* AnalysisService::ListAnalysedAssets(Context* context,
                                             const v1::ListAnalysedAssetsRequest* request,
                                             v1::ListAnalysedAssetsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return ListAssets(tx, *request); });
  });
}

Reactor* AnalysisService::ListScenarios(Context* context, const v1::ListScenariosRequest* request,
                                        v1::ListScenariosResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return List(tx, *request, library_); });
  });
}

Reactor* AnalysisService::GetScenario(Context* context, const v1::GetScenarioRequest* request,
                                      v1::Scenario* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return Get(tx, request->name(), library_); });
  });
}

}  // namespace staraction::risk
