#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/document/model/resolver.h"

namespace staraction::document {
namespace {

constexpr int kDarkest = 4;
constexpr int kLeastAxes = 3;
constexpr int kMostAxes = 12;

}  // namespace

ChartPart::Bar Resolver::Bar(const v1::Field& field, const std::string& unit,
                             const std::string& path) {
  const auto value = values_.find(field.code());
  if (value == values_.end() || value->second.empty()) return {std::nullopt, "－"};
  double number = 0;
  if (!absl::SimpleAtod(value->second, &number) || !(number >= 0 && number <= 1e12)) {
    Violate(path, absl::StrCat("'", value->second, "' is no number of 0 or more"),
            absl::StrCat("「", value->second, "」は0以上の数ではありません"));
    return {};
  }
  return {number, value->second + unit};
}

template <typename Chart>
ChartPart Resolver::ChartOf(const Chart& chart, const std::string& path) {
  ChartPart part;
  part.caption = Text(chart.caption(), path + ".caption");
  part.series.assign(chart.series().begin(), chart.series().end());
  part.maximum = chart.maximum();
  for (int i = 0; i < chart.rows_size(); ++i) {
    const std::string here = absl::StrCat(path, ".rows[", i, "]");
    ChartPart::Row& row = part.rows.emplace_back();
    row.label = Text(chart.rows(i).label(), here + ".label");
    for (const v1::Field& field : chart.rows(i).values()) {
      row.bars.push_back(Bar(field, Clean(chart.unit()), here + ".values"));
      if (chart.maximum() <= 0) {
        part.maximum = std::max(part.maximum, row.bars.back().value.value_or(0));
      }
    }
  }
  if (part.maximum <= 0) part.maximum = 1;
  return part;
}

// Axes come from data, so that a template without data has none yet.
void Resolver::Radar(const v1::RadarChart& chart, const std::string& path) {
  RadarPart part;
  part.chart = ChartOf(chart, path);
  const int axes = chart.rows_size();
  if (axes == 0) return;
  if (axes < kLeastAxes || axes > kMostAxes) {
    Violate(path + ".rows",
            absl::StrCat("has ", axes, " axes; wanted ", kLeastAxes, " to ", kMostAxes),
            absl::StrCat("軸が", axes, "本あります。", kLeastAxes, "〜", kMostAxes,
                         "本にしてください"));
    return;
  }
  if (chart.size_mm() > 0) part.size_mm = std::clamp(chart.size_mm(), 40.0, 160.0);
  parts_.emplace_back(std::move(part));
}

int Resolver::HeatLevel(const v1::Field& field, const std::string& path) {
  const auto value = values_.find(field.code());
  if (value == values_.end() || value->second.empty()) return 0;
  int level = 0;
  if (absl::SimpleAtoi(value->second, &level) && level >= 0 && level <= kDarkest) return level;
  Violate(path, absl::StrCat("'", value->second, "' is no level of 0 to ", kDarkest),
          absl::StrCat("「", value->second, "」は0〜", kDarkest, "の段階ではありません"));
  return 0;
}

void Resolver::Heat(const v1::HeatMap& map, const std::string& path) {
  HeatPart part;
  part.caption = Text(map.caption(), path + ".caption");
  part.column_title = Text(map.column_title(), path + ".column_title");
  part.row_title = Text(map.row_title(), path + ".row_title");
  if (map.title_percent() > 0) part.title_percent = std::clamp(map.title_percent(), 5, 60);
  for (const v1::HeatColumn& column : map.columns()) {
    part.columns.push_back(Text(column.title(), path + ".columns"));
  }
  for (int i = 0; i < map.rows_size(); ++i) {
    const v1::HeatRow& from = map.rows(i);
    const std::string here = absl::StrCat(path, ".rows[", i, "]");
    HeatPart::Row& row = part.rows.emplace_back();
    row.title = Text(from.title(), here + ".title");
    for (const v1::HeatCell& cell : from.cells()) {
      row.cells.push_back(
          {Text(cell.inlines(), here + ".cells"), HeatLevel(cell.level(), here + ".cells.level")});
    }
    if (row.cells.size() <= part.columns.size()) continue;
    Violate(here,
            absl::StrCat("has ", row.cells.size(), " cells for ", part.columns.size(), " columns"),
            absl::StrCat("列数", part.columns.size(), "に対してセルが", row.cells.size(),
                         "個あります"));
  }
  parts_.emplace_back(std::move(part));
}

void Resolver::ChartBlock(const v1::Block& block, const std::string& path) {
  switch (block.kind_case()) {
    case v1::Block::kBarChart:
      parts_.emplace_back(ChartOf(block.bar_chart(), path + ".bar_chart"));
      return;
    case v1::Block::kRadarChart:
      Radar(block.radar_chart(), path + ".radar_chart");
      return;
    case v1::Block::kHeatMap:
      Heat(block.heat_map(), path + ".heat_map");
      return;
    default:
      return;
  }
}

}  // namespace staraction::document
