#ifndef STARACTION_COMMON_PAGE_PAGE_TEXT_H_
#define STARACTION_COMMON_PAGE_PAGE_TEXT_H_

#include <string>
#include <string_view>

// The words of a page as people see them. Reads a stranger's bytes with large libraries: linked
// into a small program of its own (staraction-page) and into tests only.
namespace staraction::page {

struct PageText {
  bool readable = false;  // HTML, plain text or PDF that could be opened
  std::string text;       // a block of the page a line, UTF-8
  std::string charset;    // "" for PDF
  bool pdf = false;
  bool pictures = false;  // where words may stand that are no text
  bool scripts = false;   // scripts or frames that may bring words from elsewhere
};

// `content_type` is the header's value; PDF is also known by its first bytes.
PageText TextOf(std::string_view bytes, std::string_view content_type);

}  // namespace staraction::page

#endif  // STARACTION_COMMON_PAGE_PAGE_TEXT_H_
