#include "services/document/layout/line_break.h"

#include <algorithm>
#include <limits>

#include "services/document/layout/line_metrics.h"

namespace staraction::document {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Costs; a line stretched to its limit costs 100.
constexpr double kEachLine = 10;
constexpr double kInsideWideLatin = 150;
constexpr double kInsideUrl = 400;
constexpr double kInsideWord = 3000;
constexpr double kAgainstKinsoku = 100000;
constexpr double kOverfull = 1e8;
constexpr double kLoneCharacter = 5000;

// How far the breaker may go to find a way through a paragraph.
enum class Severity { kLegal, kInsideWords, kAnywhere };

bool IsWordCharacter(const Atom& atom) {
  return atom.char_class == CharClass::kLatin;
}

// After these an address may go on in the next line.
bool IsUrlJoint(uint32_t point) {
  return point == '/' || point == '?' || point == '&' || point == '=' || point == '_' ||
         point == '-' || point == '.' || point == '#' || point == '@';
}

class Breaker {
 public:
  Breaker(const std::vector<Atom>& atoms, const BreakRequest& request)
      : atoms_(atoms), request_(request), metrics_(atoms) {}

  std::vector<BrokenLine> Run() {
    for (const Severity severity :
         {Severity::kLegal, Severity::kInsideWords, Severity::kAnywhere}) {
      if (Search(severity)) break;
    }
    return Collect();
  }

 private:
  struct Node {
    double cost = kInfinity;
    size_t from = 0;
  };

  bool BreaksKinsoku(size_t at) const;
  bool IsLegal(size_t at) const { return atoms_[at].may_break && !BreaksKinsoku(at); }
  double BreakCost(size_t at, Severity severity) const;
  double LineCost(size_t begin, size_t end) const;
  bool Search(Severity severity);
  std::vector<BrokenLine> Collect() const;
  double Room(size_t begin) const { return begin == 0 ? request_.first_width : request_.width; }
  bool IsLone(size_t begin) const;

  const std::vector<Atom>& atoms_;
  const BreakRequest& request_;
  const LineMetrics metrics_;
  std::vector<Node> nodes_;
};

// Whether a line that ends before this atom would end, or the next one start, with a forbidden
// character. Spaces at the end do not count: they hang over the edge.
bool Breaker::BreaksKinsoku(size_t at) const {
  size_t last = at - 1;
  while (last > 0 && metrics_.IsBlank(last)) --last;
  const Atom& before = atoms_[at - 1];
  return ForbiddenAtStart(atoms_[at].first) || ForbiddenAtEnd(atoms_[last].last) ||
         (before.char_class == CharClass::kInseparable && before.last == atoms_[at].first);
}

double Breaker::BreakCost(size_t at, Severity severity) const {
  if (at == atoms_.size()) return 0;
  const Atom& before = atoms_[at - 1];
  const Atom& after = atoms_[at];
  if (IsLegal(at)) {
    return IsWideLatin(before.last) && IsWideLatin(after.first) ? kInsideWideLatin : 0;
  }
  if (after.char_class == CharClass::kSpace) return kInfinity;
  const bool kinsoku = BreaksKinsoku(at);
  if (!kinsoku && IsUrlJoint(before.last) && !IsUrlJoint(after.first) && IsWordCharacter(after) &&
      at >= 2 && IsWordCharacter(atoms_[at - 2])) {
    return kInsideUrl;
  }
  if (severity == Severity::kLegal) return kInfinity;
  if (!kinsoku) return kInsideWord;
  return severity == Severity::kAnywhere ? kAgainstKinsoku : kInfinity;
}

// Whether the last line would hold no more than one character and its punctuation.
bool Breaker::IsLone(size_t begin) const {
  int visible = 0;
  for (size_t i = begin; i < atoms_.size(); ++i) {
    if (metrics_.IsBlank(i) || ForbiddenAtStart(atoms_[i].first)) continue;
    if (++visible > 1) return false;
  }
  return true;
}

double Breaker::LineCost(size_t begin, size_t end) const {
  const LineMetrics::Fit fit = metrics_.Measure(begin, end);
  const double room = Room(begin);
  const double missing = room - fit.natural;
  const bool last = end == atoms_.size();
  const double em = atoms_[begin].em;
  double cost = kEachLine + (last && begin > 0 && IsLone(begin) ? kLoneCharacter : 0);
  if (missing < -1e-6) {
    const double inside = std::max(0.0, -missing - fit.end_blank);
    if (inside > fit.shrink + 1e-6) {
      return metrics_.IsSingle(begin, end) ? kOverfull : kInfinity;
    }
    const double ratio = inside <= 1e-6 ? 0 : inside / fit.shrink;
    return cost + 3 + 60 * ratio * ratio;
  }
  if (last) return cost;
  if (!request_.justify) return cost + 5 * (missing / em) * (missing / em);
  const double limit = fit.stretch * LineMetrics::kGapLimit;
  if (missing <= limit) {
    const double ratio = missing <= 1e-6 ? 0 : missing / limit;
    return cost + 100 * ratio * ratio;
  }
  return cost + 400 + 100 * (missing - limit) / em;
}

bool Breaker::Search(Severity severity) {
  const size_t count = atoms_.size();
  nodes_.assign(count + 1, {});
  nodes_[0].cost = 0;
  for (size_t begin = 0; begin < count; ++begin) {
    if (nodes_[begin].cost == kInfinity) continue;
    for (size_t end = begin + 1; end <= count; ++end) {
      if (metrics_.Least(begin, end) > Room(begin) && !metrics_.IsSingle(begin, end)) break;
      const double at_break = BreakCost(end, severity);
      if (at_break == kInfinity) continue;
      const double cost = nodes_[begin].cost + at_break + LineCost(begin, end);
      if (cost <= nodes_[end].cost) nodes_[end] = {cost, begin};
    }
  }
  // An overfull line is taken only when nothing else is left to try.
  return nodes_[count].cost < kOverfull;
}

std::vector<BrokenLine> Breaker::Collect() const {
  std::vector<BrokenLine> lines;
  for (size_t end = atoms_.size(); end > 0; end = nodes_[end].from) {
    const size_t begin = nodes_[end].from;
    const bool last = end == atoms_.size();
    BrokenLine line = metrics_.Place(begin, end, Room(begin), request_.justify && !last);
    line.emergency = !last && !IsLegal(end);
    lines.push_back(std::move(line));
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

}  // namespace

std::vector<BrokenLine> BreakLines(const std::vector<Atom>& atoms, const BreakRequest& request) {
  if (atoms.empty()) return {BrokenLine{}};
  return Breaker(atoms, request).Run();
}

}  // namespace staraction::document
