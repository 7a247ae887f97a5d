#include "services/gateway/http/h2.h"

#include <algorithm>

#include <boost/asio/post.hpp>

#include "absl/strings/numbers.h"
#include "services/gateway/http/http_errors.h"

namespace staraction::gateway {
namespace {

constexpr int32_t kStreamWindow = 256 << 10;
constexpr int32_t kConnectionWindow = 1 << 20;
// A client that doesn't read holds its streams back here, and not in memory.
constexpr size_t kMaxPending = 256 << 10;
// Answers to pings and settings that wait for a client that sends more of them.
constexpr size_t kMaxAnswers = 200;
constexpr size_t kMaxSettings = 32;

}  // namespace

struct H2::Callbacks {
  static H2& Of(void* user) { return *static_cast<H2*>(user); }

  static int OnBeginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    H2& self = Of(user);
    self.in_headers_ = true;
    if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
      const int32_t id = frame->hd.stream_id;
      self.streams_[id] = std::make_unique<H2Stream>(self, id);
    }
    return 0;
  }

  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name,
                      size_t name_size, const uint8_t* value, size_t value_size, uint8_t,
                      void* user) {
    H2& self = Of(user);
    H2Stream* stream = self.Find(frame->hd.stream_id);
    if (stream == nullptr || frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
    // More than nghttp2's own 64 KiB end the connection; between the two there is an answer.
    stream->AddHeader({reinterpret_cast<const char*>(name), name_size},
                      {reinterpret_cast<const char*>(value), value_size},
                      self.context_.limits.header_bytes);
    return 0;
  }

  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    H2& self = Of(user);
    if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) {
      if (frame->hd.type == NGHTTP2_RST_STREAM) self.CountTrouble();
      return 0;
    }
    const bool ends = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    if (frame->hd.type == NGHTTP2_HEADERS) self.in_headers_ = false;
    if (frame->hd.type == NGHTTP2_DATA && frame->hd.length == 0 && !ends) self.CountTrouble();
    H2Stream* stream = self.Find(frame->hd.stream_id);
    if (stream == nullptr) return 0;
    if (frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
      self.StartRequest(*stream, !ends);
    } else if (ends) {
      stream->OnBodyEnd();
    }
    return 0;
  }

  static int OnData(nghttp2_session* session, uint8_t, int32_t id, const uint8_t* data, size_t size,
                    void* user) {
    nghttp2_session_consume_connection(session, size);
    H2Stream* stream = Of(user).Find(id);
    if (stream != nullptr) stream->OnBody({reinterpret_cast<const char*>(data), size});
    return 0;
  }

  // Also what we reset ourselves: a client can make us do it, and it costs as much.
  static int OnSentFrame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    const bool broken =
        frame->hd.type == NGHTTP2_RST_STREAM && frame->rst_stream.error_code != NGHTTP2_NO_ERROR;
    if (broken) Of(user).CountTrouble();
    return 0;
  }

  // Headers that break the rules end without having been received.
  static int OnInvalidFrame(nghttp2_session*, const nghttp2_frame*, int, void* user) {
    Of(user).in_headers_ = false;
    return 0;
  }

  static int OnClose(nghttp2_session*, int32_t id, uint32_t, void* user) {
    Of(user).in_headers_ = false;
    Of(user).streams_.erase(id);
    return 0;
  }

  static nghttp2_session* Make(H2& self) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, OnBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnData);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, OnSentFrame);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnClose);
    nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, OnInvalidFrame);
    nghttp2_option* option = nullptr;
    nghttp2_option_new(&option);
    nghttp2_option_set_no_auto_window_update(option, 1);
    nghttp2_option_set_max_outbound_ack(option, kMaxAnswers);
    nghttp2_option_set_max_settings(option, kMaxSettings);
    nghttp2_session* session = nullptr;
    nghttp2_session_server_new2(&session, callbacks, &self, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    return session;
  }
};

H2::H2(ConnectionContext context, std::shared_ptr<Wire> wire, const std::string& address,
       std::function<void()> ended)
    : context_(context),
      wire_(std::move(wire)),
      address_(address),
      ended_(std::move(ended)),
      alive_(std::make_shared<H2*>(this)),
      session_(Callbacks::Make(*this)),
      trouble_left_(context.limits.trouble),
      trouble_counted_(std::chrono::steady_clock::now()),
      deadline_(context.loop.deadlines, [this] { EndIdle(); }),
      drain_deadline_(context.loop.deadlines, [this] {
        nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE,
                              nghttp2_session_get_last_proc_stream_id(session_), NGHTTP2_NO_ERROR,
                              nullptr, 0);
        FlushSoon();
      }) {
  SubmitSettings();
}

H2::~H2() {
  streams_.clear();
  nghttp2_session_del(session_);
}

void H2::SubmitSettings() {
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, context_.limits.streams},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kStreamWindow},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<uint32_t>(context_.limits.header_bytes)}};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings, std::size(settings));
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
  FlushSoon();
}

H2Stream* H2::Find(int32_t id) {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : found->second.get();
}

void H2::StartRequest(H2Stream& stream, bool has_body) {
  deadline_.Clear();
  RequestHead& head = stream.head();
  head.address = address_;
  head.http2 = true;
  uint64_t length = 0;
  if (!has_body) {
    head.content_length = 0;
  } else if (absl::SimpleAtoi(std::string(head.headers.Get("content-length")), &length)) {
    head.content_length = length;
  } else {
    head.content_length.reset();
  }
  if (stream.too_large()) {
    return stream.Refuse(
        context_.app.RefuseBroken(HeadersTooLarge(context_.limits.header_bytes), 431));
  }
  stream.Start(context_.app, has_body);
}

void H2::OnBytes(std::string_view bytes) {
  if (closed_) return;
  const ssize_t read = nghttp2_session_mem_recv(
      session_, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (read < 0) {
    // What nghttp2 has to say of it, as far as it goes out at once.
    Flush();
    return Close();
  }
  if (closed_) return;
  // Who doesn't take our answers isn't listened to.
  if (wire_->pending() > kMaxPending) wire_->Pause(true);
  FlushSoon();
}

void H2::OnSent() {
  wire_->Pause(false);
  FlushSoon();
}

void H2::FlushSoon() {
  if (flushing_soon_) return;
  flushing_soon_ = true;
  boost::asio::post(context_.loop.context, [this, alive = std::weak_ptr(alive_)] {
    if (alive.expired()) return;
    flushing_soon_ = false;
    Flush();
  });
}

void H2::Flush() {
  if (closed_) return;
  std::string out;
  while (wire_->pending() + out.size() < kMaxPending) {
    const uint8_t* data = nullptr;
    const ssize_t size = nghttp2_session_mem_send(session_, &data);
    if (size < 0) return Close();
    if (size == 0) break;
    out.append(reinterpret_cast<const char*>(data), static_cast<size_t>(size));
  }
  const bool more = wire_->pending() + out.size() >= kMaxPending;
  wire_->Send(std::move(out));
  if (more && wire_->pending() == 0) FlushSoon();
  for (const auto& [id, size] : std::exchange(taken_, {})) {
    if (H2Stream* stream = Find(id)) stream->OnTaken(size);
  }
  const bool over =
      nghttp2_session_want_read(session_) == 0 && nghttp2_session_want_write(session_) == 0;
  if (over) {
    closed_ = true;
    deadline_.Clear();
    streams_.clear();
    return wire_->CloseGently(absl::Seconds(1));
  }
  WatchProgress();
}

// A connection is for requests: without one it ends after a while, and sooner within headers that
// don't end.
void H2::WatchProgress() {
  if (in_headers_) {
    if (!in_headers_watched_) deadline_.Set(context_.limits.header);
  } else if (!streams_.empty()) {
    deadline_.Clear();
  } else if (!deadline_.is_set() || in_headers_watched_) {
    deadline_.Set(context_.limits.idle);
  }
  in_headers_watched_ = in_headers_;
}

// With a word of farewell, so that the client knows what was not answered.
void H2::EndIdle() {
  nghttp2_session_terminate_session(session_, NGHTTP2_NO_ERROR);
  Flush();
}

void H2::Break(int32_t stream, uint32_t error) {
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, error);
  FlushSoon();
}

void H2::CountTrouble() {
  const auto now = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(now - trouble_counted_).count();
  trouble_counted_ = now;
  trouble_left_ = std::min<double>(context_.limits.trouble,
                                   trouble_left_ + seconds * context_.limits.trouble_per_second);
  if (--trouble_left_ >= 0) return;
  nghttp2_session_terminate_session(session_, NGHTTP2_ENHANCE_YOUR_CALM);
  FlushSoon();
}

void H2::Drain() {
  if (std::exchange(draining_, true) || closed_) return;
  // Two steps, so that requests on their way are still answered.
  nghttp2_submit_shutdown_notice(session_);
  FlushSoon();
  drain_deadline_.Set(absl::Milliseconds(500));
}

void H2::OnClosed() {
  closed_ = true;
  deadline_.Clear();
  streams_.clear();
  ended_();
}

void H2::Close() {
  wire_->Close();
  OnClosed();
}

}  // namespace staraction::gateway
