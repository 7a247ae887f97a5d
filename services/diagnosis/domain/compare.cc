#include "services/diagnosis/domain/compare.h"

#include "services/diagnosis/domain/check.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::QuestionnaireItem;

const v1::ItemAnswer* AnswerTo(const v1::Diagnosis& diagnosis, const std::string& item) {
  for (const auto& answer : diagnosis.answers()) {
    if (answer.item() == item && !answer.carried()) return &answer;
  }
  return nullptr;
}

v1::ItemChange ChangeOf(const v1::ItemComparison& item, bool asked_before, bool asked_after) {
  if (!asked_after) return v1::ITEM_CHANGE_ITEM_REMOVED;
  if (!asked_before) return v1::ITEM_CHANGE_NEW_ITEM;
  if (item.after() == content::v1::ANSWER_UNSPECIFIED) return v1::ITEM_CHANGE_UNANSWERED;
  if (item.before_gap()) {
    return item.after_gap() ? v1::ITEM_CHANGE_GAP_REMAINS : v1::ITEM_CHANGE_GAP_CLOSED;
  }
  return item.after_gap() ? v1::ITEM_CHANGE_GAP_OPENED : v1::ITEM_CHANGE_KEPT;
}

// Either of the two questions may be null.
v1::ItemComparison CompareItem(const QuestionnaireItem* asked_before,
                               const QuestionnaireItem* asked_after, const v1::Diagnosis& base,
                               const v1::Diagnosis& later) {
  const QuestionnaireItem& asked = asked_after != nullptr ? *asked_after : *asked_before;
  v1::ItemComparison item;
  item.set_item(asked.code());
  item.set_rule_code(asked.rule());
  if (const auto* before = AnswerTo(base, asked.code()); before != nullptr) {
    item.set_before(before->answer());
    item.set_before_gap(before->gap());
    item.set_before_confidence(before->confidence());
  }
  if (const auto* after = AnswerTo(later, asked.code()); after != nullptr) {
    item.set_after(after->answer());
    item.set_after_gap(after->gap());
    item.set_after_confidence(after->confidence());
  }
  item.set_reworded(asked_before != nullptr && asked_after != nullptr &&
                    asked_before->question().ja() != asked_after->question().ja());
  item.set_change(ChangeOf(item, asked_before != nullptr, asked_after != nullptr));
  return item;
}

void Add(const v1::ItemComparison& item, v1::GapCounts& counts) {
  const auto count = [](bool applies) { return applies ? 1 : 0; };
  const auto is = [&](v1::ItemChange change) { return count(item.change() == change); };
  counts.set_items_before(counts.items_before() +
                          count(item.before() != content::v1::ANSWER_UNSPECIFIED));
  counts.set_items_after(counts.items_after() +
                         count(item.after() != content::v1::ANSWER_UNSPECIFIED));
  counts.set_gaps_before(counts.gaps_before() + count(item.before_gap()));
  counts.set_gaps_after(counts.gaps_after() + count(item.after_gap()));
  counts.set_closed(counts.closed() + is(v1::ITEM_CHANGE_GAP_CLOSED));
  counts.set_opened(counts.opened() + is(v1::ITEM_CHANGE_GAP_OPENED));
  counts.set_remaining(counts.remaining() + is(v1::ITEM_CHANGE_GAP_REMAINS));
  counts.set_new_item_gaps(counts.new_item_gaps() +
                           count(item.change() == v1::ITEM_CHANGE_NEW_ITEM && item.after_gap()));
}

v1::RuleComparison& RuleOf(const std::string& code, v1::DiagnosisComparison& comparison) {
  for (auto& rule : *comparison.mutable_rules()) {
    if (rule.rule_code() == code) return rule;
  }
  v1::RuleComparison& rule = *comparison.add_rules();
  rule.set_rule_code(code);
  return rule;
}

}  // namespace

v1::DiagnosisComparison Compare(const Sheet& base, const Sheet& later) {
  v1::DiagnosisComparison comparison;
  comparison.set_base(base.diagnosis.name());
  comparison.set_diagnosis(later.diagnosis.name());
  for (const auto& item : later.questions.items()) {
    *comparison.add_items() =
        CompareItem(FindItem(base.questions, item.code()), &item, base.diagnosis, later.diagnosis);
  }
  for (const auto& item : base.questions.items()) {
    if (FindItem(later.questions, item.code()) != nullptr) continue;
    *comparison.add_items() = CompareItem(&item, nullptr, base.diagnosis, later.diagnosis);
  }
  for (const auto& item : comparison.items()) {
    Add(item, *comparison.mutable_total());
    Add(item, *RuleOf(item.rule_code(), comparison).mutable_counts());
  }
  return comparison;
}

v1::MeasureCounts CountMeasures(const google::protobuf::RepeatedPtrField<v1::Measure>& measures) {
  v1::MeasureCounts counts;
  for (const auto& measure : measures) {
    const auto one_if = [&](v1::Measure::State state) { return measure.state() == state ? 1 : 0; };
    counts.set_proposed(counts.proposed() + one_if(v1::Measure::STATE_PROPOSED));
    counts.set_decided(counts.decided() + one_if(v1::Measure::STATE_DECIDED));
    counts.set_done(counts.done() + one_if(v1::Measure::STATE_DONE));
    counts.set_verified(counts.verified() + one_if(v1::Measure::STATE_VERIFIED));
    counts.set_dropped(counts.dropped() + one_if(v1::Measure::STATE_DROPPED));
    counts.set_rules(counts.rules() + (measure.rule().empty() ? 0 : 1));
  }
  return counts;
}

}  // namespace staraction::diagnosis::domain
