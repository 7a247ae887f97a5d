#include "services/engagement/domain/plan.h"

#include <algorithm>

#include "common/base/date.h"

namespace staraction::engagement::domain {
namespace {

using absl::CivilDay;

std::string StepNumber(const content::v1::Plan& plan, const std::string& code) {
  for (const auto& step : plan.steps()) {
    if (step.code() == code) return step.number();
  }
  return code;
}

int DeclareOffset(const content::v1::Plan& plan) {
  for (const auto& milestone : plan.milestones()) {
    if (milestone.role() == content::v1::MILESTONE_ROLE_DECLARE) return milestone.day_offset();
  }
  return 0;
}

// The next business day, but not behind `last`; then the one before, but not before `first`.
CivilDay Fit(const BusinessCalendar& calendar, CivilDay day, CivilDay first, CivilDay last) {
  const CivilDay next = calendar.OnOrAfter(std::max(day, first));
  if (next <= last) return next;
  const CivilDay before = calendar.OnOrBefore(last);
  return before < first ? first : before;
}

bool Fits(const content::v1::PlanChoice& choice, content::v1::ClientKind kind, int headcount,
          content::v1::PlanPath path) {
  if (choice.path() != path) return false;
  if (headcount < choice.min_people()) return false;
  if (choice.max_people() > 0 && headcount > choice.max_people()) return false;
  return choice.client_kinds().empty() ||
         std::count(choice.client_kinds().begin(), choice.client_kinds().end(), kind) > 0;
}

}  // namespace

content::v1::PlanChoice ChoosePlan(const content::v1::Offering& offering,
                                   content::v1::ClientKind kind, int headcount, v1::PlanPath path) {
  const auto wanted = path == v1::PLAN_PATH_EXPRESS ? content::v1::PLAN_PATH_EXPRESS
                                                    : content::v1::PLAN_PATH_STANDARD;
  for (const auto& choice : offering.plan_choices()) {
    if (Fits(choice, kind, headcount, wanted)) return choice;
  }
  content::v1::PlanChoice own;
  own.set_path(content::v1::PLAN_PATH_STANDARD);
  own.set_plan(offering.plan());
  own.set_criteria_set(offering.editions().criteria_set());
  return own;
}

CivilDay DueDay(const content::v1::Offering& offering, CivilDay start) {
  const absl::CivilMonth month = absl::CivilMonth(start) + offering.max_months();
  const CivilDay last = CivilDay(month + 1) - 1;
  return std::min(CivilDay(month) + (start.day() - 1), last);
}

CivilDay DayOf(const content::v1::Plan& plan, int offset, const Timetable& timetable) {
  const CivilDay day = timetable.start + offset;
  const CivilDay declare = timetable.start + DeclareOffset(plan);
  const bool early = timetable.declare_by && *timetable.declare_by < declare;
  if (!early || day > declare) {
    return Fit(timetable.calendar, day, timetable.start, timetable.due);
  }
  const CivilDay base = std::max(timetable.start, timetable.today);
  const CivilDay last = std::max(base, *timetable.declare_by);
  const auto span = std::max<absl::civil_diff_t>(1, declare - base);
  const auto behind = std::max<absl::civil_diff_t>(0, day - base);
  return Fit(timetable.calendar, base + behind * (last - base) / span, base, last);
}

std::vector<v1::Task> MakeTasks(const content::v1::Plan& plan, const Timetable& timetable) {
  std::vector<v1::Task> tasks;
  for (const auto& milestone : plan.milestones()) {
    v1::Task task;
    task.set_code(milestone.code());
    task.set_title(milestone.title().ja());
    task.set_step(StepNumber(plan, milestone.step()));
    task.set_side(milestone.side() == content::v1::SIDE_CLIENT ? v1::SIDE_CLIENT
                                                               : v1::SIDE_CONSULTANT);
    CivilDay day = DayOf(plan, milestone.day_offset(), timetable);
    if (milestone.role() == content::v1::MILESTONE_ROLE_GBIZ_APPLY && timetable.gbiz_apply_by) {
      day = std::max(std::min(day, *timetable.gbiz_apply_by),
                     std::max(timetable.start, timetable.today));
    }
    *task.mutable_due_date() = ToProtoDate(day);
    task.set_state(v1::Task::STATE_OPEN);
    task.set_done_when(milestone.done_when());
    task.set_source(v1::TASK_SOURCE_MILESTONE);
    tasks.push_back(std::move(task));
  }
  return tasks;
}

std::vector<v1::Visit> MakeVisits(const content::v1::Plan& plan, const Timetable& timetable) {
  std::vector<v1::Visit> visits;
  for (const auto& planned : plan.visits()) {
    v1::Visit visit;
    visit.set_code(planned.code());
    visit.set_title(planned.title().ja());
    *visit.mutable_planned_date() = ToProtoDate(DayOf(plan, planned.day_offset(), timetable));
    for (const auto& line : planned.agenda()) visit.add_agenda(line.ja());
    visit.set_means(v1::Visit::MEANS_ONSITE);
    visit.set_state(v1::Visit::STATE_PLANNED);
    visits.push_back(std::move(visit));
  }
  return visits;
}

}  // namespace staraction::engagement::domain
