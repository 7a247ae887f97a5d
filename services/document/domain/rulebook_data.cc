#include "absl/strings/str_cat.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using diagnosis::v1::RulebookSection;

std::string ChangesText(const diagnosis::v1::RulebookChanges& changes) {
  const auto part = [](const char* what, int count) {
    return count == 0 ? std::string() : absl::StrCat(what, count, "件");
  };
  return JoinedText({part("追加", changes.added()), part("変更", changes.changed()),
                     part("廃止", changes.removed())},
                    "・");
}

void AddSections(const google::protobuf::RepeatedPtrField<RulebookSection>& sections,
                 TemplateData& data) {
  auto& list = data.lists["section"];
  for (const RulebookSection& section : sections) {
    if (section.entries().empty()) continue;
    auto& entries = data.lists[absl::StrCat("section[", list.size(), "].entry")];
    const std::string number = section.number() == 0 ? "" : absl::StrCat(section.number());
    const std::string title = section.title().empty() ? "そのほかのルール" : section.title();
    list.push_back(
        {{"number", number}, {"title", title}, {"heading", JoinedText({number, title}, "　")}});
    for (const auto& entry : section.entries()) {
      entries.push_back(
          {{"text", entry.text()},
           {"short_text", entry.short_text().empty() ? entry.text() : entry.short_text()},
           {"day", ShortDate(entry.effective_date())}});
    }
  }
}

// Who is told when something is wrong: who answers for incidents, else for security as a whole.
std::string ContactText(const std::vector<engagement::v1::RoleAssignment>& roles) {
  for (const char* role : {"INCIDENT_RESPONSE", "SECURITY_MANAGER"}) {
    std::vector<std::string> names;
    for (const auto& assignment : roles) {
      if (assignment.role() == role) names.push_back(assignment.member_display_name());
    }
    if (!names.empty()) return JoinedText(names, "、");
  }
  return "";
}

}  // namespace

void FillRulebook(const SubjectFacts& facts, TemplateData& data) {
  // The version's own texts if it is what the document is about, else those in force today.
  const bool frozen = facts.rulebook.name().empty();
  const auto& version = facts.rulebook_version;
  int count = 0;
  const auto& sections = frozen ? version.sections() : facts.rulebook.sections();
  for (const auto& section : sections) count += section.entries_size();
  const std::string unpublished = frozen ? "" : ChangesText(facts.rulebook.unpublished_changes());
  data.fields["rulebook.version"] =
      version.number() == 0 ? "" : absl::StrCat("第", version.number(), "版");
  data.fields["rulebook.effective_date"] = DateText(version.effective_date());
  data.fields["rulebook.approve_date"] = DateText(version.approve_date());
  data.fields["rulebook.approver"] = version.approver_display_name();
  data.fields["rulebook.note"] = version.note();
  data.fields["rulebook.rule_count"] = absl::StrCat(count);
  data.fields["rulebook.contact"] = ContactText(facts.roles);
  data.fields["rulebook.unpublished"] = unpublished;
  AddSections(sections, data);
}

}  // namespace staraction::document::domain
