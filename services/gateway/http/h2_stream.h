#ifndef STARACTION_SERVICES_GATEWAY_HTTP_H2_STREAM_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_H2_STREAM_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "services/gateway/http/handler.h"
#include "services/gateway/net/deadlines.h"

namespace staraction::gateway {

class H2;

// One request of an HTTP/2 connection and the way of its reply.
class H2Stream : public ReplyWriter {
 public:
  H2Stream(H2& connection, int32_t id);

  // Takes a header; false if there are too many bytes of them.
  bool AddHeader(std::string_view name, std::string_view value, size_t limit);
  RequestHead& head() { return head_; }
  bool too_large() const { return too_large_; }

  void Start(App& app, bool has_body);
  // Instead of Start.
  void Refuse(HttpReply reply);
  void OnBody(std::string_view bytes);
  void OnBodyEnd();
  // Up to `room` bytes of the reply; sets nghttp2's flags. As its read callback.
  ssize_t Read(uint8_t* buffer, size_t room, uint32_t* flags);
  // After the flush that took them.
  void OnTaken(size_t bytes);

  void Send(HttpReply reply) override;
  void Begin(HttpReply head) override;
  void Write(std::string bytes) override;
  void End(Headers trailers) override;
  void Consume(size_t bytes) override;

 private:
  void SubmitHead(const HttpReply& reply, bool with_body);
  void Replied();

  H2& connection_;
  const int32_t id_;
  RequestHead head_;
  size_t header_bytes_ = 0;
  bool too_large_ = false;
  bool head_request_ = false;

  std::unique_ptr<Handler> handler_;
  bool replied_ = false;  // the handler is through
  bool body_ended_ = false;

  std::string out_;                                // from out_taken_ on
  std::shared_ptr<const std::string> shared_out_;  // instead
  size_t out_taken_ = 0;
  bool out_ended_ = false;
  Headers trailers_;
  size_t moved_ = 0;  // since the stall deadline was set

  Deadline body_deadline_;
  Deadline stall_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_H2_STREAM_H_
