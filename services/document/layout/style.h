#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_STYLE_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_STYLE_H_

#include <string>

#include "absl/status/statusor.h"

// How documents look: plain data. Lengths are points (1/72 inch) unless named otherwise.
namespace staraction::document {

inline constexpr double kPointsPerMm = 72.0 / 25.4;

struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;
};

struct TextStyle {
  std::string family;
  double size = 10.5;
  double line_height = 18;  // from baseline to baseline
  bool bold = false;
  double tracking = 0;  // added after each character
  Color color;
};

struct StyleSheet {
  TextStyle title;
  TextStyle heading[3];
  TextStyle article;
  TextStyle body;
  TextStyle note;
  TextStyle addressee;
  TextStyle large;
  TextStyle small;  // under values of forms, under QR codes
  TextStyle cell;
  TextStyle cell_header;
  TextStyle form_key;
  TextStyle form_value;
  TextStyle signature_label;
  TextStyle signature;
  TextStyle running;  // header, footer, page number
  Color link{0.0, 0.25, 0.55};
  Color unresolved{0.75, 0.1, 0.1};
  Color rule{0.45, 0.45, 0.45};
  Color shade{0.945, 0.945, 0.945};
  Color bars[4] = {{0.72, 0.74, 0.77}, {0.10, 0.32, 0.56}, {0.45, 0.6, 0.3}, {0.75, 0.5, 0.2}};
  double scale = 1;  // multiplies all distances that are not named here
  double rule_width = 0.5;
  double paragraph_space = 5;  // over and under paragraphs
  double item_space = 3;       // over and under items of lists
  double signature_row = 30;
  double margin_top_mm = 28;
  double margin_right_mm = 25;
  double margin_bottom_mm = 25;
  double margin_left_mm = 25;
};

// "formal" (also ""): Mincho body, Gothic headings. "letter": the same, larger and wider, for
// single pages to be signed. "compact": smaller and tighter, for long forms. "plain": Gothic
// throughout. "ledger": Gothic, small and tight, for wide tables. "poster": Gothic, to be read from
// two metres. Any other name is INVALID_ARGUMENT.
absl::StatusOr<StyleSheet> FindStyle(const std::string& name);

// The same with all type and distances but the margins times `factor`.
StyleSheet Scaled(StyleSheet style, double factor);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_STYLE_H_
