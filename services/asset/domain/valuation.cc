#include "services/asset/domain/valuation.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/content/language.h"
#include "services/asset/domain/scheme.h"

namespace staraction::asset::domain {
namespace {

using content::v1::AssetScheme;
using content::v1::ValueScale;

// "PAPER（書類）, USB（…）": what can be chosen.
template <typename List>
std::string Choices(const List& list) {
  return absl::StrJoin(list, ", ", [](std::string* out, const auto& each) {
    absl::StrAppend(out, each.code(), "（", each.title().ja(), "）");
  });
}

template <typename List>
void CheckCode(const List& list, const std::string& code, const std::string& field,
               std::vector<Violation>& wrong) {
  const bool known = std::any_of(list.begin(), list.end(),
                                 [&code](const auto& each) { return each.code() == code; });
  if (known) return;
  const std::string choices = Choices(list);
  wrong.push_back({field, absl::StrCat("'", code, "' came; want one of ", choices),
                   absl::StrCat("「", code, "」という値はありません。次のいずれか: ", choices)});
}

void CheckOnce(bool first, const std::string& code, const std::string& field,
               std::vector<Violation>& wrong) {
  if (first) return;
  wrong.push_back({field, absl::StrCat("'", code, "' came twice; want it once"),
                   absl::StrCat("「", code, "」が2回入力されました。1回だけ入れてください")});
}

bool Raised(const AssetScheme& scheme, const v1::Asset& asset) {
  if (asset.liability()) return true;
  return std::any_of(asset.flags().begin(), asset.flags().end(), [&](const std::string& code) {
    const auto* flag = FindFlag(scheme, code);
    return flag != nullptr && flag->raises();
  });
}

// The highest of the three as the company judged them; 0 if the scale has none of them.
int JudgedRank(const ValueScale& scale, const v1::Asset& asset) {
  int best = 0;
  for (const std::string& level :
       {asset.confidentiality(), asset.integrity(), asset.availability()}) {
    const int rank = RankOf(scale, level);
    if (rank > 0 && (best == 0 || rank < best)) best = rank;
  }
  return best;
}

int NumberOf(const ValueScale& scale, const std::string& level) {
  const int rank = RankOf(scale, level);
  return rank == 0 ? 0 : scale.levels(rank - 1).value();
}

}  // namespace

std::vector<Violation> CodeProblems(const AssetScheme& scheme, const ValueScale& scale,
                                    const v1::Asset& asset, const std::string& prefix) {
  std::vector<Violation> wrong;
  CheckCode(scheme.media(), asset.medium(), prefix + "medium", wrong);
  std::set<std::string> seen;
  for (int i = 0; i < asset.flags_size(); ++i) {
    const std::string field = absl::StrCat(prefix, "flags[", i, "]");
    CheckCode(scheme.flags(), asset.flags(i), field, wrong);
    CheckOnce(seen.insert(asset.flags(i)).second, asset.flags(i), field, wrong);
  }
  CheckCode(scale.levels(), asset.confidentiality(), prefix + "confidentiality", wrong);
  CheckCode(scale.levels(), asset.integrity(), prefix + "integrity", wrong);
  CheckCode(scale.levels(), asset.availability(), prefix + "availability", wrong);
  seen.clear();
  for (int i = 0; i < asset.profile_size(); ++i) {
    const std::string& stage = asset.profile(i).stage();
    const std::string field = absl::StrCat(prefix, "profile[", i, "].stage");
    CheckCode(scheme.stages(), stage, field, wrong);
    CheckOnce(seen.insert(stage).second, stage, field, wrong);
  }
  if (asset.liability() && asset.liability_reason().empty()) {
    wrong.push_back({prefix + "liability_reason", "nothing came; want why, since liability is set",
                     "値がありません。法的責任などがあるとしたときは、理由を入力してください"});
  }
  return wrong;
}

void Value(const AssetScheme& scheme, const ValueScale& scale, v1::Asset& asset) {
  const int rank = Raised(scheme, asset) ? 1 : JudgedRank(scale, asset);
  asset.set_importance_rank(rank);
  asset.set_importance_level(rank == 0 ? "" : scale.levels(rank - 1).code());
}

void Show(const AssetScheme& scheme, const ValueScale& scale, Language language, v1::Asset& asset) {
  asset.set_importance(NumberOf(scale, asset.importance_level()));
  asset.set_confidentiality_value(NumberOf(scale, asset.confidentiality()));
  asset.set_integrity_value(NumberOf(scale, asset.integrity()));
  asset.set_availability_value(NumberOf(scale, asset.availability()));
  if (Raised(scheme, asset) && JudgedRank(scale, asset) > 1) {
    asset.set_raise_reason(content::InLanguage(scale.raise_reason(), language));
  }
  const auto* medium = FindMedium(scheme, asset.medium());
  asset.set_medium_display_name(medium == nullptr ? asset.medium()
                                                  : content::InLanguage(medium->title(), language));
  asset.clear_stages();
  for (v1::StageUse& use : StagesOf(scheme, asset)) *asset.add_stages() = std::move(use);
}

}  // namespace staraction::asset::domain
