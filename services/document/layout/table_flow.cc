#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "services/document/layout/flow.h"
#include "services/document/layout/grid.h"

namespace staraction::document {
namespace {

constexpr double kAround = 8;  // space over and under tables, forms and signature boxes
constexpr double kFormRow = 25;

Runs Plain(const std::string& text) {
  return {{text, false, false, "", ""}};
}

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
                         {cell.x + kCellPadX, InnerWidth(cell.width), 0, v1::ALIGNMENT_CENTER});
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
    // Cells are narrow: straight right edges would tear their words apart.
    const v1::Alignment alignment = part.columns[column].alignment == v1::ALIGNMENT_UNSPECIFIED
                                        ? v1::ALIGNMENT_START
                                        : part.columns[column].alignment;
    cell.lines = LayText(context, source.text, context.style.cell,
                         {cell.x + kCellPadX, InnerWidth(cell.width), 0, alignment});
    column = end;
  }
  return cells;
}

void Frame(std::vector<Box>& boxes, const char* tag) {
  if (boxes.empty()) return;
  boxes.front().ops.insert(boxes.front().ops.begin(), OpenTagOp{tag});
  boxes.back().ops.emplace_back(CloseTagOp{});
  boxes.front().space_before = kAround;
  boxes.back().space_after = kAround;
}

std::vector<Box> LayCaption(const LayoutContext& context, const TablePart& part, double width) {
  std::vector<Box> boxes;
  Runs runs = part.caption;
  runs.insert(runs.begin(), {part.label + "　", false, false, "", ""});
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

// The rule of one signature line, its label and what is on it, with its rule at `y`.
void DrawSignatureLine(const LayoutContext& context, const SignaturePart::Line& line, double left,
                       double label_width, double width, double y, Box& box) {
  const StyleSheet& style = context.style;
  const double top = y - style.signature.line_height - 2;
  box.ops.emplace_back(OpenTagOp{"P", true});
  AddLine(box,
          LayText(context, Plain(line.label), style.signature_label,
                  {left, label_width, 0, v1::ALIGNMENT_START})[0],
          top);
  const double seal_width = line.seal ? 22 : 0;
  const double x = left + label_width;
  // Long names go on upwards: the last line stands on the rule.
  auto lines = LayText(context, line.text, style.signature,
                       {x + 4, width - label_width - seal_width - 4, 0, v1::ALIGNMENT_START});
  double line_top = y - 2 - HeightOf(lines);
  for (LaidLine& laid : lines) {
    const double height = laid.height;
    AddLine(box, std::move(laid), line_top);
    line_top += height;
  }
  if (line.seal) {
    TextStyle mark = style.signature;
    mark.color = style.rule;
    AddLine(box,
            LayText(context, Plain("㊞"), mark,
                    {left + width - seal_width, seal_width, 0, v1::ALIGNMENT_END})[0],
            top);
  }
  box.ops.emplace_back(CloseTagOp{});
  box.ops.emplace_back(RuleOp{x, y, left + width, y, style.rule_width, style.rule});
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
    for (Box& box : LayRow(context.style, RowCells(context, part, row, edges), 0, room)) {
      box.repeated = repeated;
      boxes.push_back(std::move(box));
    }
  }
  Frame(boxes, "Table");
  return boxes;
}

std::vector<Box> LayForm(const LayoutContext& context, const FormPart& part, double width,
                         double page_height) {
  std::vector<Box> boxes;
  const double key_width = width * part.key_percent / 100;
  for (const FormPart::Row& row : part.rows) {
    std::vector<GridCell> cells(2);
    cells[0] = {0, key_width, true, true, {}};
    cells[0].lines = LayText(context, row.key, context.style.form_key,
                             {kCellPadX, InnerWidth(key_width), 0, v1::ALIGNMENT_START});
    cells[1] = {key_width, width - key_width, false, true, {}};
    const TextFrame frame = {key_width + kCellPadX, InnerWidth(width - key_width), 0,
                             v1::ALIGNMENT_UNSPECIFIED};
    cells[1].lines = LayText(context, row.value, context.style.form_value, frame);
    if (!row.note.empty()) {
      TextStyle small = context.style.note;
      small.size = 8;
      small.line_height = 12;
      auto note = LayText(context, row.note, small, frame);
      std::move(note.begin(), note.end(), std::back_inserter(cells[1].lines));
    }
    for (Box& box : LayRow(context.style, std::move(cells), kFormRow, page_height)) {
      boxes.push_back(std::move(box));
    }
  }
  Frame(boxes, "Table");
  return boxes;
}

std::vector<Box> LaySignature(const LayoutContext& context, const SignaturePart& part,
                              double width) {
  std::vector<Box> boxes;
  if (!part.date.empty()) {
    for (LaidLine& line : LayText(
             context, part.date, context.style.body,
             {context.style.body.size, width - context.style.body.size, 0, v1::ALIGNMENT_START})) {
      Box& box = boxes.emplace_back();
      box.height = line.height;
      box.keep_with_next = true;
      box.ops.emplace_back(OpenTagOp{"P", true});
      AddLine(box, std::move(line), 0);
      box.ops.emplace_back(CloseTagOp{});
    }
  }
  if (!part.lines.empty()) {
    Box box;
    box.height = context.style.signature_row * static_cast<double>(part.lines.size()) + 4;
    const double box_width = width * 0.6;
    double label_width = 0;
    for (const auto& line : part.lines) {
      label_width =
          std::max(label_width, WidthOf(context, Plain(line.label), context.style.signature_label));
    }
    label_width = std::min(label_width + 14, box_width / 2);
    double y = 0;
    for (const auto& line : part.lines) {
      y += context.style.signature_row;
      DrawSignatureLine(context, line, width - box_width, label_width, box_width, y, box);
    }
    boxes.push_back(std::move(box));
  }
  if (boxes.empty()) return boxes;
  boxes.front().space_before = 3 * kAround;
  boxes.back().space_after = kAround;
  return boxes;
}

}  // namespace staraction::document
