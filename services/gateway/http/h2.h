#ifndef STARACTION_SERVICES_GATEWAY_HTTP_H2_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_H2_H_

#include <nghttp2/nghttp2.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/gateway/http/connection.h"
#include "services/gateway/http/h2_stream.h"

namespace staraction::gateway {

// HTTP/2: many requests at once, each a stream. libnghttp2 keeps the protocol's rules; here is what
// a stranger may cost beyond them: streams, streams that are broken off, headers, time without
// progress.
class H2 : public Protocol {
 public:
  H2(ConnectionContext context, std::shared_ptr<Wire> wire, const std::string& address,
     std::function<void()> ended);
  ~H2() override;

  void OnBytes(std::string_view bytes) override;
  void OnSent() override;
  void OnClosed() override;
  void Drain() override;

  // For streams:
  nghttp2_session* session() { return session_; }
  const ConnectionContext& context() const { return context_; }
  // What is to be sent is sent at the end of this turn of the loop, in one write.
  void FlushSoon();
  // Reply bytes of a stream go out with the present flush.
  void NoteTaken(int32_t stream, size_t bytes) { taken_.emplace_back(stream, bytes); }
  // Ends a stream whose client doesn't take its reply.
  void Break(int32_t stream, uint32_t error);

 private:
  struct Callbacks;

  void SubmitSettings();
  void StartRequest(H2Stream& stream, bool has_body);
  H2Stream* Find(int32_t id);
  // A stream that was broken off, a frame that says nothing: some happen, many are an attack.
  void CountTrouble();
  void Flush();
  void WatchProgress();
  void EndIdle();
  void Close();

  const ConnectionContext context_;
  const std::shared_ptr<Wire> wire_;
  const std::string& address_;
  const std::function<void()> ended_;
  // Handlers of the loop look whether the connection is still there.
  std::shared_ptr<H2*> alive_;
  nghttp2_session* session_ = nullptr;
  std::unordered_map<int32_t, std::unique_ptr<H2Stream>> streams_;
  // Reply bytes that left in the present flush.
  std::vector<std::pair<int32_t, size_t>> taken_;
  bool flushing_soon_ = false, closed_ = false, draining_ = false;
  bool in_headers_ = false;  // a block of headers has begun
  bool in_headers_watched_ = false;
  double trouble_left_;
  std::chrono::steady_clock::time_point trouble_counted_;
  Deadline deadline_;  // of headers, or of a connection without streams
  Deadline drain_deadline_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_H2_H_
