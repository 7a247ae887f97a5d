#ifndef STARACTION_SERVICES_RISK_RISK_CONTENT_H_
#define STARACTION_SERVICES_RISK_RISK_CONTENT_H_

#include <string>

#include "common/call/call.h"
#include "common/content/library.h"
#include "services/risk/domain/words.h"
#include "staraction/risk/v1/analysis.pb.h"
#include "staraction/risk/v1/risk_model.pb.h"

namespace staraction::risk {

// A model with what it refers to. All null if there is no such model.
struct ModelContent {
  const content::v1::RiskModel* model = nullptr;
  const content::v1::ThreatCatalogue* catalogue = nullptr;
  const content::v1::AssetScheme* scheme = nullptr;

  domain::Words WordsIn(Language language) const {
    return {model, catalogue, scheme, language == Language::kEnglish};
  }
};

// The newest version of a model of the content, by id.
ModelContent FindModel(const content::Library& library, const std::string& id);

// The model of the newest edition: its catalogue is the one that states are about.
ModelContent NewestModel(const content::Library& library);

// What an analysis was computed with, for words only: in its versions, else in the newest ones.
ModelContent ContentOf(const content::Library& library, const v1::Analysis& analysis);

// "urn@version".
std::string PackName(const content::v1::PackRef& pack);

v1::RiskModel ToResource(const content::v1::RiskModel& model, const domain::Words& words);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_RISK_CONTENT_H_
