#include "services/diagnosis/domain/book.h"

#include <map>
#include <set>
#include <string>

namespace staraction::diagnosis::domain {
namespace {

using Rules = google::protobuf::RepeatedPtrField<v1::Rule>;

void AddEntries(const Rules& rules, v1::RulebookSection section, Sections& sections) {
  for (const auto& rule : rules) {
    if (rule.rule_code() != section.rule_code()) continue;
    v1::RulebookEntry& entry = *section.add_entries();
    entry.set_rule(rule.name());
    entry.set_revision(rule.revision());
    entry.set_text(rule.text());
    entry.set_short_text(rule.short_text().empty() ? rule.text() : rule.short_text());
    *entry.mutable_effective_date() = rule.effective_date();
  }
  if (section.entries_size() > 0) *sections.Add() = std::move(section);
}

std::map<std::string, int> Revisions(const Sections& sections) {
  std::map<std::string, int> revisions;
  for (const auto& section : sections) {
    for (const auto& entry : section.entries()) revisions[entry.rule()] = entry.revision();
  }
  return revisions;
}

}  // namespace

Sections SectionsOf(const Rules& rules, const content::v1::RuleList& list) {
  Sections sections;
  std::set<std::string> others;
  for (const auto& rule : rules) others.insert(rule.rule_code());
  for (const auto& basic : list.rules()) {
    v1::RulebookSection section;
    section.set_rule_code(basic.code());
    section.set_number(basic.number());
    section.set_title(basic.title().ja());
    AddEntries(rules, std::move(section), sections);
    others.erase(basic.code());
  }
  for (const std::string& code : others) {
    v1::RulebookSection section;
    section.set_rule_code(code);
    AddEntries(rules, std::move(section), sections);
  }
  return sections;
}

v1::RulebookChanges ChangesOf(const Sections& before, const Sections& now) {
  const auto old_revisions = Revisions(before);
  auto gone = old_revisions;
  v1::RulebookChanges changes;
  for (const auto& [rule, revision] : Revisions(now)) {
    const auto old = old_revisions.find(rule);
    if (old == old_revisions.end()) {
      changes.set_added(changes.added() + 1);
    } else if (old->second != revision) {
      changes.set_changed(changes.changed() + 1);
    }
    gone.erase(rule);
  }
  changes.set_removed(static_cast<int>(gone.size()));
  return changes;
}

}  // namespace staraction::diagnosis::domain
