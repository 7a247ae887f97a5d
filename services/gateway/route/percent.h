#ifndef STARACTION_SERVICES_GATEWAY_ROUTE_PERCENT_H_
#define STARACTION_SERVICES_GATEWAY_ROUTE_PERCENT_H_

#include <optional>
#include <string>
#include <string_view>

namespace staraction::gateway {

// Whether the bytes are well-formed UTF-8 (no surrogates, nothing overlong) without NUL.
bool IsCleanUtf8(std::string_view text);

// The text behind "%E5%B1%B1"; nothing if an escape is broken or the outcome isn't clean UTF-8.
// In a query string '+' stands for a space.
std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_space);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_ROUTE_PERCENT_H_
