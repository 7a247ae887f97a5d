#include "services/document/writers/cairo_pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <type_traits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/errors.h"

namespace staraction::document {
namespace {

// A value of a tag's attribute in Cairo's quotes. Addresses are percent-encoded, so that quotes,
// backslashes and Japanese letters need no escaping.
std::string Quoted(const std::string& value) {
  std::string quoted = "'";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isgraph(byte) && c != '\'' && c != '\\') {
      quoted += c;
    } else {
      absl::StrAppendFormat(&quoted, "%%%02X", byte);
    }
  }
  return quoted + "'";
}

class Painter {
 public:
  Painter(cairo_t* cairo, cairo_surface_t* surface) : cairo_(cairo), surface_(surface) {
    outline_.fill(CAIRO_PDF_OUTLINE_ROOT);
  }

  void operator()(const TextOp& op) {
    const bool link = !op.url.empty() || !op.target.empty();
    if (link) {
      const std::string attributes = op.url.empty() ? absl::StrCat("dest=", Quoted(op.target))
                                                    : absl::StrCat("uri=", Quoted(op.url));
      cairo_tag_begin(cairo_, CAIRO_TAG_LINK, attributes.c_str());
    }
    for (const GlyphRun& run : op.runs) Show(run);
    if (link) cairo_tag_end(cairo_, CAIRO_TAG_LINK);
  }

  void operator()(const FillOp& op) {
    SetColor(op.color);
    cairo_rectangle(cairo_, op.x, op.y, op.width, op.height);
    cairo_fill(cairo_);
  }

  void operator()(const RuleOp& op) {
    SetColor(op.color);
    cairo_set_line_width(cairo_, op.width);
    cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_SQUARE);
    static constexpr double kDashes[] = {3, 3};
    cairo_set_dash(cairo_, kDashes, op.dashed ? 2 : 0, 0);
    cairo_move_to(cairo_, op.x1, op.y1);
    cairo_line_to(cairo_, op.x2, op.y2);
    cairo_stroke(cairo_);
  }

  // One path, so that no seams show between neighbours; runs of a row are one rectangle.
  void operator()(const ModulesOp& op) {
    SetColor({});
    for (size_t begin = 0; begin < op.dark.size();) {
      const size_t row = begin / op.columns;
      size_t end = begin + 1;
      while (end < (row + 1) * op.columns && op.dark[end] == op.dark[begin]) ++end;
      if (op.dark[begin]) {
        cairo_rectangle(cairo_, op.x + static_cast<double>(begin % op.columns) * op.module,
                        op.y + static_cast<double>(row) * op.module,
                        static_cast<double>(end - begin) * op.module, op.module);
      }
      begin = end;
    }
    cairo_fill(cairo_);
  }

  void operator()(const OpenTagOp& op) {
    tags_.push_back(op.name);
    cairo_tag_begin(cairo_, op.name.c_str(), "");
  }

  void operator()(const CloseTagOp&) {
    cairo_tag_end(cairo_, tags_.back().c_str());
    tags_.pop_back();
  }

  void operator()(const DestinationOp& op) {
    const std::string attributes =
        absl::StrFormat("name=%s x=0 y=%.2f", Quoted(op.id), std::max(0.0, op.y - 6));
    cairo_tag_begin(cairo_, CAIRO_TAG_DEST, attributes.c_str());
    cairo_tag_end(cairo_, CAIRO_TAG_DEST);
  }

  void operator()(const OutlineOp& op) {
    const auto level = static_cast<size_t>(std::clamp(op.level, 1, kLevels));
    const int entry = cairo_pdf_surface_add_outline(surface_, outline_[level - 1], op.text.c_str(),
                                                    absl::StrCat("dest=", Quoted(op.id)).c_str(),
                                                    CAIRO_PDF_OUTLINE_FLAG_OPEN);
    std::fill(outline_.begin() + static_cast<std::ptrdiff_t>(level), outline_.end(), entry);
  }

 private:
  static constexpr int kLevels = 4;

  void SetColor(const Color& color) {
    cairo_set_source_rgb(cairo_, color.red, color.green, color.blue);
  }

  void Show(const GlyphRun& run) {
    SetColor(run.color);
    cairo_set_scaled_font(cairo_,
                          pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run.font.get())));
    std::vector<cairo_glyph_t> glyphs;
    for (const PlacedGlyph& glyph : run.glyphs) glyphs.push_back({glyph.index, glyph.x, glyph.y});
    std::vector<cairo_text_cluster_t> clusters;
    for (const TextCluster& cluster : run.clusters) {
      clusters.push_back({cluster.bytes, cluster.glyphs});
    }
    cairo_show_text_glyphs(cairo_, run.text.data(), static_cast<int>(run.text.size()),
                           glyphs.data(), static_cast<int>(glyphs.size()), clusters.data(),
                           static_cast<int>(clusters.size()),
                           static_cast<cairo_text_cluster_flags_t>(0));
  }

  cairo_t* cairo_;
  cairo_surface_t* surface_;
  std::vector<std::string> tags_;
  // [n]: the entry under which level n + 1 goes.
  std::array<int, kLevels + 1> outline_;
};

cairo_status_t Append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

absl::StatusOr<std::string> DrawPdf(const DisplayList& list) {
  std::string bytes;
  std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_pdf_surface_create_for_stream(Append, &bytes, list.width, list.height),
      cairo_surface_destroy);
  std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(surface.get()),
                                                           cairo_destroy);
  Painter painter(cairo.get(), surface.get());
  painter(OpenTagOp{"Document"});
  for (size_t i = 0; i < list.pages.size(); ++i) {
    for (const Op& op : list.pages[i].ops) std::visit(painter, op);
    if (i + 1 == list.pages.size()) painter(CloseTagOp{});
    cairo_show_page(cairo.get());
  }
  const cairo_status_t drawn = cairo_status(cairo.get());
  cairo.reset();
  cairo_surface_finish(surface.get());
  const cairo_status_t written = cairo_surface_status(surface.get());
  for (const cairo_status_t status : {drawn, written}) {
    if (status == CAIRO_STATUS_SUCCESS) continue;
    return Internal(absl::StrCat("cairo: ", cairo_status_to_string(status)));
  }
  return bytes;
}

}  // namespace staraction::document
