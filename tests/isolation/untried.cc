#include "tests/isolation/untried.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace staraction::test {
namespace {

constexpr char kUnpaired[] = "unpaired ";
constexpr char kLeaking[] = "leaking ";
constexpr char kShallow[] = "shallow ";

}  // namespace

std::set<std::string> Untried(const std::map<std::string, Tried>& tried) {
  std::set<std::string> untried;
  for (const auto& [field, how] : tried) {
    if (how.pairs == 0) untried.insert(kUnpaired + field);
    if (how.pairs > 0 && !how.past_shape) untried.insert(kShallow + field);
  }
  return untried;
}

std::vector<std::string> CompareUntried(const std::map<std::string, Tried>& tried,
                                        const std::string& list) {
  std::vector<std::string> faults;
  std::set<std::string> listed;
  for (const auto line : absl::StrSplit(list, '\n', absl::SkipEmpty())) {
    if (absl::StartsWith(line, "#") || absl::StartsWith(line, kLeaking)) continue;
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(line, absl::MaxSplits(": ", 1));
    if (parts.second.empty()) faults.push_back(absl::StrCat("no reason: ", line));
    listed.insert(parts.first);
  }
  const std::set<std::string> untried = Untried(tried);
  for (const std::string& field : untried) {
    if (listed.count(field) > 0) continue;
    const std::string& refusal = tried.at(field.substr(field.find(' ') + 1)).refusal;
    faults.push_back(
        absl::StrCat("not in the list: ", field, refusal.empty() ? "" : ": ", refusal));
  }
  for (const std::string& field : listed) {
    if (untried.count(field) == 0) faults.push_back("in the list, but tried or gone: " + field);
  }
  return faults;
}

int LeastLeaking(const std::string& list) {
  for (absl::string_view line : absl::StrSplit(list, '\n')) {
    int percent = 0;
    if (!absl::ConsumePrefix(&line, kLeaking)) continue;
    return absl::SimpleAtoi(line.substr(0, line.find(':')), &percent) ? percent : 100;
  }
  return 100;
}

}  // namespace staraction::test
