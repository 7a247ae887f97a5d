#ifndef STARACTION_SERVICES_GATEWAY_PROXY_CALL_STATUS_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_CALL_STATUS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "google/rpc/status.pb.h"

namespace staraction::gateway {

// How a gRPC call ended, gathered from the headers and trailers of its response.
class CallStatus {
 public:
  // Takes the ones that it knows.
  void Add(std::string_view name, std::string_view value);

  // After the stream ended with this HTTP/2 error code (0: regularly).
  google::rpc::Status Result(uint32_t http2_error) const;

 private:
  int http_status_ = 0;
  std::optional<int> code_;
  std::string message_;
  std::string details_;  // binary google.rpc.Status
};

// The values of grpc-message and grpc-status-details-bin for an error.
std::string EncodeGrpcMessage(std::string_view message);
std::string DecodeGrpcMessage(std::string_view value);
std::string EncodeStatusDetails(const google::rpc::Status& status);

// A google.rpc.Status with code and text only.
google::rpc::Status PlainStatus(int code, std::string_view message);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_CALL_STATUS_H_
