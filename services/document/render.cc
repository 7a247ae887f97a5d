#include "services/document/render.h"

#include <utility>

#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "services/document/domain/life.h"
#include "services/document/writers/html.h"
#include "services/document/writers/pdf.h"

namespace staraction::document {
namespace {

// The values of the content, and what pages say of the revision's life.
FieldValues ValuesOf(const v1::Revision& revision) {
  FieldValues values = domain::LifeFields(revision);
  values.insert(revision.field_values().begin(), revision.field_values().end());
  return values;
}

absl::StatusOr<RenderedPdf> RenderRevisionPdf(const v1::Revision& revision,
                                              const std::vector<MemberSheet>& members,
                                              const std::shared_ptr<const FontLibrary>& fonts) {
  RenderOptions options;
  options.fonts = fonts;
  options.fields = ValuesOf(revision);
  if (revision.has_create_time()) {
    options.create_time = pg::FromTimestamp(revision.create_time());
  }
  std::vector<Sheet> sheets;
  for (const MemberSheet& member : members) {
    sheets.push_back({members.size() == 1 ? "" : member.display_name, member.fields});
  }
  return RenderSheets(revision.document(), sheets, options);
}

}  // namespace

const char* MediaTypeOf(v1::RenderFormat format) {
  if (format == v1::RENDER_FORMAT_HTML) return "text/html; charset=utf-8";
  return format == v1::RENDER_FORMAT_TEXT ? "text/plain; charset=utf-8" : "application/pdf";
}

absl::StatusOr<File> MakeFile(const v1::Revision& revision, const std::vector<MemberSheet>& sheets,
                              v1::RenderFormat format,
                              const std::shared_ptr<const FontLibrary>& fonts) {
  if (format != v1::RENDER_FORMAT_HTML && format != v1::RENDER_FORMAT_TEXT) {
    SA_ASSIGN_OR_RETURN(RenderedPdf pdf, RenderRevisionPdf(revision, sheets, fonts));
    return File{std::move(pdf.bytes), pdf.page_count, std::move(pdf.missing_glyphs)};
  }
  FieldValues values = sheets.front().fields;
  values.merge(ValuesOf(revision));
  SA_ASSIGN_OR_RETURN(const Resolved resolved, Resolve(revision.document(), values));
  return File{format == v1::RENDER_FORMAT_HTML ? HtmlPage(resolved) : WordsOf(resolved), 0, {}};
}

}  // namespace staraction::document
