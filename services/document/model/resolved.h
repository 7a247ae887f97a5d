#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVED_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVED_H_

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "staraction/document/v1/block.pb.h"

// A document with every text final: fields filled, numbers counted, references spelled out. All
// writers read this, so that their outputs cannot differ.
namespace staraction::document {

// Piece of text of one look. "\n" is a forced line break.
struct Run {
  std::string text;
  bool strong = false;
  bool unresolved = false;  // stands for a field without a value
  std::string url;          // not empty: leads outside
  std::string target;       // not empty: leads to the part with this id
};
using Runs = std::vector<Run>;

// A text of the flow with its number or mark.
struct TextPart {
  enum class Kind { kHeading, kArticle, kClause, kItem, kParagraph, kListItem };
  Kind kind = Kind::kParagraph;
  int level = 1;      // headings, items (号) and list items: 1 is the outermost
  std::string id;     // not empty: references lead here
  std::string label;  // "第1条", "２", "（一）", "・"; empty: none
  Runs text;
  v1::Alignment alignment = v1::ALIGNMENT_UNSPECIFIED;
  v1::ParagraphRole role = v1::PARAGRAPH_ROLE_UNSPECIFIED;
};

struct TablePart {
  struct Column {
    Runs header;
    int width = 1;
    v1::Alignment alignment = v1::ALIGNMENT_UNSPECIFIED;
  };
  struct Cell {
    Runs text;
    int column_span = 1;
  };
  std::string id;
  std::string label;  // "表1", only with a caption
  Runs caption;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // spans of a row add up to the number of columns
  double row_height_mm = 0;             // at least
};

struct FormPart {
  struct Row {
    Runs key;
    Runs value;
    Runs note;
    double height_mm = 0;  // at least
  };
  int key_percent = 30;
  int columns = 1;
  std::vector<Row> rows;
};

struct QrPart {
  std::string payload;  // empty: nothing is drawn
  double size_mm = 24;
  Runs caption;
  v1::Alignment alignment = v1::ALIGNMENT_UNSPECIFIED;
};

struct SignaturePart {
  struct Line {
    std::string label;
    Runs text;
    bool seal = false;
  };
  Runs date;
  std::vector<Line> lines;
  QrPart code;
};

struct SealBoxesPart {
  std::vector<std::string> labels;
  double size_mm = 20;
};

struct ChartPart {
  struct Bar {
    std::optional<double> value;
    std::string text;  // the number with its unit
  };
  struct Row {
    Runs label;
    std::vector<Bar> bars;  // one a series
  };
  Runs caption;
  std::vector<std::string> series;
  std::vector<Row> rows;
  double maximum = 0;  // over 0
};

struct RadarPart {
  ChartPart chart;  // its rows are the axes
  double size_mm = 90;
};

struct HeatPart {
  struct Cell {
    Runs text;
    int level = 0;  // 0 to 4
  };
  struct Row {
    Runs title;
    std::vector<Cell> cells;  // at most as many as columns
  };
  Runs caption;
  Runs column_title;
  Runs row_title;
  std::vector<Runs> columns;
  std::vector<Row> rows;
  int title_percent = 24;
};

struct PageBreakPart {};

struct Part;

struct ColumnsPart {
  struct Column {
    int width = 1;
    std::vector<Part> parts;
  };
  std::vector<Column> columns;
};

struct SlipsPart {
  struct Slip {
    std::vector<Part> parts;
    QrPart code;
  };
  double height_mm = 60;  // at least
  std::vector<Slip> slips;
};

struct Part : std::variant<TextPart, TablePart, FormPart, SignaturePart, PageBreakPart, QrPart,
                           SealBoxesPart, ChartPart, RadarPart, HeatPart, ColumnsPart, SlipsPart> {
  using variant::variant;
};

struct Resolved {
  std::string title;
  std::string author;
  std::string language;  // never empty
  std::string style;
  v1::PageSetup page;  // its header and footer are replaced by the two below
  Runs subtitle;
  Runs header;
  Runs footer;
  std::vector<Part> parts;
  std::vector<v1::Field> unresolved;  // each code once, in order of appearance
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVED_H_
