#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_DISPLAY_LIST_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_DISPLAY_LIST_H_

#include <pango/pango.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "services/document/layout/style.h"

// What is drawn where: the hand-over from layout to a drawing writer. Points, y downwards. Inside a
// box places are relative to its top and to the left edge of the text; on a page to the page.
namespace staraction::document {

struct PlacedGlyph {
  unsigned index = 0;
  double x = 0;
  double y = 0;
};

// Bytes of text and the glyphs that stand for them.
struct TextCluster {
  int bytes = 0;
  int glyphs = 0;
};

// Glyphs of one font and colour. The font belongs to the thread that made it.
struct GlyphRun {
  std::shared_ptr<PangoFont> font;
  Color color;
  std::string text;
  std::vector<PlacedGlyph> glyphs;
  std::vector<TextCluster> clusters;
};

// Text of one line that leads to one place, or to none.
struct TextOp {
  std::vector<GlyphRun> runs;
  std::string url;
  std::string target;
};

struct FillOp {
  double x = 0, y = 0, width = 0, height = 0;
  Color color;
};

struct RuleOp {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0, width = 0.5;
  Color color;
  bool dashed = false;
};

// Square of small squares, row by row; only the dark ones are drawn.
struct ModulesOp {
  double x = 0, y = 0, module = 0;  // edge of one
  size_t columns = 0;
  std::vector<bool> dark;
};

// Element of the structure tree (standard PDF names). A leaf holds text and never spans pages: the
// paginator closes it at a page's end and opens it again.
struct OpenTagOp {
  std::string name;
  bool leaf = false;
};
struct CloseTagOp {};

// References to this id lead here.
struct DestinationOp {
  std::string id;
  double y = 0;
};

// Entry of the outline; its place is the destination of the same id.
struct OutlineOp {
  std::string id;
  std::string text;
  int level = 1;
};

using Op = std::variant<TextOp, FillOp, RuleOp, ModulesOp, OpenTagOp, CloseTagOp, DestinationOp,
                        OutlineOp>;

// A line as the breaker made it, for tests and for those who want to know.
struct LineRecord {
  int page = 0;  // from 0
  std::string text;
  double x = 0;
  double y = 0;
  double width = 0;        // of what is visible
  double room = 0;         // what it may fill
  bool emergency = false;  // broken inside a word or against kinsoku
  bool last = false;       // ends its paragraph
};

struct Page {
  std::vector<Op> ops;
  std::vector<LineRecord> lines;
};

struct DisplayList {
  double width = 0;
  double height = 0;
  std::vector<Page> pages;
};

// Moves what is drawn.
void Move(std::vector<Op>& ops, double dx, double dy);
void Move(std::vector<LineRecord>& lines, double dx, double dy);

// Puts the prefix before all names of places on the page, and before what leads there.
void PrefixPlaces(const std::string& prefix, Page& page);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_DISPLAY_LIST_H_
