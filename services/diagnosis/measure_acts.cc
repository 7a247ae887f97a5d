#include "services/diagnosis/measure_acts.h"

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/gaps.h"
#include "services/diagnosis/store/measures.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

// Sets what an act takes from the measure that it led to.
v1::MeasureAct Completed(const pg::Transaction& tx, const v1::Measure& measure, v1::MeasureAct act,
                         const std::string& id) {
  act.set_name(absl::StrCat(measure.name(), "/measureActs/", id));
  act.set_state(measure.state());
  act.set_text(measure.text());
  act.set_owner_display_name(measure.owner_display_name());
  if (measure.has_due_date()) *act.mutable_due_date() = measure.due_date();
  if (!act.has_effective_time()) *act.mutable_effective_time() = pg::ToTimestamp(tx.now());
  act.set_channel(ChannelOf(tx.call(), act.channel()));
  act.set_recorded_by(tx.call().Actor());
  act.set_revision(EtagVersion(measure.etag()).value_or(0));
  return act;
}

absl::Status UpdateAllWithAct(pg::Transaction& tx, std::vector<v1::Measure> measures,
                              const v1::MeasureAct& act) {
  SA_RETURN_IF_ERROR(UpdateAll(tx, measures));
  std::vector<v1::MeasureAct> acts;
  for (const auto& measure : measures) acts.push_back(Completed(tx, measure, act, NewId(tx.now())));
  return kMeasureActs.InsertAll(tx, acts);
}

absl::Status FindAgain(pg::Transaction& tx, std::vector<v1::Measure> measures) {
  v1::MeasureAct act;
  act.set_action("foundAgain");
  return UpdateAllWithAct(tx, std::move(measures), act);
}

absl::Status CompleteByAnswer(pg::Transaction& tx, std::vector<v1::Measure> measures) {
  for (v1::Measure& measure : measures) measure.set_state(v1::Measure::STATE_DONE);
  v1::MeasureAct act;
  act.set_action("complete");
  act.set_note("点検・診断での回答により完了");
  return UpdateAllWithAct(tx, std::move(measures), act);
}

absl::Status ProposeAmong(pg::Transaction& tx, const domain::Measures& open,
                          std::vector<v1::Measure> proposed) {
  const auto ids = OrderedIds(tx.now(), static_cast<int>(proposed.size()));
  std::vector<v1::Measure> again;
  std::vector<v1::Measure> fresh;
  for (size_t i = 0; i < proposed.size(); ++i) {
    v1::Measure& measure = proposed[i];
    if (const auto* before = domain::Continuing(open, measure); before != nullptr) {
      if (before->latest_diagnosis() == measure.latest_diagnosis()) continue;
      again.push_back(*before);
      again.back().set_latest_diagnosis(measure.latest_diagnosis());
      *again.back().mutable_sites() = measure.sites();
    } else {
      fresh.push_back(std::move(measure));
      fresh.back().set_name(absl::StrCat(tx.call().client_name(), "/measures/", ids[i]));
    }
  }
  SA_RETURN_IF_ERROR(FindAgain(tx, std::move(again)));
  return kMeasures.InsertAll(tx, fresh);
}

}  // namespace

absl::StatusOr<v1::Measure> UpdateWithAct(pg::Transaction& tx, v1::Measure measure,
                                          v1::MeasureAct act) {
  SA_ASSIGN_OR_RETURN(measure, kMeasures.Update(tx, std::move(measure)));
  SA_RETURN_IF_ERROR(
      kMeasureActs.Insert(tx, Completed(tx, measure, std::move(act), NewId(tx.now()))).status());
  return measure;
}

absl::StatusOr<v1::Measure> Propose(pg::Transaction& tx, v1::Measure measure) {
  measure.set_name(absl::StrCat(tx.call().client_name(), "/measures/", NewId(tx.now())));
  return kMeasures.Insert(tx, std::move(measure));
}

absl::Status ProposeAll(pg::Transaction& tx, std::vector<v1::Measure> proposed) {
  SA_ASSIGN_OR_RETURN(const auto open, OpenMeasures(tx));
  return ProposeAmong(tx, open, std::move(proposed));
}

absl::Status MakeMeasures(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                          const v1::Diagnosis& diagnosis) {
  SA_ASSIGN_OR_RETURN(const auto open, OpenMeasures(tx));
  SA_RETURN_IF_ERROR(CompleteByAnswer(tx, domain::FoundOut(open, questions, diagnosis)));
  return ProposeAmong(tx, open, domain::ProposedMeasures(questions, diagnosis));
}

absl::Status ChaseUnknowns(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                           const v1::Diagnosis& diagnosis) {
  SA_ASSIGN_OR_RETURN(const auto open, OpenMeasures(tx));
  SA_RETURN_IF_ERROR(CompleteByAnswer(tx, domain::FoundOut(open, questions, diagnosis)));
  auto proposed = domain::ProposedMeasures(questions, diagnosis);
  std::erase_if(proposed, [](const v1::Measure& measure) {
    return measure.kind() != v1::Measure::KIND_FIND_OUT;
  });
  return ProposeAmong(tx, open, std::move(proposed));
}

}  // namespace staraction::diagnosis
