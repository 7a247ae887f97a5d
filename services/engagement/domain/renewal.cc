#include "services/engagement/domain/renewal.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace staraction::engagement::domain {
namespace {

using Item = v1::Engagement::RenewalItem;

void Add(v1::Engagement::Renewal& renewal, Item::Kind kind, const std::string& code,
         const std::string& text) {
  Item* item = renewal.add_items();
  item->set_kind(kind);
  item->set_code(code);
  item->set_text(text);
}

void AddChange(v1::Engagement::Renewal& renewal, const std::string& code, const std::string& before,
               const std::string& now) {
  if (before == now) return;
  const auto shown = [](const std::string& value) {
    return value.empty() ? std::string("なし") : value;
  };
  Add(renewal, Item::KIND_CHANGED, code,
      absl::StrCat("前回: ", shown(before), "、今回: ", shown(now)));
}

}  // namespace

v1::Engagement::Renewal CompareCycles(const v1::Engagement& previous, const v1::Engagement& next,
                                      const v1::Readiness& readiness) {
  v1::Engagement::Renewal renewal;
  renewal.set_previous(previous.name());
  AddChange(renewal, "offering", previous.offering(), next.offering());
  AddChange(renewal, "star", absl::StrCat(previous.star()), absl::StrCat(next.star()));
  const auto* editions = v1::Engagement::Editions::descriptor();
  const auto* reflection = v1::Engagement::Editions::GetReflection();
  for (int i = 0; i < editions->field_count(); ++i) {
    const auto* field = editions->field(i);
    AddChange(renewal, "editions." + field->name(),
              reflection->GetString(previous.editions(), field),
              reflection->GetString(next.editions(), field));
  }
  for (const bool kept : {true, false}) {
    for (const auto& criterion : readiness.criteria()) {
      if ((criterion.verdict() == v1::CriterionState::VERDICT_MET) != kept) continue;
      Add(renewal, kept ? Item::KIND_KEPT : Item::KIND_RESET, criterion.code(), criterion.title());
    }
  }
  return renewal;
}

}  // namespace staraction::engagement::domain
