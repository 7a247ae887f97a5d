#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_LINE_BREAK_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_LINE_BREAK_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/document/layout/char_class.h"

// The line breaker: Japanese composition after JIS X 4051 over shaped clusters. It knows no fonts
// and no drawing; lengths are in any one unit (the layout uses points).
namespace staraction::document {

// A cluster: what is never parted, mostly one character.
struct Atom {
  CharClass char_class = CharClass::kIdeograph;
  uint32_t first = 0;      // its first code point
  uint32_t last = 0;       // its last base code point
  double advance = 0;      // width as the font has it
  double em = 0;           // font size
  bool may_break = false;  // Unicode allows a line break before it
};

// A line: atoms [begin, end) at their places.
struct BrokenLine {
  size_t begin = 0;
  size_t end = 0;
  // Left edge of each atom from the start of the line. Spaces at the end hang over the edge.
  std::vector<double> x;
  // From the start to the right edge of the last visible atom, without squeezed blanks.
  double width = 0;
  // The break at its end is none that Unicode and kinsoku allow: inside a word, or worse.
  bool emergency = false;
};

struct BreakRequest {
  double first_width = 0;  // room in the first line
  double width = 0;        // room in every other line
  bool justify = true;     // both edges straight (but the last line's right one)
};

// Breaks one paragraph (without forced breaks in it) so that the sum of all stretching and
// squeezing is least. Punctuation next to punctuation is set half wide, brackets at the start of a
// line too; punctuation is squeezed before, or gaps between characters are widened (by a quarter em
// at most) so that lines fill their width. A last line of a lone character is avoided. Words and
// URLs are parted only where nothing else fits, kinsoku is broken only where no character fits
// otherwise, and a line is wider than its room only if a single atom is. No atoms: one empty line.
std::vector<BrokenLine> BreakLines(const std::vector<Atom>& atoms, const BreakRequest& request);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_LINE_BREAK_H_
