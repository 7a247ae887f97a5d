#include "services/document/layout/box.h"

#include <algorithm>
#include <utility>

namespace staraction::document {

Box Stack(std::vector<Box> boxes) {
  Box all;
  double space_after = 0;
  for (size_t i = 0; i < boxes.size(); ++i) {
    if (i > 0) all.height += std::max(space_after, boxes[i].space_before);
    const double height = boxes[i].height;
    space_after = boxes[i].space_after;
    Draw(std::move(boxes[i]), all.height, all);
    all.height += height;
  }
  return all;
}

void Shift(Box& box, double dx) {
  Move(box.ops, dx, 0);
  Move(box.lines, dx, 0);
}

void Draw(Box from, double y, Box& box) {
  Move(from.ops, 0, y);
  Move(from.lines, 0, y);
  std::move(from.ops.begin(), from.ops.end(), std::back_inserter(box.ops));
  std::move(from.lines.begin(), from.lines.end(), std::back_inserter(box.lines));
}

}  // namespace staraction::document
