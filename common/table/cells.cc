#include "common/table/cells.h"

#include <algorithm>
#include <functional>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/text.h"
#include "common/base/utf8.h"

namespace staraction {
namespace {

using Keys = std::set<std::string, std::less<>>;

// Folded once: lists have a mark in every row.
Keys Folded(std::initializer_list<std::string_view> words) {
  Keys keys;
  for (const std::string_view word : words) keys.insert(FoldForSearch(word));
  return keys;
}

const Keys& UnsetMarks() {
  static const auto* marks = new Keys(Folded({"", "×", "x", "✕", "-", "ー", "―", "—", "無", "なし",
                                              "無し", "いいえ", "no", "false", "0", "非該当"}));
  return *marks;
}

const Keys& SetMarks() {
  static const auto* marks =
      new Keys(Folded({"○", "〇", "◯", "●", "◎", "o", "✓", "✔", "☑", "レ", "1", "有", "有り",
                       "あり", "はい", "yes", "true", "該当"}));
  return *marks;
}

}  // namespace

Parsed<bool> ParseMark(std::string_view cell) {
  if (cell.empty()) return false;
  const std::string word = FoldForSearch(cell);
  if (UnsetMarks().count(word) > 0) return false;
  if (SetMarks().count(word) > 0) return true;
  return Problem{std::string(cell), "want ○, or nothing",
                 "当てはまるときは○を、当てはまらないときは空にしてください"};
}

Parsed<std::optional<int64_t>> ParseCount(std::string_view cell, int64_t maximum) {
  std::string text = NormalizeCode(cell);
  if (text.empty()) return std::optional<int64_t>();
  for (const std::string_view prefix : {"約", "およそ"}) {
    if (text.starts_with(prefix)) text.erase(0, prefix.size());
  }
  for (const std::string_view suffix : {"人分", "人", "名", "件", "台", "本", "個", "つ"}) {
    if (text.ends_with(suffix)) {
      text.resize(text.size() - suffix.size());
      break;
    }
  }
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  int64_t value = 0;
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (digits && absl::SimpleAtoi(text, &value) && value <= maximum) {
    return std::optional<int64_t>(value);
  }
  return Problem{std::string(cell), absl::StrCat("want a whole number from 0 to ", maximum),
                 absl::StrCat("0から", maximum, "までの整数を入力してください")};
}

Parsed<std::string> ParseText(std::string_view cell, size_t limit, bool lines) {
  std::string text = lines ? std::string(cell) : NormalizeName(cell);
  if (Utf8Length(text) <= limit && IsPlainText(text, lines)) return text;
  if (Utf8Length(text) <= limit) {
    return Problem{std::string(cell), "want text without control characters",
                   "制御文字を含まない文字を入力してください"};
  }
  return Problem{absl::StrCat(Utf8Length(text), "文字"),
                 absl::StrCat("want at most ", limit, " characters"),
                 absl::StrCat(limit, "文字以内で入力してください")};
}

}  // namespace staraction
