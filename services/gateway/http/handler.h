#ifndef STARACTION_SERVICES_GATEWAY_HTTP_HANDLER_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_HANDLER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/gateway/http/message.h"

// Between the protocols, which know connections, and what answers requests, which doesn't.
namespace staraction::gateway {

// The way back to the client of one request. Send and End are the reply's end: the handler may be
// destroyed by them.
class ReplyWriter {
 public:
  virtual ~ReplyWriter() = default;

  // The whole reply.
  virtual void Send(HttpReply reply) = 0;

  // Or in parts: first what comes before the body,
  virtual void Begin(HttpReply head) = 0;
  // then bytes, as often as needed; the handler hears of them when they have been taken,
  virtual void Write(std::string bytes) = 0;
  // then the end; trailers reach clients by HTTP/2 only.
  virtual void End(Headers trailers) = 0;

  // Bytes of the request's body that the handler is done with: as many more may come.
  virtual void Consume(size_t bytes) = 0;
};

// Answers one request; fed by its connection, on one thread. Destroying it before it has replied
// means that the client has gone.
class Handler {
 public:
  virtual ~Handler() = default;

  // The head is there. A reply at this point needs no body: what the client still sends of it is
  // thrown away.
  virtual void Start(ReplyWriter& writer) = 0;
  // Not after the reply.
  virtual void OnBody(std::string_view bytes) = 0;
  virtual void OnBodyEnd() = 0;
  // The body can't be read to its end; replies.
  virtual void Refuse(const absl::Status& status, int http_status) = 0;

  // So many written bytes have left.
  virtual void OnTaken(size_t) {}
  // Whether the body may take as long as the call that it belongs to.
  virtual bool streams_body() const { return false; }
};

// Makes the handlers of one thread's requests.
class App {
 public:
  virtual ~App() = default;
  virtual std::unique_ptr<Handler> Begin(RequestHead head) = 0;
  // For what could not even be read as a request.
  virtual HttpReply RefuseBroken(const absl::Status& status, int http_status) = 0;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_HANDLER_H_
