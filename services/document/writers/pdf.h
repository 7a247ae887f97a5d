#ifndef STARACTION_SERVICES_DOCUMENT_WRITERS_PDF_H_
#define STARACTION_SERVICES_DOCUMENT_WRITERS_PDF_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/document/layout/display_list.h"
#include "services/document/layout/font_library.h"
#include "services/document/model/resolve.h"

namespace staraction::document {

struct RenderOptions {
  // Required. One for the whole process.
  std::shared_ptr<const FontLibrary> fonts;
  FieldValues fields;
  // Written into the file's metadata; absent: the file carries no date.
  std::optional<absl::Time> create_time;
};

// One of several sheets in a file.
struct Sheet {
  // What the file's outline calls it, e.g. whose it is; empty: it is no entry.
  std::string title;
  // Values beside and before those of the options.
  FieldValues fields;
};

struct RenderedPdf {
  std::string bytes;
  int page_count = 0;
  // Characters drawn as 〓 because no font has them, in order of code points. A variation selector
  // stands for a variant of a kanji that was drawn in its plain form.
  std::vector<char32_t> missing_glyphs;
  // Fields without a value, shown as 【未入力：label】.
  std::vector<v1::Field> unresolved_fields;
  // The lines of the text as they were broken, without header and footer.
  std::vector<LineRecord> lines;
};

// Writes the document as PDF, built to the rules of PDF/A-2b and tagged. Equal input gives equal
// bytes within one build. INVALID_ARGUMENT as Resolve, and for an unknown style. Thread-safe; each
// thread pays some 0.1 s for fonts once, so keep worker threads.
absl::StatusOr<RenderedPdf> RenderPdf(const v1::BlockDocument& document,
                                      const RenderOptions& options);

// The same document once for each sheet, each beginning a page and counting its own pages, in one
// file. At least one sheet.
absl::StatusOr<RenderedPdf> RenderSheets(const v1::BlockDocument& document,
                                         const std::vector<Sheet>& sheets,
                                         const RenderOptions& options);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_WRITERS_PDF_H_
