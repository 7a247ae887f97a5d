#ifndef STARACTION_SERVICES_DOCUMENT_RENDER_H_
#define STARACTION_SERVICES_DOCUMENT_RENDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/document/layout/font_library.h"
#include "services/document/readers.h"
#include "staraction/document/v1/document.pb.h"
#include "staraction/document/v1/document_service.pb.h"

namespace staraction::document {

// A file made of a revision.
struct File {
  std::string bytes;
  int page_count = 0;
  std::vector<char32_t> missing_glyphs;
};

// Unset: PDF.
const char* MediaTypeOf(v1::RenderFormat format);

// The revision in that format, its pages telling where it is in its life: for each of the members
// (one without fields: nobody in particular) a sheet; HTML and text of the first alone.
absl::StatusOr<File> MakeFile(const v1::Revision& revision, const std::vector<MemberSheet>& sheets,
                              v1::RenderFormat format,
                              const std::shared_ptr<const FontLibrary>& fonts);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_RENDER_H_
