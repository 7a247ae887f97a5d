#include "services/diagnosis/domain/contradiction.h"

#include <algorithm>

#include "common/fact/condition.h"

namespace staraction::diagnosis::domain {
namespace {

const fact::v1::Fact* Against(const content::v1::Contradiction& contradiction,
                              const std::string& engagement, const Facts& facts) {
  const auto& condition = contradiction.condition();
  for (const auto& fact : facts) {
    if (fact.code() != condition.fact() || fact.subject() != condition.subject()) continue;
    if (!fact.engagement().empty() && fact.engagement() != engagement) continue;
    if (Holds(fact, condition)) return &fact;
  }
  return nullptr;
}

}  // namespace

void AddContradictions(const content::v1::Questionnaire& questionnaire,
                       const std::string& engagement, const Facts& facts,
                       v1::DiagnosisReview& review) {
  for (const auto& contradiction : questionnaire.contradictions()) {
    const fact::v1::Fact* fact = Against(contradiction, engagement, facts);
    if (fact == nullptr) continue;
    for (auto& item : *review.mutable_items()) {
      const auto answer =
          item.decided() != content::v1::ANSWER_UNSPECIFIED ? item.decided() : item.proposed();
      const auto& answers = contradiction.answers();
      if (item.item() != contradiction.item() ||
          std::count(answers.begin(), answers.end(), answer) == 0) {
        continue;
      }
      v1::ContradictionFound& found = *item.add_contradictions();
      found.set_code(contradiction.code());
      found.set_fact(fact->code());
      found.set_value(ValueText(*fact));
      found.set_answer(answer);
      review.set_contradiction_count(review.contradiction_count() + 1);
    }
  }
}

}  // namespace staraction::diagnosis::domain
