#include "services/training/report_service.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "services/training/act.h"
#include "services/training/courses.h"
#include "services/training/domain/progress.h"
#include "services/training/domain/report.h"
#include "services/training/store/completion_store.h"
#include "services/training/store/report_store.h"

namespace staraction::training {
namespace {

using pg::Transaction;
using v1::TrainingReport;

// Days of the history: each asks the roster of its day.
constexpr int kMostDays = 12;

// The moment at which the day ends in Japan, which has no summer time.
absl::Time EndOf(absl::CivilDay day) {
  return absl::FromCivil(day + 1, absl::FixedTimeZone(9 * 60 * 60)) - absl::Microseconds(1);
}

std::set<std::string> CompletedMembers(const std::vector<CourseProgress>& progress) {
  std::set<std::string> completed;
  for (const auto& [key, courses] : ByMember(progress)) {
    if (CompleteCourse(courses) != nullptr) completed.insert(key.second);
  }
  return completed;
}

// Counts one more person.
void Count(bool completed, v1::TrainingCoverage& coverage) {
  coverage.set_counted_count(coverage.counted_count() + 1);
  if (completed) coverage.set_completed_count(coverage.completed_count() + 1);
  coverage.set_ratio(static_cast<double>(coverage.completed_count()) / coverage.counted_count());
}

v1::TrainingCoverage CoverageOf(const std::vector<Person>& people,
                                const std::set<std::string>& completed) {
  v1::TrainingCoverage coverage;
  for (const Person& person : people) {
    if (person.counted) Count(completed.count(person.member.name()) > 0, coverage);
  }
  return coverage;
}

void AddDepartments(const std::vector<Person>& people, const std::set<std::string>& completed,
                    TrainingReport& report) {
  std::map<std::string, v1::TrainingCoverage> departments;
  for (const Person& person : people) {
    if (!person.counted) continue;
    Count(completed.count(person.member.name()) > 0, departments[person.member.department()]);
  }
  for (auto& [name, coverage] : departments) {
    auto* department = report.add_departments();
    department->set_department(name);
    *department->mutable_coverage() = std::move(coverage);
  }
}

}  // namespace

absl::StatusOr<ReportService::Rosters> ReportService::ReadRosters(const Call& call,
                                                                  const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(std::vector<absl::CivilDay> days, pool_.Read(call, [&](Transaction& tx) {
    return RecordDays(tx, engagement);
  }));
  Rosters rosters;
  for (const absl::CivilDay day : PickDays(std::move(days), TokyoDay(call.now), kMostDays)) {
    SA_ASSIGN_OR_RETURN(rosters[day], roster_.List(call, engagement, day));
  }
  return rosters;
}

absl::Status ReportService::AddCoverage(Transaction& tx, const std::string& engagement,
                                        const Rosters& rosters, TrainingReport& report) const {
  const absl::CivilDay today = rosters.rbegin()->first;
  for (const auto& [day, people] : rosters) {
    SA_ASSIGN_OR_RETURN(
        const std::vector<CourseProgress> progress,
        ReadProgress(tx, engagement, day == today ? absl::InfiniteFuture() : EndOf(day)));
    const std::set<std::string> completed = CompletedMembers(progress);
    auto* point = report.add_history();
    *point->mutable_date() = ToProtoDate(day);
    *point->mutable_coverage() = CoverageOf(people, completed);
    if (day == today) AddDepartments(people, completed, report);
  }
  *report.mutable_coverage() = report.history().rbegin()->coverage();
  *report.mutable_roster_date() = ToProtoDate(today);
  return absl::OkStatus();
}

absl::Status ReportService::AddTests(Transaction& tx, const std::string& engagement,
                                     const std::vector<Person>& people,
                                     TrainingReport& report) const {
  SA_ASSIGN_OR_RETURN(const std::vector<v1::Attempt> attempts, ReadGraded(tx, engagement));
  SA_ASSIGN_OR_RETURN(const AttemptCounts counts, CountAttempts(tx, engagement));
  report.set_tested_count(counts.tested);
  report.set_passed_count(counts.passed);
  report.set_retest_count(counts.retests);
  const bool consultant = IsConsultant(tx.call());
  const content::v1::Course* course =
      attempts.empty() ? nullptr
                       : FindCourse(library_, attempts.front().course(), attempts.front().pack());
  *report.mutable_effect() = EffectOf(attempts, "", consultant);
  for (const auto& [topic, rule] : TopicsOf(attempts)) {
    auto* effect = report.add_topics();
    effect->set_topic(topic);
    effect->set_title(TopicTitle(course, topic));
    effect->set_rule(rule);
    *effect->mutable_effect() = EffectOf(attempts, topic, consultant);
  }
  std::map<std::string, std::string> departments;
  for (const Person& person : people) {
    departments[person.member.name()] = person.member.department();
  }
  for (auto& cell : DepartmentTopicsOf(attempts, departments)) {
    cell.set_title(TopicTitle(course, cell.topic()));
    *report.add_weak_topics() = std::move(cell);
  }
  if (!consultant) return absl::OkStatus();
  for (auto& item : ItemsOf(attempts)) *report.add_items() = std::move(item);
  return absl::OkStatus();
}

ReportService::Reactor* ReportService::GetTrainingReport(
    Context* context, const v1::GetTrainingReportRequest* request, TrainingReport* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<TrainingReport> {
        const std::string engagement = EngagementOf(request->name());
        SA_ASSIGN_OR_RETURN(const Rosters rosters, ReadRosters(call, engagement));
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<TrainingReport> {
          TrainingReport report;
          report.set_name(request->name());
          *report.mutable_read_time() = pg::ToTimestamp(call.now);
          SA_RETURN_IF_ERROR(AddCoverage(tx, engagement, rosters, report));
          SA_RETURN_IF_ERROR(AddTests(tx, engagement, rosters.rbegin()->second, report));
          return report;
        });
      });
}

}  // namespace staraction::training
