#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "services/document/layout/flow.h"
#include "services/document/layout/grid.h"

namespace staraction::document {
namespace {

// Left edges of the columns and, at the end, the right edge of the table.
std::vector<double> ColumnEdges(const TablePart& part, double width) {
  double shares = 0;
  for (const TablePart::Column& column : part.columns) shares += column.width;
  std::vector<double> edges = {0};
  for (const TablePart::Column& column : part.columns) {
    edges.push_back(edges.back() + width * column.width / shares);
  }
  return edges;
}

std::vector<GridCell> HeaderCells(const LayoutContext& context, const TablePart& part,
                                  const std::vector<double>& edges) {
  std::vector<GridCell> cells;
  for (size_t i = 0; i < part.columns.size(); ++i) {
    GridCell& cell = cells.emplace_back();
    cell.x = edges[i];
    cell.width = edges[i + 1] - edges[i];
    cell.header = cell.middle = true;
    cell.lines = LayText(context, part.columns[i].header, context.style.cell_header,
                         {cell.x + PadX(context.style), InnerWidth(context.style, cell.width), 0,
                          v1::ALIGNMENT_CENTER});
  }
  return cells;
}

std::vector<GridCell> RowCells(const LayoutContext& context, const TablePart& part,
                               const std::vector<TablePart::Cell>& row,
                               const std::vector<double>& edges) {
  std::vector<GridCell> cells;
  size_t column = 0;
  for (const TablePart::Cell& source : row) {
    const size_t end = column + static_cast<size_t>(source.column_span);
    GridCell& cell = cells.emplace_back();
    cell.x = edges[column];
    cell.width = edges[end] - edges[column];
    cell.middle = part.row_height_mm > 0;
    // Cells are narrow: straight right edges would tear their words apart.
    const v1::Alignment alignment = part.columns[column].alignment == v1::ALIGNMENT_UNSPECIFIED
                                        ? v1::ALIGNMENT_START
                                        : part.columns[column].alignment;
    cell.lines = LayText(
        context, source.text, context.style.cell,
        {cell.x + PadX(context.style), InnerWidth(context.style, cell.width), 0, alignment});
    column = end;
  }
  return cells;
}

std::vector<Box> LayCaption(const LayoutContext& context, const TablePart& part, double width) {
  std::vector<Box> boxes;
  Runs runs = part.caption;
  runs.insert(runs.begin(), Plain(part.label + "　")[0]);
  for (LaidLine& line :
       LayText(context, runs, context.style.cell_header, {0, width, 0, v1::ALIGNMENT_START})) {
    Box& box = boxes.emplace_back();
    box.height = line.height;
    box.keep_with_next = true;
    box.ops.emplace_back(OpenTagOp{"Caption", true});
    AddLine(box, std::move(line), 0);
    box.ops.emplace_back(CloseTagOp{});
  }
  boxes.back().space_after = 3;
  return boxes;
}

}  // namespace

std::vector<Box> LayTable(const LayoutContext& context, const TablePart& part, double width,
                          double page_height) {
  const std::vector<double> edges = ColumnEdges(part, width);
  std::vector<Box> boxes;
  if (!part.caption.empty()) boxes = LayCaption(context, part, width);
  std::shared_ptr<const Box> repeated;
  if (std::any_of(part.columns.begin(), part.columns.end(),
                  [](const auto& column) { return !column.header.empty(); })) {
    auto header = LayRow(context.style, HeaderCells(context, part, edges), 0, page_height);
    header.back().keep_with_next = true;
    std::move(header.begin(), header.end(), std::back_inserter(boxes));
    auto again = LayRow(context.style, HeaderCells(context, part, edges), 0, page_height, false);
    // A header that fills half a page is not worth repeating.
    if (again.size() == 1 && again[0].height < page_height / 2) {
      repeated = std::make_shared<Box>(std::move(again[0]));
    }
  }
  const double room = page_height - (repeated ? repeated->height : 0);
  for (const auto& row : part.rows) {
    for (Box& box : LayRow(context.style, RowCells(context, part, row, edges),
                           part.row_height_mm * kPointsPerMm, room)) {
      box.repeated = repeated;
      boxes.push_back(std::move(box));
    }
  }
  FrameTable(context.style, boxes);
  return boxes;
}

}  // namespace staraction::document
