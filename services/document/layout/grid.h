#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_GRID_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_GRID_H_

#include <optional>
#include <vector>

#include "services/document/layout/box.h"

namespace staraction::document {

// A cell with its lines already broken at its inner width.
struct GridCell {
  double x = 0;
  double width = 0;
  bool header = false;  // TH on a shade, else TD
  bool middle = false;  // in the middle of the row's height, else at its top
  std::vector<LaidLine> lines;
  std::optional<Color> fill = std::nullopt;  // shade of a TD
};

// Distances from the rules to the text.
inline double PadX(const StyleSheet& style) {
  return 5 * style.scale;
}
inline double PadY(const StyleSheet& style) {
  return 4 * style.scale;
}

// Room for text in a cell of this width.
inline double InnerWidth(const StyleSheet& style, double width) {
  return width - 2 * PadX(style);
}

// A ruled row, at least `least_height` high. Higher than `page_height`: several boxes of some lines
// each, so that it goes on on the next page. Without `tagged` it is no part of the structure tree.
std::vector<Box> LayRow(const StyleSheet& style, std::vector<GridCell> cells, double least_height,
                        double page_height, bool tagged = true);

// Makes the boxes one table in the structure tree, with space around.
void FrameTable(const StyleSheet& style, std::vector<Box>& boxes);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_GRID_H_
