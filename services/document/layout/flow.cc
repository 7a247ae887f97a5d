#include "services/document/layout/flow.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace staraction::document {
namespace {

// Columns of rules, in em of the body text.
constexpr double kClauseIndent = 1.5;
constexpr double kItemStep = 1.5;

std::string PlainText(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) text += run.text;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// Lines are kept together so that no page ends with the first line of a paragraph or begins with
// its last one.
void KeepLines(std::vector<Box>& boxes, size_t begin, bool with_next) {
  const size_t count = boxes.size() - begin;
  if (count >= 2) {
    boxes[begin].keep_with_next = true;
    boxes[begin + count - 2].keep_with_next = true;
  }
  if (with_next) {
    for (size_t i = begin; i < boxes.size(); ++i) boxes[i].keep_with_next = true;
  }
}

// A few characters as a title are set wide: 誓 約 書.
TextStyle TitleStyle(TextStyle style, const std::string& title) {
  const auto characters = std::count_if(title.begin(), title.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  });
  if (characters <= 4) style.tracking = style.size;
  return style;
}

// Which function lays which part.
struct Layer {
  const LayoutContext& context;
  double width;
  double page_height;

  std::vector<Box> operator()(const TextPart&) const { return {}; }
  std::vector<Box> operator()(const PageBreakPart&) const { return {}; }
  std::vector<Box> operator()(const TablePart& part) const {
    return LayTable(context, part, width, page_height);
  }
  std::vector<Box> operator()(const FormPart& part) const {
    return LayForm(context, part, width, page_height);
  }
  std::vector<Box> operator()(const SignaturePart& part) const {
    return LaySignature(context, part, width);
  }
  std::vector<Box> operator()(const QrPart& part) const { return LayQr(context, part, width); }
  std::vector<Box> operator()(const SealBoxesPart& part) const {
    return LaySeals(context, part, width);
  }
  std::vector<Box> operator()(const ChartPart& part) const {
    return LayChart(context, part, width);
  }
  std::vector<Box> operator()(const RadarPart& part) const {
    return LayRadar(context, part, width);
  }
  std::vector<Box> operator()(const HeatPart& part) const {
    return LayHeat(context, part, width, page_height);
  }
  std::vector<Box> operator()(const ColumnsPart& part) const {
    return LayColumns(context, part, width, page_height);
  }
  std::vector<Box> operator()(const SlipsPart& part) const {
    return LaySlips(context, part, width, page_height);
  }
};

}  // namespace

Runs Plain(const std::string& text) {
  return {{text, false, false, "", ""}};
}

void Flow::Append(std::vector<Box> boxes) {
  if (boxes.empty()) return;
  Box& first = boxes.front();
  first.ops.insert(first.ops.begin(), std::make_move_iterator(pending_.begin()),
                   std::make_move_iterator(pending_.end()));
  pending_.clear();
  first.page_break_before = std::exchange(page_break_, false);
  std::move(boxes.begin(), boxes.end(), std::back_inserter(boxes_));
}

void Flow::AddText(const std::string& label, const Runs& runs, const TextStyle& style,
                   const Labelled& how) {
  std::vector<LaidLine> lines = LayText(context_, runs, style, how.frame);
  std::vector<Box> boxes;
  for (LaidLine& line : lines) {
    Box& box = boxes.emplace_back();
    box.height = line.height;
    const bool first = boxes.size() == 1;
    if (first && !label.empty()) {
      LaidLine mark = LayText(context_, Plain(label), style,
                              {how.label_x, how.frame.x - how.label_x, 0, v1::ALIGNMENT_START})[0];
      box.ops.emplace_back(OpenTagOp{list_depth_ > 0 ? "Lbl" : "Span", true});
      AddLine(box, std::move(mark), 0);
      box.ops.emplace_back(CloseTagOp{});
    }
    if (first) box.ops.emplace_back(OpenTagOp{how.tag, true});
    AddLine(box, std::move(line), 0);
  }
  boxes.back().ops.emplace_back(CloseTagOp{});
  boxes.front().space_before = how.space_before;
  boxes.back().space_after = how.space_after;
  KeepLines(boxes, 0, how.keep_with_next);
  Append(std::move(boxes));
}

void Flow::Title(const Resolved& document) {
  if (!document.title.empty()) {
    const TextStyle style = TitleStyle(context_.style.title, document.title);
    AddText("", Plain(document.title), style,
            {"H1", {0, width_, 0, v1::ALIGNMENT_CENTER}, 0, 0, 10 * context_.style.scale, true});
  }
  if (!document.subtitle.empty()) {
    AddText("", document.subtitle, context_.style.body,
            {"P", {0, width_, 0, v1::ALIGNMENT_CENTER}, 0, 0, 10, true});
  }
  if (!boxes_.empty()) boxes_.back().space_after = 22 * context_.style.scale;
}

void Flow::Heading(const TextPart& part, const TextStyle& style, const char* tag, double before,
                   double after) {
  const bool article = part.kind == TextPart::Kind::kArticle;
  Runs runs = part.text;
  if (article && !runs.empty()) {
    runs.insert(runs.begin(), {"（", false, false, "", ""});
    runs.push_back({"）", false, false, "", ""});
  }
  if (!part.label.empty()) {
    const bool gap = !article && !runs.empty();
    runs.insert(runs.begin(), {gap ? part.label + "　" : part.label, false, false, "", ""});
  }
  if (!nested_) {
    // Names of destinations that no id can have.
    const std::string anchor = absl::StrCat("outline.", ++anchors_);
    pending_.emplace_back(DestinationOp{anchor});
    pending_.emplace_back(OutlineOp{anchor, PlainText(runs), article ? 4 : part.level});
  }
  const double scale = context_.style.scale;
  AddText("", runs, style,
          {tag, {0, width_, 0, v1::ALIGNMENT_START}, 0, before * scale, after * scale, true});
}

void Flow::Paragraph(const TextPart& part) {
  const TextStyle* style = &context_.style.body;
  Labelled how;
  how.frame = {0, width_, 0, part.alignment};
  how.space_before = how.space_after = context_.style.paragraph_space;
  switch (part.role) {
    case v1::PARAGRAPH_ROLE_NOTE:
      style = &context_.style.note;
      break;
    case v1::PARAGRAPH_ROLE_ADDRESSEE:
      style = &context_.style.addressee;
      how.space_after = 20 * context_.style.scale;
      break;
    case v1::PARAGRAPH_ROLE_LARGE:
      style = &context_.style.large;
      break;
    case v1::PARAGRAPH_ROLE_PLAIN:
      break;
    default:
      if (part.alignment == v1::ALIGNMENT_UNSPECIFIED) how.frame.first_indent = style->size;
  }
  // Narrow text is not torn apart for a straight edge.
  if (nested_ && part.alignment == v1::ALIGNMENT_UNSPECIFIED) {
    how.frame.alignment = v1::ALIGNMENT_START;
    how.frame.first_indent = 0;
  }
  AddText("", part.text, *style, how);
}

void Flow::Clause(const TextPart& part) {
  const double x = kClauseIndent * context_.style.body.size;
  AddText(part.label, part.text, context_.style.body,
          {"P", {x, width_ - x, 0, v1::ALIGNMENT_UNSPECIFIED}, 0, 1, 1, false});
}

void Flow::Item(const TextPart& part) {
  const TextStyle& style = context_.style.body;
  const double em = style.size;
  Labelled how;
  how.tag = "LBody";
  const double label = WidthOf(context_, {{part.label, false, false, "", ""}}, style);
  if (part.kind == TextPart::Kind::kItem) {
    how.label_x = (kClauseIndent + kItemStep * (part.level - 1)) * em;
    how.frame.x = how.label_x + std::max(part.level == 2 ? 1.75 * em : 2.75 * em, label + em / 4);
    how.space_before = how.space_after = 1;
  } else {
    how.label_x = part.level * em;
    how.frame.x = how.label_x + std::max(1.5 * em, label + em / 2);
    how.space_before = how.space_after = context_.style.item_space;
  }
  // In a narrow flow deep levels stop moving right before nothing is left.
  how.frame.x = std::min(how.frame.x, width_ - 6 * em);
  how.label_x = std::min(how.label_x, how.frame.x - label - em / 4);
  how.frame.width = width_ - how.frame.x;
  EnterList(part.level);
  AddText(part.label, part.text, style, how);
}

void Flow::EnterList(int level) {
  std::vector<Op> closing;
  for (; list_depth_ > level; --list_depth_) closing.insert(closing.end(), 2, CloseTagOp{});
  if (list_depth_ == level) closing.emplace_back(CloseTagOp{});
  if (!boxes_.empty()) {
    std::move(closing.begin(), closing.end(), std::back_inserter(boxes_.back().ops));
  }
  for (; list_depth_ < level; ++list_depth_) {
    pending_.emplace_back(OpenTagOp{"L"});
    if (list_depth_ + 1 < level) pending_.emplace_back(OpenTagOp{"LI"});
  }
  pending_.emplace_back(OpenTagOp{"LI"});
}

void Flow::LeaveLists() {
  for (; list_depth_ > 0; --list_depth_)
    boxes_.back().ops.insert(boxes_.back().ops.end(), 2, CloseTagOp{});
}

void Flow::Text(const TextPart& part) {
  if (!part.id.empty()) pending_.emplace_back(DestinationOp{part.id});
  static constexpr const char* kTags[] = {"H2", "H3", "H4"};
  static constexpr double kBefore[] = {20, 15, 12};
  const auto level = static_cast<size_t>(part.level - 1);
  switch (part.kind) {
    case TextPart::Kind::kHeading:
      Heading(part, context_.style.heading[level], kTags[level], kBefore[level], 5);
      break;
    case TextPart::Kind::kArticle:
      Heading(part, context_.style.article, "H5", 12, 2);
      break;
    case TextPart::Kind::kClause:
      Clause(part);
      break;
    case TextPart::Kind::kItem:
    case TextPart::Kind::kListItem:
      Item(part);
      break;
    case TextPart::Kind::kParagraph:
      Paragraph(part);
  }
}

void Flow::Add(const Part& part) {
  const auto* text = std::get_if<TextPart>(&part);
  const bool item = text != nullptr && (text->kind == TextPart::Kind::kItem ||
                                        text->kind == TextPart::Kind::kListItem);
  if (!item) LeaveLists();
  if (text != nullptr) {
    Text(*text);
  } else if (std::holds_alternative<PageBreakPart>(part)) {
    page_break_ = true;
  } else {
    const auto* table = std::get_if<TablePart>(&part);
    if (table != nullptr && !table->id.empty()) pending_.emplace_back(DestinationOp{table->id});
    Append(
        std::visit(Layer{context_, width_, page_height_}, static_cast<const Part::variant&>(part)));
  }
}

std::vector<Box> Flow::Take() {
  LeaveLists();
  return std::move(boxes_);
}

}  // namespace staraction::document
