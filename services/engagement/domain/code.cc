#include "services/engagement/domain/code.h"

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace staraction::engagement::domain {

std::string LabelOf(const content::v1::CodeList& list, const std::string& code) {
  for (const auto& entry : list.entries()) {
    if (entry.code() == code) return entry.label().ja();
  }
  return code;
}

absl::Status CheckCode(const content::v1::CodeList& list, const std::string& code,
                       const std::string& field) {
  std::string known;
  for (const auto& entry : list.entries()) {
    if (code.empty() || entry.code() == code) return absl::OkStatus();
    absl::StrAppend(&known, known.empty() ? "" : ", ", entry.code());
  }
  return InvalidField(field, absl::StrCat("'", code, "' is unknown; want one of ", known),
                      absl::StrCat("「", code, "」は「", list.title().ja(),
                                   "」にありません。次のいずれか: ", known));
}

}  // namespace staraction::engagement::domain
