#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_BOX_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_BOX_H_

#include <iterator>
#include <memory>
#include <vector>

#include "services/document/layout/display_list.h"
#include "services/document/layout/text_layout.h"

namespace staraction::document {

// What a page is stacked of: a line, a table row, a signature box. Never parted.
struct Box {
  double height = 0;
  double space_before =
      0;  // the larger of this and space_after of the one before; not on page tops
  double space_after = 0;
  bool keep_with_next = false;
  bool page_break_before = false;
  std::vector<Op> ops;
  std::vector<LineRecord> lines;
  // Drawn on top of a page that begins with this box: the header of its table.
  std::shared_ptr<const Box> repeated;
};

// Puts the line into the box with its top at y.
inline void AddLine(Box& box, LaidLine line, double y) {
  Move(line.ops, 0, y);
  line.record.y = y;
  std::move(line.ops.begin(), line.ops.end(), std::back_inserter(box.ops));
  box.lines.push_back(std::move(line.record));
}

inline double HeightOf(const std::vector<LaidLine>& lines) {
  double height = 0;
  for (const LaidLine& line : lines) height += line.height;
  return height;
}

// One box of all, under each other.
Box Stack(std::vector<Box> boxes);

// Moves what the box draws to the right.
void Shift(Box& box, double dx);

// Puts what `from` draws into `box`, with its top at y.
void Draw(Box from, double y, Box& box);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_BOX_H_
