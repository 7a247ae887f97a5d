#ifndef STARACTION_COMMON_SEAL_SEAL_H_
#define STARACTION_COMMON_SEAL_SEAL_H_

#include <string>
#include <string_view>
#include <vector>

// Seals over printed values: SHA-256 of a text that anybody can write down from the print. A seal
// shows that nothing was changed or mistyped; it is no signature, since anybody can compute it.
namespace staraction {

struct SealedValue {
  std::string code;   // [A-Z0-9_]
  std::string value;  // one line
};

// "<form>/<version>" and a line feed, then for each value in order its code, "=", the value and a
// line feed. UTF-8 in Unicode's NFC; control characters in a value become spaces.
std::string CanonicalText(const std::string& form, int version,
                          const std::vector<SealedValue>& values);

// The same of a text that somebody typed or copied: NFC, line feeds for other line ends, one at the
// end.
std::string TidyCanonicalText(std::string_view text);

// SHA-256 as 64 hexadecimal digits in lower case.
std::string Seal(std::string_view canonical_text);

}  // namespace staraction

#endif  // STARACTION_COMMON_SEAL_SEAL_H_
