#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVED_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_RESOLVED_H_

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
};

struct FormPart {
  struct Row {
    Runs key;
    Runs value;
    Runs note;
  };
  int key_percent = 30;
  std::vector<Row> rows;
};

struct SignaturePart {
  struct Line {
    std::string label;
    Runs text;
    bool seal = false;
  };
  Runs date;
  std::vector<Line> lines;
};

struct PageBreakPart {};

using Part = std::variant<TextPart, TablePart, FormPart, SignaturePart, PageBreakPart>;

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
