#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_NUMBER_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_NUMBER_H_

#include <string>

namespace staraction::gateway {

// JSON knows no integers: 1e3 and 5.0 are some, too, up to 2^53, as far as a double has them all.
// A JSON number as such an integer in digits; one that is none comes back as it is.
std::string InDigits(const std::string& number);

// Whether an integer has no other spelling: "1", not "01" or "-0". Only for texts that are one.
bool IsShortestInteger(const std::string& text);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_NUMBER_H_
