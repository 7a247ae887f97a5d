#include "services/diagnosis/review_service.h"

#include <map>
#include <set>

#include "common/base/macros.h"
#include "common/content/language.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/advice.h"
#include "services/diagnosis/domain/contradiction.h"
#include "services/diagnosis/domain/practice.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/sheets.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using content::v1::Questionnaire;
using pg::Transaction;
using Reactor = ReviewService::Reactor;

domain::CostRanks CostRanksOf(const content::Library& library) {
  domain::CostRanks ranks;
  const auto* costs = library.FindCodeList("cost-classes");
  if (costs == nullptr) return ranks;
  for (int i = 0; i < costs->entries_size(); ++i) ranks[costs->entries(i).code()] = i;
  return ranks;
}

void SetLabels(const Questionnaire& questions, Language language,
               google::protobuf::RepeatedPtrField<v1::AnswerCount>& counts) {
  for (auto& count : counts) {
    const auto* choice = domain::FindChoice(questions, count.answer());
    if (choice != nullptr) count.set_label(content::InLanguage(choice->label(), language));
  }
}

std::string QuestionOf(const Questionnaire& questions, const std::string& item, Language language) {
  const auto* found = domain::FindItem(questions, item);
  return found == nullptr ? "" : content::InLanguage(found->question(), language);
}

void SetTexts(const Questionnaire& questions, Language language, v1::DiagnosisReview& review) {
  for (auto& item : *review.mutable_items()) {
    item.set_question(QuestionOf(questions, item.item(), language));
    SetLabels(questions, language, *item.mutable_staff());
  }
  for (auto& sheet : *review.mutable_sheets()) {
    Retitle(questions, language, *sheet.mutable_score());
  }
}

// Texts of advice, and the measure that is on the list for it.
void SetTexts(const Questionnaire& questions, Language language,
              const google::protobuf::RepeatedPtrField<v1::Measure>& measures,
              google::protobuf::RepeatedPtrField<v1::AdviceItem>& items) {
  for (auto& advice : items) {
    const auto* item = domain::FindItem(questions, advice.item());
    if (item == nullptr) continue;
    advice.set_question(content::InLanguage(item->question(), language));
    advice.set_measure_text(content::InLanguage(item->proposed_measure(), language));
    advice.set_why(content::InLanguage(item->why(), language));
    advice.set_how(content::InLanguage(item->how(), language));
    for (const auto& measure : measures) {
      if (measure.item() != advice.item()) continue;
      advice.set_measure(measure.name());
      advice.set_measure_state(measure.state());
    }
  }
}

}  // namespace

absl::StatusOr<ReviewService::Side> ReviewService::Read(Transaction& tx, const std::string& name,
                                                        content::v1::QuestionnaireKind kind,
                                                        bool with_sheets) const {
  Side side;
  SA_ASSIGN_OR_RETURN(side.diagnosis, kDiagnoses.Get(tx, name));
  if (side.diagnosis.kind() != kind) {
    return StateConflict(name, content::v1::QuestionnaireKind_Name(side.diagnosis.kind()),
                         "read this way");
  }
  SA_ASSIGN_OR_RETURN(side.questions, RequireQuestionnaire(library_, side.diagnosis));
  SA_ASSIGN_OR_RETURN(auto present, PresentAnswers(tx, name));
  domain::SetAnswers(*side.questions, std::move(present), side.diagnosis);
  if (!with_sheets) return side;
  SA_ASSIGN_OR_RETURN(side.sheets, SheetsOf(tx, name));
  return side;
}

Reactor* ReviewService::ReviewDiagnosis(Context* context, const v1::ReviewDiagnosisRequest* request,
                                        v1::DiagnosisReview* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::DiagnosisReview> {
        SA_ASSIGN_OR_RETURN(const Side side, pool_.Read(call, [&](Transaction& tx) {
          return Read(tx, request->name(), content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS, true);
        }));
        auto review =
            domain::ReviewOf(*side.questions, side.diagnosis, side.sheets, !IsConsultant(call));
        SetTexts(*side.questions, call.language, review);
        Contradict(call, side, review);
        return review;
      });
}

void ReviewService::Contradict(const Call& call, const Side& side,
                               v1::DiagnosisReview& review) const {
  const std::string& name = side.diagnosis.name();
  const std::string engagement = name.substr(0, name.find("/diagnoses/"));
  std::set<std::string> services;
  for (const auto& contradiction : side.questions->contradictions()) {
    const auto* code = library_.FindFactCode(contradiction.condition().fact());
    if (code != nullptr) services.insert(code->service());
  }
  domain::Facts facts;
  for (const std::string& service : services) {
    const auto sheet = facts_.Collect(call, service, engagement);
    if (!sheet.ok()) {
      review.add_silent_services(service);
      continue;
    }
    facts.insert(facts.end(), sheet->facts().begin(), sheet->facts().end());
  }
  domain::AddContradictions(*side.questions, engagement, facts, review);
  for (auto& item : *review.mutable_items()) {
    for (auto& found : *item.mutable_contradictions()) {
      for (const auto& source : side.questions->contradictions()) {
        if (source.code() == found.code()) {
          found.set_text(content::InLanguage(source.text(), call.language));
        }
      }
    }
  }
}

Reactor* ReviewService::AdviseDiagnosis(Context* context, const v1::AdviseDiagnosisRequest* request,
                                        v1::DiagnosisAdvice* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return Advise(tx, request->name()); });
  });
}

absl::StatusOr<v1::DiagnosisAdvice> ReviewService::Advise(Transaction& tx,
                                                          const std::string& name) const {
  SA_ASSIGN_OR_RETURN(const Side side,
                      Read(tx, name, content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS, false));
  SA_ASSIGN_OR_RETURN(const auto measures, MeasuresOf(tx, name));
  auto advice = domain::AdviceOf(*side.questions, side.diagnosis, CostRanksOf(library_));
  const Language language = tx.call().language;
  SetTexts(*side.questions, language, measures, *advice.mutable_first());
  SetTexts(*side.questions, language, measures, *advice.mutable_rest());
  advice.set_order_note(
      language == Language::kEnglish
          ? "Ordered by points to gain, then effect, priority and cost."
          : "増える点数が多い順です。同じ点数のときは、効果、優先度、費用の順で並べています。");
  return advice;
}

Reactor* ReviewService::SummarizeDiagnosis(Context* context,
                                           const v1::SummarizeDiagnosisRequest* request,
                                           v1::PracticeSummary* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return Summarize(tx, request->name()); });
  });
}

absl::StatusOr<v1::PracticeSummary> ReviewService::Summarize(Transaction& tx,
                                                             const std::string& name) const {
  SA_ASSIGN_OR_RETURN(const Side side,
                      Read(tx, name, content::v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK, true));
  SA_ASSIGN_OR_RETURN(const auto measures, MeasuresOf(tx, name));
  auto summary = domain::SummaryOf(*side.questions, side.diagnosis, side.sheets);
  for (auto& item : *summary.mutable_items()) {
    item.set_question(QuestionOf(*side.questions, item.item(), tx.call().language));
    SetLabels(*side.questions, tx.call().language, *item.mutable_counts());
    for (const auto& measure : measures) {
      if (measure.item() == item.item()) item.set_measure(measure.name());
    }
  }
  return summary;
}

}  // namespace staraction::diagnosis
