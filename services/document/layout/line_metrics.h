#ifndef STARACTION_SERVICES_DOCUMENT_LAYOUT_LINE_METRICS_H_
#define STARACTION_SERVICES_DOCUMENT_LAYOUT_LINE_METRICS_H_

#include <vector>

#include "services/document/layout/line_break.h"

namespace staraction::document {

// Widths of all possible lines of a paragraph in constant time each, and the places of the atoms
// of a chosen one. Keeps a reference to the atoms.
class LineMetrics {
 public:
  // A gap between characters grows to this share of its em at most; a space by twice that.
  static constexpr double kGapLimit = 0.25;

  struct Fit {
    double natural = 0;    // width, unstretched and unsqueezed
    double end_blank = 0;  // empty half of a closing sign at its end: given away first
    double shrink = 0;     // what can be squeezed inside
    double stretch = 0;    // sum of weight × em over its gaps
  };

  explicit LineMetrics(const std::vector<Atom>& atoms);

  Fit Measure(size_t begin, size_t end) const;

  // A lower bound of the line's width that never sinks as `end` grows.
  double Least(size_t begin, size_t end) const;

  // Places the line's atoms; with `justify` gaps grow (within the limit) to fill `room`.
  BrokenLine Place(size_t begin, size_t end, double room, bool justify) const;

  // Whether the line holds one atom and spaces after it.
  bool IsSingle(size_t begin, size_t end) const { return VisibleEnd(begin, end) == begin + 1; }

  bool IsBlank(size_t atom) const {
    return atoms_[atom].char_class == CharClass::kSpace ||
           atoms_[atom].char_class == CharClass::kWideSpace;
  }

 private:
  // The gap before an atom, together with the blanks inside the two atoms beside it.
  struct Gap {
    double space = 0;    // added between Japanese and Latin
    double shrink = 0;   // how much of the blanks may go
    double stretch = 0;  // weight × em
  };

  Gap GapBefore(size_t atom) const;
  double LeadBlank(size_t atom) const;
  double TrailBlank(size_t atom) const;
  size_t VisibleEnd(size_t begin, size_t end) const;
  double StartTrim(size_t begin) const;

  const std::vector<Atom>& atoms_;
  std::vector<double> lead_trim_;   // taken from the left of an atom because of its neighbour
  std::vector<double> trail_trim_;  // taken from the right
  std::vector<Gap> gaps_;           // [i]: before atom i; [0] is empty
  // Sums over atoms (gaps) [0, i).
  std::vector<double> width_sum_;
  std::vector<double> space_sum_;
  std::vector<double> shrink_sum_;
  std::vector<double> stretch_sum_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_LAYOUT_LINE_METRICS_H_
