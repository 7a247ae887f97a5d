#include <cmath>
#include <numbers>
#include <utility>

#include "services/document/layout/flow.h"

namespace staraction::document {
namespace {

constexpr int kRings = 4;
constexpr double kLabelGap = 6;
constexpr double kLineWidth = 1.6;
constexpr double kMark = 4;

struct Point {
  double x = 0;
  double y = 0;
};

// Geometry of one chart: axes clockwise from the top.
struct Web {
  Point middle;
  double radius = 0;
  size_t axes = 0;

  Point At(size_t axis, double share) const {
    const double angle =
        2 * std::numbers::pi * static_cast<double>(axis) / static_cast<double>(axes);
    return {middle.x + radius * share * std::sin(angle),
            middle.y - radius * share * std::cos(angle)};
  }
};

Color ColorOf(const StyleSheet& style, size_t series, size_t count) {
  return style.bars[count == 1 ? 1 : std::min(series, std::size(style.bars) - 1)];
}

// Lines of earlier series are dashed, so that copies without colour still tell them apart.
bool IsDashed(size_t series, size_t count) {
  return series + 1 < count;
}

void Line(Point from, Point to, double width, Color color, bool dashed, Box& box) {
  box.ops.emplace_back(RuleOp{from.x, from.y, to.x, to.y, width, color, dashed});
}

void DrawWeb(const StyleSheet& style, const Web& web, Box& box) {
  for (size_t i = 0; i < web.axes; ++i) {
    Line(web.middle, web.At(i, 1), style.rule_width, style.rule, false, box);
    for (int ring = 1; ring <= kRings; ++ring) {
      const double share = static_cast<double>(ring) / kRings;
      Line(web.At(i, share), web.At((i + 1) % web.axes, share), style.rule_width,
           {0.78, 0.78, 0.78}, false, box);
    }
  }
}

double ShareOf(const ChartPart& chart, size_t row, size_t series) {
  const auto& bars = chart.rows[row].bars;
  if (series >= bars.size()) return 0;
  return std::min(1.0, bars[series].value.value_or(0) / chart.maximum);
}

void DrawSeries(const StyleSheet& style, const ChartPart& chart, const Web& web, size_t series,
                size_t count, Box& box) {
  const Color color = ColorOf(style, series, count);
  for (size_t i = 0; i < web.axes; ++i) {
    const Point here = web.At(i, ShareOf(chart, i, series));
    const size_t next = (i + 1) % web.axes;
    Line(here, web.At(next, ShareOf(chart, next, series)), kLineWidth * style.scale, color,
         IsDashed(series, count), box);
    const double mark = kMark * style.scale;
    box.ops.emplace_back(FillOp{here.x - mark / 2, here.y - mark / 2, mark, mark, color});
  }
}

// What stands at the end of an axis: its name, and under it its numbers.
void DrawLabel(const LayoutContext& context, const ChartPart::Row& row, const Web& web, size_t axis,
               double width, Box& box) {
  const StyleSheet& style = context.style;
  Runs text = row.label;
  std::string numbers;
  for (const auto& bar : row.bars) numbers += (numbers.empty() ? "\n" : "／") + bar.text;
  text.push_back({numbers, false, false, "", ""});
  const Point end = web.At(axis, 1);
  const double gap = kLabelGap * style.scale;
  const double side = end.x - web.middle.x;
  TextFrame frame;
  if (std::abs(side) < 1) {
    frame = {web.middle.x - width / 6, width / 3, 0, v1::ALIGNMENT_CENTER};
  } else if (side > 0) {
    frame = {end.x + gap, width - end.x - gap, 0, v1::ALIGNMENT_START};
  } else {
    frame = {0, end.x - gap, 0, v1::ALIGNMENT_END};
  }
  auto lines = LayText(context, text, style.small, frame);
  const double height = HeightOf(lines);
  double y = end.y - height / 2;
  if (std::abs(side) < 1) y = end.y < web.middle.y ? end.y - height - gap / 2 : end.y + gap / 2;
  box.ops.emplace_back(OpenTagOp{"P", true});
  for (LaidLine& line : lines) {
    const double line_height = line.height;
    AddLine(box, std::move(line), y);
    y += line_height;
  }
  box.ops.emplace_back(CloseTagOp{});
}

Box LayWeb(const LayoutContext& context, const RadarPart& part, double width) {
  const StyleSheet& style = context.style;
  const ChartPart& chart = part.chart;
  const double room = 3.5 * style.small.line_height;  // over and under the web, for labels
  Web web;
  web.radius = std::min(part.size_mm * kPointsPerMm / 2, width * 0.32);
  web.middle = {width / 2, web.radius + room};
  web.axes = chart.rows.size();
  Box box;
  box.height = 2 * (web.radius + room);
  DrawWeb(style, web, box);
  const size_t count = std::max<size_t>(1, chart.series.size());
  for (size_t series = 0; series < count; ++series) {
    DrawSeries(style, chart, web, series, count, box);
  }
  for (size_t axis = 0; axis < web.axes; ++axis) {
    DrawLabel(context, chart.rows[axis], web, axis, width, box);
  }
  return box;
}

}  // namespace

std::vector<Box> LayRadar(const LayoutContext& context, const RadarPart& part, double width) {
  std::vector<Box> boxes = LayChartHead(context, part.chart, width);
  boxes.push_back(LayWeb(context, part, width));
  boxes.front().space_before = kAround * context.style.scale;
  boxes.back().space_after = kAround * context.style.scale;
  return boxes;
}

}  // namespace staraction::document
