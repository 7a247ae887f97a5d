#include "services/asset/domain/hints.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/date.h"
#include "common/base/text.h"
#include "common/content/language.h"
#include "services/asset/domain/scheme.h"

namespace staraction::asset::domain {
namespace {

using content::v1::AssetScheme;
using content::v1::LedgerHint;
using content::v1::ValueScale;
using Values = std::vector<std::pair<std::string, std::string>>;

bool Dismissed(const v1::Asset& asset, const std::string& hint) {
  return std::any_of(asset.dismissed_hints().begin(), asset.dismissed_hints().end(),
                     [&hint](const auto& each) { return each.hint() == hint; });
}

bool HasFlag(const v1::Asset& asset, const std::string& code) {
  return std::find(asset.flags().begin(), asset.flags().end(), code) != asset.flags().end();
}

// The name without what tells a paper copy from a data copy, so that twins find each other.
std::string TwinName(const v1::Asset& asset) {
  std::string name = asset.display_name();
  for (const char* mark :
       {"（紙）", "(紙)", "（データ）", "(データ)", "（電子）", "(電子)", "（控え）", "(控え)"}) {
    name = absl::StrReplaceAll(name, {{mark, ""}});
  }
  return FoldForSearch(name);
}

// Entries that look alike but for their names.
using Likeness = std::tuple<std::string, std::string, std::string, int, std::string>;
Likeness LikenessOf(const v1::Asset& asset) {
  std::set<std::string> flags(asset.flags().begin(), asset.flags().end());
  std::string joined;
  for (const std::string& flag : flags) absl::StrAppend(&joined, flag, " ");
  return {asset.business(), asset.department(), asset.medium(), asset.importance_rank(), joined};
}

class Reviewer {
 public:
  Reviewer(const AssetScheme& scheme, const ValueScale& scale, const std::vector<v1::Asset>& assets,
           absl::CivilDay today, Language language)
      : scheme_(scheme), scale_(scale), assets_(assets), today_(today), language_(language) {
    for (const LedgerHint& hint : scheme.hints()) {
      auto& words = words_[hint.code()];
      for (const std::string& word : hint.words()) words.push_back(FoldForSearch(word));
    }
    for (const v1::Asset& asset : assets) {
      const auto* medium = FindMedium(scheme, asset.medium());
      if (medium != nullptr) (medium->paper() ? papers_ : data_).insert(TwinName(asset));
    }
  }

  std::vector<v1::AssetHint> Run() {
    for (const v1::Asset& asset : assets_) {
      LookAtName(asset);
      LookAtPersons(asset);
      LookAtLife(asset);
    }
    LookForSmallChange();
    return std::move(found_);
  }

 private:
  // Whether the folded text has one of the hint's words.
  bool Mentions(const std::string& folded, const char* hint) const {
    const auto words = words_.find(hint);
    return words != words_.end() &&
           std::any_of(words->second.begin(), words->second.end(), [&](const std::string& word) {
             return folded.find(word) != std::string::npos;
           });
  }

  void LookAtName(const v1::Asset& asset) {
    folded_name_ = FoldForSearch(asset.display_name());
    if (Mentions(folded_name_, "TWIN_MISSING")) {
      const auto* medium = FindMedium(scheme_, asset.medium());
      const auto& others = medium != nullptr && medium->paper() ? data_ : papers_;
      if (medium != nullptr && others.count(TwinName(asset)) == 0) {
        Add("TWIN_MISSING", asset, {{"{medium}", content::InLanguage(medium->title(), language_)}});
      }
    }
    if (asset.importance_rank() == scale_.levels_size()) AddIfMentioned("LOW_VALUE", asset);
    if (asset.flags().empty()) AddIfMentioned("FLAG_MISSING", asset);
    if (!HasFlag(asset, "SENSITIVE")) AddIfMentioned("SENSITIVE_MISSING", asset);
    AddIfMentioned("TOO_COARSE", asset);
  }

  void LookAtPersons(const v1::Asset& asset) {
    for (const std::string& code : asset.flags()) {
      const auto* flag = FindFlag(scheme_, code);
      if (flag != nullptr && flag->restricted() &&
          Mentions(FoldForSearch(asset.users()), "OPEN_TO_ALL")) {
        Add("OPEN_TO_ALL", asset,
            {{"{flag}", content::InLanguage(flag->title(), language_)},
             {"{users}", asset.users()}});
        break;
      }
    }
    if (asset.flags().empty()) return;
    if (!asset.has_persons()) Add("PERSONS_MISSING", asset, {});
    const auto* many = FindHint(scheme_, "MANY_PERSONS");
    if (many != nullptr && many->has_threshold() && asset.persons() >= many->threshold()) {
      Add("MANY_PERSONS", asset, {{"{persons}", absl::StrCat(asset.persons())}});
    }
  }

  void LookAtLife(const v1::Asset& asset) {
    for (const v1::StageUse& use : StagesOf(scheme_, asset)) {
      if (use.stage() == "DISPOSE" && (use.absent() || use.how().empty())) {
        Add("NO_DISPOSAL", asset, {});
      }
      if (use.stage() == "ENTRUST" && use.absent()) AddIfMentioned("ENTRUST_UNASKED", asset);
    }
    if (asset.retention().empty()) Add("NO_RETENTION", asset, {});
    if (asset.department().empty()) Add("NO_DEPARTMENT", asset, {});
    if (asset.backup().empty() && RankOf(scale_, asset.availability()) == 1) {
      Add("NO_BACKUP", asset, {});
    }
    const auto review = FromProtoDate(asset.review_date());
    if (asset.has_review_date() && review && *review < today_) {
      Add("REVIEW_OVERDUE", asset, {{"{date}", FormatJapaneseDate(*review)}});
    }
  }

  // Many entries that differ by their names only: told once, at the first of them.
  void LookForSmallChange() {
    const auto* hint = FindHint(scheme_, "TOO_FINE");
    if (hint == nullptr || !hint->has_threshold()) return;
    std::map<Likeness, std::vector<const v1::Asset*>> alike;
    for (const v1::Asset& asset : assets_) alike[LikenessOf(asset)].push_back(&asset);
    for (const auto& [likeness, entries] : alike) {
      if (static_cast<int64_t>(entries.size()) < hint->threshold()) continue;
      Add("TOO_FINE", *entries.front(),
          {{"{business}", entries.front()->business()}, {"{count}", absl::StrCat(entries.size())}});
    }
  }

  void AddIfMentioned(const char* code, const v1::Asset& asset) {
    if (Mentions(folded_name_, code)) Add(code, asset, {});
  }

  void Add(const char* code, const v1::Asset& asset, Values values) {
    const auto* hint = FindHint(scheme_, code);
    if (hint == nullptr || Dismissed(asset, code)) return;
    values.emplace_back("{name}", asset.display_name());
    v1::AssetHint& told = found_.emplace_back();
    told.set_hint(code);
    told.set_title(content::InLanguage(hint->title(), language_));
    told.set_text(absl::StrReplaceAll(content::InLanguage(hint->text(), language_), values));
    told.set_asset(asset.name());
    told.set_asset_display_name(asset.display_name());
  }

  const AssetScheme& scheme_;
  const ValueScale& scale_;
  const std::vector<v1::Asset>& assets_;
  const absl::CivilDay today_;
  const Language language_;
  std::map<std::string, std::vector<std::string>> words_;  // of each hint, folded
  std::set<std::string> papers_, data_;                    // names on paper, and as data
  std::string folded_name_;                                // of the asset in hand
  std::vector<v1::AssetHint> found_;
};

}  // namespace

std::vector<v1::AssetHint> Review(const AssetScheme& scheme, const ValueScale& scale,
                                  const std::vector<v1::Asset>& assets, absl::CivilDay today,
                                  Language language) {
  return Reviewer(scheme, scale, assets, today, language).Run();
}

}  // namespace staraction::asset::domain
