#include "services/engagement/domain/plan.h"

#include <algorithm>

#include "common/base/date.h"

namespace staraction::engagement::domain {
namespace {

std::string StepNumber(const content::v1::Plan& plan, const std::string& code) {
  for (const auto& step : plan.steps()) {
    if (step.code() == code) return step.number();
  }
  return code;
}

}  // namespace

absl::CivilDay DueDay(const content::v1::Offering& offering, absl::CivilDay start) {
  const absl::CivilMonth month = absl::CivilMonth(start) + offering.max_months();
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (start.day() - 1), last);
}

std::vector<v1::Task> MakeTasks(const content::v1::Plan& plan, absl::CivilDay start,
                                absl::CivilDay due) {
  std::vector<v1::Task> tasks;
  for (const auto& milestone : plan.milestones()) {
    v1::Task task;
    task.set_code(milestone.code());
    task.set_title(milestone.title().ja());
    task.set_step(StepNumber(plan, milestone.step()));
    task.set_side(milestone.side() == content::v1::SIDE_CLIENT ? v1::SIDE_CLIENT
                                                               : v1::SIDE_CONSULTANT);
    *task.mutable_due_date() = ToProtoDate(std::min(start + milestone.day_offset(), due));
    task.set_state(v1::Task::STATE_OPEN);
    task.set_done_when(milestone.done_when());
    task.set_source(v1::TASK_SOURCE_MILESTONE);
    tasks.push_back(std::move(task));
  }
  return tasks;
}

}  // namespace staraction::engagement::domain
