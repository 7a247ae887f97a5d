#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_SHAPE_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_SHAPE_H_

#include <pango/pango.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "services/document/layout/line_break.h"
#include "services/document/layout/style.h"
#include "services/document/model/resolved.h"

namespace staraction::document {

struct Glyph {
  unsigned index = 0;
  double x = 0;  // from the left edge of its atom
  double y = 0;  // downwards from the baseline
};

// What an atom draws.
struct Cluster {
  size_t byte_begin = 0;  // in ShapedText::text
  size_t byte_end = 0;
  size_t glyph_begin = 0;  // in ShapedText::glyphs
  size_t glyph_end = 0;
  size_t run = 0;   // in ShapedText::runs
  size_t font = 0;  // in ShapedText::fonts
};

// Text without forced breaks, shaped. atoms[i] and clusters[i] belong together.
struct ShapedText {
  Runs runs;  // its part of the runs
  std::string text;
  std::vector<Atom> atoms;
  std::vector<Cluster> clusters;
  std::vector<Glyph> glyphs;
  std::vector<std::shared_ptr<PangoFont>> fonts;
};

// Code points that no font has. For a variation selector: no font has that variant of a kanji.
using MissingGlyphs = std::set<char32_t>;

// Shapes the runs, one text for each line between forced breaks (at least one). Characters without
// a glyph are drawn as 〓 and added to `missing`; of a missing variant the plain kanji is drawn.
std::vector<ShapedText> Shape(PangoContext* context, const Runs& runs, const TextStyle& style,
                              MissingGlyphs& missing);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_SHAPE_H_
