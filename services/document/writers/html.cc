#include "services/document/writers/html.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace staraction::document {
namespace {

constexpr char kBullet[] = "・";

std::string Escape(const std::string& text) {
  return absl::StrReplaceAll(text,
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

std::string PlainText(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) text += run.text;
  return text;
}

std::string IdAttribute(const std::string& id) {
  return id.empty() ? "" : absl::StrCat(" id=\"", Escape(id), "\"");
}

std::string Marked(const Run& run) {
  std::string text = absl::StrReplaceAll(Escape(run.text), {{"\n", "<br>\n"}});
  if (run.strong) text = absl::StrCat("<strong>", text, "</strong>");
  if (!run.url.empty()) return absl::StrCat("<a href=\"", Escape(run.url), "\">", text, "</a>");
  if (!run.target.empty()) {
    return absl::StrCat("<a href=\"#", Escape(run.target), "\">", text, "</a>");
  }
  return text;
}

std::string Marked(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) text += Marked(run);
  return text;
}

// One cell of any table.
struct Cell {
  std::string text;  // marked
  bool head = false;
  int span = 1;
};

// Writes parts in order. Lists are open while bullets follow each other.
class Writer {
 public:
  void Write(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      const auto* text = std::get_if<TextPart>(&part);
      const bool bullet =
          text != nullptr && text->kind == TextPart::Kind::kListItem && text->label == kBullet;
      if (!bullet) CloseLists(0);
      std::visit(*this, part);
    }
    CloseLists(0);
  }

  void operator()(const TextPart& part) {
    switch (part.kind) {
      case TextPart::Kind::kHeading:
        return Element(absl::StrCat("h", part.level + 1), part.id, Labelled(part, "　"));
      case TextPart::Kind::kArticle:
        return Element("h3", part.id,
                       absl::StrCat(Escape(part.label), "（", Marked(part.text), "）"));
      case TextPart::Kind::kListItem:
        if (part.label == kBullet) return Bullet(part);
        return Element("p", part.id, Labelled(part, " "));
      default:
        return Element("p", part.id, Labelled(part, "　"));
    }
  }
  void operator()(const TablePart& part) {
    std::vector<Cell> head;
    bool headed = false;
    for (const auto& column : part.columns) {
      head.push_back({Marked(column.header), true});
      headed = headed || !column.header.empty();
    }
    std::vector<std::vector<Cell>> rows;
    if (headed) rows.push_back(head);
    for (const auto& row : part.rows) {
      auto& cells = rows.emplace_back();
      for (const auto& cell : row) cells.push_back({Marked(cell.text), false, cell.column_span});
    }
    const std::string caption =
        absl::StrCat(part.label, part.label.empty() ? "" : "　", PlainText(part.caption));
    Table(part.id, caption, rows);
  }
  void operator()(const FormPart& part) {
    std::vector<std::vector<Cell>> rows;
    for (const auto& row : part.rows) {
      std::string value = Marked(row.value);
      if (!row.note.empty()) absl::StrAppend(&value, "<br>\n", Marked(row.note));
      rows.push_back({{Marked(row.key), true}, {value}});
    }
    Table("", "", rows);
  }
  void operator()(const SignaturePart& part) {
    if (!part.date.empty()) Element("p", "", Marked(part.date));
    for (const auto& line : part.lines) {
      Element("p", "",
              absl::StrCat(Escape(line.label), line.label.empty() ? "" : "　", Marked(line.text)));
    }
  }
  void operator()(const ChartPart& part) {
    std::vector<std::vector<Cell>> rows;
    if (!part.series.empty()) {
      auto& head = rows.emplace_back();
      head.push_back({"", true});
      for (const std::string& series : part.series) head.push_back({Escape(series), true});
    }
    for (const auto& row : part.rows) {
      auto& cells = rows.emplace_back();
      cells.push_back({Marked(row.label), true});
      for (const auto& bar : row.bars) cells.push_back({Escape(bar.text)});
    }
    Table("", PlainText(part.caption), rows);
  }
  void operator()(const RadarPart& part) { (*this)(part.chart); }
  void operator()(const HeatPart& part) {
    std::vector<std::vector<Cell>> rows;
    auto& head = rows.emplace_back();
    head.push_back({Marked(part.row_title), true});
    for (const Runs& column : part.columns) head.push_back({Marked(column), true});
    for (const auto& row : part.rows) {
      auto& cells = rows.emplace_back();
      cells.push_back({Marked(row.title), true});
      for (const auto& cell : row.cells) cells.push_back({Marked(cell.text)});
    }
    Table("", PlainText(part.caption), rows);
  }
  void operator()(const ColumnsPart& part) {
    for (const auto& column : part.columns) Write(column.parts);
  }
  void operator()(const SlipsPart& part) {
    for (const auto& slip : part.slips) Write(slip.parts);
  }
  void operator()(const QrPart&) {}
  void operator()(const SealBoxesPart&) {}
  void operator()(const PageBreakPart&) {}

  std::string Take() { return std::move(out_); }

 private:
  static std::string Labelled(const TextPart& part, const char* between) {
    return absl::StrCat(Escape(part.label), part.label.empty() ? "" : between, Marked(part.text));
  }

  void Element(const std::string& name, const std::string& id, const std::string& content) {
    absl::StrAppend(&out_, "<", name, IdAttribute(id), ">", content, "</", name, ">\n");
  }

  // An item stays open for lists below it.
  void Bullet(const TextPart& part) {
    CloseLists(part.level);
    if (lists_ == part.level) out_ += "</li>\n";
    for (; lists_ < part.level; ++lists_) out_ += "<ul>\n";
    absl::StrAppend(&out_, "<li", IdAttribute(part.id), ">", Marked(part.text));
  }

  void CloseLists(int level) {
    for (; lists_ > level; --lists_) out_ += "</li>\n</ul>\n";
  }

  void Table(const std::string& id, const std::string& caption,
             const std::vector<std::vector<Cell>>& rows) {
    absl::StrAppend(&out_, "<table", IdAttribute(id), ">\n");
    if (!caption.empty()) Element("caption", "", Escape(caption));
    for (const auto& row : rows) {
      out_ += "<tr>";
      for (const Cell& cell : row) {
        const char* name = cell.head ? "th" : "td";
        const std::string span =
            cell.span > 1 ? absl::StrCat(" colspan=\"", cell.span, "\"") : std::string();
        absl::StrAppend(&out_, "<", name, span, ">", cell.text, "</", name, ">");
      }
      out_ += "</tr>\n";
    }
    out_ += "</table>\n";
  }

  std::string out_;
  int lists_ = 0;
};

// Collects words, a line for each text, form row, table row.
class Words {
 public:
  void Write(const std::vector<Part>& parts) {
    for (const Part& part : parts) std::visit(*this, part);
  }

  void operator()(const TextPart& part) {
    const std::string text = PlainText(part.text);
    if (part.kind == TextPart::Kind::kArticle) {
      Line(absl::StrCat(part.label, "（", text, "）"));
    } else {
      Line(absl::StrCat(part.label, part.label.empty() ? "" : "　", text));
    }
  }
  void operator()(const TablePart& part) {
    Line(PlainText(part.caption));
    std::vector<std::string> head;
    for (const auto& column : part.columns) head.push_back(PlainText(column.header));
    Cells(head);
    for (const auto& row : part.rows) {
      std::vector<std::string> cells;
      for (const auto& cell : row) cells.push_back(PlainText(cell.text));
      Cells(cells);
    }
  }
  void operator()(const FormPart& part) {
    for (const auto& row : part.rows) {
      Cells({PlainText(row.key), PlainText(row.value), PlainText(row.note)});
    }
  }
  void operator()(const SignaturePart& part) {
    Line(PlainText(part.date));
    for (const auto& line : part.lines) {
      Line(absl::StrCat(line.label, line.label.empty() ? "" : "　", PlainText(line.text)));
    }
  }
  void operator()(const ChartPart& part) {
    Line(PlainText(part.caption));
    Cells(part.series);
    for (const auto& row : part.rows) {
      std::vector<std::string> cells = {PlainText(row.label)};
      for (const auto& bar : row.bars) cells.push_back(bar.text);
      Cells(cells);
    }
  }
  void operator()(const RadarPart& part) { (*this)(part.chart); }
  void operator()(const HeatPart& part) {
    Line(PlainText(part.caption));
    for (const auto& row : part.rows) {
      std::vector<std::string> cells = {PlainText(row.title)};
      for (const auto& cell : row.cells) cells.push_back(PlainText(cell.text));
      Cells(cells);
    }
  }
  void operator()(const ColumnsPart& part) {
    for (const auto& column : part.columns) Write(column.parts);
  }
  void operator()(const SlipsPart& part) {
    for (const auto& slip : part.slips) Write(slip.parts);
  }
  void operator()(const QrPart& part) { Line(PlainText(part.caption)); }
  void operator()(const SealBoxesPart&) {}
  void operator()(const PageBreakPart&) {}

  void Line(const std::string& text) {
    if (!text.empty()) absl::StrAppend(&out_, text, "\n");
  }

  std::string Take() { return std::move(out_); }

 private:
  void Cells(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) {
      if (!cell.empty()) absl::StrAppend(&line, line.empty() ? "" : "\t", cell);
    }
    Line(line);
  }

  std::string out_;
};

}  // namespace

std::string HtmlPage(const Resolved& document) {
  Writer writer;
  writer.Write(document.parts);
  const std::string subtitle =
      document.subtitle.empty() ? "" : absl::StrCat("<p>", Marked(document.subtitle), "</p>\n");
  return absl::StrCat("<!DOCTYPE html>\n<html lang=\"", Escape(document.language),
                      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                      "content=\"width=device-width, initial-scale=1\">\n<title>",
                      Escape(document.title), "｜", Escape(document.author),
                      "</title>\n</head>\n<body>\n<main>\n<h1>", Escape(document.title), "</h1>\n",
                      subtitle, writer.Take(), "</main>\n</body>\n</html>\n");
}

std::string WordsOf(const Resolved& document) {
  Words words;
  words.Line(document.title);
  words.Line(PlainText(document.subtitle));
  words.Write(document.parts);
  return words.Take();
}

}  // namespace staraction::document
