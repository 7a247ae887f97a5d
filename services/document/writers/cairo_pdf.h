#ifndef STARACTION_SERVICES_DOCUMENT_WRITERS_CAIRO_PDF_H_
#define STARACTION_SERVICES_DOCUMENT_WRITERS_CAIRO_PDF_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/document/layout/display_list.h"

namespace staraction::document {

// Draws the pages into a PDF with structure tags, links, destinations and outline. Title, dates and
// everything that Cairo cannot write are left to ArchivePdf. To be called on the thread that laid
// the pages out. INTERNAL when Cairo fails.
absl::StatusOr<std::string> DrawPdf(const DisplayList& list);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_WRITERS_CAIRO_PDF_H_
