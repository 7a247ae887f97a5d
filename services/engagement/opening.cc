#include "services/engagement/opening.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/activities.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

v1::Engagement::Editions EditionsOf(const content::v1::Offering& offering) {
  const auto& chosen = offering.editions();
  v1::Engagement::Editions editions;
  editions.set_rule_list(chosen.rule_list());
  editions.set_rule_check(chosen.rule_check());
  editions.set_course(chosen.course());
  editions.set_criteria_set(chosen.criteria_set());
  editions.set_declaration_procedure(chosen.declaration_procedure());
  editions.set_pledge_text(chosen.pledge_text());
  editions.set_president_pledge_text(chosen.president_pledge_text());
  editions.set_pack(absl::StrCat(offering.pack().urn(), "@", offering.pack().version()));
  editions.set_short_course(chosen.short_course());
  editions.set_briefing(chosen.briefing());
  editions.set_self_diagnosis(chosen.self_diagnosis());
  editions.set_practice_check(chosen.practice_check());
  editions.set_value_scale(chosen.value_scale());
  editions.set_risk_model(chosen.risk_model());
  editions.set_policy_template(chosen.policy_template());
  editions.set_regulations_template(chosen.regulations_template());
  editions.set_small_regulations_template(chosen.small_regulations_template());
  editions.set_policy_pledge_text(chosen.policy_pledge_text());
  editions.set_president_policy_pledge_text(chosen.president_policy_pledge_text());
  editions.set_activity_calendar(chosen.activity_calendar());
  return editions;
}

absl::Status UnknownProgramme(const content::Library& library, const std::string& id) {
  std::string known;
  for (const auto* programme : library.List<content::v1::SubsidyProgramme>()) {
    absl::StrAppend(&known, known.empty() ? "" : ", ", programme->id());
  }
  return InvalidField(
      "subsidy.programme", absl::StrCat("'", id, "' is unknown; want one of ", known),
      absl::StrCat("「", id, "」という補助金は登録されていません。次のいずれか: ", known));
}

v1::PlanPath PathOf(const content::Library& library, const std::string& plan) {
  const auto* found = library.FindPlan(plan);
  return found != nullptr && found->path() == content::v1::PLAN_PATH_EXPRESS
             ? v1::PLAN_PATH_EXPRESS
             : v1::PLAN_PATH_STANDARD;
}

// What the engagement keeps of its plan.
void Apply(const Draft& draft, v1::Engagement& engagement) {
  engagement.set_plan(draft.plan->id());
  engagement.mutable_editions()->set_criteria_set(draft.criteria_set);
  engagement.clear_plan_warnings();
  for (const auto& warning : draft.warnings) *engagement.add_plan_warnings() = warning;
}

// The stored task of a drafted one; nothing to do if it is done or has its day already.
absl::Status MoveTasks(Transaction& tx, bool only_say, const std::string& engagement,
                       const Milestones& present, const Draft& draft,
                       v1::ReplanEngagementResponse& response) {
  for (const v1::Task& wanted : draft.tasks) {
    const auto found = present.find(wanted.code());
    const bool fresh = found == present.end();
    if (!fresh && (found->second.state() != v1::Task::STATE_OPEN ||
                   FromProtoDate(found->second.due_date()) == FromProtoDate(wanted.due_date()))) {
      continue;
    }
    v1::Task task = fresh ? wanted : found->second;
    auto* move = response.add_moves();
    move->set_code(wanted.code());
    move->set_title(wanted.title());
    if (!fresh) *move->mutable_from_date() = task.due_date();
    *move->mutable_to_date() = wanted.due_date();
    *task.mutable_due_date() = wanted.due_date();
    if (fresh && !only_say) {
      task.set_name(engagement + "/tasks/" + NewId(tx.now()));
      SA_ASSIGN_OR_RETURN(task, kTasks.Insert(tx, std::move(task)));
    } else if (!only_say) {
      SA_ASSIGN_OR_RETURN(task, kTasks.Update(tx, std::move(task)));
    }
    move->set_task(task.name());
  }
  return absl::OkStatus();
}

// That steps had to be brought forward for the subsidy is said besides.
void WarnOfMoves(const v1::ReplanEngagementResponse& response, Draft& draft) {
  if (!draft.back) return;
  int earlier = 0;
  for (const auto& move : response.moves()) {
    const auto from = FromProtoDate(move.from_date());
    const auto to = FromProtoDate(move.to_date());
    if (from && to && *to < *from) ++earlier;
  }
  if (earlier == 0) return;
  v1::PlanWarning warning;
  warning.set_code(v1::PlanWarning::CODE_BROUGHT_FORWARD);
  warning.set_text(absl::StrCat("補助金の締め切りに合わせるため、", earlier,
                                "件の予定を早めました。日程をお客様とご確認ください。"));
  draft.warnings.push_back(std::move(warning));
}

}  // namespace

const content::v1::Offering* Opening::FindOffering(const content::Library& library,
                                                   const std::string& name) {
  return name.rfind("offerings/", 0) == 0 ? library.FindOffering(LastId(name)) : nullptr;
}

absl::StatusOr<Draft> Opening::MakeDraft(Transaction& tx, const v1::Engagement& engagement,
                                         int headcount, v1::PlanPath path) const {
  const auto* offering = FindOffering(library_, engagement.offering());
  if (offering == nullptr) return Internal("offering not loaded: " + engagement.offering());
  SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, tx.call().client_name()));
  const auto choice = domain::ChoosePlan(
      *offering, static_cast<content::v1::ClientKind>(client.kind()), headcount, path);
  Draft draft;
  draft.plan = library_.FindPlan(choice.plan());
  draft.criteria_set = choice.criteria_set();
  if (draft.plan == nullptr) return Internal("plan not loaded: " + choice.plan());
  const absl::CivilDay today = TokyoDay(tx.now());
  const absl::CivilDay start = FromProtoDate(engagement.start_date()).value_or(today);
  domain::Timetable timetable{calendar_, start,
                              FromProtoDate(engagement.due_date()).value_or(start), today};
  if (engagement.has_subsidy()) {
    const auto& target = engagement.subsidy();
    const auto* programme = library_.FindSubsidyProgramme(target.programme());
    if (programme == nullptr) return UnknownProgramme(library_, target.programme());
    draft.back = domain::PlanBack(*programme, target, engagement.star(), client, calendar_, today);
    timetable.declare_by = draft.back->declare_by;
    timetable.gbiz_apply_by = draft.back->gbiz_apply_by;
    draft.warnings = draft.back->warnings;
  }
  draft.tasks = domain::MakeTasks(*draft.plan, timetable);
  draft.visits = domain::MakeVisits(*draft.plan, timetable);
  return draft;
}

absl::Status Opening::StorePlan(Transaction& tx, const std::string& engagement,
                                Draft& draft) const {
  // Ids of one millisecond have no order, and lists are in the order of ids.
  absl::Time time = tx.now();
  for (v1::Task& task : draft.tasks) {
    time += absl::Milliseconds(1);
    task.set_name(engagement + "/tasks/" + NewId(time));
  }
  SA_RETURN_IF_ERROR(kTasks.InsertAll(tx, draft.tasks));
  for (v1::Visit& visit : draft.visits) {
    time += absl::Milliseconds(1);
    visit.set_name(engagement + "/visits/" + NewId(time));
  }
  return kVisits.InsertAll(tx, draft.visits);
}

absl::Status Opening::StoreOperation(Transaction& tx, const v1::Engagement& engagement,
                                     bool later_year) const {
  const auto* calendar =
      library_.Find<content::v1::ActivityCalendar>(engagement.editions().activity_calendar());
  if (calendar == nullptr) return absl::OkStatus();
  const absl::CivilDay start = *FromProtoDate(engagement.start_date());
  return StoreYear(tx, *calendar, engagement.name(),
                   domain::PlanYear(*calendar, start, calendar_, later_year), false)
      .status();
}

absl::StatusOr<v1::Engagement> Opening::Open(Transaction& tx, const v1::Quote& quote,
                                             const v1::AcceptQuoteRequest& request,
                                             bool later_year) const {
  const auto* offering = FindOffering(library_, quote.offering());
  if (offering == nullptr) return Internal("offering not loaded: " + quote.offering());
  const absl::CivilDay today = TokyoDay(tx.now());
  const absl::CivilDay start = FromProtoDate(request.start_date()).value_or(today);
  if (start < today) {
    return InvalidField("start_date", "lies in the past; want today or later",
                        "過去の日付です。今日以降を指定してください");
  }
  v1::Engagement engagement;
  engagement.set_name("engagements/" + NewId(tx.now()));
  engagement.set_client(tx.call().client_name());
  engagement.set_quote(quote.name());
  engagement.set_offering(quote.offering());
  engagement.set_star(offering->star());
  *engagement.mutable_editions() = EditionsOf(*offering);
  engagement.set_state(v1::Engagement::STATE_CONTRACTED);
  *engagement.mutable_start_date() = ToProtoDate(start);
  *engagement.mutable_due_date() = ToProtoDate(domain::DueDay(*offering, start));
  engagement.set_pilot(request.pilot());
  if (request.has_subsidy()) *engagement.mutable_subsidy() = request.subsidy();
  SA_ASSIGN_OR_RETURN(Draft draft, MakeDraft(tx, engagement, quote.headcount(), request.path()));
  Apply(draft, engagement);
  SA_ASSIGN_OR_RETURN(engagement, kEngagements.Insert(tx, std::move(engagement)));
  SA_RETURN_IF_ERROR(StorePlan(tx, engagement.name(), draft));
  SA_RETURN_IF_ERROR(StoreOperation(tx, engagement, later_year));
  domain::Figures figures;
  SA_ASSIGN_OR_RETURN(const v1::Readiness readiness, facts_.Judge(tx, engagement, {}, &figures));
  SA_RETURN_IF_ERROR(StoreSummary(tx, engagement.name(), readiness.summary(), figures));
  return GetWithSummary(tx, engagement.name());
}

absl::StatusOr<v1::ReplanEngagementResponse> Opening::Replan(
    Transaction& tx, const v1::ReplanEngagementRequest& request) const {
  SA_ASSIGN_OR_RETURN(v1::Engagement engagement, request.validate_only()
                                                     ? kEngagements.Get(tx, request.name())
                                                     : kEngagements.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), engagement.etag(), request.name()));
  SA_RETURN_IF_ERROR(domain::Check(engagement, "replan"));
  if (request.has_subsidy()) *engagement.mutable_subsidy() = request.subsidy();
  SA_ASSIGN_OR_RETURN(const v1::Quote quote, kQuotes.Get(tx, engagement.quote()));
  const v1::PlanPath path = request.path() == v1::PLAN_PATH_UNSPECIFIED
                                ? PathOf(library_, engagement.plan())
                                : request.path();
  SA_ASSIGN_OR_RETURN(Draft draft, MakeDraft(tx, engagement, quote.headcount(), path));
  SA_ASSIGN_OR_RETURN(const Milestones present, PlanTasks(tx, engagement.name()));
  v1::ReplanEngagementResponse response;
  SA_RETURN_IF_ERROR(
      MoveTasks(tx, request.validate_only(), engagement.name(), present, draft, response));
  WarnOfMoves(response, draft);
  Apply(draft, engagement);
  *response.mutable_warnings() = engagement.plan_warnings();
  response.set_feasible(!draft.back || draft.back->feasible);
  if (draft.back) {
    *response.mutable_declare_by() = ToProtoDate(draft.back->declare_by);
    *response.mutable_gbiz_apply_by() = ToProtoDate(draft.back->gbiz_apply_by);
  }
  if (request.validate_only()) {
    *response.mutable_engagement() = std::move(engagement);
    return response;
  }
  SA_RETURN_IF_ERROR(kEngagements.Update(tx, std::move(engagement)).status());
  SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, request.name()));
  SA_ASSIGN_OR_RETURN(*response.mutable_engagement(), GetWithSummary(tx, request.name()));
  return response;
}

}  // namespace staraction::engagement
