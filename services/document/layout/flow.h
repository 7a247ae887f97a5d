#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_FLOW_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_FLOW_H_

#include <string>
#include <vector>

#include "services/document/layout/box.h"
#include "services/document/model/resolved.h"

namespace staraction::document {

// Turns the parts of a document into boxes, in order. `page_height` is the room on one page: rows
// that are higher get parted.
class Flow {
 public:
  // A nested flow's headings are no entries of the outline.
  Flow(const LayoutContext& context, double width, double page_height, bool nested = false)
      : context_(context), width_(width), page_height_(page_height), nested_(nested) {}

  void Title(const Resolved& document);
  void Add(const Part& part);

  // Closes what is open and gives the boxes away.
  std::vector<Box> Take();

 private:
  // A text with an optional label in front of it.
  struct Labelled {
    const char* tag = "P";
    TextFrame frame;
    double label_x = 0;
    double space_before = 0;
    double space_after = 0;
    bool keep_with_next = false;
  };

  void Text(const TextPart& part);
  void Heading(const TextPart& part, const TextStyle& style, const char* tag, double before,
               double after);
  void Paragraph(const TextPart& part);
  void Item(const TextPart& part);
  void Clause(const TextPart& part);
  void AddText(const std::string& label, const Runs& runs, const TextStyle& style,
               const Labelled& how);
  void EnterList(int level);
  void LeaveLists();
  void Append(std::vector<Box> boxes);

  const LayoutContext& context_;
  const double width_;
  const double page_height_;
  const bool nested_;
  std::vector<Box> boxes_;
  std::vector<Op> pending_;  // tags and destinations before the next box
  bool page_break_ = false;
  int list_depth_ = 0;
  int anchors_ = 0;
};

// Space over and under tables, forms and the like, before scaling.
inline constexpr double kAround = 8;

// A text of one look.
Runs Plain(const std::string& text);

// Text over a chart; none without text. It stays with what follows.
std::vector<Box> LayCaption(const LayoutContext& context, const Runs& caption, double width);
// Caption and names of the series.
std::vector<Box> LayChartHead(const LayoutContext& context, const ChartPart& part, double width);

// Boxes of the parts that are not running text.
std::vector<Box> LayTable(const LayoutContext& context, const TablePart& part, double width,
                          double page_height);
std::vector<Box> LayForm(const LayoutContext& context, const FormPart& part, double width,
                         double page_height);
std::vector<Box> LaySignature(const LayoutContext& context, const SignaturePart& part,
                              double width);
std::vector<Box> LayQr(const LayoutContext& context, const QrPart& part, double width);
std::vector<Box> LaySeals(const LayoutContext& context, const SealBoxesPart& part, double width);
std::vector<Box> LayChart(const LayoutContext& context, const ChartPart& part, double width);
std::vector<Box> LayRadar(const LayoutContext& context, const RadarPart& part, double width);
std::vector<Box> LayHeat(const LayoutContext& context, const HeatPart& part, double width,
                         double page_height);
std::vector<Box> LayColumns(const LayoutContext& context, const ColumnsPart& part, double width,
                            double page_height);
std::vector<Box> LaySlips(const LayoutContext& context, const SlipsPart& part, double width,
                          double page_height);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_FLOW_H_
