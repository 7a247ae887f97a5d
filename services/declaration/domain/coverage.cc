#include "services/declaration/domain/coverage.h"

#include <algorithm>

#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "services/declaration/domain/day.h"

namespace staraction::declaration::domain {
namespace {

// Whether the act counts at the moment.
bool Counts(const v1::PledgeEvent& event, absl::Time moment, Knowledge knowledge) {
  const absl::Time recorded = FromTimestamp(event.record_time());
  const bool on_record_day =
      !event.has_effective_date() || DayOf(event.effective_date()) == TokyoDay(recorded);
  if (knowledge == Knowledge::kThen || on_record_day) return recorded <= moment;
  return DayOf(event.effective_date()) <= TokyoDay(moment);
}

struct Standing {
  bool pledged = false;
  bool exempt = false;
};

Standing StandingAt(const PledgeHistory& history, absl::Time moment, Knowledge knowledge) {
  Standing standing;
  for (const v1::PledgeEvent& event : history.events) {
    if (!Counts(event, moment, knowledge)) continue;
    switch (event.kind()) {
      case v1::PledgeEvent::KIND_SIGNED:
      case v1::PledgeEvent::KIND_RECORDED:
        standing = {.pledged = true, .exempt = false};
        break;
      case v1::PledgeEvent::KIND_WITHDRAWN:
        standing.pledged = false;
        break;
      case v1::PledgeEvent::KIND_EXEMPTED:
        standing.exempt = true;
        break;
      case v1::PledgeEvent::KIND_INCLUDED:
        standing.exempt = false;
        break;
      default:
        break;
    }
  }
  return standing;
}

void Add(const v1::Pledge& pledge, Standing standing, v1::Coverage& coverage) {
  if (standing.exempt && !standing.pledged) {
    coverage.set_exempt(coverage.exempt() + 1);
    return;
  }
  coverage.set_counted(coverage.counted() + 1);
  if (standing.pledged) coverage.set_pledged(coverage.pledged() + 1);
  if (!pledge.president()) return;
  if (standing.pledged) coverage.set_president_pledged(true);
  if (!standing.pledged) coverage.set_president_pending(true);
}

void SetRatio(v1::Coverage& coverage) {
  coverage.set_ratio(
      coverage.counted() == 0 ? 0 : static_cast<double>(coverage.pledged()) / coverage.counted());
}

bool IsOnList(const PledgeHistory& history, absl::Time moment) {
  return FromTimestamp(history.pledge.create_time()) <= moment;
}

}  // namespace

v1::CampaignCoverage ReportCoverage(const std::vector<PledgeHistory>& histories,
                                    absl::Time moment) {
  v1::CampaignCoverage report;
  *report.mutable_as_of_time() = ToTimestamp(moment);
  *report.mutable_known_then() = CoverageAt(histories, moment, Knowledge::kThen);
  *report.mutable_known_now() = CoverageAt(histories, moment, Knowledge::kNow);
  for (auto& department : DepartmentsAt(histories, moment)) {
    *report.add_departments() = std::move(department);
  }
  return report;
}

v1::Coverage CoverageAt(const std::vector<PledgeHistory>& histories, absl::Time moment,
                        Knowledge knowledge) {
  v1::Coverage coverage;
  for (const PledgeHistory& history : histories) {
    if (!IsOnList(history, moment)) continue;
    Add(history.pledge, StandingAt(history, moment, knowledge), coverage);
  }
  SetRatio(coverage);
  return coverage;
}

std::vector<v1::DepartmentCoverage> DepartmentsAt(const std::vector<PledgeHistory>& histories,
                                                  absl::Time moment) {
  std::vector<v1::DepartmentCoverage> departments;
  for (const PledgeHistory& history : histories) {
    if (!IsOnList(history, moment)) continue;
    const std::string& name = history.pledge.department();
    auto department = std::find_if(departments.begin(), departments.end(),
                                   [&](const auto& each) { return each.department() == name; });
    if (department == departments.end()) {
      department = departments.emplace(departments.end());
      department->set_department(name);
    }
    Add(history.pledge, StandingAt(history, moment, Knowledge::kNow),
        *department->mutable_coverage());
  }
  for (auto& department : departments) SetRatio(*department.mutable_coverage());
  return departments;
}

}  // namespace staraction::declaration::domain
