// HTTP method and path into a route: "GET /v1/rooms/1".

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "services/gateway/route/route_table.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using staraction::gateway::RouteTable;
  static const auto& table = *new RouteTable(
      *RouteTable::Build({staraction::gatewaytest::v1::Shelf::descriptor()->file()->service(0)}));
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const size_t space = line.find(' ');
  if (space == std::string_view::npos) return 0;
  const auto match = table.Find(line.substr(0, space), line.substr(space + 1));
  if (!match.ok() || match->route == nullptr) return 0;
  if (match->values.size() != match->route->bindings.size()) std::abort();
  return 0;
}
