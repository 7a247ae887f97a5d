#ifndef STARACTION_SERVICES_GATEWAY_FRONT_JSON_STREAM_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_JSON_STREAM_H_

#include <memory>
#include <string>
#include <string_view>

#include "services/gateway/front/request.h"
#include "services/gateway/http/handler.h"
#include "services/gateway/proxy/channel.h"
#include "services/gateway/transcode/message_frames.h"

namespace staraction::gateway {

// A stream of messages as lines of JSON (application/x-ndjson): {"result":…} for each message, and
// {"error":…}, the envelope of errors, as the last line if it didn't end well. An error before the
// first message is an ordinary error reply.
class JsonStream : public CallSink {
 public:
  JsonStream(Request& request, Channel& channel, const std::string& message, ReplyWriter& writer);

  void OnTaken(size_t bytes);

  void OnData(std::string_view bytes) override;
  void OnSent(size_t) override {}
  void OnDone(const CallEnd& end) override;

 private:
  void Begin();
  void WriteLine(const std::string& message);
  void End(const google::rpc::Status& status, std::string_view why);

  Request& request_;
  ReplyWriter& writer_;
  MessageReader reader_{Channel::kMaxMessageBytes};
  absl::Status broken_;
  bool begun_ = false;
  size_t written_ = 0;     // bytes of lines, in all
  size_t waiting_ = 0;     // of these not yet taken by the client
  size_t unconsumed_ = 0;  // bytes of the service's stream
  std::unique_ptr<Call> call_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_JSON_STREAM_H_
