#ifndef STARACTION_SERVICES_GATEWAY_HTTP_H1_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_H1_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "services/gateway/http/connection.h"
#include "services/gateway/http/h1_parser.h"

namespace staraction::gateway {

// HTTP/1.1: reads requests one after the other and writes their replies in that order.
class H1 : public Protocol, private ReplyWriter {
 public:
  H1(ConnectionContext context, std::shared_ptr<Wire> wire, const std::string& address,
     std::function<void()> ended);

  void OnBytes(std::string_view bytes) override;
  void OnSent() override;
  void OnClosed() override;
  void Drain() override;

 private:
  enum class State {
    kIdle,     // nothing of the next request has come
    kHead,     // some of it has
    kBody,     // its handler waits for the body
    kWorking,  // its handler works
    kReplied,  // the reply is on its way
    kClosing,
  };

  void Process();
  bool ReadHead();
  bool CheckHead(boost::beast::error_code error);
  bool ReadBody();
  void StartRequest();
  void Next();
  void RefuseBroken(const absl::Status& status, int http_status);

  void Send(HttpReply reply) override;
  void Begin(HttpReply head) override;
  void Write(std::string bytes) override;
  void End(Headers trailers) override;
  void Consume(size_t) override {}

  std::string RenderHead(const HttpReply& reply, bool whole);
  void Replied();
  void OnTimeout();

  const ConnectionContext context_;
  const std::shared_ptr<Wire> wire_;
  const std::string& address_;
  const std::function<void()> ended_;
  State state_ = State::kIdle;
  bool processing_ = false;
  bool draining_ = false;
  bool keep_alive_ = true;
  bool head_request_ = false;
  bool chunked_ = false;  // of the reply
  std::string input_;
  std::optional<H1Parser> parser_;
  std::unique_ptr<Handler> handler_;
  size_t untold_ = 0;  // written bytes that the handler hasn't been told of
  Deadline deadline_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_H1_H_
