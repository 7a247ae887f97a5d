#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_LAYOUT_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_LAYOUT_H_

#include "services/document/layout/display_list.h"
#include "services/document/layout/font_library.h"
#include "services/document/layout/shape.h"
#include "services/document/layout/style.h"
#include "services/document/model/resolved.h"

namespace staraction::document {

// Lays the document out with the calling thread's fonts. The fonts in the result must be used and
// released on the same thread. Adds to `missing` what no font has.
DisplayList LayOut(const Resolved& document, const StyleSheet& style, const FontLibrary& fonts,
                   MissingGlyphs& missing);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_LAYOUT_H_
