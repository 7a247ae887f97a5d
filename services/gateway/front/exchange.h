#ifndef STARACTION_SERVICES_GATEWAY_FRONT_EXCHANGE_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_EXCHANGE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/gateway/front/front.h"
#include "services/gateway/front/json_stream.h"
#include "services/gateway/front/request.h"
#include "services/gateway/http/handler.h"
#include "services/gateway/proxy/hop.h"
#include "services/gateway/proxy/unary_call.h"

namespace staraction::gateway {

// A request for a path: REST with JSON, a page, health. Its checks come in the order: own paths,
// preflight, route, size and type of the body, credential. The credential comes before any byte of
// a body.
class Exchange : public Handler {
 public:
  Exchange(Front& front, Hop& hop, RequestHead head);

  void Start(ReplyWriter& writer) override;
  void OnBody(std::string_view bytes) override;
  void OnBodyEnd() override;
  void Refuse(const absl::Status& status, int http_status) override;
  void OnTaken(size_t bytes) override;

 private:
  // The reply if it is clear without the body.
  std::optional<HttpReply> Check();
  std::optional<HttpReply> OwnPath(std::string_view path);
  std::optional<HttpReply> FindRoute(std::string_view path);
  std::optional<HttpReply> CheckBody();

  void Call();
  void OnReply(const CallEnd& end, const std::string& message);
  bool MayRetry(const CallEnd& end) const;
  HttpReply Relay(const CallEnd& end, const std::string& message);

  HttpReply Fail(const absl::Status& status, int http_status = 0);
  HttpReply RenderFailure(const google::rpc::Status& error, int http_status, std::string_view why);
  // Adds the headers that every reply has, and records it.
  HttpReply Finish(HttpReply reply, int code, std::string_view why);

  Front& front_;
  Hop& hop_;
  Request request_;
  ReplyWriter* writer_ = nullptr;
  std::string query_;
  RouteTable::Match match_;
  std::string body_;
  std::string message_;  // the RPC's request, kept for another try
  int tries_ = 0;
  std::unique_ptr<UnaryCall> call_;
  std::unique_ptr<JsonStream> stream_;  // instead, for a method that answers with a stream
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_EXCHANGE_H_
