#include "services/document/layout/text_layout.h"

#include <algorithm>
#include <utility>

namespace staraction::document {
namespace {

constexpr double kUnlimited = 1e6;

// The em box of Japanese fonts reaches 0.88 em over the baseline.
double Baseline(const TextStyle& style) {
  return (style.line_height - style.size) / 2 + 0.88 * style.size;
}

Color ColorOf(const LayoutContext& context, const Run& run, const TextStyle& style) {
  if (run.unresolved) return context.style.unresolved;
  return run.url.empty() ? style.color : context.style.link;
}

// Adds the atom's glyphs to the last run of the line's last text, opening new ones where the link,
// the font or the look changes.
class LineDrawer {
 public:
  LineDrawer(const LayoutContext& context, const ShapedText& text, const TextStyle& style)
      : context_(context), text_(text), style_(style) {}

  void Add(size_t atom, double x, double y) {
    const Cluster& cluster = text_.clusters[atom];
    const Run& run = text_.runs[cluster.run];
    if (ops_.empty() || ops_.back().url != run.url || ops_.back().target != run.target) {
      ops_.push_back({{}, run.url, run.target});
      font_ = kNone;
    }
    if (font_ != cluster.font || run_ != cluster.run) {
      ops_.back().runs.push_back(
          {text_.fonts[cluster.font], ColorOf(context_, run, style_), "", {}, {}});
      font_ = cluster.font;
      run_ = cluster.run;
    }
    GlyphRun& glyphs = ops_.back().runs.back();
    glyphs.text.append(text_.text, cluster.byte_begin, cluster.byte_end - cluster.byte_begin);
    glyphs.clusters.push_back({static_cast<int>(cluster.byte_end - cluster.byte_begin),
                               static_cast<int>(cluster.glyph_end - cluster.glyph_begin)});
    for (size_t i = cluster.glyph_begin; i < cluster.glyph_end; ++i) {
      const Glyph& glyph = text_.glyphs[i];
      glyphs.glyphs.push_back({glyph.index, x + glyph.x, y + glyph.y});
    }
  }

  std::vector<Op> Take() {
    return {std::make_move_iterator(ops_.begin()), std::make_move_iterator(ops_.end())};
  }

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  const LayoutContext& context_;
  const ShapedText& text_;
  const TextStyle& style_;
  std::vector<TextOp> ops_;
  size_t font_ = kNone;
  size_t run_ = kNone;
};

double Offset(v1::Alignment alignment, double spare) {
  if (alignment == v1::ALIGNMENT_CENTER) return std::max(0.0, spare / 2);
  return alignment == v1::ALIGNMENT_END ? std::max(0.0, spare) : 0;
}

LaidLine LayLine(const LayoutContext& context, const ShapedText& text, const BrokenLine& line,
                 const TextStyle& style, const TextFrame& frame, double indent) {
  LaidLine laid;
  laid.height = style.line_height;
  const double room = frame.width - indent;
  const double x = frame.x + indent + Offset(frame.alignment, room - line.width);
  LineDrawer drawer(context, text, style);
  for (size_t i = line.begin; i < line.end; ++i) {
    drawer.Add(i, x + line.x[i - line.begin], Baseline(style));
  }
  laid.ops = drawer.Take();
  laid.record.x = x;
  laid.record.width = line.width;
  laid.record.room = room;
  laid.record.emergency = line.emergency;
  if (line.end > line.begin) {
    const size_t begin = text.clusters[line.begin].byte_begin;
    laid.record.text = text.text.substr(begin, text.clusters[line.end - 1].byte_end - begin);
  }
  return laid;
}

}  // namespace

std::vector<LaidLine> LayText(const LayoutContext& context, const Runs& runs,
                              const TextStyle& style, const TextFrame& frame) {
  std::vector<LaidLine> lines;
  bool first = true;
  for (const ShapedText& text : Shape(context.pango, runs, style, context.missing)) {
    const double indent = first ? frame.first_indent : 0;
    first = false;
    const auto broken = BreakLines(text.atoms, {frame.width - indent, frame.width,
                                                frame.alignment == v1::ALIGNMENT_UNSPECIFIED});
    for (size_t i = 0; i < broken.size(); ++i) {
      lines.push_back(LayLine(context, text, broken[i], style, frame, i == 0 ? indent : 0));
    }
    lines.back().record.last = true;
  }
  return lines;
}

double WidthOf(const LayoutContext& context, const Runs& runs, const TextStyle& style) {
  double width = 0;
  for (const LaidLine& line : LayText(context, runs, style, {0, kUnlimited})) {
    width = std::max(width, line.record.width);
  }
  return width;
}

}  // namespace staraction::document
