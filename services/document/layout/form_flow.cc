// Forms, signature boxes, squares for seals.

#include <algorithm>
#include <iterator>
#include <utility>

#include "services/document/layout/flow.h"
#include "services/document/layout/grid.h"

namespace staraction::document {
namespace {

constexpr double kFormRow = 25;

// Label and value of one pair, from x on.
void AddPair(const LayoutContext& context, const FormPart::Row& row, double x, double key_width,
             double width, std::vector<GridCell>& cells) {
  const StyleSheet& style = context.style;
  const double pad = PadX(style);
  GridCell& key = cells.emplace_back(GridCell{x, key_width, true, true, {}});
  key.lines = LayText(context, row.key, style.form_key,
                      {x + pad, InnerWidth(style, key_width), 0, v1::ALIGNMENT_START});
  const double value_width = width - key_width;
  GridCell& value = cells.emplace_back(GridCell{x + key_width, value_width, false, true, {}});
  // Cells are narrow: straight right edges would tear their words apart.
  const TextFrame frame = {x + key_width + pad, InnerWidth(style, value_width), 0,
                           v1::ALIGNMENT_START};
  value.lines = LayText(context, row.value, style.form_value, frame);
  if (row.note.empty()) return;
  auto note = LayText(context, row.note, style.small, frame);
  std::move(note.begin(), note.end(), std::back_inserter(value.lines));
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
  const double seal_width = line.seal ? 22 * style.scale : 0;
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

// The lines in one box, each over the one before.
Box SignatureLines(const LayoutContext& context, const SignaturePart& part, double width) {
  const StyleSheet& style = context.style;
  Box box;
  box.height = style.signature_row * static_cast<double>(part.lines.size()) + 4;
  const double box_width = width * (part.code.payload.empty() ? 0.68 : 0.6);
  double label_width = 0;
  for (const auto& line : part.lines) {
    label_width = std::max(label_width, WidthOf(context, Plain(line.label), style.signature_label));
  }
  label_width = std::min(label_width + 14 * style.scale, box_width / 2);
  double y = 0;
  for (const auto& line : part.lines) {
    y += style.signature_row;
    DrawSignatureLine(context, line, width - box_width, label_width, box_width, y, box);
  }
  return box;
}

std::vector<Box> LayDate(const LayoutContext& context, const Runs& date, double width) {
  std::vector<Box> boxes;
  if (date.empty()) return boxes;
  const double indent = context.style.body.size;
  for (LaidLine& line : LayText(context, date, context.style.body,
                                {indent, width - indent, 0, v1::ALIGNMENT_START})) {
    Box& box = boxes.emplace_back();
    box.height = line.height;
    box.keep_with_next = true;
    box.ops.emplace_back(OpenTagOp{"P", true});
    AddLine(box, std::move(line), 0);
    box.ops.emplace_back(CloseTagOp{});
  }
  return boxes;
}

}  // namespace

std::vector<Box> LayForm(const LayoutContext& context, const FormPart& part, double width,
                         double page_height) {
  std::vector<Box> boxes;
  const auto columns = static_cast<size_t>(part.columns);
  for (size_t i = 0; i < part.rows.size(); i += columns) {
    std::vector<GridCell> cells;
    double least = kFormRow * context.style.scale;
    const size_t end = std::min(i + columns, part.rows.size());
    const double share = width / static_cast<double>(columns);
    for (size_t k = i; k < end; ++k) {
      const double x = share * static_cast<double>(k - i);
      // The last pair takes what nobody else wants.
      const double pair_width = k + 1 == part.rows.size() ? width - x : share;
      AddPair(context, part.rows[k], x, share * part.key_percent / 100, pair_width, cells);
      least = std::max(least, part.rows[k].height_mm * kPointsPerMm);
    }
    for (Box& box : LayRow(context.style, std::move(cells), least, page_height)) {
      boxes.push_back(std::move(box));
    }
  }
  FrameTable(context.style, boxes);
  return boxes;
}

std::vector<Box> LaySignature(const LayoutContext& context, const SignaturePart& part,
                              double width) {
  std::vector<Box> boxes = LayDate(context, part.date, width);
  if (!part.lines.empty()) {
    Box box = SignatureLines(context, part, width);
    for (Box& code : LayQr(context, part.code, width * 0.36)) {
      box.height = std::max(box.height, code.height);
      Draw(std::move(code), 0, box);
    }
    boxes.push_back(std::move(box));
  }
  if (boxes.empty()) return boxes;
  boxes.front().space_before = 3 * kAround * context.style.scale;
  boxes.back().space_after = kAround * context.style.scale;
  return boxes;
}

std::vector<Box> LaySeals(const LayoutContext& context, const SealBoxesPart& part, double width) {
  const StyleSheet& style = context.style;
  const double edge = part.size_mm * kPointsPerMm;
  const double label_height = style.form_key.line_height;
  double x = width - edge * static_cast<double>(part.labels.size());
  Box box;
  box.height = label_height + edge;
  box.space_before = box.space_after = kAround * style.scale;
  for (const std::string& label : part.labels) {
    box.ops.emplace_back(FillOp{x, 0, edge, label_height, style.shade});
    for (const double y : {0.0, label_height, box.height}) {
      box.ops.emplace_back(RuleOp{x, y, x + edge, y, style.rule_width, style.rule});
    }
    for (const double side : {x, x + edge}) {
      box.ops.emplace_back(RuleOp{side, 0, side, box.height, style.rule_width, style.rule});
    }
    box.ops.emplace_back(OpenTagOp{"P", true});
    AddLine(box,
            LayText(context, Plain(label), style.form_key, {x, edge, 0, v1::ALIGNMENT_CENTER})[0],
            0);
    box.ops.emplace_back(CloseTagOp{});
    x += edge;
  }
  return {std::move(box)};
}

}  // namespace staraction::document
