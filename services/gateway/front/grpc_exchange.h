#ifndef STARACTION_SERVICES_GATEWAY_FRONT_GRPC_EXCHANGE_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_GRPC_EXCHANGE_H_

#include <memory>
#include <string>
#include <string_view>

#include "services/gateway/front/front.h"
#include "services/gateway/front/request.h"
#include "services/gateway/http/handler.h"
#include "services/gateway/proxy/hop.h"
#include "services/gateway/transcode/grpc_web.h"
#include "services/gateway/transcode/message_frames.h"

namespace staraction::gateway {

// A call by gRPC (HTTP/2; any kind of streaming) or by gRPC-Web (binary or text; unary, or a stream
// of responses). After the same checks as REST's the messages are passed on as they come, held back
// where a side is slow; of headers only ours go on to the service. Methods without a route are
// inside's alone.
class GrpcExchange : public Handler, private CallSink {
 public:
  GrpcExchange(Front& front, Hop& hop, RequestHead head, GrpcFlavor flavor);

  void Start(ReplyWriter& writer) override;
  void OnBody(std::string_view bytes) override;
  void OnBodyEnd() override;
  void Refuse(const absl::Status& status, int http_status) override;
  void OnTaken(size_t bytes) override;
  bool streams_body() const override { return !flavor_.web && !reflects_; }

 private:
  // OK, or why the call can't begin.
  absl::Status Check();
  absl::Status CheckHeaders() const;
  void AnswerReflection();
  void SendWebMessage();

  void OnData(std::string_view bytes) override;
  void OnSent(size_t bytes) override;
  void OnDone(const CallEnd& end) override;

  void Begin();
  void Fail(const absl::Status& status);
  void End(const google::rpc::Status& status, std::string_view why);

  Front& front_;
  Hop& hop_;
  Request request_;
  const GrpcFlavor flavor_;
  ReplyWriter* writer_ = nullptr;
  const bool reflects_;  // the gateway itself answers
  FrameCheck frames_;
  MessageReader questions_;  // of reflection
  size_t unanswered_ = 0;    // bytes of these
  bool body_ended_ = false;  // no more will come
  std::string body_;         // of gRPC-Web
  bool begun_ = false, ended_ = false;
  size_t written_ = 0;
  size_t unconsumed_ = 0, waiting_ = 0;  // as JsonStream's
  std::unique_ptr<Call> call_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_GRPC_EXCHANGE_H_
