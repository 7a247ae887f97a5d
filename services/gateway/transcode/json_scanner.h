#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_SCANNER_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_SCANNER_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace staraction::gateway {

// Takes JSON apart into its tokens, as strictly as RFC 8259 says. Refuses besides: bytes that are
// not UTF-8, NUL (also as \u0000) and halves of surrogate pairs, since no string field may hold
// them. Each Take… moves on and returns true, or remembers a fault and returns false.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  // The next character that is no white space, or '\0' at the end. A '"', '{', '[', '-', digit or
  // letter tells which kind of value begins.
  char Peek();
  bool Take(char c);  // the structural character that must come now
  bool TakeString(std::string* out);
  bool TakeNumber();
  bool TakeWord(std::string_view word);  // true, false, null

  // How far it has come, and the text from such a place on until where it stands now.
  size_t at() const { return at_; }
  std::string_view Since(size_t begin) const { return text_.substr(begin, at_ - begin); }

  // Where the scanner stands, for messages, from 1 on. Columns count bytes.
  struct Place {
    size_t line = 1;
    size_t column = 1;
  };
  Place place() const;
  // What was expected where it stands; empty as long as everything went well.
  const std::string& fault() const { return fault_; }
  bool Fail(const std::string& what);

 private:
  bool TakeDigits();
  bool TakeEscape(std::string* out);
  bool TakeHex(unsigned* unit);
  bool TakeUnicodeEscape(std::string* out);

  std::string_view text_;
  size_t at_ = 0;
  std::string fault_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_SCANNER_H_
