#include "services/diagnosis/measure_acts.h"

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/gaps.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

absl::Status FindAgain(pg::Transaction& tx, v1::Measure measure, const v1::Measure& proposed) {
  measure.set_latest_diagnosis(proposed.latest_diagnosis());
  *measure.mutable_sites() = proposed.sites();
  v1::MeasureAct act;
  act.set_action("foundAgain");
  return UpdateWithAct(tx, std::move(measure), std::move(act)).status();
}

absl::Status CompleteByAnswer(pg::Transaction& tx, v1::Measure measure) {
  measure.set_state(v1::Measure::STATE_DONE);
  v1::MeasureAct act;
  act.set_action("complete");
  act.set_note("次の点検で回答");
  return UpdateWithAct(tx, std::move(measure), std::move(act)).status();
}

}  // namespace

absl::StatusOr<v1::Measure> UpdateWithAct(pg::Transaction& tx, v1::Measure measure,
                                          v1::MeasureAct act) {
  SA_ASSIGN_OR_RETURN(measure, kMeasures.Update(tx, std::move(measure)));
  act.set_name(absl::StrCat(measure.name(), "/measureActs/", NewId(tx.now())));
  act.set_state(measure.state());
  act.set_text(measure.text());
  act.set_owner_display_name(measure.owner_display_name());
  if (measure.has_due_date()) *act.mutable_due_date() = measure.due_date();
  if (!act.has_effective_time()) *act.mutable_effective_time() = pg::ToTimestamp(tx.now());
  act.set_channel(ChannelOf(tx.call(), act.channel()));
  act.set_recorded_by(tx.call().Actor());
  act.set_revision(EtagVersion(measure.etag()).value_or(0));
  SA_RETURN_IF_ERROR(kMeasureActs.Insert(tx, std::move(act)).status());
  return measure;
}

absl::Status Propose(pg::Transaction& tx, v1::Measure measure, const std::string& id) {
  measure.set_name(absl::StrCat(tx.call().client_name(), "/measures/", id));
  return kMeasures.Insert(tx, std::move(measure)).status();
}

absl::Status MakeMeasures(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                          const v1::Diagnosis& diagnosis) {
  SA_ASSIGN_OR_RETURN(const auto open, OpenMeasures(tx));
  for (v1::Measure& known : domain::FoundOut(open, questions, diagnosis)) {
    SA_RETURN_IF_ERROR(CompleteByAnswer(tx, std::move(known)));
  }
  auto proposed = domain::ProposedMeasures(questions, diagnosis);
  const auto ids = OrderedIds(tx.now(), static_cast<int>(proposed.size()));
  std::vector<v1::Measure> fresh;
  for (size_t i = 0; i < proposed.size(); ++i) {
    if (const auto* before = domain::Continuing(open, proposed[i]); before != nullptr) {
      SA_RETURN_IF_ERROR(FindAgain(tx, *before, proposed[i]));
    } else {
      fresh.push_back(std::move(proposed[i]));
      fresh.back().set_name(absl::StrCat(tx.call().client_name(), "/measures/", ids[i]));
    }
  }
  return kMeasures.InsertAll(tx, fresh);
}

}  // namespace staraction::diagnosis
