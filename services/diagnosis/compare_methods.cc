// The method that puts two diagnoses side by side.

#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/diagnosis/diagnosis_service.h"
#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/compare.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = DiagnosisService::Reactor;

// Questions and titles in the reader's language: those of the later list, else of the earlier one.
void SetTexts(const google::protobuf::RepeatedPtrField<v1::QuestionnaireItem>& asked,
              v1::DiagnosisComparison& comparison) {
  for (const auto& item : asked) {
    for (auto& compared : *comparison.mutable_items()) {
      if (compared.item() == item.code() && compared.question().empty()) {
        compared.set_question(item.question());
      }
    }
    for (auto& rule : *comparison.mutable_rules()) {
      if (rule.rule_code() == item.rule_code() && rule.rule_title().empty()) {
        rule.set_rule_title(item.rule_title());
      }
    }
  }
}

}  // namespace

Reactor* DiagnosisService::CompareDiagnoses(Context* context,
                                            const v1::CompareDiagnosesRequest* request,
                                            v1::DiagnosisComparison* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return Compare(tx, *request); });
  });
}

absl::StatusOr<v1::DiagnosisComparison> DiagnosisService::Compare(
    Transaction& tx, const v1::CompareDiagnosesRequest& request) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis later, kDiagnoses.Get(tx, request.name()));
  SA_ASSIGN_OR_RETURN(const auto* later_questions, RequireQuestionnaire(library_, later));
  SA_RETURN_IF_ERROR(Fill(tx, *later_questions, later));
  std::string name = request.base();
  if (name.empty()) {
    SA_ASSIGN_OR_RETURN(const auto before, ConcludedBefore(tx, later));
    if (!before) {
      return CriteriaUnmet(later.name(), {{"base", "there is no concluded diagnosis before it",
                                           "比べる前回の点検がありません"}});
    }
    name = before->name();
  }
  SA_ASSIGN_OR_RETURN(const v1::Diagnosis base, Base(tx, name, "base"));
  SA_ASSIGN_OR_RETURN(const auto* base_questions, RequireQuestionnaire(library_, base));
  auto comparison = domain::Compare({*base_questions, base}, {*later_questions, later});
  SetTexts(ItemsOf(library_, *later_questions, tx.call().language), comparison);
  SetTexts(ItemsOf(library_, *base_questions, tx.call().language), comparison);
  SA_ASSIGN_OR_RETURN(const auto measures, MeasuresOf(tx, base.name()));
  *comparison.mutable_measures() = domain::CountMeasures(measures);
  return comparison;
}

}  // namespace staraction::diagnosis
