#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

using Pair = std::pair<std::string, std::string>;

// Reports each of `codes` that `list` doesn't have.
template <typename Codes, typename List>
void CheckCodes(const CheckContext& context, const Codes& codes, const List& list, const char* kind,
                const Where& where) {
  for (const std::string& code : codes) {
    if (!Has(list, code)) context.Report(where, absl::StrCat("there is no ", kind, " ", code));
  }
}

void CheckThreats(const CheckContext& context, const v1::ThreatCatalogue& catalogue,
                  const v1::AssetScheme& scheme, const Where& where) {
  for (int i = 0; i < catalogue.threats_size(); ++i) {
    const auto& threat = catalogue.threats(i);
    const Where place = where.At(catalogue, "threats", i);
    CheckCodes(context, threat.media(), scheme.media(), "medium", place);
    CheckCodes(context, threat.flags(), scheme.flags(), "flag", place);
    CheckRange(context, threat.frequency(), 1, 3, place.At(threat, "frequency"));
  }
}

// The state of a control is proposed from answers, whose items may be those of any edition.
bool IsItem(const CheckContext& context, const std::string& code) {
  for (const auto* sheet : context.catalogue.List<v1::Questionnaire>()) {
    if (Has(sheet->items(), code)) return true;
  }
  return false;
}

void CheckControls(const CheckContext& context, const v1::ThreatCatalogue& catalogue,
                   const Where& where) {
  std::set<std::string> used;
  for (const auto& counter : catalogue.counters()) {
    used.insert(counter.controls().begin(), counter.controls().end());
  }
  std::set<std::string> filled;
  for (int i = 0; i < catalogue.controls_size(); ++i) {
    const auto& control = catalogue.controls(i);
    const Where place = where.At(catalogue, "controls", i);
    filled.insert(control.category());
    if (!Has(catalogue.categories(), control.category())) {
      context.Report(place, absl::StrCat("there is no category ", control.category()));
    }
    if (used.count(control.code()) == 0) context.Report(place, "counters no threat");
    for (const std::string& item : control.items()) {
      if (!IsItem(context, item)) context.Report(place, absl::StrCat("there is no item ", item));
    }
    CheckRange(context, control.cost_yen(), 0, 10'000'000, place.At(control, "cost_yen"));
    CheckRange(context, control.chapter(), 0, 12, place.At(control, "chapter"));
    if (control.hours() < 0 || (control.cost_yen() == 0 && control.hours() == 0)) {
      context.Report(place.At(control, "hours"), "a control takes money or work");
    }
  }
  for (const auto& category : catalogue.categories()) {
    if (filled.count(category.code()) == 0) {
      context.Report(where, absl::StrCat("no control is of category ", category.code()));
    }
  }
}

void CheckCounters(const CheckContext& context, const v1::ThreatCatalogue& catalogue,
                   const v1::AssetScheme& scheme, const Where& where) {
  std::set<Pair> seen;
  std::set<std::string> countered;
  for (int i = 0; i < catalogue.counters_size(); ++i) {
    const auto& counter = catalogue.counters(i);
    const Where place = where.At(catalogue, "counters", i);
    CheckCodes(context, std::vector<std::string>{counter.threat()}, catalogue.threats(), "threat",
               place);
    CheckCodes(context, std::vector<std::string>{counter.stage()}, scheme.stages(), "stage", place);
    CheckCodes(context, counter.controls(), catalogue.controls(), "control", place);
    if (!seen.emplace(counter.threat(), counter.stage()).second) {
      context.Report(place, "this threat at this stage stands here twice");
    }
    countered.insert(counter.threat());
    const std::set<std::string> distinct(counter.controls().begin(), counter.controls().end());
    if (distinct.size() < 2 || counter.controls_size() != static_cast<int>(distinct.size())) {
      context.Report(place, "wants at least two controls, each once");
    }
  }
  for (int i = 0; i < catalogue.threats_size(); ++i) {
    if (countered.count(catalogue.threats(i).code()) > 0) continue;
    context.Report(where.At(catalogue, "threats", i), "no counter names it, so it has no stage");
  }
}

// Whatever stage an entry of any medium passes, something can happen to it there.
void CheckEveryStageHasAThreat(const CheckContext& context, const v1::ThreatCatalogue& catalogue,
                               const v1::AssetScheme& scheme, const Where& where) {
  std::map<std::string, const v1::Threat*> threats;
  for (const auto& threat : catalogue.threats()) threats[threat.code()] = &threat;
  std::set<Pair> threatened;
  for (const auto& counter : catalogue.counters()) {
    const auto found = threats.find(counter.threat());
    if (found == threats.end() || found->second->flags_size() > 0) continue;
    for (const auto& medium : found->second->media()) threatened.emplace(medium, counter.stage());
  }
  for (const auto& medium : scheme.media()) {
    for (const auto& stage : scheme.stages()) {
      if (threatened.count({medium.code(), stage.code()}) > 0) continue;
      context.Report(
          where, absl::StrCat("nothing happens to ", medium.code(), " at stage ", stage.code()));
    }
  }
}

void CheckIndustries(const CheckContext& context, const v1::ThreatCatalogue& catalogue,
                     const Where& where) {
  const auto* industries = context.Resolve<v1::CodeList>("industries");
  std::map<std::string, int> usual;
  for (const auto& threat : catalogue.threats()) usual[threat.code()] = threat.frequency();
  std::set<std::string> seen;
  for (int i = 0; i < catalogue.industries_size(); ++i) {
    const auto& industry = catalogue.industries(i);
    const Where place = where.At(catalogue, "industries", i);
    if (!seen.insert(industry.industry()).second) context.Report(place, "stands here twice");
    if (industries == nullptr || !Has(industries->entries(), industry.industry())) {
      context.Report(place, absl::StrCat("there is no industry ", industry.industry()));
    }
    CheckCodes(context, industry.controls_without_object(), catalogue.controls(), "control", place);
    for (int k = 0; k < industry.frequencies_size(); ++k) {
      const auto& frequency = industry.frequencies(k);
      const Where row = place.At(industry, "frequencies", k);
      CheckRange(context, frequency.frequency(), 1, 3, row.At(frequency, "frequency"));
      if (usual.count(frequency.threat()) == 0) {
        context.Report(row, absl::StrCat("there is no threat ", frequency.threat()));
      } else if (usual[frequency.threat()] == frequency.frequency()) {
        context.Report(row, "is the usual frequency");
      }
    }
  }
}

void CheckLevels(const CheckContext& context, const v1::RiskModel& model, const char* field,
                 const google::protobuf::RepeatedPtrField<v1::RiskLevel>& levels,
                 const Where& where) {
  if (levels.size() != 3) {
    context.Report(where, absl::StrCat(field, " has ", levels.size(), " levels, want 3"));
  }
  for (int i = 0; i < levels.size(); ++i) {
    CheckRange(context, levels.Get(i).value(), 3 - i, 3 - i, where.At(model, field, i));
  }
}

// All nine cells, and never less likely with more frequency or more vulnerability.
void CheckMatrix(const CheckContext& context, const v1::RiskModel& model, const Where& where) {
  int cells[4][4] = {};
  for (int i = 0; i < model.likelihoods_size(); ++i) {
    const auto& cell = model.likelihoods(i);
    const Where place = where.At(model, "likelihoods", i);
    CheckRange(context, cell.likelihood(), 1, 3, place);
    CheckRange(context, cell.frequency(), 1, 3, place);
    CheckRange(context, cell.vulnerability(), 1, 3, place);
    if (cell.frequency() < 1 || cell.frequency() > 3) continue;
    if (cell.vulnerability() < 1 || cell.vulnerability() > 3) continue;
    int& known = cells[cell.frequency()][cell.vulnerability()];
    if (known != 0) context.Report(place, "stands here twice");
    known = cell.likelihood();
  }
  for (int frequency = 1; frequency <= 3; ++frequency) {
    for (int vulnerability = 1; vulnerability <= 3; ++vulnerability) {
      const int here = cells[frequency][vulnerability];
      const std::string cell = absl::StrCat("(", frequency, ", ", vulnerability, ")");
      if (here == 0) {
        context.Report(where, absl::StrCat("no likelihood of ", cell));
      } else if (here < cells[frequency - 1][vulnerability] ||
                 here < cells[frequency][vulnerability - 1]) {
        context.Report(where, absl::StrCat("likelihood falls towards ", cell));
      }
    }
  }
}

// From the largest product of importance and likelihood down to 0, each value in one band.
void CheckBands(const CheckContext& context, const v1::RiskModel& model, const Where& where) {
  const auto* scale = context.Resolve<v1::ValueScale>(model.value_scale());
  if (scale == nullptr || scale->levels().empty()) return;  // Reported elsewhere.
  int next = 3 * scale->levels(0).value();
  for (int i = 0; i < model.bands_size(); ++i) {
    const auto& band = model.bands(i);
    const Where place = where.At(model, "bands", i);
    CheckRange(context, band.maximum(), next, next, place.At(band, "maximum"));
    CheckRange(context, band.minimum(), 0, band.maximum(), place.At(band, "minimum"));
    next = band.minimum() - 1;
  }
  if (next != -1) context.Report(where, "the lowest band doesn't end at 0");
  if (scale->edition() != model.edition()) {
    context.Report(where.At(model, "value_scale"),
                   absl::StrCat("is of edition ", scale->edition()));
  }
}

}  // namespace

void Check(const CheckContext& context, const v1::ThreatCatalogue& catalogue, const Where& where) {
  const auto* scheme = context.Resolve<v1::AssetScheme>(catalogue.asset_scheme());
  if (scheme == nullptr) return;  // Reported as a dangling reference.
  CheckThreats(context, catalogue, *scheme, where);
  CheckControls(context, catalogue, where);
  CheckCounters(context, catalogue, *scheme, where);
  CheckEveryStageHasAThreat(context, catalogue, *scheme, where);
  CheckIndustries(context, catalogue, where);
}

void Check(const CheckContext& context, const v1::RiskModel& model, const Where& where) {
  CheckLevels(context, model, "frequencies", model.frequencies(), where);
  CheckLevels(context, model, "vulnerabilities", model.vulnerabilities(), where);
  CheckMatrix(context, model, where);
  CheckBands(context, model, where);
}

}  // namespace staraction::content
