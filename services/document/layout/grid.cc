#include "services/document/layout/grid.h"

#include <algorithm>
#include <utility>

#include "services/document/layout/flow.h"

namespace staraction::document {
namespace {

constexpr size_t kLinesOfPart = 8;

enum Edge { kTop = 1, kBottom = 2 };

double RowHeight(const StyleSheet& style, const std::vector<GridCell>& cells, double least) {
  for (const GridCell& cell : cells) {
    least = std::max(least, HeightOf(cell.lines) + 2 * PadY(style));
  }
  return least;
}

void DrawRules(const StyleSheet& style, const GridCell& cell, double height, int edges, Box& box) {
  const double right = cell.x + cell.width;
  const auto rule = [&](double x1, double y1, double x2, double y2) {
    box.ops.emplace_back(RuleOp{x1, y1, x2, y2, style.rule_width, style.rule});
  };
  rule(cell.x, 0, cell.x, height);
  rule(right, 0, right, height);
  if ((edges & kTop) != 0) rule(cell.x, 0, right, 0);
  if ((edges & kBottom) != 0) rule(cell.x, height, right, height);
}

Box DrawRow(const StyleSheet& style, std::vector<GridCell> cells, double height, int edges,
            bool tagged) {
  Box box;
  box.height = height;
  // Shades first: a later one would cover half of a neighbour's rule.
  for (const GridCell& cell : cells) {
    if (!cell.header && !cell.fill) continue;
    box.ops.emplace_back(
        FillOp{cell.x, 0, cell.width, height, cell.header ? style.shade : *cell.fill});
  }
  for (const GridCell& cell : cells) DrawRules(style, cell, height, edges, box);
  if (tagged) box.ops.emplace_back(OpenTagOp{"TR"});
  for (GridCell& cell : cells) {
    double y = (edges & kTop) != 0 ? PadY(style) : 0;
    if (cell.middle) y = std::max(y, (height - HeightOf(cell.lines)) / 2);
    if (tagged) box.ops.emplace_back(OpenTagOp{cell.header ? "TH" : "TD", true});
    for (LaidLine& line : cell.lines) {
      const double line_height = line.height;
      AddLine(box, std::move(line), y);
      y += line_height;
    }
    if (tagged) box.ops.emplace_back(CloseTagOp{});
  }
  if (tagged) box.ops.emplace_back(CloseTagOp{});
  return box;
}

// The cells with only the lines [begin, begin + kLinesOfPart).
std::vector<GridCell> PartOf(std::vector<GridCell>& cells, size_t begin) {
  std::vector<GridCell> part;
  for (GridCell& cell : cells) {
    GridCell& copy = part.emplace_back();
    copy.x = cell.x;
    copy.width = cell.width;
    copy.header = cell.header;
    copy.fill = cell.fill;
    for (size_t i = begin; i < std::min(begin + kLinesOfPart, cell.lines.size()); ++i) {
      copy.lines.push_back(std::move(cell.lines[i]));
    }
  }
  return part;
}

}  // namespace

std::vector<Box> LayRow(const StyleSheet& style, std::vector<GridCell> cells, double least_height,
                        double page_height, bool tagged) {
  std::vector<Box> boxes;
  const double height = RowHeight(style, cells, least_height);
  if (height <= page_height) {
    boxes.push_back(DrawRow(style, std::move(cells), height, kTop | kBottom, tagged));
    return boxes;
  }
  size_t count = 0;
  for (const GridCell& cell : cells) count = std::max(count, cell.lines.size());
  for (size_t begin = 0; begin < count; begin += kLinesOfPart) {
    std::vector<GridCell> part = PartOf(cells, begin);
    const bool last = begin + kLinesOfPart >= count;
    const int edges = (begin == 0 ? kTop : 0) | (last ? kBottom : 0);
    double part_height = last ? PadY(style) : 0;
    double lines = 0;
    for (const GridCell& cell : part) lines = std::max(lines, HeightOf(cell.lines));
    part_height += lines + (begin == 0 ? PadY(style) : 0);
    boxes.push_back(DrawRow(style, std::move(part), part_height, edges, tagged));
  }
  return boxes;
}

void FrameTable(const StyleSheet& style, std::vector<Box>& boxes) {
  if (boxes.empty()) return;
  boxes.front().ops.insert(boxes.front().ops.begin(), OpenTagOp{"Table"});
  boxes.back().ops.emplace_back(CloseTagOp{});
  boxes.front().space_before = kAround * style.scale;
  boxes.back().space_after = kAround * style.scale;
}

}  // namespace staraction::document
