#include "services/document/layout/display_list.h"

namespace staraction::document {
namespace {

struct Mover {
  double dx;
  double dy;

  void operator()(TextOp& op) const {
    for (GlyphRun& run : op.runs) {
      for (PlacedGlyph& glyph : run.glyphs) {
        glyph.x += dx;
        glyph.y += dy;
      }
    }
  }
  void operator()(FillOp& op) const {
    op.x += dx;
    op.y += dy;
  }
  void operator()(RuleOp& op) const {
    op.x1 += dx;
    op.x2 += dx;
    op.y1 += dy;
    op.y2 += dy;
  }
  void operator()(ModulesOp& op) const {
    op.x += dx;
    op.y += dy;
  }
  void operator()(DestinationOp& op) const { op.y += dy; }
  void operator()(OpenTagOp&) const {}
  void operator()(CloseTagOp&) const {}
  void operator()(OutlineOp&) const {}
};

}  // namespace

void Move(std::vector<Op>& ops, double dx, double dy) {
  for (Op& op : ops) std::visit(Mover{dx, dy}, op);
}

void Move(std::vector<LineRecord>& lines, double dx, double dy) {
  for (LineRecord& line : lines) {
    line.x += dx;
    line.y += dy;
  }
}

void PrefixPlaces(const std::string& prefix, Page& page) {
  for (Op& op : page.ops) {
    if (auto* text = std::get_if<TextOp>(&op)) {
      if (!text->target.empty()) text->target.insert(0, prefix);
    } else if (auto* place = std::get_if<DestinationOp>(&op)) {
      place->id.insert(0, prefix);
    } else if (auto* entry = std::get_if<OutlineOp>(&op)) {
      entry->id.insert(0, prefix);
      ++entry->level;
    }
  }
}

}  // namespace staraction::document
