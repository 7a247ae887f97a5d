#include "services/engagement/domain/message_text.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace staraction::engagement::domain {

MessageText FillTemplate(const content::v1::MessageTemplate& message,
                         const MessageVariables& variables) {
  std::string items;
  for (const v1::OpenItem& item : variables.items) {
    absl::StrAppend(&items, items.empty() ? "" : "\n", "・", item.label());
  }
  const std::string note =
      variables.note.empty() ? std::string() : absl::StrCat("\n", variables.note, "\n");
  // One pass over the text, so that nothing that is put in is replaced again.
  const std::vector<std::pair<std::string, std::string>> values = {
      {"{{name}}", variables.name}, {"{{client}}", variables.client},
      {"{{url}}", variables.url},   {"{{organization}}", variables.organization},
      {"{{items}}", items},         {"{{note}}", note}};
  return {absl::StrReplaceAll(message.subject().ja(), values),
          absl::StrReplaceAll(message.body().text(), values)};
}

}  // namespace staraction::engagement::domain
