#include "absl/strings/str_cat.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using engagement::v1::OutstandingMember;
using Members = google::protobuf::RepeatedPtrField<OutstandingMember>;

std::vector<std::string> Labels(const OutstandingMember& member) {
  std::vector<std::string> labels;
  for (const auto& item : member.items()) labels.push_back(item.label());
  return labels;
}

std::string CountText(int count) {
  return count == 0 ? "" : absl::StrCat(count);
}

// Members come by department, so that neighbours belong together.
void AddDepartments(const Members& members, TemplateData& data) {
  auto& departments = data.lists["department"];
  for (int begin = 0; begin < members.size();) {
    const std::string& name = members[begin].department();
    auto& people = data.lists[absl::StrCat("department[", departments.size(), "].member")];
    int end = begin;
    for (; end < members.size() && members[end].department() == name; ++end) {
      people.push_back({{"name", members[end].display_name()},
                        {"items", JoinedText(Labels(members[end]), "\n")},
                        {"last_day", ShortDate(members[end].last_contact_time())}});
    }
    departments.push_back(
        {{"name", name.empty() ? "所属なし" : name}, {"count", absl::StrCat(end - begin)}});
    begin = end;
  }
}

void AddSlips(const Members& members, TemplateData& data) {
  auto& slips = data.lists["slip"];
  int without_link = 0;
  int without_address = 0;
  for (const OutstandingMember& member : members) {
    if (member.url().empty()) {
      ++(member.has_link() ? without_address : without_link);
      continue;
    }
    data.lists[absl::StrCat("slip[", slips.size(), "].item")] = Rows(Labels(member), "label");
    const std::string& code = member.printed_code();
    slips.push_back({{"name", member.display_name()},
                     {"department", member.department()},
                     {"url", member.url()},
                     {"code_text", code.empty() ? "" : "確認コード " + code}});
  }
  data.fields["outstanding.without_link"] = CountText(without_link);
  data.fields["outstanding.without_address"] = CountText(without_address);
}

}  // namespace

void FillOutstandingList(const SubjectFacts& facts, TemplateData& data) {
  const Members& members = facts.outstanding.members();
  data.fields["outstanding.count"] = absl::StrCat(members.size());
  data.fields["outstanding.incomplete"] = facts.outstanding.silent_services().empty() ? "" : "1";
  AddDepartments(members, data);
  AddSlips(members, data);
}

}  // namespace staraction::document::domain
