#ifndef STARACTION_COMMON_OBS_TRACE_H_
#define STARACTION_COMMON_OBS_TRACE_H_

#include <optional>
#include <string>
#include <string_view>

// W3C trace context: which call of which chain this is. Carried from the gateway to every service
// in the header `traceparent` and named in each log line.
namespace staraction {

inline constexpr char kTraceparentHeader[] = "traceparent";

struct TraceContext {
  std::string trace_id;  // 32 hexadecimal digits in lower case, not all zero.
  std::string span_id;   // 16 of them; this call's own.
  bool sampled = false;  // The caller records this trace.

  bool operator==(const TraceContext&) const = default;
};

// A new trace, not sampled.
TraceContext NewTrace();

// A call made by `parent`: same trace, span of its own.
TraceContext ChildOf(const TraceContext& parent);

// The header's value, or nothing unless it is wholly valid. Versions above 00 are read as far as
// 00 defines them.
std::optional<TraceContext> ParseTraceparent(std::string_view header);

// The header that carries the id of a request: the gateway's name for it, which its log line, every
// service's, the audit entry and an error's body have in common.
inline constexpr char kRequestIdHeader[] = "x-request-id";

// Whether a text may be taken over as such an id: 16 to 64 hexadecimal digits and hyphens, so that
// no words of a caller get into logs and records.
bool IsRequestId(std::string_view text);

// Version 00.
std::string FormatTraceparent(const TraceContext& context);

// The context of a call that came with this header (may be empty): a child of the caller's span,
// or a new trace if the header is not valid, so that a bad one is never handed on.
TraceContext ContinueTrace(std::string_view header);

}  // namespace staraction

#endif  // STARACTION_COMMON_OBS_TRACE_H_
