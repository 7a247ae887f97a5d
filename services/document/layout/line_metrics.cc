#include "services/document/layout/line_metrics.h"

#include <algorithm>

namespace staraction::document {
namespace {

// Space between Japanese and Latin text, and how much of it may be squeezed; parts of an em.
constexpr double kMixedGap = 0.15;
constexpr double kMixedGapShrink = 0.1;
constexpr double kSpaceShrink = 0.3;

bool IsWide(const Atom& atom) {
  return atom.advance >= 0.9 * atom.em;
}

bool Ends(const Atom& atom) {
  return atom.char_class == CharClass::kClosing || atom.char_class == CharClass::kFullStop;
}

bool IsLetterOrDigit(uint32_t point) {
  return (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
         (point >= 'a' && point <= 'z') || (point >= 0xc0 && point < 0x2000);
}

bool IsMixed(const Atom& before, const Atom& after) {
  return (before.char_class == CharClass::kIdeograph && IsLetterOrDigit(after.first)) ||
         (after.char_class == CharClass::kIdeograph && IsLetterOrDigit(before.last));
}

double StretchWeight(const Atom& before, const Atom& after) {
  if (before.char_class == CharClass::kSpace) return 2;
  if (after.char_class == CharClass::kSpace || before.char_class == CharClass::kOpening ||
      after.char_class == CharClass::kMiddleDot || before.char_class == CharClass::kMiddleDot ||
      Ends(after)) {
    return 0;
  }
  if (before.char_class == CharClass::kLatin && after.char_class == CharClass::kLatin) return 0;
  if (before.char_class == CharClass::kInseparable && before.last == after.first) return 0;
  return 1;
}

}  // namespace

LineMetrics::LineMetrics(const std::vector<Atom>& atoms)
    : atoms_(atoms),
      lead_trim_(atoms.size()),
      trail_trim_(atoms.size()),
      gaps_(atoms.size()),
      width_sum_(atoms.size() + 1),
      space_sum_(atoms.size() + 1),
      shrink_sum_(atoms.size() + 1),
      stretch_sum_(atoms.size() + 1) {
  for (size_t i = 1; i < atoms.size(); ++i) {
    const Atom& before = atoms[i - 1];
    const Atom& after = atoms[i];
    if (before.char_class == CharClass::kOpening && after.char_class == CharClass::kOpening) {
      lead_trim_[i] = LeadBlank(i);
    }
    if (Ends(before) && (Ends(after) || after.char_class == CharClass::kOpening ||
                         after.char_class == CharClass::kMiddleDot)) {
      trail_trim_[i - 1] = TrailBlank(i - 1);
    }
  }
  for (size_t i = 0; i < atoms.size(); ++i) {
    if (i > 0) gaps_[i] = GapBefore(i);
    width_sum_[i + 1] = width_sum_[i] + atoms[i].advance - lead_trim_[i] - trail_trim_[i];
    space_sum_[i + 1] = space_sum_[i] + gaps_[i].space;
    shrink_sum_[i + 1] = shrink_sum_[i] + gaps_[i].shrink;
    stretch_sum_[i + 1] = stretch_sum_[i] + gaps_[i].stretch;
  }
}

double LineMetrics::LeadBlank(size_t atom) const {
  if (!IsWide(atoms_[atom])) return 0;
  if (atoms_[atom].char_class == CharClass::kOpening) return atoms_[atom].em / 2;
  return atoms_[atom].char_class == CharClass::kMiddleDot ? atoms_[atom].em / 4 : 0;
}

double LineMetrics::TrailBlank(size_t atom) const {
  if (!IsWide(atoms_[atom])) return 0;
  if (Ends(atoms_[atom])) return atoms_[atom].em / 2;
  return atoms_[atom].char_class == CharClass::kMiddleDot ? atoms_[atom].em / 4 : 0;
}

LineMetrics::Gap LineMetrics::GapBefore(size_t i) const {
  const Atom& before = atoms_[i - 1];
  const Atom& after = atoms_[i];
  Gap gap;
  gap.stretch = StretchWeight(before, after) * after.em;
  if (IsMixed(before, after)) {
    gap.space = kMixedGap * after.em;
    gap.shrink = kMixedGapShrink * after.em;
  }
  // A full stop keeps its blank: it parts sentences.
  if (before.char_class != CharClass::kFullStop)
    gap.shrink += TrailBlank(i - 1) - trail_trim_[i - 1];
  gap.shrink += LeadBlank(i) - lead_trim_[i];
  if (before.char_class == CharClass::kSpace) gap.shrink += kSpaceShrink * before.advance;
  return gap;
}

size_t LineMetrics::VisibleEnd(size_t begin, size_t end) const {
  while (end > begin + 1 && IsBlank(end - 1)) --end;
  return end;
}

// An opening bracket stands flush at the start of a line.
double LineMetrics::StartTrim(size_t begin) const {
  if (atoms_[begin].char_class != CharClass::kOpening) return 0;
  return LeadBlank(begin) - lead_trim_[begin];
}

LineMetrics::Fit LineMetrics::Measure(size_t begin, size_t end) const {
  const size_t visible = VisibleEnd(begin, end);
  Fit fit;
  fit.natural = width_sum_[visible] - width_sum_[begin] + space_sum_[visible] -
                space_sum_[begin + 1] - StartTrim(begin);
  fit.end_blank = TrailBlank(visible - 1) - trail_trim_[visible - 1];
  fit.shrink = shrink_sum_[visible] - shrink_sum_[begin + 1];
  fit.stretch = stretch_sum_[visible] - stretch_sum_[begin + 1];
  return fit;
}

double LineMetrics::Least(size_t begin, size_t end) const {
  const Fit fit = Measure(begin, end);
  // The next atom may be punctuation that squeezes the last one: its blank is not sure to stay.
  const double last = TrailBlank(VisibleEnd(begin, end) - 1);
  return fit.natural - fit.shrink - std::max(fit.end_blank, last) - 1e-6;
}

BrokenLine LineMetrics::Place(size_t begin, size_t end, double room, bool justify) const {
  const Fit fit = Measure(begin, end);
  const size_t visible = VisibleEnd(begin, end);
  const double missing = room - fit.natural;
  const double squeezed_end = std::clamp(-missing, 0.0, fit.end_blank);
  double shrink = 0;   // share of each gap's blank
  double stretch = 0;  // part of an em for each weight
  if (missing < 0 && fit.shrink > 0) {
    shrink = std::clamp((-missing - squeezed_end) / fit.shrink, 0.0, 1.0);
  } else if (justify && missing > 0 && fit.stretch > 0) {
    stretch = std::min(missing / fit.stretch, kGapLimit);
  }
  BrokenLine line;
  line.begin = begin;
  line.end = end;
  double x = -StartTrim(begin);
  for (size_t i = begin; i < end; ++i) {
    if (i > begin) x += gaps_[i].space - shrink * gaps_[i].shrink + stretch * gaps_[i].stretch;
    // The glyph itself keeps its inner blank; what is trimmed lies left of the place.
    line.x.push_back(x - lead_trim_[i]);
    x += atoms_[i].advance - lead_trim_[i] - trail_trim_[i];
    if (i + 1 == visible) line.width = x - squeezed_end;
  }
  return line;
}

}  // namespace staraction::document
