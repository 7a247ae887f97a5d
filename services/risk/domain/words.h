#ifndef STARACTION_SERVICES_RISK_DOMAIN_WORDS_H_
#define STARACTION_SERVICES_RISK_DOMAIN_WORDS_H_

#include <string>
#include <vector>

#include "staraction/content/v1/asset_scheme.pb.h"
#include "staraction/content/v1/risk_model.pb.h"
#include "staraction/risk/v1/analysis.pb.h"

namespace staraction::risk::domain {

// Names and sentences for people, in one language. What the content doesn't have (any more) is
// called by its code, and has no sentence.
class Words {
 public:
  // Any of them may be null.
  Words(const content::v1::RiskModel* model, const content::v1::ThreatCatalogue* catalogue,
        const content::v1::AssetScheme* scheme, bool english)
      : model_(model), catalogue_(catalogue), scheme_(scheme), english_(english) {}

  const std::string& In(const content::v1::Text& text) const {
    return english_ && !text.en().empty() ? text.en() : text.ja();
  }
  std::string Medium(const std::string& code) const;
  std::string Stage(const std::string& code) const;
  std::string Threat(const std::string& code) const;
  std::string Band(const std::string& code) const;
  std::string Control(const std::string& code) const;
  const content::v1::Control* FindControl(const std::string& code) const;

  // Why a scenario of the stage view is what it is, and what is missing.
  std::string Reason(const v1::Scenario& scenario) const;

  void Fill(v1::RiskResult& result) const;
  void Fill(v1::LeftOut& left_out) const;
  void Fill(v1::TopRisk& risk) const;
  void FillBands(google::protobuf::RepeatedPtrField<v1::BandCount>& bands) const;

 private:
  std::string Level(const google::protobuf::RepeatedPtrField<content::v1::RiskLevel>& levels,
                    int value) const;

  const content::v1::RiskModel* model_;
  const content::v1::ThreatCatalogue* catalogue_;
  const content::v1::AssetScheme* scheme_;
  const bool english_;
};

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_WORDS_H_
