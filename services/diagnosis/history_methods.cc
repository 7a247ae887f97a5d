// A diagnosis beside others: of the same company before, of other companies, of surveys.

#include "common/base/macros.h"
#include "common/content/language.h"
#include "services/diagnosis/domain/peers.h"
#include "services/diagnosis/domain/trend.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/review_service.h"
#include "services/diagnosis/store/history.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = ReviewService::Reactor;

constexpr int kMaxPoints = 20;

void AddSurveyLines(const content::v1::Questionnaire& questions, const v1::Diagnosis& diagnosis,
                    Language language, v1::DiagnosisBenchmark& benchmark) {
  for (const auto& item : questions.items()) {
    for (const auto& figure : questions.survey_figures()) {
      if (figure.item() != item.code()) continue;
      v1::SurveyLine& line = *benchmark.add_survey_lines();
      line.set_item(item.code());
      line.set_number(item.number());
      line.set_question(content::InLanguage(item.question(), language));
      line.set_percent(figure.percent());
      line.set_source(content::InLanguage(figure.source(), language));
      for (const auto& answer : diagnosis.answers()) {
        if (answer.item() != item.code() || answer.carried()) continue;
        line.set_answer(answer.answer());
        line.set_done(answer.answer() == content::v1::ANSWER_FOLLOWED ||
                      answer.answer() == content::v1::ANSWER_PARTLY);
      }
    }
  }
}

void SetNote(Language language, const char* ja, const char* en, v1::DiagnosisBenchmark& benchmark) {
  benchmark.set_peers_note(language == Language::kEnglish ? en : ja);
}

}  // namespace

Reactor* ReviewService::BenchmarkDiagnosis(Context* context,
                                           const v1::BenchmarkDiagnosisRequest* request,
                                           v1::DiagnosisBenchmark* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return Benchmark(tx, request->name()); });
  });
}

absl::StatusOr<v1::DiagnosisBenchmark> ReviewService::Benchmark(Transaction& tx,
                                                                const std::string& name) const {
  SA_ASSIGN_OR_RETURN(const Side side,
                      Read(tx, name, content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS, false));
  v1::DiagnosisBenchmark benchmark;
  benchmark.set_diagnosis(name);
  AddSurveyLines(*side.questions, side.diagnosis, tx.call().language, benchmark);
  SA_RETURN_IF_ERROR(SetPeers(tx, side, benchmark));
  return benchmark;
}

absl::Status ReviewService::SetPeers(Transaction& tx, const Side& side,
                                     v1::DiagnosisBenchmark& benchmark) const {
  const Language language = tx.call().language;
  const auto& peers = side.questions->peers();
  if (!side.questions->has_peers()) {
    SetNote(language, "この診断には、ほかの会社と比べる決まりがありません。",
            "This diagnosis is not compared with other companies.", benchmark);
    return absl::OkStatus();
  }
  if (!side.diagnosis.score().has_total()) {
    SetNote(language, "すべての項目に答えると、ほかの会社と比べられます。",
            "Answer every item to compare with other companies.", benchmark);
    return absl::OkStatus();
  }
  SA_ASSIGN_OR_RETURN(const auto profile, StoredProfile(tx));
  const auto* size = profile ? domain::SizeOf(peers, profile->people) : nullptr;
  SA_ASSIGN_OR_RETURN(auto group,
                      SmallestGroup(tx, side.questions->id(), profile ? profile->industry : "",
                                    size != nullptr ? size->code() : ""));
  if (!group) {
    SetNote(language, "比べられる会社の数がまだ足りません。",
            "There are not enough companies to compare with yet.", benchmark);
    return absl::OkStatus();
  }
  for (const auto& known : peers.sizes()) {
    if (known.code() == group->size()) {
      group->set_size_title(content::InLanguage(known.title(), language));
    }
  }
  group->set_total(side.diagnosis.score().total());
  group->set_deviation_score(
      domain::DeviationScore(group->total(), group->mean(), group->standard_deviation()));
  *benchmark.mutable_peers() = *std::move(group);
  return absl::OkStatus();
}

Reactor* ReviewService::GetDiagnosisTrend(Context* context,
                                          const v1::GetDiagnosisTrendRequest* request,
                                          v1::DiagnosisTrend* response) {
  return rpc_.Unary(context, request, response, [this](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::DiagnosisTrend> {
      SA_ASSIGN_OR_RETURN(const auto diagnoses, ConcludedSelfDiagnoses(tx, kMaxPoints));
      const content::v1::Questionnaire nothing;  // whose pack is gone keeps its totals
      std::vector<domain::Sheet> sheets;
      for (const auto& diagnosis : diagnoses) {
        const auto* questions =
            FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
        sheets.push_back({questions == nullptr ? nothing : *questions, diagnosis});
      }
      auto trend = domain::TrendOf(sheets);
      for (int i = 0; i < trend.points_size(); ++i) {
        v1::Score& score = *trend.mutable_points(i)->mutable_score();
        Retitle(sheets[static_cast<size_t>(i)].questions, call.language, score);
      }
      return trend;
    });
  });
}

}  // namespace staraction::diagnosis
