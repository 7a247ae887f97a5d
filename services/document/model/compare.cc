#include "services/document/model/compare.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace staraction::document {
namespace {

// Longer sections (tables) that differ as much as this are told as replaced.
constexpr size_t kMostPairs = 4'000'000;

// A heading or article, and what stands under it.
struct Section {
  std::string key;  // what joins the two documents
  std::string id;
  std::string place;
  std::vector<std::string> texts;
};

std::string TextOf(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) text += run.text;
  return text;
}

// A document as sections. Labels stay out of the texts, so that renumbering is no difference.
class Sections {
 public:
  explicit Sections(const Resolved& document) {
    Open("title", "", "");
    Say(document.title);
    Say(TextOf(document.subtitle));
    for (const Part& part : document.parts) std::visit(*this, part);
  }

  std::vector<Section> Take() { return std::move(sections_); }

  void operator()(const TextPart& part) {
    const std::string text = TextOf(part.text);
    if (part.kind == TextPart::Kind::kHeading) {
      if (part.level == 1) chapter_ = absl::StrCat(part.label, part.label.empty() ? "" : " ", text);
      Open(part.id.empty() ? "heading " + text : part.id, part.id,
           part.level == 1 ? chapter_ : absl::StrCat(chapter_, " ", part.label, text));
    } else if (part.kind == TextPart::Kind::kArticle) {
      Open(part.id.empty() ? "article " + text : part.id, part.id,
           absl::StrCat(chapter_, chapter_.empty() ? "" : " ", part.label,
                        text.empty() ? "" : absl::StrCat("（", text, "）")));
    }
    Say(text);
  }
  void operator()(const TablePart& part) {
    Say(TextOf(part.caption));
    for (const auto& row : part.rows) {
      std::string line;
      for (const auto& cell : row) {
        absl::StrAppend(&line, line.empty() ? "" : " | ", TextOf(cell.text));
      }
      Say(line);
    }
  }
  void operator()(const FormPart& part) {
    for (const auto& row : part.rows) {
      Say(absl::StrCat(TextOf(row.key), ": ", TextOf(row.value)));
    }
  }
  void operator()(const SignaturePart& part) {
    Say(TextOf(part.date));
    for (const auto& line : part.lines) Say(absl::StrCat(line.label, ": ", TextOf(line.text)));
  }
  void operator()(const ColumnsPart& part) {
    for (const auto& column : part.columns) {
      for (const Part& each : column.parts) std::visit(*this, each);
    }
  }
  void operator()(const SlipsPart& part) {
    for (const auto& slip : part.slips) {
      for (const Part& each : slip.parts) std::visit(*this, each);
    }
  }
  void operator()(const ChartPart& part) {
    for (const auto& row : part.rows) {
      std::string line = TextOf(row.label);
      for (const auto& bar : row.bars) absl::StrAppend(&line, " | ", bar.text);
      Say(line);
    }
  }
  void operator()(const RadarPart& part) { (*this)(part.chart); }
  void operator()(const HeatPart& part) {
    for (const auto& row : part.rows) {
      std::string line = TextOf(row.title);
      for (const auto& cell : row.cells) absl::StrAppend(&line, " | ", TextOf(cell.text));
      Say(line);
    }
  }
  template <typename Wordless>
  void operator()(const Wordless&) {}

 private:
  void Open(const std::string& key, const std::string& id, const std::string& place) {
    const int times = ++uses_[key];
    sections_.push_back({times == 1 ? key : absl::StrCat(key, " #", times), id, place, {}});
  }
  void Say(std::string text) {
    if (!text.empty()) sections_.back().texts.push_back(std::move(text));
  }

  std::string chapter_;
  std::map<std::string, int> uses_;
  std::vector<Section> sections_;
};

// Lengths of the longest common subsequences of what begins at (i, j).
std::vector<std::vector<int>> CommonLengths(const std::vector<std::string>& a,
                                            const std::vector<std::string>& b) {
  std::vector<std::vector<int>> length(a.size() + 1, std::vector<int>(b.size() + 1, 0));
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      length[i][j] =
          a[i] == b[j] ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  return length;
}

// Pairs what was removed in one place with what was added there.
void Report(const Section& section, const std::vector<std::string>& removed,
            const std::vector<std::string>& added, std::vector<Difference>& out) {
  for (size_t i = 0; i < std::max(removed.size(), added.size()); ++i) {
    out.push_back({section.place, section.id, i < removed.size() ? removed[i] : "",
                   i < added.size() ? added[i] : ""});
  }
}

void TrimCommonEnds(std::vector<std::string>& a, std::vector<std::string>& b) {
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.pop_back();
    b.pop_back();
  }
  const auto [i, j] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  a.erase(a.begin(), i);
  b.erase(b.begin(), j);
}

void CompareTexts(const Section& before, const Section& after, std::vector<Difference>& out) {
  std::vector<std::string> a = before.texts;
  std::vector<std::string> b = after.texts;
  TrimCommonEnds(a, b);
  if (a.size() * b.size() > kMostPairs) return Report(after, a, b, out);
  const auto common = CommonLengths(a, b);
  std::vector<std::string> removed;
  std::vector<std::string> added;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      Report(after, std::exchange(removed, {}), std::exchange(added, {}), out);
      ++i;
      ++j;
    } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      removed.push_back(a[i++]);
    } else {
      added.push_back(b[j++]);
    }
  }
  Report(after, removed, added, out);
}

}  // namespace

std::vector<Difference> Compare(const Resolved& before, const Resolved& after) {
  const std::vector<Section> older = Sections(before).Take();
  const std::vector<Section> newer = Sections(after).Take();
  std::map<std::string, const Section*> kept;
  for (const Section& section : newer) kept[section.key] = &section;
  std::map<std::string, size_t> place;
  for (size_t i = 0; i < older.size(); ++i) place[older[i].key] = i;
  std::vector<Difference> out;
  // Sections that went away after the older one at this place, up to the next that stayed.
  const auto report_removed = [&](size_t from) {
    for (size_t i = from; i < older.size() && !kept.contains(older[i].key); ++i) {
      Report(older[i], older[i].texts, {}, out);
    }
  };
  report_removed(0);
  for (const Section& section : newer) {
    const auto found = place.find(section.key);
    if (found == place.end()) {
      Report(section, {}, section.texts, out);
      continue;
    }
    CompareTexts(older[found->second], section, out);
    report_removed(found->second + 1);
  }
  return out;
}

}  // namespace staraction::document
