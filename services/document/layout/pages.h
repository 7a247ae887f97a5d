#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_PAGES_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_PAGES_H_

#include <vector>

#include "services/document/layout/box.h"
#include "services/document/layout/display_list.h"

namespace staraction::document {

// Where text goes on every page, in points.
struct PageGeometry {
  double width = 0;
  double height = 0;
  double left = 0;
  double top = 0;
  double text_width = 0;
  double text_height = 0;
};

// Stacks the boxes on pages (at least one). Boxes kept together start a new page together unless
// they fill more than one.
DisplayList Paginate(std::vector<Box> boxes, const PageGeometry& geometry);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_PAGES_H_
