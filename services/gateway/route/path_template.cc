#include "services/gateway/route/path_template.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"

namespace staraction::gateway {
namespace {

using Kind = Segment::Kind;

bool IsLiteralCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' ||
         c == '~';
}

// Template = "/" Segments [ ":" literal ]
// Segments = Segment { "/" Segment }
// Segment  = "*" | "**" | literal | "{" field path [ "=" Segments ] "}"
class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}

  absl::StatusOr<PathTemplate> Parse() {
    if (!Take('/')) return Wrong("must begin with '/'");
    SA_RETURN_IF_ERROR(Segments(/*in_variable=*/false));
    if (Take(':')) {
      out_.verb = Literal();
      if (out_.verb.empty()) return Wrong("has an empty verb");
    }
    if (at_ != text_.size()) return Wrong("has something after its end");
    return CheckWildcards();
  }

 private:
  absl::Status Wrong(const std::string& what) const {
    return absl::InvalidArgumentError(
        absl::StrCat("path template '", text_, "' ", what, " (at ", at_, ")"));
  }
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string Literal() {
    const size_t begin = at_;
    while (at_ < text_.size() && IsLiteralCharacter(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  absl::Status Segments(bool in_variable) {
    do {
      if (Take('*')) {
        out_.segments.push_back({Take('*') ? Kind::kMany : Kind::kOne, ""});
      } else if (Take('{')) {
        if (in_variable) return Wrong("has a variable in a variable");
        SA_RETURN_IF_ERROR(ParseVariable());
      } else {
        std::string literal = Literal();
        if (literal.empty()) return Wrong("has an empty segment");
        out_.segments.push_back({Kind::kLiteral, std::move(literal)});
      }
    } while (Take('/'));
    return absl::OkStatus();
  }

  absl::Status ParseVariable() {
    Variable variable;
    variable.begin = out_.segments.size();
    variable.field_path = Literal();
    if (variable.field_path.empty()) return Wrong("has a variable without a name");
    if (Take('=')) {
      SA_RETURN_IF_ERROR(Segments(/*in_variable=*/true));
    } else {
      out_.segments.push_back({Kind::kOne, ""});
    }
    if (!Take('}')) return Wrong("has a variable that is not closed");
    variable.end = out_.segments.size();
    out_.variables.push_back(std::move(variable));
    return absl::OkStatus();
  }

  absl::StatusOr<PathTemplate> CheckWildcards() {
    for (size_t i = 0; i + 1 < out_.segments.size(); ++i) {
      if (out_.segments[i].kind == Kind::kMany) return Wrong("has '**' before its end");
    }
    std::set<std::string> names;
    for (const Variable& variable : out_.variables) {
      if (!names.insert(variable.field_path).second) return Wrong("binds a field twice");
    }
    return std::move(out_);
  }

  const std::string& text_;
  size_t at_ = 0;
  PathTemplate out_;
};

}  // namespace

absl::StatusOr<PathTemplate> ParsePathTemplate(const std::string& text) {
  return Parser(text).Parse();
}

Overlap Compare(const PathTemplate& a, const PathTemplate& b) {
  if (a.verb != b.verb) return Overlap::kDisjoint;
  const size_t fixed_a = a.segments.size() - (a.open_ended() ? 1 : 0);
  const size_t fixed_b = b.segments.size() - (b.open_ended() ? 1 : 0);
  if (!a.open_ended() && fixed_a < fixed_b) return Overlap::kDisjoint;
  if (!b.open_ended() && fixed_b < fixed_a) return Overlap::kDisjoint;

  // Beyond the shorter one's fixed part, its "**" is wider than whatever the other has there.
  bool a_wider = a.open_ended() && (!b.open_ended() || fixed_a < fixed_b);
  bool b_wider = b.open_ended() && (!a.open_ended() || fixed_b < fixed_a);
  for (size_t i = 0; i < std::min(fixed_a, fixed_b); ++i) {
    const Segment& x = a.segments[i];
    const Segment& y = b.segments[i];
    if (x.kind == Kind::kLiteral && y.kind == Kind::kLiteral) {
      if (x.literal != y.literal) return Overlap::kDisjoint;
    } else if (x.kind != y.kind) {
      (x.kind == Kind::kOne ? a_wider : b_wider) = true;
    }
  }
  if (a_wider && b_wider) return Overlap::kCrossing;
  if (a_wider) return Overlap::kWider;
  return b_wider ? Overlap::kNarrower : Overlap::kEqual;
}

}  // namespace staraction::gateway
