#include "services/document/writers/pdf.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "services/document/layout/layout.h"
#include "services/document/writers/cairo_pdf.h"
#include "services/document/writers/pdf_archive.h"

namespace staraction::document {
namespace {

// Appends the sheet's pages. With a title they are an entry of the outline, with their own headings
// below it; names of places get a prefix, since no two may be equal in a file.
void Append(DisplayList sheet, const std::string& title, size_t number, DisplayList& list) {
  const int before = static_cast<int>(list.pages.size());
  list.width = sheet.width;
  list.height = sheet.height;
  for (Page& page : sheet.pages) {
    if (!title.empty()) PrefixPlaces(absl::StrCat("sheet", number, "."), page);
    for (LineRecord& line : page.lines) line.page += before;
  }
  if (!title.empty()) {
    const std::string id = absl::StrCat("sheet", number);
    auto& ops = sheet.pages.front().ops;
    ops.insert(ops.begin(), {DestinationOp{id}, OutlineOp{id, title}});
  }
  std::move(sheet.pages.begin(), sheet.pages.end(), std::back_inserter(list.pages));
}

absl::StatusOr<Resolved> ResolveSheet(const v1::BlockDocument& document, const Sheet& sheet,
                                      const FieldValues& common) {
  FieldValues fields = common;
  for (const auto& [code, value] : sheet.fields) fields[code] = value;
  return Resolve(document, fields);
}

}  // namespace

absl::StatusOr<RenderedPdf> RenderPdf(const v1::BlockDocument& document,
                                      const RenderOptions& options) {
  return RenderSheets(document, {Sheet{}}, options);
}

absl::StatusOr<RenderedPdf> RenderSheets(const v1::BlockDocument& document,
                                         const std::vector<Sheet>& sheets,
                                         const RenderOptions& options) {
  SA_ASSIGN_OR_RETURN(const StyleSheet style, FindStyle(document.style()));
  MissingGlyphs missing;
  DisplayList list;
  RenderedPdf pdf;
  PdfMetadata metadata;
  for (size_t i = 0; i < sheets.size(); ++i) {
    SA_ASSIGN_OR_RETURN(Resolved resolved, ResolveSheet(document, sheets[i], options.fields));
    Append(LayOut(resolved, style, *options.fonts, missing), sheets[i].title, i, list);
    if (i > 0) continue;
    metadata = {resolved.title, resolved.author, resolved.language, options.create_time};
    pdf.unresolved_fields = std::move(resolved.unresolved);
  }
  SA_ASSIGN_OR_RETURN(const std::string drawn, DrawPdf(list));
  SA_ASSIGN_OR_RETURN(pdf.bytes, ArchivePdf(drawn, metadata));
  pdf.page_count = static_cast<int>(list.pages.size());
  pdf.missing_glyphs.assign(missing.begin(), missing.end());
  for (Page& page : list.pages) {
    std::move(page.lines.begin(), page.lines.end(), std::back_inserter(pdf.lines));
  }
  return pdf;
}

}  // namespace staraction::document
