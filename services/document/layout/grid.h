#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_GRID_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_GRID_H_

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
};

// Distances from the rules to the text.
inline constexpr double kCellPadX = 5;
inline constexpr double kCellPadY = 4;

// Room for text in a cell of this width.
inline double InnerWidth(double width) {
  return width - 2 * kCellPadX;
}

// A ruled row, at least `least_height` high. Higher than `page_height`: several boxes of some lines
// each, so that it goes on on the next page. Without `tagged` it is no part of the structure tree.
std::vector<Box> LayRow(const StyleSheet& style, std::vector<GridCell> cells, double least_height,
                        double page_height, bool tagged = true);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_GRID_H_
