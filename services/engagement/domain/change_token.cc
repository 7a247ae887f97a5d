#include "services/engagement/domain/change_token.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/errors.h"

namespace staraction::engagement::domain {

std::string FormatChangeToken(const Versions& versions) {
  return absl::StrJoin(versions, "-", absl::PairFormatter("."));
}

absl::StatusOr<Versions> ParseChangeToken(const std::string& token) {
  Versions versions;
  for (const absl::string_view part : absl::StrSplit(token, '-', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> pair = absl::StrSplit(part, absl::MaxSplits('.', 1));
    int64_t version = 0;
    const bool name =
        !pair.first.empty() && std::all_of(pair.first.begin(), pair.first.end(), [](char c) {
          return absl::ascii_islower(static_cast<unsigned char>(c));
        });
    if (!name || !absl::SimpleAtoi(pair.second, &version) || version < 0 ||
        !versions.emplace(pair.first, version).second) {
      return InvalidField("change_token", "is not a token that a watch has given",
                          "監視で受け取ったトークンではありません");
    }
  }
  return versions;
}

std::vector<std::string> ChangedServices(const Versions& seen, const Versions& now) {
  std::vector<std::string> changed;
  for (const auto& [service, version] : now) {
    const auto before = seen.find(service);
    if (before == seen.end() || before->second < version) changed.push_back(service);
  }
  return changed;
}

}  // namespace staraction::engagement::domain
