#ifndef STARACTION_SERVICES_GATEWAY_ROUTE_ROUTE_TABLE_H_
#define STARACTION_SERVICES_GATEWAY_ROUTE_ROUTE_TABLE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/route/route.h"

namespace staraction::gateway {

// All routes, fixed at start-up. Immutable, so any thread may read it.
class RouteTable {
 public:
  // An error if an annotation has a fault, a method has no policy or two routes claim one path.
  static absl::StatusOr<RouteTable> Build(
      const std::vector<const google::protobuf::ServiceDescriptor*>& services);
  static absl::StatusOr<RouteTable> Build(std::vector<Route> routes);

  struct Match {
    const Route* route = nullptr;     // null: see `allow`
    std::vector<std::string> values;  // of the route's bindings, decoded
    std::vector<std::string> allow;   // without a route: the methods that the path does have
  };

  // `path` as it came, without the query. HEAD finds the route of GET. INVALID_ARGUMENT if an
  // escape is broken or hides a slash, or a segment is "." or "..".
  absl::StatusOr<Match> Find(std::string_view http_method, std::string_view path) const;

  // The first route of an RPC, by its path
  // ("/staraction.engagement.v1.EngagementService/GetClient"). Null: there is none.
  const Route* FindRpc(std::string_view rpc_path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  // Routes that end at one place of the tree: verb → HTTP method → index in routes_.
  using Ends = std::map<std::string, std::map<std::string, size_t>, std::less<>>;
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> any;  // "*"
    Ends here;
    Ends rest;  // "**"
  };
  struct Search;

  void Add(size_t index);

  std::vector<Route> routes_;
  std::map<std::string, size_t, std::less<>> rpcs_;  // path → index of its first route
  std::unique_ptr<Node> root_ = std::make_unique<Node>();
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_ROUTE_ROUTE_TABLE_H_
