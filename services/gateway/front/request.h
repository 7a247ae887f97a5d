#ifndef STARACTION_SERVICES_GATEWAY_FRONT_REQUEST_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_REQUEST_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/obs/trace.h"
#include "common/status/grpc_status.h"
#include "services/gateway/front/front.h"
#include "services/gateway/http/message.h"
#include "services/gateway/proxy/call.h"
#include "services/gateway/route/route.h"

namespace staraction::gateway {

// What all requests have, whatever protocol their clients speak: who asks, since when and under
// which ids, whether they may; what of it travels on; one line in the log, one entry in the
// metrics.
class Request {
 public:
  Request(Front& front, RequestHead head);
  // A request that ends without a reply is told of, too: its client has left.
  ~Request();

  const RequestHead& head() const { return head_; }
  Front& front() { return front_; }
  Language language() const;
  // IP address of who asks.
  std::string address() const;

  // The method that is asked for. To be set once it is known.
  void set_route(const Route& route) { route_ = &route; }
  const Route* route() const { return route_; }

  // Bytes that the body may have.
  size_t body_limit() const;
  // Reads what the client asks for as time, checks its credential and takes its share of requests.
  // UNAUTHENTICATED, RESOURCE_EXHAUSTED, or INVALID_ARGUMENT for the time.
  absl::Status Admit();

  // Enters bytes of a body that is gathered, or of a large reply, until the request ends.
  // UNAVAILABLE with when to come again if all requests together gather too much.
  absl::Status Gather(size_t bytes);

  // What the call to the service begins with.
  CallHead MakeCall() const;
  bool time_is_left() const;

  // A service's error as the client gets it, or one that says why no service spoke.
  google::rpc::Status ErrorOf(const google::rpc::Status& status) const;
  // Our own error as the client gets it.
  google::rpc::Status ErrorOf(const absl::Status& status) const;

  // Adds the headers that every reply has.
  void AddHeaders(HttpReply& reply) const;
  // Counts the reply and writes its log line, once.
  void Record(int http_status, int code, size_t bytes, std::string_view why);

 private:
  absl::Status CheckCredential();

  Front& front_;
  const RequestHead head_;
  const absl::Time begin_;
  const TraceContext trace_;
  const std::string id_;
  const Route* route_ = nullptr;
  absl::Duration timeout_;
  std::string authorization_;  // empty for public methods
  size_t gathered_ = 0;
  bool recorded_ = false;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_REQUEST_H_
