#include "common/table/words.h"

#include "absl/strings/str_join.h"
#include "common/base/text.h"
#include "common/base/utf8.h"

namespace staraction {

void Words::Add(const std::string& code, const std::string& label,
                const std::vector<std::string>& spellings) {
  labels_.push_back(label);
  label_of_.emplace(code, label);
  std::vector<std::string> words = spellings;
  words.push_back(label);
  words.push_back(code);
  for (const std::string& word : words) {
    const std::string key = FoldForSearch(word);
    codes_.emplace(key, code);
    if (Utf8Length(key) >= 3) long_.emplace_back(key, code);
  }
}

std::string Words::CodeOf(std::string_view word, bool inside) const {
  const std::string key = FoldForSearch(word);
  const auto found = codes_.find(key);
  if (found != codes_.end()) return found->second;
  if (!inside) return "";
  for (const auto& [part, code] : long_) {
    if (key.find(part) != std::string::npos) return code;
  }
  return "";
}

std::string Words::LabelOf(const std::string& code) const {
  const auto found = label_of_.find(code);
  return found == label_of_.end() ? "" : found->second;
}

std::string Words::JoinedLabels() const {
  return absl::StrJoin(labels_, "、");
}

}  // namespace staraction
