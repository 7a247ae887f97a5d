#include "common/obs/trace.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/id.h"

namespace staraction {
namespace {

constexpr size_t kTraceIdBytes = 16;
constexpr size_t kSpanIdBytes = 8;
constexpr size_t kVersion00Size = 55;  // vv-tttttttttttttttttttttttttttttttt-ssssssssssssssss-ff

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsAllZero(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

std::string RandomHex(size_t bytes) {
  std::string hex;
  do {
    hex = absl::BytesToHexString(RandomBytes(bytes));
  } while (IsAllZero(hex));
  return hex;
}

}  // namespace

TraceContext NewTrace() {
  return {RandomHex(kTraceIdBytes), RandomHex(kSpanIdBytes), false};
}

TraceContext ChildOf(const TraceContext& parent) {
  return {parent.trace_id, RandomHex(kSpanIdBytes), parent.sampled};
}

std::optional<TraceContext> ParseTraceparent(std::string_view header) {
  if (header.size() < kVersion00Size) return std::nullopt;
  const std::string_view version = header.substr(0, 2);
  const std::string_view trace_id = header.substr(3, 32);
  const std::string_view span_id = header.substr(36, 16);
  const std::string_view flags = header.substr(53, 2);
  if (header[2] != '-' || header[35] != '-' || header[52] != '-') return std::nullopt;
  if (!IsLowerHex(version) || version == "ff") return std::nullopt;
  if (header.size() > kVersion00Size && (version == "00" || header[kVersion00Size] != '-')) {
    return std::nullopt;
  }
  if (!IsLowerHex(trace_id) || IsAllZero(trace_id)) return std::nullopt;
  if (!IsLowerHex(span_id) || IsAllZero(span_id)) return std::nullopt;
  if (!IsLowerHex(flags)) return std::nullopt;
  // The lowest bit of the flags, so an odd last digit; the even letters are a, c and e.
  const bool sampled = std::string_view("13579bdf").find(flags[1]) != std::string_view::npos;
  return TraceContext{std::string(trace_id), std::string(span_id), sampled};
}

bool IsRequestId(std::string_view text) {
  return text.size() >= 16 && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c == '-' || absl::ascii_isxdigit(static_cast<unsigned char>(c));
         });
}

std::string FormatTraceparent(const TraceContext& context) {
  return absl::StrCat("00-", context.trace_id, "-", context.span_id,
                      context.sampled ? "-01" : "-00");
}

TraceContext ContinueTrace(std::string_view header) {
  const auto caller = ParseTraceparent(header);
  return caller ? ChildOf(*caller) : NewTrace();
}

}  // namespace staraction
