#include "common/page/page_text.h"

#include <gumbo.h>
#include <poppler-document.h>
#include <poppler-page.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/strings.h"
#include "common/page/charset.h"

namespace staraction::page {
namespace {

constexpr int kMaxDepth = 400;  // of nested elements; what is deeper is left out
constexpr int kMaxPages = 50;   // of a PDF

bool Among(GumboTag tag, std::initializer_list<GumboTag> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

// Elements whose text nobody sees.
bool Unseen(const GumboElement& element) {
  return Among(element.tag, {GUMBO_TAG_HEAD, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT,
                             GUMBO_TAG_TEMPLATE, GUMBO_TAG_SVG, GUMBO_TAG_MATH, GUMBO_TAG_SELECT,
                             GUMBO_TAG_TEXTAREA}) ||
         gumbo_get_attribute(&element.attributes, "hidden") != nullptr;
}

// Elements that stand within a line.
bool Inline(GumboTag tag) {
  return Among(tag,
               {GUMBO_TAG_A,     GUMBO_TAG_ABBR, GUMBO_TAG_B,      GUMBO_TAG_BDI,  GUMBO_TAG_BDO,
                GUMBO_TAG_BIG,   GUMBO_TAG_CITE, GUMBO_TAG_CODE,   GUMBO_TAG_DATA, GUMBO_TAG_DEL,
                GUMBO_TAG_DFN,   GUMBO_TAG_EM,   GUMBO_TAG_FONT,   GUMBO_TAG_I,    GUMBO_TAG_INS,
                GUMBO_TAG_KBD,   GUMBO_TAG_MARK, GUMBO_TAG_Q,      GUMBO_TAG_RUBY, GUMBO_TAG_S,
                GUMBO_TAG_SMALL, GUMBO_TAG_SPAN, GUMBO_TAG_STRONG, GUMBO_TAG_SUB,  GUMBO_TAG_SUP,
                GUMBO_TAG_TIME,  GUMBO_TAG_TT,   GUMBO_TAG_U,      GUMBO_TAG_VAR,  GUMBO_TAG_WBR});
}

bool Picture(GumboTag tag) {
  return Among(tag, {GUMBO_TAG_IMG, GUMBO_TAG_IMAGE, GUMBO_TAG_SVG, GUMBO_TAG_CANVAS,
                     GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED, GUMBO_TAG_VIDEO});
}

bool FromElsewhere(GumboTag tag) {
  return Among(tag, {GUMBO_TAG_SCRIPT, GUMBO_TAG_IFRAME, GUMBO_TAG_FRAME, GUMBO_TAG_FRAMESET});
}

void EndLine(PageText& page) {
  if (!page.text.empty() && page.text.back() != '\n') page.text += '\n';
}

// Line ends in the source are no line ends for readers.
void AddText(const char* text, PageText& page) {
  for (const char* c = text; *c != '\0'; ++c) page.text += *c == '\n' || *c == '\r' ? ' ' : *c;
}

void Walk(const GumboNode& node, int depth, bool seen, PageText& page);

void WalkChildren(const GumboVector& children, int depth, bool seen, PageText& page) {
  if (depth == kMaxDepth) return;
  for (unsigned i = 0; i < children.length; ++i) {
    Walk(*static_cast<const GumboNode*>(children.data[i]), depth + 1, seen, page);
  }
}

void Walk(const GumboNode& node, int depth, bool seen, PageText& page) {
  if (node.type == GUMBO_NODE_DOCUMENT) {
    WalkChildren(node.v.document.children, depth, seen, page);
  } else if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) {
    const GumboElement& element = node.v.element;
    page.pictures |= Picture(element.tag);
    page.scripts |= FromElsewhere(element.tag);
    const bool breaks = seen && !Inline(element.tag);
    if (breaks) EndLine(page);
    // Readings over kanji (RT, RP) are no words of the text.
    const bool reading = Among(element.tag, {GUMBO_TAG_RT, GUMBO_TAG_RP});
    WalkChildren(element.children, depth, seen && !reading && !Unseen(element), page);
    if (breaks) EndLine(page);
  } else if (seen && (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA ||
                      node.type == GUMBO_NODE_WHITESPACE)) {
    AddText(node.v.text.text, page);
  }
}

PageText OfHtml(const DecodedPage& decoded) {
  PageText page;
  page.charset = decoded.charset;
  const std::unique_ptr<GumboOutput, void (*)(GumboOutput*)> parsed(
      gumbo_parse_with_options(&kGumboDefaultOptions, decoded.text.data(), decoded.text.size()),
      [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); });
  if (parsed == nullptr) return page;
  page.readable = true;
  Walk(*parsed->document, 0, true, page);
  return page;
}

PageText OfPdf(std::string_view bytes) {
  PageText page;
  page.pdf = true;
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr || document->is_locked()) return page;
  page.readable = true;
  for (int i = 0; i < std::min(document->pages(), kMaxPages); ++i) {
    const std::unique_ptr<poppler::page> sheet(document->create_page(i));
    if (sheet == nullptr) continue;
    const poppler::byte_array text = sheet->text().to_utf8();
    page.text.append(text.data(), text.size());
    EndLine(page);
  }
  return page;
}

}  // namespace

PageText TextOf(std::string_view bytes, std::string_view content_type) {
  const std::string type = absl::AsciiStrToLower(ToAbsl(content_type));
  const auto says = [&type](const char* part) { return absl::StrContains(type, part); };
  if (bytes.starts_with("%PDF-")) return OfPdf(bytes);
  const bool html = says("html") || content_type.empty();
  if (!html && !says("text/plain")) return {};
  const DecodedPage decoded = DecodePage(bytes, content_type);
  if (html) return OfHtml(decoded);
  PageText page;
  page.readable = true;
  page.text = decoded.text;
  page.charset = decoded.charset;
  return page;
}

}  // namespace staraction::page
