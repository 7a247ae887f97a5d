#include "services/diagnosis/measure_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/gaps.h"
#include "services/diagnosis/domain/measure_source.h"
#include "services/diagnosis/measure_acts.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/rulebook_service.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;

constexpr int kUsualPriority = 2;

// What the caller says stands before what the content proposes.
void Merge(const v1::Measure& given, v1::Measure& measure) {
  if (!given.text().empty()) measure.set_text(given.text());
  if (!given.cost_class().empty()) measure.set_cost_class(given.cost_class());
  if (given.priority() > 0) measure.set_priority(given.priority());
  if (measure.priority() == 0) measure.set_priority(kUsualPriority);
}

}  // namespace

absl::StatusOr<v1::Measure> MeasureService::ForItem(Transaction& tx,
                                                    const v1::Measure& given) const {
  const absl::StatusOr<v1::Diagnosis> diagnosis = kDiagnoses.Get(tx, given.diagnosis());
  if (absl::IsNotFound(diagnosis.status()) || absl::IsInvalidArgument(diagnosis.status())) {
    return InvalidField("measure.diagnosis",
                        absl::StrCat("'", given.diagnosis(), "' is no diagnosis of this client"),
                        absl::StrCat("「", given.diagnosis(), "」はこの会社にありません"));
  }
  SA_RETURN_IF_ERROR(diagnosis.status());
  const auto* questions =
      FindQuestionnaire(library_, diagnosis->questionnaire(), diagnosis->pack());
  const auto* item = questions == nullptr ? nullptr : domain::FindItem(*questions, given.item());
  if (item == nullptr) {
    return InvalidField(
        "measure.item", absl::StrCat("'", given.item(), "' is no item of ", diagnosis->pack()),
        absl::StrCat("「", given.item(), "」という項目は ", diagnosis->pack(), " にありません"));
  }
  v1::Measure measure = domain::ProposedRemedy(*item, *diagnosis);
  if (given.text().empty() && measure.text().empty()) {
    return InvalidField("measure.text", "the content proposes nothing for this item; want a text",
                        "この項目には対策の案がありません。内容を書いてください");
  }
  return measure;
}

absl::StatusOr<v1::Measure> MeasureService::ForControl(const v1::Measure& given) const {
  for (const auto* catalogue : library_.List<content::v1::ThreatCatalogue>()) {
    for (const auto& control : catalogue->controls()) {
      if (control.code() != given.control()) continue;
      v1::Measure measure;
      measure.set_kind(v1::Measure::KIND_REMEDY);
      measure.set_state(v1::Measure::STATE_PROPOSED);
      measure.set_source(v1::Measure::SOURCE_RISK);
      measure.set_text(control.how().ja());
      measure.set_control(control.code());
      measure.set_control_title(control.title().ja());
      measure.set_treatment(given.treatment());
      measure.set_pack(PackName(catalogue->pack()));
      return measure;
    }
  }
  return InvalidField(
      "measure.control", absl::StrCat("'", given.control(), "' is no control of the risk model"),
      absl::StrCat("「", given.control(), "」という対策はリスク分析の一覧にありません"));
}

absl::StatusOr<v1::Measure> MeasureService::Create(Transaction& tx,
                                                   const v1::Measure& given) const {
  v1::Measure measure;
  if (!given.diagnosis().empty()) {
    SA_ASSIGN_OR_RETURN(measure, ForItem(tx, given));
  } else if (!given.control().empty()) {
    SA_ASSIGN_OR_RETURN(measure, ForControl(given));
  } else {
    measure.set_kind(v1::Measure::KIND_REMEDY);
    measure.set_state(v1::Measure::STATE_PROPOSED);
    measure.set_source(v1::Measure::SOURCE_COMPANY);
  }
  Merge(given, measure);
  SA_ASSIGN_OR_RETURN(const auto open, OpenMeasures(tx));
  if (const auto* before = domain::Continuing(open, measure); before != nullptr) {
    return AlreadyExists("open measure", before->name());
  }
  SA_ASSIGN_OR_RETURN(measure, Propose(tx, std::move(measure)));
  return WithActions(tx.call(), std::move(measure));
}

MeasureService::Reactor* MeasureService::CreateMeasure(Context* context,
                                                       const v1::CreateMeasureRequest* request,
                                                       v1::Measure* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Measure> {
        const auto problems = domain::SourceProblems(call.client_name(), request->measure());
        if (!problems.empty()) return InvalidFields(problems);
        SA_RETURN_IF_ERROR(
            CheckCostClass(library_, request->measure().cost_class(), "measure.cost_class"));
        return pool_.Write(call, *request,
                           [&](Transaction& tx) { return Create(tx, request->measure()); });
      });
}

}  // namespace staraction::diagnosis
