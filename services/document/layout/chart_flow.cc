#include <algorithm>
#include <string>
#include <utility>

#include "services/document/layout/flow.h"

namespace staraction::document {
namespace {

constexpr double kLabelShare = 0.34;
constexpr double kNumberRoom = 44;
constexpr double kBar = 10;
constexpr double kRowPad = 4;

// A line of a box as an element of its own.
void AddTagged(LaidLine line, double y, Box& box) {
  box.ops.emplace_back(OpenTagOp{"P", true});
  AddLine(box, std::move(line), y);
  box.ops.emplace_back(CloseTagOp{});
}

Color ColorOf(const StyleSheet& style, size_t series, size_t count) {
  return style.bars[count == 1 ? 1 : std::min(series, std::size(style.bars) - 1)];
}

Box LayLegend(const LayoutContext& context, const ChartPart& part, double width) {
  const StyleSheet& style = context.style;
  Box box;
  box.height = style.small.line_height + 2;
  box.keep_with_next = true;
  double x = width * kLabelShare;
  for (size_t i = 0; i < part.series.size(); ++i) {
    const double mark = style.small.size;
    box.ops.emplace_back(FillOp{x, (style.small.line_height - mark) / 2, mark, mark,
                                ColorOf(style, i, part.series.size())});
    x += mark + 4 * style.scale;
    const Runs name = Plain(part.series[i]);
    AddTagged(LayText(context, name, style.small, {x, width - x, 0, v1::ALIGNMENT_START})[0], 0,
              box);
    x += WidthOf(context, name, style.small) + 16 * style.scale;
  }
  return box;
}

Box LayBars(const LayoutContext& context, const ChartPart& part, const ChartPart::Row& row,
            double width) {
  const StyleSheet& style = context.style;
  const double pad = kRowPad * style.scale;
  const double left = width * kLabelShare;
  const double full = width - left - kNumberRoom * style.scale;
  // A number stands beside each bar, so that a bar is as high as its line.
  const double step = std::max(kBar * style.scale, style.small.line_height);
  const auto label =
      LayText(context, row.label, style.cell, {0, left - 8 * style.scale, 0, v1::ALIGNMENT_START});
  Box box;
  const double bars = step * static_cast<double>(row.bars.size());
  box.height = std::max(HeightOf(label), bars) + 2 * pad;
  double y = (box.height - HeightOf(label)) / 2;
  for (const LaidLine& line : label) {
    AddTagged(line, y, box);
    y += line.height;
  }
  y = (box.height - bars) / 2;
  for (size_t i = 0; i < row.bars.size(); ++i, y += step) {
    const double share = std::min(1.0, row.bars[i].value.value_or(0) / part.maximum);
    const double bar = full * share;
    box.ops.emplace_back(FillOp{left, y + 1, bar, step - 2, ColorOf(style, i, row.bars.size())});
    const double x = left + bar + 4 * style.scale;
    AddTagged(LayText(context, Plain(row.bars[i].text), style.small,
                      {x, width - x, 0, v1::ALIGNMENT_START})[0],
              y + (step - style.small.line_height) / 2, box);
  }
  box.ops.emplace_back(RuleOp{left, 0, left, box.height, style.rule_width, style.rule});
  return box;
}

}  // namespace

std::vector<Box> LayCaption(const LayoutContext& context, const Runs& caption, double width) {
  std::vector<Box> boxes;
  if (caption.empty()) return boxes;
  for (LaidLine& line :
       LayText(context, caption, context.style.cell_header, {0, width, 0, v1::ALIGNMENT_START})) {
    Box& box = boxes.emplace_back();
    box.height = line.height;
    box.keep_with_next = true;
    AddTagged(std::move(line), 0, box);
  }
  return boxes;
}

std::vector<Box> LayChartHead(const LayoutContext& context, const ChartPart& part, double width) {
  std::vector<Box> boxes = LayCaption(context, part.caption, width);
  if (!part.series.empty()) boxes.push_back(LayLegend(context, part, width));
  return boxes;
}

std::vector<Box> LayChart(const LayoutContext& context, const ChartPart& part, double width) {
  std::vector<Box> boxes = LayChartHead(context, part, width);
  for (const auto& row : part.rows) {
    if (!boxes.empty() && boxes.size() < 3) boxes.back().keep_with_next = true;
    boxes.push_back(LayBars(context, part, row, width));
  }
  if (boxes.empty()) return boxes;
  boxes.front().space_before = kAround * context.style.scale;
  boxes.back().space_after = kAround * context.style.scale;
  return boxes;
}

}  // namespace staraction::document
