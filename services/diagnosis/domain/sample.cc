#include "services/diagnosis/domain/sample.h"

#include <openssl/sha.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace staraction::diagnosis::domain {
namespace {

std::string Sha256(const std::string& text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace

int SampleSizeFor(const content::v1::SampleSize& rule, int population) {
  const int share = (population * rule.percent() + 99) / 100;
  return std::min(population, std::min(rule.at_most(), std::max(rule.at_least(), share)));
}

std::vector<std::string> DrawMembers(int64_t seed, std::vector<std::string> members, int size) {
  std::vector<std::pair<std::string, std::string>> order;
  for (std::string& member : members) {
    std::string digest = Sha256(absl::StrCat(seed, " ", member));
    order.emplace_back(std::move(digest), std::move(member));
  }
  std::sort(order.begin(), order.end());
  std::vector<std::string> drawn;
  for (auto& [digest, member] : order) {
    if (static_cast<int>(drawn.size()) == size) break;
    drawn.push_back(std::move(member));
  }
  return drawn;
}

}  // namespace staraction::diagnosis::domain
