#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_CHAR_CLASS_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_CHAR_CLASS_H_

#include <cstdint>

namespace staraction::document {

// What a character is to Japanese line composition (after JIS X 4051).
enum class CharClass {
  kIdeograph,    // kanji, kana, other full-width signs: space may go around them
  kOpening,      // （「『: the left half is empty
  kClosing,      // ）」』、，: the right half is empty
  kFullStop,     // 。．: the right half is empty, never squeezed inside a line
  kMiddleDot,    // ・：；: a quarter is empty at both sides
  kInseparable,  // ……, ――: not parted from an equal neighbour
  kSpace,        // ASCII space
  kWideSpace,    // ideographic space
  kLatin,        // everything of proportional width
};

CharClass ClassOf(uint32_t code_point);

// Kinsoku: characters that a line never starts (行頭禁則) or ends (行末禁則) with.
bool ForbiddenAtStart(uint32_t code_point);
bool ForbiddenAtEnd(uint32_t code_point);

// Full-width Latin letters and digits, which are kept together where possible.
bool IsWideLatin(uint32_t code_point);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_CHAR_CLASS_H_
