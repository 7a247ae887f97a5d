#include "services/gateway/route/route_table.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/macros.h"
#include "common/resource/policy.h"
#include "common/status/errors.h"
#include "services/gateway/route/percent.h"

namespace staraction::gateway {
namespace {

absl::Status BadPath(const std::string& en, const std::string& ja) {
  return InvalidField("path", en, ja);
}

// The path's segments, decoded, and its verb. A colon written as such begins a verb; names hold
// none, and "%3A" stays data.
struct SplitPath {
  std::vector<std::string> segments;
  std::string verb;
};

absl::StatusOr<SplitPath> Split(std::string_view path) {
  if (path.empty() || path.front() != '/')
    return BadPath("must begin with '/'", "「/」で始めてください");
  SplitPath out;
  const size_t last_slash = path.rfind('/');
  const size_t colon = path.rfind(':');
  if (colon != std::string_view::npos && colon > last_slash) {
    out.verb = std::string(path.substr(colon + 1));
    if (out.verb.empty()) return BadPath("has an empty verb", "動詞が空です");
    path = path.substr(0, colon);
  }
  for (size_t begin = 1; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    auto segment = PercentDecode(path.substr(begin, end - begin), /*plus_is_space=*/false);
    if (!segment) return BadPath("has a broken escape", "エスケープが正しくありません");
    if (segment->find('/') != std::string::npos) {
      return BadPath("has an escaped slash", "エスケープされた「/」は使えません");
    }
    // Between us and the caller may be a proxy that would resolve these two differently.
    if (*segment == "." || *segment == "..") {
      return BadPath("has a segment of dots", "「.」「..」は使えません");
    }
    out.segments.push_back(*std::move(segment));
    begin = end + 1;
  }
  return out;
}

std::string Describe(const Route& route) {
  return absl::StrCat(route.http_method, " ", route.text, " (", route.method->full_name(), ")");
}

// Literals are tried before "*" and "**". That finds the narrowest template because Build refuses
// templates that cross.
absl::Status CheckPairs(const std::vector<Route>& routes) {
  for (size_t i = 0; i < routes.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      if (routes[i].http_method != routes[k].http_method) continue;
      const Overlap overlap = Compare(routes[i].path, routes[k].path);
      if (overlap != Overlap::kEqual && overlap != Overlap::kCrossing) continue;
      return absl::InvalidArgumentError(
          absl::StrCat(overlap == Overlap::kEqual ? "duplicate" : "ambiguous",
                       " routes: ", Describe(routes[k]), " and ", Describe(routes[i])));
    }
  }
  return absl::OkStatus();
}

std::string Value(const Variable& variable, bool open_ended, const SplitPath& path) {
  const auto begin = path.segments.begin() + static_cast<ptrdiff_t>(variable.begin);
  const auto end = open_ended ? path.segments.end()
                              : path.segments.begin() + static_cast<ptrdiff_t>(variable.end);
  return absl::StrJoin(begin, end, "/");
}

}  // namespace

struct RouteTable::Search {
  const SplitPath& path;
  std::string method;
  std::set<std::string> allow;

  const size_t* Take(const Ends& ends) {
    const auto verb = ends.find(path.verb);
    if (verb == ends.end()) return nullptr;
    const auto found = verb->second.find(method);
    if (found != verb->second.end()) return &found->second;
    for (const auto& [other, index] : verb->second) allow.insert(other);
    return nullptr;
  }

  const size_t* Visit(const Node& node, size_t depth) {
    if (depth == path.segments.size()) {
      if (const size_t* index = Take(node.here)) return index;
      return Take(node.rest);
    }
    const std::string& segment = path.segments[depth];
    if (const auto next = node.literals.find(segment); next != node.literals.end()) {
      if (const size_t* index = Visit(*next->second, depth + 1)) return index;
    }
    if (node.any != nullptr && !segment.empty()) {
      if (const size_t* index = Visit(*node.any, depth + 1)) return index;
    }
    const bool filled = std::none_of(path.segments.begin() + static_cast<ptrdiff_t>(depth),
                                     path.segments.end(), [](auto& s) { return s.empty(); });
    return filled ? Take(node.rest) : nullptr;
  }
};

absl::StatusOr<RouteTable> RouteTable::Build(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services) {
  std::vector<Route> routes;
  for (const auto* service : services) {
    SA_RETURN_IF_ERROR(CheckService(*service));
    for (int i = 0; i < service->method_count(); ++i) {
      SA_ASSIGN_OR_RETURN(auto more, RoutesOf(*service->method(i)));
      std::move(more.begin(), more.end(), std::back_inserter(routes));
    }
  }
  return Build(std::move(routes));
}

absl::StatusOr<RouteTable> RouteTable::Build(std::vector<Route> routes) {
  SA_RETURN_IF_ERROR(CheckPairs(routes));
  RouteTable table;
  table.routes_ = std::move(routes);
  for (size_t i = 0; i < table.routes_.size(); ++i) table.Add(i);
  return table;
}

const Route* RouteTable::FindRpc(std::string_view rpc_path) const {
  const auto found = rpcs_.find(rpc_path);
  return found == rpcs_.end() ? nullptr : &routes_[found->second];
}

void RouteTable::Add(size_t index) {
  const Route& route = routes_[index];
  Node* node = root_.get();
  for (const Segment& segment : route.path.segments) {
    if (segment.kind == Segment::Kind::kMany) break;
    auto& next = segment.kind == Segment::Kind::kOne ? node->any : node->literals[segment.literal];
    if (next == nullptr) next = std::make_unique<Node>();
    node = next.get();
  }
  rpcs_.try_emplace(route.rpc_path, index);
  Ends& ends = route.path.open_ended() ? node->rest : node->here;
  ends[route.path.verb][route.http_method] = index;
}

absl::StatusOr<RouteTable::Match> RouteTable::Find(std::string_view http_method,
                                                   std::string_view path) const {
  SA_ASSIGN_OR_RETURN(const SplitPath split, Split(path));
  Search search{split, http_method == "HEAD" ? "GET" : std::string(http_method), {}};
  Match match;
  const size_t* index = search.Visit(*root_, 0);
  if (index == nullptr) {
    match.allow.assign(search.allow.begin(), search.allow.end());
    return match;
  }
  match.route = &routes_[*index];
  const PathTemplate& found = match.route->path;
  for (const Variable& variable : found.variables) {
    const bool to_the_end = found.open_ended() && variable.end == found.segments.size();
    match.values.push_back(Value(variable, to_the_end, split));
  }
  return match;
}

}  // namespace staraction::gateway
