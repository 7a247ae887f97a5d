#include <algorithm>
#include <utility>

#include "services/document/layout/flow.h"
#include "services/document/layout/grid.h"

namespace staraction::document {
namespace {

constexpr double kCellHeight = 22;

// Yellow to red; black type stays readable on each.
constexpr Color kLevels[] = {
    {1, 1, 1}, {1, 0.96, 0.84}, {1, 0.87, 0.66}, {0.98, 0.70, 0.48}, {0.93, 0.48, 0.38}};

GridCell Cell(const LayoutContext& context, double x, double width, const Runs& text, bool header) {
  GridCell cell;
  cell.x = x;
  cell.width = width;
  cell.header = header;
  cell.middle = true;
  cell.lines =
      LayText(context, text, header ? context.style.cell_header : context.style.cell,
              {x + PadX(context.style), InnerWidth(context.style, width), 0, v1::ALIGNMENT_CENTER});
  return cell;
}

}  // namespace

std::vector<Box> LayHeat(const LayoutContext& context, const HeatPart& part, double width,
                         double page_height) {
  const StyleSheet& style = context.style;
  const double left = width * part.title_percent / 100;
  const double each =
      (width - left) / static_cast<double>(std::max<size_t>(1, part.columns.size()));
  const double height = kCellHeight * style.scale;
  std::vector<Box> boxes;
  const auto add = [&](std::vector<GridCell> cells) {
    for (Box& box : LayRow(style, std::move(cells), height, page_height)) {
      boxes.push_back(std::move(box));
    }
  };
  if (!part.column_title.empty()) {
    add({Cell(context, 0, left, {}, true),
         Cell(context, left, width - left, part.column_title, true)});
  }
  std::vector<GridCell> head = {Cell(context, 0, left, part.row_title, true)};
  for (size_t i = 0; i < part.columns.size(); ++i) {
    head.push_back(
        Cell(context, left + each * static_cast<double>(i), each, part.columns[i], true));
  }
  add(std::move(head));
  for (const HeatPart::Row& row : part.rows) {
    std::vector<GridCell> cells = {Cell(context, 0, left, row.title, true)};
    for (size_t i = 0; i < part.columns.size(); ++i) {
      const HeatPart::Cell none;
      const HeatPart::Cell& source = i < row.cells.size() ? row.cells[i] : none;
      GridCell cell = Cell(context, left + each * static_cast<double>(i), each, source.text, false);
      cell.fill = kLevels[source.level];
      cells.push_back(std::move(cell));
    }
    add(std::move(cells));
  }
  // A map is read as a whole.
  for (size_t i = 0; i + 1 < boxes.size(); ++i) boxes[i].keep_with_next = true;
  FrameTable(style, boxes);
  std::vector<Box> all = LayCaption(context, part.caption, width);
  std::move(boxes.begin(), boxes.end(), std::back_inserter(all));
  return all;
}

}  // namespace staraction::document
