// Blocks that hold blocks: columns and slips.

#include <algorithm>
#include <utility>

#include "services/document/layout/flow.h"

namespace staraction::document {
namespace {

constexpr double kColumnGap = 16;
constexpr double kSlipPad = 14;

Box LayParts(const LayoutContext& context, const std::vector<Part>& parts, double width,
             double page_height) {
  Flow flow(context, width, page_height, true);
  for (const Part& part : parts) flow.Add(part);
  return Stack(flow.Take());
}

Box LaySlip(const LayoutContext& context, const SlipsPart::Slip& slip, double least, double width,
            double page_height) {
  const StyleSheet& style = context.style;
  const double pad = kSlipPad * style.scale;
  const double code_width = slip.code.payload.empty() ? 0 : slip.code.size_mm * kPointsPerMm;
  const double text_width = width - (code_width > 0 ? code_width + kColumnGap * style.scale : 0);
  Box text = LayParts(context, slip.parts, text_width, page_height);
  Box box;
  box.height = std::max(least, text.height + 2 * pad);
  Draw(std::move(text), pad, box);
  for (Box& code : LayQr(context, slip.code, code_width)) {
    box.height = std::max(box.height, code.height + 2 * pad);
    Shift(code, width - code_width);
    Draw(std::move(code), pad, box);
  }
  for (const double y : {0.0, box.height}) {
    box.ops.emplace_back(RuleOp{0, y, width, y, style.rule_width, style.rule, true});
  }
  return box;
}

}  // namespace

std::vector<Box> LayColumns(const LayoutContext& context, const ColumnsPart& part, double width,
                            double page_height) {
  const double gap = kColumnGap * context.style.scale;
  double shares = 0;
  for (const auto& column : part.columns) shares += column.width;
  const double room = width - gap * static_cast<double>(part.columns.size() - 1);
  Box box;
  box.space_before = box.space_after = kAround * context.style.scale;
  double x = 0;
  for (const auto& column : part.columns) {
    const double column_width = room * column.width / shares;
    Box stack = LayParts(context, column.parts, column_width, page_height);
    box.height = std::max(box.height, stack.height);
    Shift(stack, x);
    Draw(std::move(stack), 0, box);
    x += column_width + gap;
  }
  return {std::move(box)};
}

std::vector<Box> LaySlips(const LayoutContext& context, const SlipsPart& part, double width,
                          double page_height) {
  std::vector<Box> boxes;
  for (const auto& slip : part.slips) {
    boxes.push_back(LaySlip(context, slip, part.height_mm * kPointsPerMm, width, page_height));
  }
  return boxes;
}

}  // namespace staraction::document
