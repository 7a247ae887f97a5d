#ifndef STARACTION_SERVICES_GATEWAY_PROXY_UNARY_CALL_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_UNARY_CALL_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "services/gateway/proxy/channel.h"
#include "services/gateway/transcode/message_frames.h"

namespace staraction::gateway {

// A call with one message either way. Destroying it cancels it.
class UnaryCall : public CallSink {
 public:
  // `done` gets the response message (with code 0) once, from the loop, and may destroy the call.
  using Done = std::function<void(const CallEnd& end, std::string message)>;
  UnaryCall(Channel& channel, CallHead head, std::string_view message, Done done);

  void OnData(std::string_view bytes) override;
  void OnSent(size_t) override {}
  void OnDone(const CallEnd& end) override;

 private:
  MessageReader reader_{Channel::kMaxMessageBytes};
  std::string message_;
  int messages_ = 0;
  absl::Status broken_;
  const Done done_;
  std::unique_ptr<Call> call_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_UNARY_CALL_H_
