#include "common/content/announcement.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/content/wording.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/publication.h"

// The words of an announcement: made, and checked.
namespace staraction::declaration::domain {
namespace {

constexpr size_t kMaxFindings = 100;

v1::WordingFinding ToFinding(const content::WordingFinding& from,
                             const content::v1::WordingCheck& check) {
  v1::WordingFinding finding;
  finding.set_line(from.line);
  finding.set_sentence(from.sentence);
  finding.set_word(from.word);
  finding.set_check(check.id());
  finding.set_why(check.note().ja());
  for (const auto& suggestion : check.suggestions()) {
    if (suggestion.word() == from.word) finding.set_suggestion(suggestion.text().ja());
  }
  return finding;
}

std::map<std::string, std::string> VariablesFor(const v1::Declaration& declaration,
                                                const engagement::v1::Client& client,
                                                const content::Library& library) {
  std::map<std::string, std::string> values;
  values["company"] = client.trade_name().empty() ? client.legal_name() : client.trade_name();
  values["representative"] = client.representative_name();
  if (!client.representative_title().empty() && !client.representative_name().empty()) {
    values["representative"] =
        absl::StrCat(client.representative_title(), " ", client.representative_name());
  }
  values["website"] = client.website();
  values["star"] = declaration.star() == 2 ? "二つ星" : "一つ星";
  values["declaration_id"] = declaration.issued_id();
  if (declaration.has_submission()) {
    values["declared_on"] = FormatJapaneseDate(DayOf(declaration.submission().submit_date()));
  }
  if (const auto* list = library.FindRuleList(declaration.rule_list())) {
    values["rule_list"] = list->title().ja();
    std::string& rules = values["rules"];
    for (const auto& rule : list->rules()) {
      absl::StrAppend(&rules, rules.empty() ? "" : "\n", "- ", rule.title().ja());
    }
  }
  return values;
}

}  // namespace

std::vector<v1::WordingFinding> CheckWording(const std::string& text,
                                             const content::Library& library) {
  std::vector<v1::WordingFinding> findings;
  for (const auto* check : library.List<content::v1::WordingCheck>()) {
    for (const auto& found : content::FindForbiddenWording(text, *check)) {
      findings.push_back(ToFinding(found, *check));
    }
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return a.line() < b.line(); });
  if (findings.size() > kMaxFindings) findings.resize(kMaxFindings);
  return findings;
}

std::vector<v1::AnnouncementDraft> DraftAnnouncements(const v1::Declaration& declaration,
                                                      const engagement::v1::Client& client,
                                                      const content::Library& library) {
  const auto values = VariablesFor(declaration, client, library);
  std::vector<v1::AnnouncementDraft> drafts;
  for (const auto* from : library.List<content::v1::AnnouncementTemplate>()) {
    const auto& stars = from->stars();
    if (!stars.empty() &&
        std::find(stars.begin(), stars.end(), declaration.star()) == stars.end()) {
      continue;
    }
    auto& draft = drafts.emplace_back();
    draft.set_template_(from->id());
    draft.set_pack(absl::StrCat(from->pack().urn(), "@", from->pack().version()));
    draft.set_title(from->title().ja());
    draft.set_medium(from->medium());
    draft.set_hint(from->hint().ja());
    draft.set_body(content::FillVariables(from->body().text(), values));
    for (const std::string& name : content::VariablesOf(from->body().text())) {
      const auto value = values.find(name);
      if (value == values.end() || value->second.empty()) draft.add_missing(name);
    }
  }
  return drafts;
}

}  // namespace staraction::declaration::domain
