#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

// The text is copied as it stands here, so its lines stay lines.
std::string KeepLines(const std::string& body) {
  return absl::StrReplaceAll(body, {{"\n\n", "\n\n"}, {"\n", "\\\n"}});
}

}  // namespace

void FillAnnouncement(const SubjectFacts& facts, TemplateData& data) {
  auto& drafts = data.lists["draft"];
  for (const auto& draft : facts.announcement_drafts) {
    const std::string prefix = absl::StrCat("draft[", drafts.size(), "].");
    data.prose[prefix + "body"] = KeepLines(draft.body());
    auto& notes = data.lists[prefix + "note"];
    if (!draft.hint().empty()) notes.push_back({{"text", draft.hint()}});
    if (!draft.missing().empty()) {
      notes.push_back({{"text", "〔　〕のところは、分かってから書き入れてください。"}});
    }
    drafts.push_back({{"title", draft.title()}});
  }
}

}  // namespace staraction::document::domain
