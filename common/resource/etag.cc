#include "common/resource/etag.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/resource/text.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

// Tells our etags from other texts, and leaves room for another kind.
constexpr char kKind = 'v';

}  // namespace

std::string Etag(int64_t version) {
  return absl::StrCat("\"", absl::WebSafeBase64Escape(absl::StrCat(std::string(1, kKind), version)),
                      "\"");
}

std::optional<int64_t> EtagVersion(const std::string& text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  std::string inside;
  int64_t version = 0;
  if (absl::WebSafeBase64Unescape(text.substr(1, text.size() - 2), &inside) && !inside.empty() &&
      inside[0] == kKind && absl::SimpleAtoi(inside.substr(1), &version) && Etag(version) == text) {
    return version;
  }
  return std::nullopt;
}

absl::Status CheckEtag(const std::string& sent, const std::string& present,
                       const std::string& name) {
  if (sent.empty() || sent == present) return absl::OkStatus();
  if (EtagVersion(sent)) return EtagMismatch(name);
  const std::string shown = Shorten(sent);
  return InvalidField(
      "etag", absl::StrCat("'", shown, "' came; wanted the etag of a reply, with its quotes"),
      absl::StrCat("「", shown,
                   "」は使えません。応答の etag を引用符を含めてそのまま指定してください"));
}

}  // namespace staraction
