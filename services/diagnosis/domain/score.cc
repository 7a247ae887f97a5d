#include "services/diagnosis/domain/score.h"

#include <algorithm>

#include "services/diagnosis/domain/check.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer;
using content::v1::Questionnaire;
using content::v1::QuestionnaireItem;

int WorstPoints(const Questionnaire& questionnaire, const QuestionnaireItem& item) {
  int worst = BestPoints(questionnaire, item);
  for (const int answer : item.answers()) {
    worst = std::min(worst, PointsOf(questionnaire, static_cast<Answer>(answer)));
  }
  return worst;
}

v1::PartScore* PartOf(const QuestionnaireItem& item, v1::Score& score) {
  for (auto& part : *score.mutable_parts()) {
    if (part.part() == item.part()) return &part;
  }
  return nullptr;  // A rule check has no parts.
}

void SetBand(const Questionnaire& questionnaire, v1::Score& score) {
  for (const auto& band : questionnaire.bands()) {  // highest first
    if (score.total() < band.minimum()) continue;
    score.set_band(band.code());
    score.set_band_title(band.title().ja());
    score.set_band_meaning(band.meaning().ja());
    return;
  }
}

}  // namespace

int PointsOf(const Questionnaire& questionnaire, Answer answer) {
  const auto* choice = FindChoice(questionnaire, answer);
  return choice == nullptr ? 0 : choice->points();
}

int BestPoints(const Questionnaire& questionnaire, const QuestionnaireItem& item) {
  int best = 0;
  for (const int answer : item.answers()) {
    best = std::max(best, PointsOf(questionnaire, static_cast<Answer>(answer)));
  }
  return best;
}

bool IsWorse(const Questionnaire& questionnaire, Answer a, Answer b) {
  const int points_a = PointsOf(questionnaire, a);
  const int points_b = PointsOf(questionnaire, b);
  if (points_a != points_b) return points_a < points_b;
  const auto* choice_a = FindChoice(questionnaire, a);
  const auto* choice_b = FindChoice(questionnaire, b);
  return choice_a != nullptr && choice_b != nullptr && choice_a->severity() > choice_b->severity();
}

v1::Score ScoreOf(const Questionnaire& questionnaire, const AnswerMap& answers) {
  v1::Score score;
  for (const auto& part : questionnaire.parts()) {
    v1::PartScore& added = *score.add_parts();
    added.set_part(part.code());
    added.set_title(part.title().ja());
  }
  int total = 0;
  for (const auto& item : questionnaire.items()) {
    v1::PartScore nowhere;
    v1::PartScore* part = PartOf(item, score);
    if (part == nullptr) part = &nowhere;
    const int best = BestPoints(questionnaire, item);
    score.set_maximum(score.maximum() + best);
    score.set_minimum(score.minimum() + WorstPoints(questionnaire, item));
    part->set_maximum(part->maximum() + best);
    part->set_item_count(part->item_count() + 1);
    const auto answer = answers.find(item.code());
    if (answer == answers.end()) continue;
    const int points = PointsOf(questionnaire, answer->second);
    total += points;
    score.set_answered_count(score.answered_count() + 1);
    part->set_answered_count(part->answered_count() + 1);
    part->set_points(part->points() + points);
    if (answer->second == content::v1::ANSWER_NOT_USED) {
      score.set_not_used_points(score.not_used_points() + points);
    }
  }
  score.set_item_count(questionnaire.items_size());
  for (auto& part : *score.mutable_parts()) {
    if (part.answered_count() < part.item_count()) part.clear_points();
  }
  if (score.answered_count() < score.item_count()) return score;
  score.set_total(total);
  SetBand(questionnaire, score);
  return score;
}

}  // namespace staraction::diagnosis::domain
