#ifndef STARACTION_SERVICES_DOCUMENT_WRITERS_PDF_ARCHIVE_H_
#define STARACTION_SERVICES_DOCUMENT_WRITERS_PDF_ARCHIVE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace staraction::document {

struct PdfMetadata {
  std::string title;
  std::string author;
  std::string language;
  std::optional<absl::Time> create_time;
};

// Makes Cairo's PDF one that is built to the rules of PDF/A-2b: metadata as XMP and equal ones as
// Info, sRGB output intent, language, printable links with descriptions, artifacts marked; with
// object streams and an identifier made from the content. INTERNAL when the PDF is faulty.
absl::StatusOr<std::string> ArchivePdf(const std::string& pdf, const PdfMetadata& metadata);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_WRITERS_PDF_ARCHIVE_H_
