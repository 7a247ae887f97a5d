#include "services/gateway/front/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "common/base/strings.h"

namespace staraction::gateway {
namespace {

// Below a network packet nothing is won.
constexpr size_t kWorthIt = 1400;
constexpr int kGzipWindow = 15 + 16;  // zlib: with gzip's head and tail
constexpr int kMemory = 8;

bool IsText(const std::string& content_type) {
  return absl::StartsWith(content_type, "application/json") ||
         absl::StartsWith(content_type, "text/");
}

// "gzip;q=0" is a refusal (RFC 9110, 12.5.3).
// Empty if zlib has no memory.
std::string Gzip(const std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return "";
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace

bool TakesGzip(std::string_view accept_encoding) {
  for (const absl::string_view part : absl::StrSplit(ToAbsl(accept_encoding), ',')) {
    const std::pair<absl::string_view, absl::string_view> words =
        absl::StrSplit(part, absl::MaxSplits(';', 1));
    if (absl::AsciiStrToLower(absl::StripAsciiWhitespace(words.first)) != "gzip") continue;
    absl::string_view weight = absl::StripAsciiWhitespace(words.second);
    double quality = 1;
    if (absl::ConsumePrefix(&weight, "q=") && !absl::SimpleAtod(weight, &quality)) return false;
    return quality > 0;
  }
  return false;
}

void CompressFor(std::string_view accept_encoding, HttpReply& reply) {
  if (reply.body.size() < kWorthIt || !IsText(reply.content_type)) return;
  reply.headers.Add("Vary", "Accept-Encoding");
  if (!TakesGzip(accept_encoding)) return;
  std::string compressed = Gzip(reply.body);
  if (compressed.empty() || compressed.size() >= reply.body.size()) return;
  reply.body = std::move(compressed);
  reply.headers.Add("Content-Encoding", "gzip");
}

}  // namespace staraction::gateway
