#include "common/resource/page.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/resource/fingerprint.h"
#include "common/status/errors.h"
#include "staraction/common/v1/page_token.pb.h"

namespace staraction {
namespace {

using common::v1::PageToken;

constexpr int kVersion = 1;
// 128 bits: enough to tell requests apart, and a short token.
constexpr size_t kHashBytes = 16;

std::string HashOf(const google::protobuf::Message& request) {
  return DigestWithout(request, {"page_size", "page_token"}).substr(0, kHashBytes);
}

bool Decode(const std::string& text, PageToken* token) {
  std::string bytes;
  return absl::WebSafeBase64Unescape(text, &bytes) && token->ParseFromString(bytes);
}

// A key goes into SQL, which cuts texts at a NUL.
bool IsKey(const PageToken& token, size_t key_fields) {
  const auto& key = token.last_key();
  if (key.empty() || (key_fields != 0 && static_cast<size_t>(key.size()) != key_fields)) {
    return false;
  }
  return std::none_of(key.begin(), key.end(),
                      [](const std::string& part) { return part.find('\0') != std::string::npos; });
}

}  // namespace

absl::StatusOr<PageQuery> ReadPage(int32_t page_size, const std::string& token,
                                   const google::protobuf::Message& request, size_t key_fields) {
  if (page_size < 0) {
    return InvalidField("page_size",
                        absl::StrCat("'", page_size, "' came; wanted 0 (", kDefaultPageSize,
                                     " rows) to ", kMaxPageSize),
                        absl::StrCat("「", page_size, "」は使えません。0（", kDefaultPageSize,
                                     "件）から", kMaxPageSize, "までの数を指定してください"));
  }
  PageQuery query;
  if (page_size > 0) query.size = std::min<int>(page_size, kMaxPageSize);
  if (token.empty()) return query;
  PageToken decoded;
  if (!Decode(token, &decoded) || decoded.version() != kVersion ||
      decoded.request_hash() != HashOf(request) || !IsKey(decoded, key_fields)) {
    return InvalidFields({{"page_token",
                           "not a token of this list with these fields; wanted next_page_token of "
                           "the page before, or none to start again",
                           "この一覧と条件のトークンではありません。前のページの next_page_token "
                           "を指定するか、空にして最初から読んでください"}},
                         error::v1::ERROR_REASON_PAGE_TOKEN_INVALID);
  }
  query.after_key.assign(decoded.last_key().begin(), decoded.last_key().end());
  return query;
}

std::string NextToken(const google::protobuf::Message& request,
                      const std::vector<std::string>& last_key) {
  PageToken token;
  token.set_version(kVersion);
  token.set_request_hash(HashOf(request));
  token.mutable_last_key()->Assign(last_key.begin(), last_key.end());
  return absl::WebSafeBase64Escape(token.SerializeAsString());
}

}  // namespace staraction
