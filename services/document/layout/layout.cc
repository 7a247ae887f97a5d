#include "services/document/layout/layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/document/layout/flow.h"
#include "services/document/layout/pages.h"

namespace staraction::document {
namespace {

std::pair<double, double> PaperMm(const v1::PageSetup& page) {
  std::pair<double, double> paper = {210, 297};
  if (page.size() == v1::PAGE_SIZE_A3) paper = {297, 420};
  if (page.size() == v1::PAGE_SIZE_B5) paper = {182, 257};
  if (page.landscape()) std::swap(paper.first, paper.second);
  return paper;
}

PageGeometry Geometry(const v1::PageSetup& page, const StyleSheet& style) {
  v1::Margins margins = page.margins();
  if (!page.has_margins()) {
    margins.set_top_mm(style.margin_top_mm);
    margins.set_right_mm(style.margin_right_mm);
    margins.set_bottom_mm(style.margin_bottom_mm);
    margins.set_left_mm(style.margin_left_mm);
  }
  const auto [width, height] = PaperMm(page);
  PageGeometry geometry;
  geometry.width = width * kPointsPerMm;
  geometry.height = height * kPointsPerMm;
  geometry.top = margins.top_mm() * kPointsPerMm;
  geometry.text_height = geometry.height - geometry.top - margins.bottom_mm() * kPointsPerMm;
  // Whole characters fill a line: then plain Japanese text needs no stretching at all.
  const double room = (width - margins.left_mm() - margins.right_mm()) * kPointsPerMm;
  geometry.text_width = std::floor(room / style.body.size) * style.body.size;
  geometry.left = margins.left_mm() * kPointsPerMm + (room - geometry.text_width) / 2;
  return geometry;
}

// Header, footer and page number of every page. They are no part of the structure tree.
class Running {
 public:
  Running(const LayoutContext& context, const PageGeometry& geometry)
      : context_(context), geometry_(geometry) {}

  void Draw(const Runs& runs, v1::Alignment alignment, double y, Page& page) const {
    if (runs.empty()) return;
    for (LaidLine& line : LayText(context_, runs, context_.style.running,
                                  {geometry_.left, geometry_.text_width, 0, alignment})) {
      Move(line.ops, 0, y);
      y += line.height;
      std::move(line.ops.begin(), line.ops.end(), std::back_inserter(page.ops));
    }
  }

 private:
  const LayoutContext& context_;
  const PageGeometry& geometry_;
};

void AddRunning(const Resolved& document, const LayoutContext& context,
                const PageGeometry& geometry, DisplayList& list) {
  const Running running(context, geometry);
  const double bottom = geometry.top + geometry.text_height;
  const double foot = bottom + (geometry.height - bottom) * 0.4;
  for (size_t i = 0; i < list.pages.size(); ++i) {
    Page& page = list.pages[i];
    running.Draw(document.header, v1::ALIGNMENT_END, geometry.top * 0.5, page);
    running.Draw(document.footer, v1::ALIGNMENT_START, foot, page);
    if (document.page.page_numbers() == v1::PAGE_NUMBERS_UNSPECIFIED) continue;
    std::string number = absl::StrCat(i + 1);
    if (document.page.page_numbers() == v1::PAGE_NUMBERS_WITH_TOTAL) {
      absl::StrAppend(&number, " / ", list.pages.size());
    }
    running.Draw({{number, false, false, "", ""}}, v1::ALIGNMENT_CENTER, foot, page);
  }
}

DisplayList LayOutOnce(const Resolved& document, const StyleSheet& style, const FontLibrary& fonts,
                       MissingGlyphs& missing) {
  const LayoutContext context = {fonts.ThreadContext(), style, missing};
  const PageGeometry geometry = Geometry(document.page, style);
  Flow flow(context, geometry.text_width, geometry.text_height);
  flow.Title(document);
  for (const Part& part : document.parts) flow.Add(part);
  DisplayList list = Paginate(flow.Take(), geometry);
  AddRunning(document, context, geometry, list);
  return list;
}

// Of one_page: how far type shrinks, in hundredths, and by how much at a time.
constexpr int kLeastSize = 40;
constexpr int kSizeStep = 5;

}  // namespace

DisplayList LayOut(const Resolved& document, const StyleSheet& style, const FontLibrary& fonts,
                   MissingGlyphs& missing) {
  DisplayList list = LayOutOnce(document, style, fonts, missing);
  if (!document.page.one_page()) return list;
  if (list.pages.size() == 1) return list;
  for (int size = 100 - kSizeStep; size >= kLeastSize; size -= kSizeStep) {
    DisplayList smaller = LayOutOnce(document, Scaled(style, size / 100.0), fonts, missing);
    if (smaller.pages.size() == 1) return smaller;
  }
  return list;
}

}  // namespace staraction::document
