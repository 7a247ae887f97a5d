// Reads what reports on self-diagnoses, ledgers and risks are made of.

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "services/document/reading.h"
#include "staraction/asset/v1/asset_snapshot_service.pb.h"
#include "staraction/diagnosis/v1/answer_sheet_service.pb.h"
#include "staraction/diagnosis/v1/diagnosis_service.pb.h"
#include "staraction/diagnosis/v1/review_service.pb.h"
#include "staraction/risk/v1/analysis_service.pb.h"
#include "staraction/risk/v1/treatment_service.pb.h"

namespace staraction::document {
namespace {

namespace dia = diagnosis::v1;

constexpr char kRegulations[] = "regulations";
constexpr char kChapter[] = "chapter-";

// Titles of the chapters, from the template of the regulations: headings "chapter-{number}".
void ReadChapters(const google::protobuf::RepeatedPtrField<v1::Block>& blocks,
                  domain::SubjectFacts& facts) {
  for (const v1::Block& block : blocks) {
    ReadChapters(block.group().blocks(), facts);
    int number = 0;
    if (!absl::StartsWith(block.heading().id(), kChapter)) continue;
    if (!absl::SimpleAtoi(block.heading().id().substr(sizeof(kChapter) - 1), &number)) continue;
    for (const v1::Inline& text : block.heading().inlines()) {
      facts.chapter_titles[number] += text.text();
    }
  }
}

// Which chapter rules what an item asks after: the first that the content names.
void ReadItemChapters(const Reading& reading, domain::SubjectFacts& facts) {
  const auto* questions =
      reading.library.FindQuestionnaire(LastId(facts.diagnosis.questionnaire()));
  if (questions == nullptr) return;
  facts.questionnaire_title = questions->title().ja();
  facts.instruction = questions->instruction().ja();
  for (const auto& item : questions->items()) {
    if (!item.chapters().empty()) facts.item_chapters[item.code()] = item.chapters(0);
  }
  const auto* regulations = reading.library.FindDocumentTemplate(kRegulations);
  if (regulations != nullptr) ReadChapters(regulations->document().blocks(), facts);
}

absl::Status ReadDiagnosis(const Reading& reading, const std::string& name,
                           domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(facts.diagnosis,
                      (reading.Get<dia::Diagnosis, dia::GetDiagnosisRequest>(name)));
  ReadItemChapters(reading, facts);
  return absl::OkStatus();
}

// The concluded one before this one.
absl::Status ReadBase(const Reading& reading, domain::SubjectFacts& facts) {
  dia::GetDiagnosisTrendRequest request;
  request.set_parent(reading.call.client_name());
  SA_ASSIGN_OR_RETURN(const auto trend,
                      reading.sources.Read<dia::DiagnosisTrend>(reading.call, request));
  std::string before;
  for (const auto& point : trend.points()) {
    if (point.diagnosis() == facts.diagnosis.name()) break;
    before = point.diagnosis();
  }
  if (before.empty()) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(facts.base_diagnosis,
                      (reading.Get<dia::Diagnosis, dia::GetDiagnosisRequest>(before)));
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadDiagnosisReport(const Reading& reading, domain::SubjectFacts& facts) {
  SA_RETURN_IF_ERROR(ReadDiagnosis(reading, reading.subject, facts));
  SA_RETURN_IF_ERROR(ReadBase(reading, facts));
  SA_ASSIGN_OR_RETURN(
      facts.advice,
      (reading.Get<dia::DiagnosisAdvice, dia::AdviseDiagnosisRequest>(reading.subject)));
  SA_ASSIGN_OR_RETURN(
      facts.benchmark,
      (reading.Get<dia::DiagnosisBenchmark, dia::BenchmarkDiagnosisRequest>(reading.subject)));
  SA_ASSIGN_OR_RETURN(
      facts.review,
      (reading.Get<dia::DiagnosisReview, dia::ReviewDiagnosisRequest>(reading.subject)));
  return absl::OkStatus();
}

absl::Status ReadDiagnosisSheet(const Reading& reading, domain::SubjectFacts& facts) {
  const size_t sheet = reading.subject.find("/answerSheets/");
  if (sheet == std::string::npos) return ReadDiagnosis(reading, reading.subject, facts);
  SA_ASSIGN_OR_RETURN(facts.answer_sheet,
                      (reading.Get<dia::AnswerSheet, dia::GetAnswerSheetRequest>(reading.subject)));
  return ReadDiagnosis(reading, reading.subject.substr(0, sheet), facts);
}

absl::Status ReadAssetLedger(const Reading& reading, domain::SubjectFacts& facts) {
  using asset::v1::ListSnapshotAssetsResponse;
  SA_ASSIGN_OR_RETURN(
      facts.snapshot,
      (reading.Get<asset::v1::AssetSnapshot, asset::v1::GetAssetSnapshotRequest>(reading.subject)));
  asset::v1::ListSnapshotAssetsRequest request;
  request.set_parent(reading.subject);
  SA_ASSIGN_OR_RETURN(auto entries,
                      reading.sources.List(reading.call, request,
                                           &ListSnapshotAssetsResponse::mutable_snapshot_assets));
  for (auto& entry : entries) facts.assets.push_back(std::move(*entry.mutable_asset()));
  for (const auto* scheme : reading.library.List<content::v1::AssetScheme>()) {
    for (const auto& flag : scheme->flags()) facts.flag_labels[flag.code()] = flag.title().ja();
  }
  return absl::OkStatus();
}

absl::Status ReadRiskReport(const Reading& reading, domain::SubjectFacts& facts) {
  using risk::v1::Treatment;
  SA_ASSIGN_OR_RETURN(
      facts.analysis,
      (reading.Get<risk::v1::Analysis, risk::v1::GetAnalysisRequest>(reading.subject)));
  risk::v1::ListTreatmentsRequest request;
  request.set_parent(reading.call.client_name());
  SA_ASSIGN_OR_RETURN(facts.treatments,
                      reading.sources.List(reading.call, request,
                                           &risk::v1::ListTreatmentsResponse::mutable_treatments));
  std::erase_if(facts.treatments, [&](const Treatment& each) {
    return each.state() == Treatment::STATE_WITHDRAWN || each.analysis() != reading.subject;
  });
  return absl::OkStatus();
}

}  // namespace staraction::document
