#include "services/asset/domain/scheme.h"

#include <algorithm>

namespace staraction::asset::domain {
namespace {

template <typename List>
auto Find(const List& list, const std::string& code) -> decltype(&*list.begin()) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&code](const auto& each) { return each.code() == code; });
  return found == list.end() ? nullptr : &*found;
}

v1::StageUse Usual(const content::v1::StageProfile& profile) {
  v1::StageUse use;
  use.set_stage(profile.stage());
  use.set_absent(profile.absent());
  use.set_place(profile.place().ja());
  use.set_who(profile.who().ja());
  use.set_how(profile.how().ja());
  return use;
}

}  // namespace

const content::v1::Medium* FindMedium(const content::v1::AssetScheme& scheme,
                                      const std::string& code) {
  return Find(scheme.media(), code);
}

const content::v1::PersonalFlag* FindFlag(const content::v1::AssetScheme& scheme,
                                          const std::string& code) {
  return Find(scheme.flags(), code);
}

const content::v1::LedgerHint* FindHint(const content::v1::AssetScheme& scheme,
                                        const std::string& code) {
  return Find(scheme.hints(), code);
}

int RankOf(const content::v1::ValueScale& scale, const std::string& level) {
  for (int i = 0; i < scale.levels_size(); ++i) {
    if (scale.levels(i).code() == level) return i + 1;
  }
  return 0;
}

std::vector<v1::StageUse> StagesOf(const content::v1::AssetScheme& scheme, const v1::Asset& asset) {
  const content::v1::Medium* medium = FindMedium(scheme, asset.medium());
  std::vector<v1::StageUse> uses;
  for (const auto& stage : scheme.stages()) {
    v1::StageUse& use = uses.emplace_back();
    use.set_stage(stage.code());
    for (int i = 0; medium != nullptr && i < medium->profile_size(); ++i) {
      if (medium->profile(i).stage() == stage.code()) use = Usual(medium->profile(i));
    }
    for (const v1::StageUse& own : asset.profile()) {
      if (own.stage() == stage.code()) use = own;
    }
  }
  return uses;
}

}  // namespace staraction::asset::domain
