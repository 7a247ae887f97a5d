#include "services/diagnosis/domain/advice.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <vector>

#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/score.h"

namespace staraction::diagnosis::domain {
namespace {

int Rank(const CostRanks& costs, const std::string& cost_class) {
  const auto found = costs.find(cost_class);
  return found == costs.end() ? std::numeric_limits<int>::max() : found->second;
}

v1::AdviceItem AdviceFor(const content::v1::Questionnaire& questionnaire,
                         const content::v1::QuestionnaireItem& item, const v1::ItemAnswer& answer) {
  v1::AdviceItem advice;
  advice.set_item(item.code());
  advice.set_number(item.number());
  advice.set_answer(answer.answer());
  advice.set_points_to_gain(BestPoints(questionnaire, item) -
                            PointsOf(questionnaire, answer.answer()));
  advice.set_effect(item.effect());
  advice.set_priority(item.priority());
  advice.set_cost_class(item.cost_class());
  const auto* choice = FindChoice(questionnaire, answer.answer());
  advice.set_find_out(choice != nullptr && choice->find_out());
  return advice;
}

}  // namespace

v1::DiagnosisAdvice AdviceOf(const content::v1::Questionnaire& questionnaire,
                             const v1::Diagnosis& diagnosis, const CostRanks& costs) {
  std::vector<v1::AdviceItem> all;
  for (const auto& answer : diagnosis.answers()) {
    const auto* item = FindItem(questionnaire, answer.item());
    if (item == nullptr || answer.carried() || !answer.gap()) continue;
    all.push_back(AdviceFor(questionnaire, *item, answer));
  }
  const auto order = [&costs](const v1::AdviceItem& advice) {
    return std::make_tuple(-advice.points_to_gain(), -advice.effect(), advice.priority(),
                           Rank(costs, advice.cost_class()), advice.number());
  };
  std::stable_sort(all.begin(), all.end(),
                   [&order](const auto& a, const auto& b) { return order(a) < order(b); });
  v1::DiagnosisAdvice advice;
  advice.set_diagnosis(diagnosis.name());
  const int front = questionnaire.advice_count();
  for (v1::AdviceItem& item : all) {
    const bool first = front == 0 || advice.first_size() < front;
    advice.set_all_points(advice.all_points() + item.points_to_gain());
    if (first) advice.set_first_points(advice.first_points() + item.points_to_gain());
    *(first ? advice.add_first() : advice.add_rest()) = std::move(item);
  }
  return advice;
}

}  // namespace staraction::diagnosis::domain
