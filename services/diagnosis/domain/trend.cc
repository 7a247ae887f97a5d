#include "services/diagnosis/domain/trend.h"

#include "services/diagnosis/domain/check.h"

namespace staraction::diagnosis::domain {
namespace {

v1::TrendPoint PointOf(const v1::Diagnosis& diagnosis, const v1::Diagnosis* before) {
  v1::TrendPoint point;
  point.set_diagnosis(diagnosis.name());
  point.set_edition(diagnosis.edition());
  *point.mutable_conclude_time() = diagnosis.conclude_time();
  *point.mutable_score() = diagnosis.score();
  if (before != nullptr && before->questionnaire() == diagnosis.questionnaire() &&
      before->score().has_total() && diagnosis.score().has_total()) {
    point.set_total_change(diagnosis.score().total() - before->score().total());
  }
  return point;
}

v1::TrendValue ValueOf(const Sheet& sheet, const std::string& code) {
  v1::TrendValue value;
  const auto* item = FindItem(sheet.questions, code);
  if (item == nullptr) return value;
  value.set_asked(true);
  value.set_number(item->number());
  for (const auto& answer : sheet.diagnosis.answers()) {
    if (answer.item() != code) continue;
    value.set_answer(answer.answer());
    value.set_points(answer.points());
  }
  return value;
}

bool Has(const v1::DiagnosisTrend& trend, const std::string& code) {
  for (const auto& item : trend.items()) {
    if (item.item() == code) return true;
  }
  return false;
}

}  // namespace

v1::DiagnosisTrend TrendOf(const std::vector<Sheet>& diagnoses) {
  v1::DiagnosisTrend trend;
  const v1::Diagnosis* before = nullptr;
  for (const Sheet& sheet : diagnoses) {
    *trend.add_points() = PointOf(sheet.diagnosis, before);
    before = &sheet.diagnosis;
  }
  for (auto sheet = diagnoses.rbegin(); sheet != diagnoses.rend(); ++sheet) {
    for (const auto& asked : sheet->questions.items()) {
      if (Has(trend, asked.code())) continue;
      v1::TrendItem& item = *trend.add_items();
      item.set_item(asked.code());
      item.set_question(asked.question().ja());
      for (const Sheet& one : diagnoses) *item.add_values() = ValueOf(one, asked.code());
    }
  }
  return trend;
}

}  // namespace staraction::diagnosis::domain
