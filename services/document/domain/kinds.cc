#include "services/document/domain/kinds.h"

#include "common/resource/name.h"
#include "services/document/domain/fill.h"

namespace staraction::document::domain {
namespace {

using asset::v1::AssetSnapshot;
using declaration::v1::Campaign;
using declaration::v1::Declaration;
using diagnosis::v1::AnswerSheet;
using diagnosis::v1::Diagnosis;
using diagnosis::v1::Rulebook;
using diagnosis::v1::RulebookVersion;
using engagement::v1::Client;
using engagement::v1::Engagement;
using engagement::v1::Quote;
using engagement::v1::Visit;
using risk::v1::Analysis;
using training::v1::PaperTest;
using training::v1::Session;

}  // namespace

const std::vector<Kind>& Kinds() {
  static const auto* const kinds = new std::vector<Kind>{
      {.kind = v1::DOCUMENT_KIND_PLEDGE_SHEET,
       .subjects = {Campaign::descriptor()},
       .fill = FillPledgeSheet,
       .sheets = MemberSheets::kBesideBlank,
       .fact = "document.pledge_sheet"},
      {.kind = v1::DOCUMENT_KIND_PRESIDENT_PLEDGE_SHEET,
       .subjects = {Campaign::descriptor()},
       .fill = FillPresidentPledgeSheet,
       .sheets = MemberSheets::kBesideBlank},
      {.kind = v1::DOCUMENT_KIND_DECLARATION_SHEET,
       .subjects = {Declaration::descriptor()},
       .fill = FillDeclarationSheet,
       .fact = "document.declaration_sheet"},
      {.kind = v1::DOCUMENT_KIND_PLEDGE_CERTIFICATE,
       .subjects = {Campaign::descriptor()},
       .fill = FillPledgeCertificate,
       .sheets = MemberSheets::kOnly},
      {.kind = v1::DOCUMENT_KIND_TRAINING_CERTIFICATE,
       .subjects = {Engagement::descriptor()},
       .fill = FillTrainingCertificate,
       .sheets = MemberSheets::kOnly},
      {.kind = v1::DOCUMENT_KIND_QUOTE, .subjects = {Quote::descriptor()}, .fill = FillQuote},
      {.kind = v1::DOCUMENT_KIND_VISIT_REPORT,
       .subjects = {Visit::descriptor()},
       .fill = FillVisitReport},
      {.kind = v1::DOCUMENT_KIND_RULEBOOK,
       .subjects = {Rulebook::descriptor(), RulebookVersion::descriptor()},
       .fill = FillRulebook},
      {.kind = v1::DOCUMENT_KIND_RULE_POSTER,
       .subjects = {Rulebook::descriptor(), RulebookVersion::descriptor()},
       .fill = FillRulebook},
      {.kind = v1::DOCUMENT_KIND_ATTENDANCE_LIST,
       .subjects = {Session::descriptor()},
       .fill = FillAttendanceList},
      {.kind = v1::DOCUMENT_KIND_TEST_SHEET,
       .subjects = {PaperTest::descriptor()},
       .fill = FillTestSheet},
      {.kind = v1::DOCUMENT_KIND_EFFECT_REPORT,
       .subjects = {Engagement::descriptor()},
       .fill = FillEffectReport},
      {.kind = v1::DOCUMENT_KIND_OUTSTANDING_LIST,
       .subjects = {Engagement::descriptor()},
       .fill = FillOutstandingList,
       .secret = true},
      {.kind = v1::DOCUMENT_KIND_ANNOUNCEMENT,
       .subjects = {Declaration::descriptor()},
       .fill = FillAnnouncement},
      {.kind = v1::DOCUMENT_KIND_BASIC_POLICY,
       .subjects = {Client::descriptor()},
       .fill = FillCompany},
      {.kind = v1::DOCUMENT_KIND_REGULATIONS,
       .subjects = {Client::descriptor()},
       .fill = FillCompany},
      {.kind = v1::DOCUMENT_KIND_OPERATION_FORM,
       .subjects = {Client::descriptor()},
       .fill = FillCompany},
      {.kind = v1::DOCUMENT_KIND_DIAGNOSIS_REPORT,
       .subjects = {Diagnosis::descriptor()},
       .fill = FillDiagnosisReport},
      {.kind = v1::DOCUMENT_KIND_DIAGNOSIS_SHEET,
       .subjects = {Diagnosis::descriptor(), AnswerSheet::descriptor()},
       .fill = FillDiagnosisSheet},
      {.kind = v1::DOCUMENT_KIND_ASSET_LEDGER,
       .subjects = {AssetSnapshot::descriptor()},
       .fill = FillAssetLedger},
      {.kind = v1::DOCUMENT_KIND_RISK_REPORT,
       .subjects = {Analysis::descriptor()},
       .fill = FillRiskReport},
      {.kind = v1::DOCUMENT_KIND_YEAR_CALENDAR,
       .subjects = {Client::descriptor()},
       .fill = FillYearCalendar},
  };
  return *kinds;
}

const Kind* FindKind(v1::DocumentKind kind) {
  for (const Kind& each : Kinds()) {
    if (each.kind == kind) return &each;
  }
  return nullptr;
}

absl::Status CheckSubject(const Kind& kind, const std::string& subject, const std::string& field) {
  absl::Status status;
  for (const auto* type : kind.subjects) {
    status = ParseName(ResourcePattern(*type), subject, field).status();
    if (status.ok()) return status;
  }
  return status;
}

TemplateData MakeTemplateData(const Kind& kind, const SubjectFacts& facts) {
  TemplateData data;
  FillCommon(facts, data);
  kind.fill(facts, data);
  return data;
}

}  // namespace staraction::document::domain
