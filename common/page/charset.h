#ifndef STARACTION_COMMON_PAGE_CHARSET_H_
#define STARACTION_COMMON_PAGE_CHARSET_H_

#include <string>
#include <string_view>

namespace staraction::page {

struct DecodedPage {
  std::string text;     // UTF-8
  std::string charset;  // in which the bytes were read
};

// The text of a page's bytes. Pages often say a wrong encoding: what the byte order mark, the
// header
// (`content_type`) and the page's own head say is tried in this order, then UTF-8, Shift_JIS,
// EUC-JP and ISO-2022-JP; the first in which every byte makes sense counts. If there is none, UTF-8
// with U+FFFD for what makes no sense. Pure; thread safe.
DecodedPage DecodePage(std::string_view bytes, std::string_view content_type);

}  // namespace staraction::page

#endif  // STARACTION_COMMON_PAGE_CHARSET_H_
