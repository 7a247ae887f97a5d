#include "services/document/model/references.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/document/model/counter.h"
#include "services/document/model/numbers.h"

namespace staraction::document {
namespace {

// What can be said of a title that is not numbered: its words as they stand in the template.
std::string PlainText(const google::protobuf::RepeatedPtrField<v1::Inline>& inlines) {
  std::string text;
  for (const v1::Inline& inline_ : inlines) {
    absl::StrAppend(&text, inline_.text(), inline_.strong(), inline_.link().text());
  }
  return text;
}

bool IsId(const std::string& id) {
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    if (!absl::ascii_islower(byte) && !absl::ascii_isdigit(byte) && c != '-') return false;
  }
  return id.size() <= 64;
}

std::string ItemReference(int level, int number) {
  return level == 1 ? absl::StrCat("第", KanjiNumber(number), "号") : ItemLabel(level, number);
}

}  // namespace

std::string ItemLabel(int level, int number) {
  if (level == 1) return absl::StrCat("（", KanjiNumber(number), "）");
  if (level == 2) return KanaNumber(number);
  return absl::StrCat("（", KanaNumber(number), "）");
}

std::string ClauseLabel(int number) {
  return WideNumber(number);
}

std::string MarkerLabel(v1::ListMarker marker, int number) {
  switch (marker) {
    case v1::LIST_MARKER_NUMBER:
      return absl::StrCat(number, ".");
    case v1::LIST_MARKER_CIRCLED:
      return CircledNumber(number);
    case v1::LIST_MARKER_CHECKBOX:
      return "□";
    case v1::LIST_MARKER_NOTE:
      return "※";
    default:
      return "・";
  }
}

References::References(const v1::BlockDocument& document, std::vector<Violation>& violations) {
  Counter counter;
  AddBlocks(document.blocks(), "blocks", counter, violations);
}

void References::AddBlocks(const google::protobuf::RepeatedPtrField<v1::Block>& blocks,
                           const std::string& path, Counter& counter,
                           std::vector<Violation>& violations) {
  for (int i = 0; i < blocks.size(); ++i) {
    const std::string here = absl::StrCat(path, "[", i, "]");
    AddBlock(blocks[i], here, counter, violations);
    for (const auto& column : blocks[i].columns().columns()) {
      AddBlocks(column.blocks(), here + ".columns.blocks", counter, violations);
    }
    for (const auto& slip : blocks[i].slips().slips()) {
      AddBlocks(slip.blocks(), here + ".slips.blocks", counter, violations);
    }
  }
}

void References::AddBlock(const v1::Block& block, const std::string& path, Counter& counter,
                          std::vector<Violation>& violations) {
  if (block.has_heading()) {
    const std::string label = counter.Heading(block.heading());
    labels_[&block.heading()] = label;
    Add(block.heading().id(),
        label.empty() ? absl::StrCat("「", PlainText(block.heading().inlines()), "」") : label,
        path + ".heading.id", violations);
  } else if (block.has_table() && !block.table().caption().empty()) {
    labels_[&block.table()] = absl::StrCat("表", counter.Table());
    Add(block.table().id(), labels_[&block.table()], path + ".table.id", violations);
  } else if (block.has_table() && !block.table().id().empty()) {
    violations.push_back({path + ".table.id", "a table without caption has no number to refer to",
                          "見出しのない表は番号がなく、参照できません"});
  } else if (block.has_article()) {
    if (block.article().no() != 0 && block.article().no() < counter.NextArticle()) {
      violations.push_back(
          {path + ".article.no",
           absl::StrCat("goes back: the next article is ", counter.NextArticle()),
           absl::StrCat("条番号が戻っています（次は第", counter.NextArticle(), "条です）")});
    }
    const auto label = absl::StrCat("第", counter.Article(block.article().no()), "条");
    AddArticle(block.article(), label, path + ".article", violations);
  }
}

void References::AddArticle(const v1::Article& article, const std::string& label,
                            const std::string& path, std::vector<Violation>& violations) {
  labels_[&article] = label;
  Add(article.id(), label, path + ".id", violations);
  for (int i = 0; i < article.clauses_size(); ++i) {
    const std::string prefix =
        article.clauses_size() > 1 ? absl::StrCat(label, "第", i + 1, "項") : label;
    const std::string here = absl::StrCat(path, ".clauses[", i, "]");
    Add(article.clauses(i).id(), prefix, here + ".id", violations);
    AddItems(article.clauses(i).items(), 1, prefix, here + ".items", violations);
  }
}

void References::AddItems(const google::protobuf::RepeatedPtrField<v1::ClauseItem>& items,
                          int level, const std::string& prefix, const std::string& path,
                          std::vector<Violation>& violations) {
  for (int i = 0; i < items.size(); ++i) {
    const std::string text = absl::StrCat(prefix, ItemReference(level, i + 1));
    const std::string here = absl::StrCat(path, "[", i, "]");
    Add(items[i].id(), text, here + ".id", violations);
    AddItems(items[i].items(), level + 1, text, here + ".items", violations);
  }
}

void References::Add(const std::string& id, const std::string& text, const std::string& path,
                     std::vector<Violation>& violations) {
  if (id.empty()) return;
  if (!IsId(id)) {
    violations.push_back({path, absl::StrCat("'", id, "' is not of a-z, 0-9 and hyphens"),
                          absl::StrCat("「", id, "」に使えるのは a-z、0-9、ハイフンだけです")});
  } else if (!texts_.emplace(id, text).second) {
    violations.push_back({path, absl::StrCat("'", id, "' is used twice"),
                          absl::StrCat("「", id, "」が重複しています")});
  }
}

std::string References::Label(const google::protobuf::Message* message) const {
  const auto label = labels_.find(message);
  return label == labels_.end() ? "" : label->second;
}

const std::string* References::Find(const std::string& id) const {
  const auto text = texts_.find(id);
  return text == texts_.end() ? nullptr : &text->second;
}

}  // namespace staraction::document
