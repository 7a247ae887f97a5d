#include "services/document/model/prose.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace staraction::document {
namespace {

// At the end of a line: the next one is a line of its own.
constexpr char kBreak[] = "\\";

// What a line begins.
struct Line {
  enum class Kind { kText, kBullet, kNumber, kHeading };
  Kind kind = Kind::kText;
  int level = 0;  // headings
  std::string text;
};

Line ReadLine(const std::string& line) {
  size_t digits = 0;
  while (digits < line.size() && absl::ascii_isdigit(static_cast<unsigned char>(line[digits]))) {
    ++digits;
  }
  if (digits > 0 && line.compare(digits, 2, ". ") == 0) {
    return {Line::Kind::kNumber, 0, line.substr(digits + 2)};
  }
  if (line.compare(0, 2, "- ") == 0) return {Line::Kind::kBullet, 0, line.substr(2)};
  const size_t marks = line.find_first_not_of('#');
  if (marks != std::string::npos && marks >= 1 && marks <= 3 && line[marks] == ' ') {
    return {Line::Kind::kHeading, static_cast<int>(marks), line.substr(marks + 1)};
  }
  return {Line::Kind::kText, 0, line};
}

// "a **b** c" as plain and strong pieces; a mark without its partner stays as it is.
void AddInlines(const std::string& text, google::protobuf::RepeatedPtrField<v1::Inline>& out) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t open = text.find("**", at);
    const size_t close = open == std::string::npos ? open : text.find("**", open + 2);
    if (close == std::string::npos || close == open + 2) {
      out.Add()->set_text(text.substr(at));
      return;
    }
    if (open > at) out.Add()->set_text(text.substr(at, open - at));
    out.Add()->set_strong(text.substr(open + 2, close - open - 2));
    at = close + 2;
  }
}

bool IsAscii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

class ProseReader {
 public:
  void Read(const std::string& line) {
    if (line.empty()) return FlushText();
    const Line read = ReadLine(line);
    if (read.kind != Line::Kind::kText || !open_) {
      // A list goes on over its items; everything else ends here.
      FlushText();
      if (read.kind != kind_ || read.kind == Line::Kind::kText) Flush();
      kind_ = read.kind;
      level_ = read.level;
      text_ = read.text;
      open_ = true;
      if (read.kind == Line::Kind::kHeading) Flush();
      return;
    }
    if (absl::EndsWith(text_, kBreak)) {
      text_.back() = '\n';
    } else if (!text_.empty() && IsAscii(text_.back()) && IsAscii(read.text.front())) {
      text_ += ' ';
    }
    text_ += read.text;
  }

  std::vector<v1::Block> Finish() {
    Flush();
    return std::move(blocks_);
  }

 private:
  // Ends the text in hand; a list stays open.
  void FlushText() {
    if (!open_) return;
    open_ = false;
    if (absl::EndsWith(text_, kBreak)) text_.pop_back();
    switch (kind_) {
      case Line::Kind::kText: {
        auto& paragraph = *blocks_.emplace_back().mutable_paragraph();
        // Lines that were broken on purpose begin at one edge.
        if (absl::StrContains(text_, '\n')) paragraph.set_role(v1::PARAGRAPH_ROLE_PLAIN);
        AddInlines(text_, *paragraph.mutable_inlines());
        break;
      }
      case Line::Kind::kHeading: {
        auto& heading = *blocks_.emplace_back().mutable_heading();
        heading.set_level(level_);
        AddInlines(text_, *heading.mutable_inlines());
        break;
      }
      default:
        if (kind_ == Line::Kind::kNumber) list_.set_marker(v1::LIST_MARKER_NUMBER);
        AddInlines(text_, *list_.add_items()->mutable_inlines());
    }
  }

  void Flush() {
    FlushText();
    if (list_.items_size() > 0) *blocks_.emplace_back().mutable_list() = std::move(list_);
    list_.Clear();
    kind_ = Line::Kind::kText;
  }

  std::vector<v1::Block> blocks_;
  Line::Kind kind_ = Line::Kind::kText;
  int level_ = 0;
  std::string text_;
  bool open_ = false;  // whether `text_` is a block or item in the making
  v1::List list_;
};

}  // namespace

std::vector<v1::Block> ProseBlocks(const std::string& markdown) {
  ProseReader reader;
  for (const absl::string_view line : absl::StrSplit(markdown, '\n')) {
    reader.Read(std::string(absl::StripAsciiWhitespace(line)));
  }
  return reader.Finish();
}

}  // namespace staraction::document
