#ifndef STARACTION_COMMON_BASE_TEXT_H_
#define STARACTION_COMMON_BASE_TEXT_H_

#include <string>
#include <string_view>

// Japanese text as people type it. What is stored keeps every kanji as it came: 髙, 﨑, 𠮷,
// compatibility ideographs and variation selectors are part of a name. Only search keys fold.
// All functions take valid UTF-8 (others' bytes become U+FFFD) and are thread-safe.
namespace staraction {

// For codes, numbers, dates, mail addresses: full-width ASCII and spaces become ASCII, the many
// hyphens and minus signs become '-' (the long vowel mark ー only behind an ASCII letter or digit),
// spaces at both ends go away. Everything else stays.
std::string NormalizeCode(std::string_view text);

// For names of people, companies, departments: spaces at both ends go away, several inner ones
// become the first of them (tabs and line ends become U+0020). Everything else stays.
std::string NormalizeName(std::string_view text);

// For readings (フリガナ): as NormalizeName, and half-width katakana become full-width, with their
// voicing marks composed. Hiragana stay.
std::string NormalizeKana(std::string_view text);

// The key by which a text is found: kanji variants (髙 高, 﨑 崎, 邉 辺, 齋 斉, 𠮷 吉), width,
// case, hiragana and katakana, compatibility characters are the same; spaces and variation
// selectors are gone. Part of a key finds part of a text. Never shown, never stored instead of the
// text.
std::string FoldForSearch(std::string_view text);

// Spaces of any width, tabs, line ends.
bool IsSpace(char32_t code_point);

// Whether there is a control character (U+0000 to U+001F, U+007F to U+009F) or line separator;
// with `allow_lines`, line feeds and tabs are none.
bool HasControlCharacter(std::string_view text, bool allow_lines);

// Fit to be stored: valid UTF-8 without control characters (NUL among them).
bool IsPlainText(std::string_view text, bool allow_lines);

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_TEXT_H_
