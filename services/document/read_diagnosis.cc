// Reads from the diagnosis service: rulebook, measures; and what an effect report brings together.

#include <algorithm>

#include "absl/strings/match.h"
#include "common/base/macros.h"
#include "services/document/reading.h"
#include "staraction/declaration/v1/campaign_service.pb.h"
#include "staraction/diagnosis/v1/diagnosis_service.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.pb.h"
#include "staraction/diagnosis/v1/rulebook_version_service.pb.h"
#include "staraction/training/v1/report_service.pb.h"

namespace staraction::document {
namespace {

using diagnosis::v1::Diagnosis;
using diagnosis::v1::Rulebook;
using diagnosis::v1::RulebookVersion;

absl::Status ReadVersion(const Reading& reading, const std::string& name,
                         domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.rulebook_version,
      (reading.Get<RulebookVersion, diagnosis::v1::GetRulebookVersionRequest>(name)));
  return absl::OkStatus();
}

absl::Status ReadCurrentRulebook(const Reading& reading, const std::string& rule_list,
                                 domain::SubjectFacts& facts) {
  diagnosis::v1::GetRulebookRequest request;
  request.set_name(reading.call.client_name() + "/rulebook");
  request.set_rule_list(rule_list);
  SA_ASSIGN_OR_RETURN(facts.rulebook, reading.sources.Read<Rulebook>(reading.call, request));
  return absl::OkStatus();
}

// Concluded diagnoses of the engagement and, if there are two, how the last two compare.
absl::Status ReadChecks(const Reading& reading, domain::SubjectFacts& facts) {
  diagnosis::v1::ListDiagnosesRequest request;
  request.set_parent(facts.engagement.name());
  SA_ASSIGN_OR_RETURN(
      facts.diagnoses,
      reading.sources.List(reading.call, request,
                           &diagnosis::v1::ListDiagnosesResponse::mutable_diagnoses));
  std::erase_if(facts.diagnoses, [](const Diagnosis& each) {
    return each.state() != Diagnosis::STATE_CONCLUDED ||
           each.kind() != content::v1::QUESTIONNAIRE_KIND_RULE_CHECK;
  });
  if (facts.diagnoses.size() < 2) return absl::OkStatus();
  diagnosis::v1::CompareDiagnosesRequest compare;
  compare.set_name(facts.diagnoses.back().name());
  compare.set_base(facts.diagnoses.front().name());
  SA_ASSIGN_OR_RETURN(facts.comparison, reading.sources.Read<diagnosis::v1::DiagnosisComparison>(
                                            reading.call, compare));
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadRulebook(const Reading& reading, domain::SubjectFacts& facts) {
  SA_RETURN_IF_ERROR(ReadCompany(reading, facts));
  if (!absl::EndsWith(reading.subject, "/rulebook")) {
    return ReadVersion(reading, reading.subject, facts);
  }
  SA_RETURN_IF_ERROR(ReadCurrentRulebook(reading, "", facts));
  if (facts.rulebook.latest_version().empty()) return absl::OkStatus();
  return ReadVersion(reading, facts.rulebook.latest_version(), facts);
}

absl::Status ReadEffect(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.training_report,
      (reading.Get<training::v1::TrainingReport, training::v1::GetTrainingReportRequest>(
          facts.engagement.name() + "/trainingReport")));
  declaration::v1::ListCampaignsRequest campaigns;
  campaigns.set_parent(facts.engagement.name());
  SA_ASSIGN_OR_RETURN(
      facts.campaigns,
      reading.sources.List(reading.call, campaigns,
                           &declaration::v1::ListCampaignsResponse::mutable_campaigns));
  SA_RETURN_IF_ERROR(ReadChecks(reading, facts));
  diagnosis::v1::ListMeasuresRequest measures;
  measures.set_parent(reading.call.client_name());
  SA_ASSIGN_OR_RETURN(facts.measures,
                      reading.sources.List(reading.call, measures,
                                           &diagnosis::v1::ListMeasuresResponse::mutable_measures));
  return ReadCurrentRulebook(reading, facts.engagement.editions().rule_list(), facts);
}

}  // namespace staraction::document
