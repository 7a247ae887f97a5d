#include "services/document/writers/pdf.h"

#include <utility>

#include "common/base/macros.h"
#include "services/document/layout/layout.h"
#include "services/document/writers/cairo_pdf.h"
#include "services/document/writers/pdf_archive.h"

namespace staraction::document {

absl::StatusOr<RenderedPdf> RenderPdf(const v1::BlockDocument& document,
                                      const RenderOptions& options) {
  SA_ASSIGN_OR_RETURN(const StyleSheet style, FindStyle(document.style()));
  SA_ASSIGN_OR_RETURN(Resolved resolved, Resolve(document, options.fields));
  MissingGlyphs missing;
  DisplayList list = LayOut(resolved, style, *options.fonts, missing);
  SA_ASSIGN_OR_RETURN(const std::string drawn, DrawPdf(list));
  RenderedPdf pdf;
  SA_ASSIGN_OR_RETURN(pdf.bytes, ArchivePdf(drawn, {resolved.title, resolved.author,
                                                    resolved.language, options.create_time}));
  pdf.page_count = static_cast<int>(list.pages.size());
  pdf.missing_glyphs.assign(missing.begin(), missing.end());
  pdf.unresolved_fields = std::move(resolved.unresolved);
  for (Page& page : list.pages) {
    std::move(page.lines.begin(), page.lines.end(), std::back_inserter(pdf.lines));
  }
  return pdf;
}

}  // namespace staraction::document
