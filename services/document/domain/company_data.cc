#include <map>

#include "absl/strings/str_cat.h"
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
  const absl::CivilMonth first(facts.today);
  for (int i = 0; i < 12; ++i) {
    data.fields[absl::StrCat("calendar.month_", i + 1)] = absl::StrCat((first + i).month(), "月");
  }
  data.fields["calendar.period"] =
      absl::StrCat(first.year(), "年", first.month(), "月〜", (first + 11).year(), "年",
                   (first + 11).month(), "月");
  auto& list = data.lists["activity"];
  for (const auto& activity : facts.calendar.activities()) {
    const auto role = facts.role_labels.find(activity.role());
    FieldValues row = {{"title", activity.title().ja()},
                       {"purpose", activity.purpose().ja()},
                       {"evidence", activity.evidence().ja()},
                       {"role", role == facts.role_labels.end() ? "" : role->second}};
    // Business days as days of the week's five, which is near enough for a month.
    const absl::CivilMonth begin(facts.today + activity.first_business_days() * 7 / 5);
    for (int i = 0; i < 12; ++i) {
      const auto after = first + i - begin;
      const bool again = activity.every_months() > 0 && after % activity.every_months() == 0;
      row[absl::StrCat("month_", i + 1)] = after == 0 || (after > 0 && again) ? "●" : "";
    }
    list.push_back(std::move(row));
  }
}

}  // namespace staraction::document::domain
