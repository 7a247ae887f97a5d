#ifndef STARACTION_SERVICES_GATEWAY_ROUTE_PATH_TEMPLATE_H_
#define STARACTION_SERVICES_GATEWAY_ROUTE_PATH_TEMPLATE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace staraction::gateway {

// One segment of a template between two slashes.
struct Segment {
  enum class Kind {
    kLiteral,  // exactly `literal`
    kOne,      // "*": any one segment that is not empty
    kMany,     // "**": any number of segments, also none; only at the end
  };
  Kind kind = Kind::kLiteral;
  std::string literal;
};

// "{client.name=clients/*}": the field that the segments [begin, end) of the path go to, joined by
// slashes. With a trailing "**" it goes on to the end of the path.
struct Variable {
  std::string field_path;
  size_t begin = 0;
  size_t end = 0;
};

// A path template of google.api.http, e.g. "/v1/{name=clients/*/members/*}:archive".
struct PathTemplate {
  std::vector<Segment> segments;
  std::vector<Variable> variables;
  std::string verb;

  bool open_ended() const {
    return !segments.empty() && segments.back().kind == Segment::Kind::kMany;
  }
};

// INVALID_ARGUMENT with what is wrong; for start-up, not for clients.
absl::StatusOr<PathTemplate> ParsePathTemplate(const std::string& text);

// How the sets of paths of two templates lie to each other. With any pair but kCrossing there is
// one best template for each path.
enum class Overlap {
  kDisjoint,
  kEqual,
  kNarrower,  // each path of `a` is one of `b`
  kWider,     // each path of `b` is one of `a`
  kCrossing,  // some path belongs to both, and each has others besides
};
Overlap Compare(const PathTemplate& a, const PathTemplate& b);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_ROUTE_PATH_TEMPLATE_H_
