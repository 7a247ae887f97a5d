// A JSON body into a request message.

#include <google/protobuf/util/json_util.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "common/json/message_writer.h"
#include "services/gateway/route/route_table.h"
#include "services/gateway/transcode/request.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

const Route& Update() {
  static const auto& table = *new RouteTable(
      *RouteTable::Build({gatewaytest::v1::Shelf::descriptor()->file()->service(0)}));
  for (const Route& route : table.routes()) {
    if (route.http_method == "PATCH") return route;
  }
  std::abort();
}

absl::StatusOr<std::string> Build(const std::string& body) {
  const std::vector<std::string> values = {"rooms/1/shelves/2"};
  RequestParts parts;
  parts.path_values = &values;
  parts.content_type = "application/json";
  parts.body = &body;
  return BuildRequest(Update(), parts);
}

void Read(const std::string& body) {
  const auto built = Build(body);
  if (!built.ok()) return;
  gatewaytest::v1::UpdateShelfRequest message, again;
  if (!message.ParseFromString(*built)) std::abort();
  std::string json;
  AppendJson(message.shelf(), {}, json);
  const auto rebuilt = Build(json);
  if (!rebuilt.ok() || !again.ParseFromString(*rebuilt)) std::abort();
  // protobuf's own parser, which takes more, reads the same.
  gatewaytest::v1::Shelf theirs;
  if (!google::protobuf::util::JsonStringToMessage(body, &theirs).ok()) {
    std::abort();
  }
  theirs.set_name(message.shelf().name());
  // As text, since maps have no order in bytes.
  if (theirs.DebugString() != message.shelf().DebugString()) std::abort();
  if (again.DebugString() != message.DebugString()) std::abort();
}

}  // namespace
}  // namespace staraction::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  staraction::gateway::Read(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
