#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

// Who answers for what, each role once, its people joined.
void AddRoles(const SubjectFacts& facts, TemplateData& data) {
  std::vector<std::string> order;
  std::map<std::string, std::pair<std::string, std::string>> roles;  // label and names by code
  for (const auto& assignment : facts.roles) {
    auto& [label, names] = roles[assignment.role()];
    if (names.empty()) order.push_back(assignment.role());
    label = assignment.role_label();
    names = JoinedText({names, assignment.member_display_name()}, "、");
  }
  auto& list = data.lists["role"];
  for (const std::string& code : order) {
    const auto& [label, names] = roles[code];
    data.fields["role." + code] = names;
    list.push_back({{"label", label}, {"name", names}});
  }
}

std::string RoleLabel(const SubjectFacts& facts, const std::string& role) {
  const auto found = facts.role_labels.find(role);
  return found == facts.role_labels.end() ? "" : found->second;
}

// This month, or the one in which the first activity is due.
absl::CivilMonth FirstMonth(const SubjectFacts& facts) {
  return absl::CivilMonth(
      facts.activities.empty() ? facts.today : *FromProtoDate(facts.activities.front().due_date()));
}

std::string MonthKey(absl::CivilMonth month, const SubjectFacts& facts) {
  return absl::StrCat("month_", month - FirstMonth(facts) + 1);
}

FieldValues YearRow(const std::string& title, const std::string& purpose,
                    const std::string& evidence, const std::string& who) {
  FieldValues row = {{"title", title}, {"purpose", purpose}, {"evidence", evidence}, {"role", who}};
  for (int i = 1; i <= kCalendarMonths; ++i) row[absl::StrCat("month_", i)] = "";
  row["done"] = "";
  return row;
}

// What the content's calendar would plan today.
std::vector<FieldValues> ContentYear(const SubjectFacts& facts) {
  std::vector<FieldValues> rows;
  for (const auto& kind : facts.calendar.activities()) {
    FieldValues row = YearRow(kind.title().ja(), kind.purpose().ja(), kind.evidence().ja(),
                              RoleLabel(facts, kind.role()));
    // Business days as days of the week's five, which is near enough for a month.
    absl::CivilMonth month(facts.today + kind.first_business_days() * 7 / 5);
    for (; month < absl::CivilMonth(facts.today) + kCalendarMonths; month += kind.every_months()) {
      row[MonthKey(month, facts)] = "●";
      if (kind.every_months() == 0) break;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

const char* MarkOf(engagement::v1::Activity::State state) {
  switch (state) {
    case engagement::v1::Activity::STATE_DONE:
      return "済";
    case engagement::v1::Activity::STATE_SKIPPED:
      return "－";
    default:
      return "●";
  }
}

// One row for all times of the same thing, in the order in which they are due first.
std::vector<FieldValues> PlannedYear(const SubjectFacts& facts) {
  std::vector<FieldValues> rows;
  for (const auto& activity : facts.activities) {
    const absl::CivilMonth month(*FromProtoDate(activity.due_date()));
    if (month >= FirstMonth(facts) + kCalendarMonths) break;
    auto row = std::find_if(rows.begin(), rows.end(),
                            [&](auto& each) { return each.at("title") == activity.title(); });
    if (row == rows.end()) {
      const std::string& owner = activity.owner_display_name();
      row =
          rows.insert(row, YearRow(activity.title(), activity.purpose(), activity.evidence_wanted(),
                                   owner.empty() ? RoleLabel(facts, activity.role()) : owner));
    }
    (*row)[MonthKey(month, facts)] = MarkOf(activity.state());
    if (!activity.has_effective_date()) continue;
    const absl::CivilDay day = *FromProtoDate(activity.effective_date());
    std::string& done = (*row)["done"];
    absl::StrAppend(&done, done.empty() ? "" : "、", day.month(), "/", day.day());
  }
  return rows;
}

}  // namespace

void FillCompany(const SubjectFacts& facts, TemplateData& data) {
  const auto& client = facts.client;
  // One person alone employs nobody; where the number is not known, take it that there are some.
  const bool employs = client.employee_count() != 1;
  data.fields["client.business"] = client.business();
  data.fields["client.website"] = client.website();
  data.fields["facts.employs"] = employs ? "1" : "";
  data.fields["facts.develops"] = client.kind() == engagement::v1::CLIENT_KIND_IT_VENDOR ? "1" : "";
  if (!client.practices().empty()) {
    for (const std::string& code : facts.practice_codes) data.fields["practice." + code] = "";
    for (const std::string& code : client.practices()) data.fields["practice." + code] = "1";
  }
  AddRoles(facts, data);
}

void FillYearCalendar(const SubjectFacts& facts, TemplateData& data) {
  const absl::CivilMonth first = FirstMonth(facts);
  for (int i = 0; i < kCalendarMonths; ++i) {
    data.fields[absl::StrCat("calendar.month_", i + 1)] = absl::StrCat((first + i).month(), "月");
  }
  const absl::CivilMonth last = first + kCalendarMonths - 1;
  data.fields["calendar.period"] = absl::StrCat(first.year(), "年", first.month(), "月〜",
                                                last.year(), "年", last.month(), "月");
  data.lists["activity"] = facts.activities.empty() ? ContentYear(facts) : PlannedYear(facts);
}

}  // namespace staraction::document::domain
