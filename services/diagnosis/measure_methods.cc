// The methods on measures.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/gaps.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/domain/rule_text.h"
#include "services/diagnosis/measure_acts.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/rulebook.h"
#include "services/diagnosis/rulebook_service.h"
#include "services/diagnosis/store/measures.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = RulebookService::Reactor;

absl::StatusOr<v1::Measure> Filled(Transaction& tx, v1::Measure measure) {
  SA_ASSIGN_OR_RETURN(*measure.mutable_acts(), MeasureActs(tx, measure.name()));
  return WithActions(tx.call(), std::move(measure));
}

v1::MeasureAct NewAct(const char* verb, const std::string& note) {
  v1::MeasureAct act;
  act.set_action(verb);
  act.set_note(note);
  return act;
}

// One step of a measure's life: checked, stored, and recorded as an act. `change` sets what the
// step changes besides the state.
template <typename Request, typename Change>
absl::StatusOr<v1::Measure> Act(Transaction& tx, const Request& request, v1::MeasureAct act,
                                Change change) {
  SA_ASSIGN_OR_RETURN(v1::Measure measure, kMeasures.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), measure.etag(), measure.name()));
  SA_ASSIGN_OR_RETURN(const auto state, domain::After(measure, act.action()));
  SA_ASSIGN_OR_RETURN(*act.mutable_effective_time(),
                      EffectiveTime(tx.call(), request, "effective_time"));
  act.set_channel(request.channel());
  measure.set_state(state);
  SA_RETURN_IF_ERROR(change(measure));
  SA_ASSIGN_OR_RETURN(measure, UpdateWithAct(tx, std::move(measure), std::move(act)));
  return Filled(tx, std::move(measure));
}

absl::Status Nothing(v1::Measure&) {
  return absl::OkStatus();
}

// The texts of the rule that a measure makes, with the company's values in them: those of the
// request, else what it decided before.
absl::StatusOr<v1::Rule> RuleOf(const v1::MakeRuleRequest& request, const v1::Measure& measure,
                                const content::v1::Questionnaire& questions,
                                const std::map<std::string, std::string>& decided) {
  auto problems = domain::ValueProblems(questions, request.values());
  if (!problems.empty()) return InvalidFields(problems);
  const domain::Values values = domain::WithDecided(questions, request.values(), decided);
  const auto fill_in = [&](const std::string& given, const std::string& proposed) {
    return domain::FillIn(given.empty() ? proposed : given, questions, values);
  };
  v1::Rule rule;
  rule.set_text(fill_in(request.text(), measure.proposed_rule_text()));
  // A text of the company's own is no longer what the proposed sentence sums up.
  rule.set_short_text(
      fill_in(request.short_text(), request.text().empty() ? measure.proposed_short_text() : ""));
  SA_RETURN_IF_ERROR(CheckTexts(rule, ""));
  rule.set_rule_code(measure.rule_code());
  rule.set_measure(measure.name());
  for (const auto& value : request.values()) {
    (*rule.mutable_variable_values())[value.code()] = value.value();
  }
  if (request.has_effective_date()) *rule.mutable_effective_date() = request.effective_date();
  return rule;
}

}  // namespace

v1::Measure WithActions(const Call& call, v1::Measure measure) {
  for (const std::string& verb : domain::ActionsOf(measure)) measure.add_allowed_actions(verb);
  measure.set_overdue(domain::IsOverdue(measure, TokyoDay(call.now)));
  return measure;
}

absl::Status CheckCostClass(const content::Library& library, const std::string& code,
                            const std::string& field) {
  const auto* costs = library.FindCodeList("cost-classes");
  if (code.empty() || costs == nullptr) return absl::OkStatus();
  std::string codes;
  for (const auto& entry : costs->entries()) {
    if (entry.code() == code) return absl::OkStatus();
    absl::StrAppend(&codes, codes.empty() ? "" : ", ", entry.code());
  }
  return InvalidField(
      field, absl::StrCat("'", code, "' is unknown; want one of ", codes),
      absl::StrCat("「", code, "」は費用の区分にありません。次のいずれか: ", codes));
}

absl::StatusOr<content::v1::Questionnaire> RulebookService::QuestionsOf(
    Transaction& tx, const v1::Measure& measure) const {
  if (measure.diagnosis().empty()) return content::v1::Questionnaire();
  SA_ASSIGN_OR_RETURN(const v1::Diagnosis diagnosis, kDiagnoses.Get(tx, measure.diagnosis()));
  const auto* questions = FindQuestionnaire(library_, diagnosis.questionnaire(), measure.pack());
  return questions == nullptr ? content::v1::Questionnaire() : *questions;
}

absl::Status RulebookService::Found(Transaction& tx, const v1::CompleteMeasureRequest& request,
                                    v1::Measure& measure) const {
  const bool finds_out = measure.kind() == v1::Measure::KIND_FIND_OUT;
  if (!finds_out && request.answer() == content::v1::ANSWER_UNSPECIFIED) return absl::OkStatus();
  if (!finds_out) {
    return InvalidField("answer", "belongs to measures that find something out; want none here",
                        "回答は、確かめるための対策を終えるときだけ指定します");
  }
  SA_ASSIGN_OR_RETURN(const auto questions, QuestionsOf(tx, measure));
  const auto* item = domain::FindItem(questions, measure.item());
  const auto* choice = domain::FindChoice(questions, request.answer());
  if (item == nullptr || choice == nullptr || choice->find_out() ||
      std::count(item->answers().begin(), item->answers().end(), request.answer()) == 0) {
    return InvalidField(
        "answer",
        absl::StrCat("'", content::v1::Answer_Name(request.answer()),
                     "' is no answer; want what was found out about ", measure.item()),
        "確かめた結果を、この項目で選べる答え（わからない以外）で指定してください");
  }
  measure.set_found_answer(request.answer());
  if (!choice->gap()) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(const auto open, OpenMeasures(tx));
  SA_ASSIGN_OR_RETURN(const v1::Diagnosis diagnosis,
                      kDiagnoses.Get(tx, measure.latest_diagnosis()));
  v1::Measure remedy = domain::ProposedRemedy(*item, diagnosis);
  *remedy.mutable_sites() = measure.sites();
  if (domain::Continuing(open, remedy) != nullptr) return absl::OkStatus();
  return Propose(tx, std::move(remedy)).status();
}

Reactor* RulebookService::GetMeasure(Context* context, const v1::GetMeasureRequest* request,
                                     v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Measure> {
      SA_ASSIGN_OR_RETURN(v1::Measure measure, kMeasures.Get(tx, request->name()));
      return Filled(tx, std::move(measure));
    });
  });
}

Reactor* RulebookService::ListMeasures(Context* context, const v1::ListMeasuresRequest* request,
                                       v1::ListMeasuresResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListMeasuresResponse> {
      SA_ASSIGN_OR_RETURN(auto page, diagnosis::ListMeasures(tx, *request));
      v1::ListMeasuresResponse list;
      for (auto& item : page.items) *list.add_measures() = WithActions(call, std::move(item));
      list.set_next_page_token(page.next_page_token);
      return list;
    });
  });
}

Reactor* RulebookService::DecideMeasure(Context* context, const v1::DecideMeasureRequest* request,
                                        v1::Measure* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Measure> {
        SA_RETURN_IF_ERROR(CheckCostClass(library_, request->cost_class(), "cost_class"));
        SA_ASSIGN_OR_RETURN(const std::string owner,
                            PersonName(call, roster_, request->owner(), "owner"));
        const auto decide = [&](v1::Measure& measure) {
          measure.set_owner(request->owner());
          measure.set_owner_display_name(owner);
          *measure.mutable_due_date() = request->due_date();
          if (!request->text().empty()) measure.set_text(request->text());
          if (!request->cost_class().empty()) measure.set_cost_class(request->cost_class());
          if (request->priority() > 0) measure.set_priority(request->priority());
          return absl::OkStatus();
        };
        return pool_.Write(call, *request, [&](Transaction& tx) {
          return Act(tx, *request, NewAct("decide", request->note()), decide);
        });
      });
}

Reactor* RulebookService::CompleteMeasure(Context* context,
                                          const v1::CompleteMeasureRequest* request,
                                          v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      const auto find = [&](v1::Measure& measure) { return Found(tx, *request, measure); };
      return Act(tx, *request, NewAct("complete", request->note()), find);
    });
  });
}

Reactor* RulebookService::VerifyMeasure(Context* context, const v1::VerifyMeasureRequest* request,
                                        v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      v1::MeasureAct act = NewAct("verify", request->note());
      act.set_method(request->method());
      return Act(tx, *request, std::move(act), Nothing);
    });
  });
}

Reactor* RulebookService::DropMeasure(Context* context, const v1::DropMeasureRequest* request,
                                      v1::Measure* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      return Act(tx, *request, NewAct("drop", request->reason()), Nothing);
    });
  });
}

Reactor* RulebookService::MakeRule(Context* context, const v1::MakeRuleRequest* request,
                                   v1::Rule* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Rule> {
      v1::Rule rule;
      const auto make = [&](v1::Measure& measure) -> absl::Status {
        SA_ASSIGN_OR_RETURN(const auto questions, QuestionsOf(tx, measure));
        SA_ASSIGN_OR_RETURN(const auto decided, DecidedValues(tx));
        SA_ASSIGN_OR_RETURN(rule, RuleOf(*request, measure, questions, decided));
        SA_ASSIGN_OR_RETURN(rule, PutIntoForce(tx, std::move(rule)));
        measure.set_rule(rule.name());
        return absl::OkStatus();
      };
      SA_RETURN_IF_ERROR(Act(tx, *request, NewAct("makeRule", ""), make).status());
      return rule;
    });
  });
}

}  // namespace staraction::diagnosis
