#include "services/risk/risk_content.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/resource/name.h"

namespace staraction::risk {
namespace {

using content::v1::AssetScheme;
using content::v1::ThreatCatalogue;

// The version in "urn@version"; 0, which is the newest, if there is none.
int VersionIn(const std::string& pack) {
  int version = 0;
  return absl::SimpleAtoi(pack.substr(pack.find('@') + 1), &version) ? version : 0;
}

template <typename T>
const T* FindOrNewest(const content::Library& library, const std::string& id,
                      const std::string& pack) {
  const T* exact = library.Find<T>(id, VersionIn(pack));
  return exact != nullptr ? exact : library.Find<T>(id);
}

void SetLevels(const google::protobuf::RepeatedPtrField<content::v1::RiskLevel>& source,
               const domain::Words& words,
               google::protobuf::RepeatedPtrField<v1::RiskLevel>& levels) {
  for (const auto& level : source) {
    auto* added = levels.Add();
    added->set_value(level.value());
    added->set_display_name(words.In(level.title()));
    added->set_meaning(words.In(level.meaning()));
  }
}

}  // namespace

ModelContent FindModel(const content::Library& library, const std::string& id) {
  ModelContent out;
  out.model = library.Find<content::v1::RiskModel>(id);
  if (out.model == nullptr) return out;
  out.catalogue = library.Find<ThreatCatalogue>(out.model->threat_catalogue());
  out.scheme = library.Find<AssetScheme>(out.catalogue->asset_scheme());
  return out;
}

ModelContent NewestModel(const content::Library& library) {
  const content::v1::RiskModel* newest = nullptr;
  for (const auto* model : library.List<content::v1::RiskModel>()) {
    if (newest == nullptr || model->edition() > newest->edition()) newest = model;
  }
  return newest == nullptr ? ModelContent() : FindModel(library, newest->id());
}

ModelContent ContentOf(const content::Library& library, const v1::Analysis& analysis) {
  ModelContent out;
  out.model =
      FindOrNewest<content::v1::RiskModel>(library, LastId(analysis.risk_model()), analysis.pack());
  out.catalogue =
      FindOrNewest<ThreatCatalogue>(library, analysis.catalogue(), analysis.catalogue_pack());
  if (out.catalogue != nullptr) {
    out.scheme = library.Find<AssetScheme>(out.catalogue->asset_scheme());
  }
  return out;
}

std::string PackName(const content::v1::PackRef& pack) {
  return absl::StrCat(pack.urn(), "@", pack.version());
}

v1::RiskModel ToResource(const content::v1::RiskModel& model, const domain::Words& words) {
  v1::RiskModel out;
  out.set_name("riskModels/" + model.id());
  out.set_display_name(words.In(model.title()));
  out.set_edition(model.edition());
  out.set_pack(PackName(model.pack()));
  out.set_value_scale(model.value_scale());
  SetLevels(model.frequencies(), words, *out.mutable_frequencies());
  SetLevels(model.vulnerabilities(), words, *out.mutable_vulnerabilities());
  for (const auto& cell : model.likelihoods()) {
    auto* added = out.add_likelihoods();
    added->set_frequency(cell.frequency());
    added->set_vulnerability(cell.vulnerability());
    added->set_likelihood(cell.likelihood());
  }
  for (const auto& band : model.bands()) {
    auto* added = out.add_bands();
    added->set_code(band.code());
    added->set_display_name(words.In(band.title()));
    added->set_meaning(words.In(band.meaning()));
    added->set_minimum(band.minimum());
    added->set_maximum(band.maximum());
  }
  out.set_uncertainty(words.In(model.uncertainty().note()));
  return out;
}

}  // namespace staraction::risk
