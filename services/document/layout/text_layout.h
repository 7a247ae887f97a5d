#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_TEXT_LAYOUT_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_TEXT_LAYOUT_H_

#include <vector>

#include "services/document/layout/display_list.h"
#include "services/document/layout/shape.h"
#include "services/document/layout/style.h"
#include "services/document/model/resolved.h"

namespace staraction::document {

// What every step of the layout needs. One thread's.
struct LayoutContext {
  PangoContext* pango = nullptr;
  const StyleSheet& style;
  MissingGlyphs& missing;
};

// Where a text goes, in points from the left edge of the flow.
struct TextFrame {
  double x = 0;
  double width = 0;
  double first_indent = 0;
  v1::Alignment alignment = v1::ALIGNMENT_UNSPECIFIED;
};

// A line; y is 0 at its top.
struct LaidLine {
  double height = 0;
  std::vector<Op> ops;
  LineRecord record;
};

// Shapes and breaks runs. At least one line, maybe an empty one.
std::vector<LaidLine> LayText(const LayoutContext& context, const Runs& runs,
                              const TextStyle& style, const TextFrame& frame);

// The width of a short text set in one line.
double WidthOf(const LayoutContext& context, const Runs& runs, const TextStyle& style);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_TEXT_LAYOUT_H_
