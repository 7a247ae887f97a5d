#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/text.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

// Importing finds codes by what files say, so one spelling can't mean two of them.
template <typename Entries>
void CheckSpellings(const CheckContext& context, const google::protobuf::Message& owner,
                    const Entries& entries, const char* field, const Where& where) {
  std::map<std::string, std::string> owners;
  for (int i = 0; i < entries.size(); ++i) {
    const auto& entry = entries.Get(i);
    std::vector<std::string> words(entry.spellings().begin(), entry.spellings().end());
    words.push_back(entry.title().ja());
    for (const std::string& word : words) {
      const auto [at, added] = owners.emplace(FoldForSearch(word), entry.code());
      if (added || at->second == entry.code()) continue;
      context.Report(where.At(owner, field, i),
                     absl::StrCat("\"", word, "\" means ", at->second, ", too"));
    }
  }
}

// Every stage once, each with all that people see of it.
void CheckProfile(const CheckContext& context, const v1::AssetScheme& scheme,
                  const v1::Medium& medium, const Where& where) {
  std::set<std::string> told;
  for (int i = 0; i < medium.profile_size(); ++i) {
    const auto& profile = medium.profile(i);
    const Where place = where.At(medium, "profile", i);
    if (!Has(scheme.stages(), profile.stage())) {
      context.Report(place, absl::StrCat("there is no stage ", profile.stage()));
    }
    if (!told.insert(profile.stage()).second) context.Report(place, "stands here twice");
    const bool whole = profile.has_place() && profile.has_who() && profile.has_how();
    const bool some = profile.has_place() || profile.has_who() || profile.has_how();
    if (profile.absent() ? some : !whole) {
      context.Report(place, "place, who and how are all there, or the stage is absent");
    }
  }
  for (const auto& stage : scheme.stages()) {
    if (told.count(stage.code()) == 0) {
      context.Report(where, absl::StrCat("no profile of stage ", stage.code()));
    }
  }
}

void CheckLevel(const CheckContext& context, const std::string& level, const Where& where) {
  for (const auto* scale : context.catalogue.List<v1::ValueScale>()) {
    if (!Has(scale->levels(), level)) {
      context.Report(where, absl::StrCat(scale->id(), " has no level ", level));
    }
  }
}

void CheckEntry(const CheckContext& context, const v1::AssetScheme& scheme,
                const v1::AssetTemplateEntry& entry, const Where& where) {
  if (!Has(scheme.media(), entry.medium())) {
    context.Report(where.At(entry, "medium"), absl::StrCat("there is no medium ", entry.medium()));
  }
  for (int i = 0; i < entry.flags_size(); ++i) {
    if (!Has(scheme.flags(), entry.flags(i))) {
      context.Report(where.At(entry, "flags", i),
                     absl::StrCat("there is no flag ", entry.flags(i)));
    }
  }
  for (int i = 0; i < entry.profile_size(); ++i) {
    if (!Has(scheme.stages(), entry.profile(i).stage())) {
      context.Report(where.At(entry, "profile", i),
                     absl::StrCat("there is no stage ", entry.profile(i).stage()));
    }
  }
  CheckLevel(context, entry.confidentiality(), where.At(entry, "confidentiality"));
  CheckLevel(context, entry.integrity(), where.At(entry, "integrity"));
  CheckLevel(context, entry.availability(), where.At(entry, "availability"));
}

}  // namespace

void Check(const CheckContext& context, const v1::AssetScheme& scheme, const Where& where) {
  for (int i = 0; i < scheme.media_size(); ++i) {
    CheckProfile(context, scheme, scheme.media(i), where.At(scheme, "media", i));
  }
  CheckSpellings(context, scheme, scheme.media(), "media", where);
  CheckSpellings(context, scheme, scheme.flags(), "flags", where);
  CheckSpellings(context, scheme, scheme.columns(), "columns", where);
  CheckSpellings(context, scheme, scheme.system_columns(), "system_columns", where);
  for (int i = 0; i < scheme.hints_size(); ++i) {
    const auto& hint = scheme.hints(i);
    if (hint.has_threshold()) {
      const Where place = where.At(scheme, "hints", i);
      CheckRange(context, hint.threshold(), 1, 1'000'000, place.At(hint, "threshold"));
    }
  }
}

void Check(const CheckContext& context, const v1::ValueScale& scale, const Where& where) {
  constexpr const char* kCodes[] = {"TOP", "MIDDLE", "BOTTOM"};
  if (scale.levels_size() != 3) {
    context.Report(where, absl::StrCat(scale.levels_size(), " levels, want 3"));
    return;
  }
  const int top = scale.levels(0).value();
  CheckRange(context, top, 2, 3, where.At(scale, "levels", 0).At(scale.levels(0), "value"));
  for (int i = 0; i < 3; ++i) {
    const auto& level = scale.levels(i);
    const Where place = where.At(scale, "levels", i);
    if (level.code() != kCodes[i]) {
      context.Report(place, absl::StrCat("the code is ", kCodes[i], " in every edition"));
    }
    CheckRange(context, level.value(), top - i, top - i, place.At(level, "value"));
  }
}

void Check(const CheckContext& context, const v1::AssetTemplate& ledger, const Where& where) {
  const auto* industries = context.Resolve<v1::CodeList>("industries");
  if (industries != nullptr && !Has(industries->entries(), ledger.industry())) {
    context.Report(where.At(ledger, "industry"),
                   absl::StrCat("there is no industry ", ledger.industry()));
  }
  const auto* scheme = context.Resolve<v1::AssetScheme>(ledger.asset_scheme());
  if (scheme == nullptr) return;  // Reported as a dangling reference.
  for (int i = 0; i < ledger.entries_size(); ++i) {
    CheckEntry(context, *scheme, ledger.entries(i), where.At(ledger, "entries", i));
  }
}

}  // namespace staraction::content
