#ifndef STARACTION_SERVICES_GATEWAY_PROXY_CALL_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_CALL_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/net/loop.h"
#include "services/gateway/proxy/call_status.h"

namespace staraction::gateway {

class Channel;
class Session;

// What a call begins with.
struct CallHead {
  std::string path;  // "/staraction.engagement.v1.EngagementService/GetClient"
  std::vector<std::pair<std::string, std::string>> metadata;  // names in lower case
  absl::Duration time_left;
};

struct CallEnd {
  // Code 0, or the service's error with its details. Without details the service didn't speak: it
  // could not be reached, was too late or was cut off.
  google::rpc::Status status;
  // No service has seen the call: it may be made again, whatever it does.
  bool unprocessed = false;
};

// What a call tells. Each of these may end the call.
class CallSink {
 public:
  virtual ~CallSink() = default;
  // Bytes of the response messages with their prefixes, cut anywhere. Each must be given back by
  // Consume; the service is held back once 256 KiB are not.
  virtual void OnData(std::string_view bytes) = 0;
  // So many of the written bytes have left.
  virtual void OnSent(size_t bytes) = 0;
  // Once, and last.
  virtual void OnDone(const CallEnd& end) = 0;
};

// One gRPC call to a service, unary or streaming. Belongs to the thread of its channel. Destroying
// it cancels it.
class Call {
 public:
  Call(Loop& loop, CallHead head, CallSink& sink);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  // Bytes of the request messages with their prefixes.
  void Write(std::string_view bytes);
  // No more messages.
  void End();
  // The bytes are out of our hands.
  void Consume(size_t bytes);

 private:
  friend class Channel;
  friend class Session;

  void OnHeader(std::string_view name, std::string_view value);
  void OnDeadline();
  // `end` must not be a part of the call.
  void Finish(const CallEnd& end);
  void FinishSoon(CallEnd end);

  const CallHead head_;
  CallSink* sink_;   // null once done
  std::string out_;  // not yet taken by the connection, from out_taken_ on
  size_t out_taken_ = 0;
  bool ended_ = false;
  CallStatus status_;
  size_t header_bytes_ = 0;

  // Where it is: waiting in a channel, or a stream of a session, or neither.
  std::list<Call*>* waiting_ = nullptr;
  Session* session_ = nullptr;
  int32_t stream_ = 0;
  std::chrono::steady_clock::time_point submitted_;
  uint64_t received_before_ = 0;  // bytes of the session when the call began

  CallEnd early_end_;  // of FinishSoon
  bool ends_early_ = false;
  Deadline deadline_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_CALL_H_
