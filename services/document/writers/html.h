#ifndef STARACTION_SERVICES_DOCUMENT_WRITERS_HTML_H_
#define STARACTION_SERVICES_DOCUMENT_WRITERS_HTML_H_

#include <string>

#include "services/document/model/resolved.h"

namespace staraction::document {

// The document as one page of HTML in UTF-8, to be put on a web site as it is or in pieces:
// headings and articles with ids, paragraphs, lists, tables; no scripts, styles or pictures, and
// nothing that a company's own design would have to undo. Charts become tables; QR codes, seals and
// page breaks are left out.
std::string HtmlPage(const Resolved& document);

// The document's words in the order of the page, a paragraph, item or row a line, cells parted by
// tabs.
std::string WordsOf(const Resolved& document);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_WRITERS_HTML_H_
