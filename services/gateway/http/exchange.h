#ifndef STARACTION_SERVICES_GATEWAY_HTTP_EXCHANGE_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_EXCHANGE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/obs/trace.h"
#include "services/gateway/http/front.h"
#include "services/gateway/http/message.h"
#include "services/gateway/proxy/upstream.h"

namespace staraction::gateway {

// One request from its head to its reply. Belongs to one thread. Call Start; unless it already
// has the reply, read the body and call Run or, if that fails, Refuse.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  using Done = std::function<void(HttpReply)>;
  // Runs a function later on the exchange's thread; may be called on any.
  using Post = std::function<void(std::function<void()>)>;

  Exchange(Front& front, RequestHead head);

  // The reply if it is clear without the body. Checks in the order: own paths, preflight, route,
  // size and type of the body, credential. The credential comes before any byte of a body.
  std::optional<HttpReply> Start();

  // After Start, of the body.
  size_t body_limit() const;

  // Calls the service. `done` is called once, on the exchange's thread, later or at once.
  void Run(const std::string& body, Post post, Done done);

  // The reply to a request that could not be read to its end.
  HttpReply Refuse(const absl::Status& status, int http_status);

  // The client went away.
  void Cancel();

  const RequestHead& head() const { return head_; }

 private:
  std::optional<HttpReply> OwnPath(std::string_view path);
  std::optional<HttpReply> FindRoute(std::string_view path);
  std::optional<HttpReply> CheckBody();
  absl::Status CheckCredential();

  void Call();
  void OnReply(const UpstreamReply& reply);
  bool MayRetry(const UpstreamReply& reply) const;
  UpstreamRequest MakeCall() const;
  void Deliver(HttpReply reply);
  HttpReply Relay(const UpstreamReply& reply);

  HttpReply Fail(const absl::Status& status, int http_status = 0);
  HttpReply RenderFailure(const google::rpc::Status& error, int http_status);
  // Adds the headers that every reply has, counts it and writes its log line.
  HttpReply Finish(HttpReply reply, int code, std::string_view why);

  Front& front_;
  const RequestHead head_;
  const absl::Time begin_;
  const TraceContext trace_;
  const std::string request_id_;

  std::string query_;
  RouteTable::Match match_;
  absl::Duration timeout_;
  std::string authorization_;  // empty for public methods

  std::string message_;  // the RPC's request, kept for a second try
  Post post_;
  Done done_;
  std::shared_ptr<UpstreamCall> call_;
  bool retried_ = false;
  bool cancelled_ = false;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_EXCHANGE_H_
