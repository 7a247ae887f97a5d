#ifndef STARACTION_COMMON_AUTH_BASE64URL_H_
#define STARACTION_COMMON_AUTH_BASE64URL_H_

#include <optional>
#include <string>
#include <string_view>

namespace staraction {

// RFC 4648 section 5 without padding, as JOSE uses it.
std::string Base64UrlEncode(std::string_view bytes);

// Only the one text that Base64UrlEncode makes: no padding, no white space, no other alphabet, no
// stray bits at the end.
std::optional<std::string> Base64UrlDecode(std::string_view text);

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_BASE64URL_H_
