#include "services/document/model/resolve.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/document/model/checks.h"
#include "services/document/model/references.h"
#include "services/document/model/resolver.h"

namespace staraction::document {
namespace {

constexpr int kMaxItemDepth = 3;
constexpr int kMaxListDepth = 5;

}  // namespace

std::string Clean(const std::string& text) {
  std::string clean;
  clean.reserve(text.size());
  for (const char c : text) {
    if (c == '\t') {
      clean += ' ';
    } else if (c == '\n' || !absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
      clean += c;
    }
  }
  return clean;
}

void Resolver::Fill(const v1::Field& field, Run& run) {
  run.strong = field.strong();
  const auto value = values_.find(field.code());
  if (value != values_.end() && !value->second.empty()) {
    run.text = Clean(value->second);
    return;
  }
  if (field.optional()) return;
  run.unresolved = true;
  run.text =
      absl::StrCat("【未入力：", field.label().empty() ? field.code() : Clean(field.label()), "】");
  if (listed_.insert(field.code()).second) unresolved.push_back(field);
}

void Resolver::Refer(const std::string& id, const std::string& path, Run& run) {
  const std::string* text = references_.Find(id);
  if (text == nullptr) {
    Violate(path, absl::StrCat("refers to '", id, "', which is no id of this document"),
            absl::StrCat("参照先「", id, "」はこの文書にありません"));
    return;
  }
  run.text = *text;
  run.target = id;
}

void Resolver::LinkTo(const v1::Link& link, const std::string& path, Run& run) {
  if (!absl::StartsWith(link.url(), "https://") && !absl::StartsWith(link.url(), "http://") &&
      !absl::StartsWith(link.url(), "mailto:")) {
    Violate(path, "url must begin with https://, http:// or mailto:",
            "URLは https://、http://、mailto: のいずれかで始めてください");
  }
  run.url = Clean(link.url());
  run.text = link.text().empty() ? run.url : Clean(link.text());
}

Runs Resolver::Text(const Inlines& inlines, const std::string& path) {
  Runs runs;
  for (int i = 0; i < inlines.size(); ++i) {
    const v1::Inline& inline_ = inlines[i];
    const std::string here = absl::StrCat(path, "[", i, "]");
    Run run;
    switch (inline_.kind_case()) {
      case v1::Inline::kText:
        run.text = Clean(inline_.text());
        break;
      case v1::Inline::kStrong:
        run.text = Clean(inline_.strong());
        run.strong = true;
        break;
      case v1::Inline::kLink:
        LinkTo(inline_.link(), here, run);
        break;
      case v1::Inline::kReference:
        Refer(inline_.reference().id(), here, run);
        break;
      case v1::Inline::kField:
        Fill(inline_.field(), run);
        break;
      case v1::Inline::KIND_NOT_SET:
        Violate(here, "has no kind", "種類が指定されていません");
    }
    if (!run.text.empty()) runs.push_back(std::move(run));
  }
  return runs;
}

void Resolver::Items(const google::protobuf::RepeatedPtrField<v1::ClauseItem>& items, int level,
                     const std::string& path) {
  if (level > kMaxItemDepth && !items.empty()) {
    Violate(path, "items lie deeper than 3 levels", "号の階層は3段までです");
    return;
  }
  for (int i = 0; i < items.size(); ++i) {
    const std::string here = absl::StrCat(path, "[", i, "]");
    TextPart part;
    part.kind = TextPart::Kind::kItem;
    part.level = level;
    part.id = items[i].id();
    part.label = ItemLabel(level, i + 1);
    part.text = Text(items[i].inlines(), here + ".inlines");
    parts_.emplace_back(std::move(part));
    Items(items[i].items(), level + 1, here + ".items");
  }
}

void Resolver::Article(const v1::Article& article, const std::string& path) {
  TextPart title;
  title.kind = TextPart::Kind::kArticle;
  title.id = article.id();
  title.label = references_.Label(&article);
  title.text = Text(article.title(), path + ".title");
  parts_.emplace_back(std::move(title));
  for (int i = 0; i < article.clauses_size(); ++i) {
    const v1::Clause& clause = article.clauses(i);
    const std::string here = absl::StrCat(path, ".clauses[", i, "]");
    TextPart part;
    part.kind = TextPart::Kind::kClause;
    part.id = clause.id();
    part.label = article.clauses_size() > 1 ? ClauseLabel(i + 1) : "";
    part.text = Text(clause.inlines(), here + ".inlines");
    parts_.emplace_back(std::move(part));
    Items(clause.items(), 1, here + ".items");
  }
}

void Resolver::List(const v1::List& list, int level, const std::string& path) {
  if (level > kMaxListDepth) {
    Violate(path, "lists lie deeper than 5 levels", "箇条書きの階層は5段までです");
    return;
  }
  for (int i = 0; i < list.items_size(); ++i) {
    const v1::ListItem& item = list.items(i);
    const std::string here = absl::StrCat(path, ".items[", i, "]");
    TextPart part;
    part.kind = TextPart::Kind::kListItem;
    part.level = level;
    part.label = MarkerLabel(list.marker(), i + 1);
    part.text = Text(item.inlines(), here + ".inlines");
    parts_.emplace_back(std::move(part));
    for (int k = 0; k < item.lists_size(); ++k) {
      List(item.lists(k), level + 1, absl::StrCat(here, ".lists[", k, "]"));
    }
  }
}

void Resolver::Block(const v1::Block& block, const std::string& path) {
  TextPart part;
  switch (block.kind_case()) {
    case v1::Block::kHeading:
      part.kind = TextPart::Kind::kHeading;
      part.level = std::clamp(block.heading().level(), 1, 3);
      part.id = block.heading().id();
      part.label = references_.Label(&block.heading());
      part.text = Text(block.heading().inlines(), path + ".heading.inlines");
      parts_.emplace_back(std::move(part));
      break;
    case v1::Block::kParagraph:
      part.text = Text(block.paragraph().inlines(), path + ".paragraph.inlines");
      part.alignment = block.paragraph().alignment();
      part.role = block.paragraph().role();
      parts_.emplace_back(std::move(part));
      break;
    case v1::Block::kArticle:
      Article(block.article(), path + ".article");
      break;
    case v1::Block::kList:
      List(block.list(), 1, path + ".list");
      break;
    case v1::Block::kPageBreak:
      parts_.emplace_back(PageBreakPart{});
      break;
    case v1::Block::kProse:
    case v1::Block::kGroup:
      Violate(path, "has not been worked off: it belongs into a template",
              "ひな形の部品が展開されていません");
      break;
    case v1::Block::KIND_NOT_SET:
      Violate(path, "has no kind", "種類が指定されていません");
      break;
    default:
      FormBlock(block, path);
  }
}

std::vector<Part> Resolver::Parts(const Blocks& blocks, const std::string& path) {
  std::vector<Part> outer = std::exchange(parts_, {});
  for (int i = 0; i < blocks.size(); ++i) Block(blocks[i], absl::StrCat(path, "[", i, "]"));
  return std::exchange(parts_, std::move(outer));
}

absl::StatusOr<Resolved> Resolve(const v1::BlockDocument& document, const FieldValues& values) {
  std::vector<Violation> violations;
  const References references(document, violations);
  Resolver resolver(values, references, violations);
  CheckValues(values, violations);
  CheckMargins(document.page(), violations);
  Resolved resolved;
  resolved.title = Clean(document.title());
  resolved.author = Clean(document.author());
  resolved.language = document.language().empty() ? "ja" : document.language();
  resolved.style = document.style();
  resolved.page = document.page();
  resolved.subtitle = resolver.Text(document.subtitle(), "subtitle");
  resolved.header = resolver.Text(document.page().header(), "page.header");
  resolved.footer = resolver.Text(document.page().footer(), "page.footer");
  resolved.parts = resolver.Parts(document.blocks(), "blocks");
  if (!violations.empty()) return InvalidFields(violations);
  resolved.unresolved = std::move(resolver.unresolved);
  return resolved;
}

}  // namespace staraction::document
