#include "services/diagnosis/domain/gaps.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "services/diagnosis/domain/check.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Questionnaire;
using content::v1::QuestionnaireItem;

v1::Measure Skeleton(const QuestionnaireItem& item, const v1::Diagnosis& diagnosis) {
  v1::Measure measure;
  measure.set_diagnosis(diagnosis.name());
  measure.set_latest_diagnosis(diagnosis.name());
  measure.set_item(item.code());
  measure.set_rule_code(item.rule());
  measure.set_pack(diagnosis.pack());
  measure.set_state(v1::Measure::STATE_PROPOSED);
  measure.set_source(v1::Measure::SOURCE_DIAGNOSIS);
  return measure;
}

v1::Measure FindOut(const Questionnaire& questionnaire, const QuestionnaireItem& item,
                    const v1::Diagnosis& diagnosis) {
  v1::Measure measure = Skeleton(item, diagnosis);
  measure.set_kind(v1::Measure::KIND_FIND_OUT);
  measure.set_text(
      absl::StrReplaceAll(questionnaire.find_out_measure().ja(),
                          {{"{question}", item.question().ja()}, {"{how}", item.how().ja()}}));
  measure.set_priority(item.priority());
  return measure;
}

bool IsFindOut(const Questionnaire& questionnaire, content::v1::Answer answer) {
  const auto* choice = FindChoice(questionnaire, answer);
  return choice != nullptr && choice->find_out() && questionnaire.has_find_out_measure();
}

// The answers that make an item's gap: those of the sites if theirs hold, else the company's.
std::vector<const v1::ItemAnswer*> GapAnswers(const v1::Diagnosis& diagnosis,
                                              const v1::ItemAnswer& company) {
  if (company.site().empty()) return {&company};
  std::vector<const v1::ItemAnswer*> answers;
  for (const auto& answer : diagnosis.site_answers()) {
    if (answer.item() == company.item() && answer.gap()) answers.push_back(&answer);
  }
  return answers;
}

void NameSite(const v1::ItemAnswer& answer, v1::Measure& measure) {
  if (answer.site().empty()) return;
  v1::MeasureSite& site = *measure.add_sites();
  site.set_site(answer.site());
  site.set_display_name(answer.site_display_name());
}

}  // namespace

v1::Measure ProposedRemedy(const QuestionnaireItem& item, const v1::Diagnosis& diagnosis) {
  v1::Measure measure = Skeleton(item, diagnosis);
  measure.set_kind(v1::Measure::KIND_REMEDY);
  measure.set_text(item.proposed_measure().ja());
  measure.set_proposed_rule_text(item.proposed_rule().ja());
  measure.set_proposed_short_text(item.short_rule().ja());
  measure.set_cost_class(item.cost_class());
  measure.set_priority(item.priority());
  return measure;
}

std::vector<v1::Measure> ProposedMeasures(const Questionnaire& questionnaire,
                                          const v1::Diagnosis& diagnosis) {
  std::vector<v1::Measure> measures;
  for (const auto& company : diagnosis.answers()) {
    const QuestionnaireItem* item = FindItem(questionnaire, company.item());
    if (!company.gap() || item == nullptr) continue;
    v1::Measure remedy = ProposedRemedy(*item, diagnosis);
    v1::Measure find_out = FindOut(questionnaire, *item, diagnosis);
    bool lacking = false;
    bool unknown = false;
    for (const auto* answer : GapAnswers(diagnosis, company)) {
      const bool asks = IsFindOut(questionnaire, answer->answer());
      (asks ? unknown : lacking) = true;
      NameSite(*answer, asks ? find_out : remedy);
    }
    if (lacking) measures.push_back(std::move(remedy));
    if (unknown) measures.push_back(std::move(find_out));
  }
  return measures;
}

const v1::Measure* Continuing(const Measures& open, const v1::Measure& proposed) {
  const auto found = std::find_if(open.begin(), open.end(), [&proposed](const auto& measure) {
    if (proposed.item().empty() && proposed.control().empty()) return false;
    return measure.item() == proposed.item() && measure.control() == proposed.control() &&
           measure.kind() == proposed.kind();
  });
  return found == open.end() ? nullptr : &*found;
}

std::vector<v1::Measure> FoundOut(const Measures& open, const Questionnaire& questionnaire,
                                  const v1::Diagnosis& diagnosis) {
  std::vector<v1::Measure> found;
  for (const auto& measure : open) {
    if (measure.kind() != v1::Measure::KIND_FIND_OUT) continue;
    for (const auto& company : diagnosis.answers()) {
      if (company.item() != measure.item()) continue;
      const auto answers = company.gap() ? GapAnswers(diagnosis, company)
                                         : std::vector<const v1::ItemAnswer*>{&company};
      if (std::any_of(answers.begin(), answers.end(), [&](const auto* answer) {
            return IsFindOut(questionnaire, answer->answer());
          })) {
        continue;
      }
      found.push_back(measure);
      found.back().set_found_answer(company.answer());
    }
  }
  return found;
}

}  // namespace staraction::diagnosis::domain
