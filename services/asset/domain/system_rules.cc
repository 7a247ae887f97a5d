#include "services/asset/domain/system_rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/content/language.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/asset/domain/scheme.h"

namespace staraction::asset::domain {
namespace {

const content::v1::CodeListEntry* FindKind(const content::v1::CodeList& kinds,
                                           const std::string& code) {
  const auto found = std::find_if(kinds.entries().begin(), kinds.entries().end(),
                                  [&code](const auto& each) { return each.code() == code; });
  return found == kinds.entries().end() ? nullptr : &*found;
}

void CheckAssets(const v1::System& system, std::vector<Violation>& wrong) {
  const std::string client = ClientOf(system.name());
  std::set<std::string> seen;
  for (int i = 0; i < system.assets_size(); ++i) {
    const std::string& name = system.assets(i);
    const std::string field = absl::StrCat("system.assets[", i, "]");
    if (!ParseName("clients/{client}/assets/{asset}", name).ok() || ClientOf(name) != client) {
      wrong.push_back({field,
                       absl::StrCat("'", name, "' came; want an entry of this client's ledger"),
                       absl::StrCat("「", name, "」はこの会社の台帳の項目ではありません")});
    } else if (!seen.insert(name).second) {
      wrong.push_back({field, absl::StrCat("'", name, "' came twice; want it once"),
                       absl::StrCat("「", name, "」が2回入力されました。1回だけ入れてください")});
    }
  }
}

}  // namespace

absl::Status CheckSystem(const content::v1::CodeList& kinds, const v1::System& system) {
  std::vector<Violation> wrong;
  if (FindKind(kinds, system.kind()) == nullptr) {
    const std::string choices =
        absl::StrJoin(kinds.entries(), ", ", [](std::string* out, const auto& each) {
          absl::StrAppend(out, each.code(), "（", each.label().ja(), "）");
        });
    wrong.push_back(
        {"system.kind", absl::StrCat("'", system.kind(), "' came; want one of ", choices),
         absl::StrCat("「", system.kind(), "」という種類はありません。次のいずれか: ", choices)});
  }
  const auto start = FromProtoDate(system.start_date());
  const auto end = FromProtoDate(system.support_end_date());
  if (system.has_start_date() && system.has_support_end_date() && start && end && *end < *start) {
    wrong.push_back({"system.support_end_date",
                     absl::StrCat(FormatIsoDate(*end), " came; want a day not before start_date ",
                                  FormatIsoDate(*start)),
                     absl::StrCat(FormatJapaneseDate(*end), "は利用開始日（",
                                  FormatJapaneseDate(*start), "）より前です")});
  }
  CheckAssets(system, wrong);
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

v1::SupportState SupportOn(const v1::System& system, absl::CivilDay day) {
  const auto end = FromProtoDate(system.support_end_date());
  if (!system.has_support_end_date() || !end) return v1::SUPPORT_STATE_UNSPECIFIED;
  if (*end < day) return v1::SUPPORT_STATE_ENDED;
  return *end - day <= kSupportEndingDays ? v1::SUPPORT_STATE_ENDING : v1::SUPPORT_STATE_SUPPORTED;
}

void Show(const content::v1::CodeList& kinds, absl::CivilDay today, Language language,
          v1::System& system) {
  const auto* kind = FindKind(kinds, system.kind());
  system.set_kind_display_name(kind == nullptr ? system.kind()
                                               : content::InLanguage(kind->label(), language));
  system.set_support_state(SupportOn(system, today));
}

}  // namespace staraction::asset::domain
