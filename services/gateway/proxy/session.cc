#include "services/gateway/proxy/session.h"

#include <google/rpc/code.pb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

#include <boost/asio/post.hpp>

#include "absl/strings/str_cat.h"
#include "services/gateway/net/nghttp2_headers.h"

namespace staraction::gateway {
namespace {

namespace asio = boost::asio;

constexpr absl::Duration kConnectTime = absl::Seconds(2);
constexpr absl::Duration kStall = absl::Seconds(10);
constexpr std::chrono::seconds kSilence{2};  // of a connection that is believed dead then
constexpr int32_t kStreamWindow = 256 << 10;
constexpr int32_t kConnectionWindow = 16 << 20;
constexpr size_t kReadSize = 64 << 10;
// A peer that doesn't read holds us back here, and not in memory.
constexpr size_t kMaxPending = 256 << 10;
// Services bound the details of errors to 4 KiB.
constexpr size_t kMaxHeaderBytes = 32 << 10;

// Also finds a peer that has gone without a word; HTTP/2 pings would be punished by gRPC.
void WatchPeer(asio::ip::tcp::socket& socket) {
  const int milliseconds = 10'000;
  boost::system::error_code ignored;
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds,
             sizeof(milliseconds));
}

}  // namespace

struct Session::Callbacks {
  static Session& Of(void* user) { return *static_cast<Session*>(user); }

  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name,
                      size_t name_size, const uint8_t* value, size_t value_size, uint8_t,
                      void* user) {
    Call* call = Of(user).Find(frame->hd.stream_id);
    if (call == nullptr) return 0;
    call->header_bytes_ += name_size + value_size + 32;
    // nghttp2 doesn't count for us; this resets the stream only.
    if (call->header_bytes_ > kMaxHeaderBytes) {
      call->status_ = CallStatus();  // what it said so far isn't all that it had to say
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    call->status_.Add({reinterpret_cast<const char*>(name), name_size},
                      {reinterpret_cast<const char*>(value), value_size});
    return 0;
  }

  static int OnData(nghttp2_session* http2, uint8_t, int32_t stream, const uint8_t* data,
                    size_t size, void* user) {
    // The connection's window is given back at once, the stream's when the bytes have moved on: a
    // slow reader holds up only itself.
    nghttp2_session_consume_connection(http2, size);
    Call* call = Of(user).Find(stream);
    if (call == nullptr || call->sink_ == nullptr) {
      nghttp2_session_consume_stream(http2, stream, size);
      return 0;
    }
    call->sink_->OnData({reinterpret_cast<const char*>(data), size});
    return 0;
  }

  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    Session& self = Of(user);
    if (frame->hd.type == NGHTTP2_SETTINGS && (frame->hd.flags & NGHTTP2_FLAG_ACK) == 0) {
      self.MarkReady();
    }
    // gRPC announces its end twice, first with the highest id: from there on it gets no more.
    if (frame->hd.type == NGHTTP2_GOAWAY) self.Drain();
    return 0;
  }

  static int OnClose(nghttp2_session*, int32_t stream, uint32_t error, void* user) {
    Session& self = Of(user);
    if (Call* call = self.Find(stream)) {
      self.EndStream(stream, {call->status_.Result(error), error == NGHTTP2_REFUSED_STREAM});
    }
    return 0;
  }

  // A call that was still in the queue when the connection stopped taking calls.
  static int OnNotSent(nghttp2_session*, const nghttp2_frame* frame, int, void* user) {
    if (frame->hd.type != NGHTTP2_HEADERS) return 0;
    Of(user).EndStream(frame->hd.stream_id,
                       {PlainStatus(google::rpc::UNAVAILABLE, "not sent"), true});
    return 0;
  }

  static ssize_t ReadBody(nghttp2_session*, int32_t stream, uint8_t* buffer, size_t room,
                          uint32_t* flags, nghttp2_data_source*, void* user) {
    Session& self = Of(user);
    Call* call = self.Find(stream);
    if (call == nullptr) return NGHTTP2_ERR_DEFERRED;  // cancelled, the reset is on its way
    const size_t size = std::min(room, call->out_.size() - call->out_taken_);
    if (size == 0 && !call->ended_) return NGHTTP2_ERR_DEFERRED;
    std::copy_n(call->out_.data() + call->out_taken_, size, buffer);
    call->out_taken_ += size;
    if (call->out_taken_ == call->out_.size()) {
      call->out_.clear();
      call->out_taken_ = 0;
      if (call->ended_) *flags |= NGHTTP2_DATA_FLAG_EOF;
    }
    if (size > 0) self.sent_.emplace_back(stream, size);
    return static_cast<ssize_t>(size);
  }

  static nghttp2_session* Make(Session& self) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnData);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnClose);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, OnNotSent);
    nghttp2_option* option = nullptr;
    nghttp2_option_new(&option);
    nghttp2_option_set_no_auto_window_update(option, 1);
    nghttp2_session* http2 = nullptr;
    nghttp2_session_client_new2(&http2, callbacks, &self, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    return http2;
  }
};

Session::Session(Loop& loop, const asio::ip::tcp::endpoint& endpoint, TlsFiles* tls,
                 const std::string& uri, Owner& owner)
    : loop_(loop),
      owner_(owner),
      alive_(std::make_shared<Session*>(this)),
      socket_(loop.context),
      connect_deadline_(loop.deadlines, [this] { Fail(); }) {
  connect_deadline_.Set(kConnectTime);
  socket_.async_connect(endpoint, [this, alive = std::weak_ptr(alive_), tls,
                                   uri](const boost::system::error_code& error) {
    if (!alive.expired()) OnConnected(error, tls, uri);
  });
}

Session::~Session() {
  if (wire_ != nullptr) wire_->Close();
  for (auto& [stream, call] : calls_) call->session_ = nullptr;
  nghttp2_session_del(http2_);
}

void Session::OnConnected(const boost::system::error_code& error, TlsFiles* tls,
                          const std::string& uri) {
  if (state_ == State::kEnded) return;
  if (error) return Fail();
  WatchPeer(socket_);
  wire_ = std::make_shared<Wire>(std::move(socket_), loop_.deadlines, kStall, kReadSize);
  if (tls == nullptr) return Begin();
  wire_->ConnectTls(tls->Current(), [this, uri](bool ok) {
    if (!ok || !wire_->PeerIs(uri) || wire_->Alpn() != "h2") return Fail();
    Begin();
  });
}

void Session::Begin() {
  http2_ = Callbacks::Make(*this);
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kStreamWindow},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, kMaxHeaderBytes}};
  nghttp2_submit_settings(http2_, NGHTTP2_FLAG_NONE, settings, std::size(settings));
  nghttp2_session_set_local_window_size(http2_, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
  wire_->Read(*this);
  Flush();
}

// The service's first frame: a port behind which nobody works would take a connection, too.
void Session::MarkReady() {
  if (state_ != State::kConnecting) return;
  state_ = State::kReady;
  connect_deadline_.Clear();
  owner_.OnReady(*this);
}

void Session::Submit(Call& call) {
  const std::string timeout = absl::StrCat(
      std::clamp<int64_t>(absl::ToInt64Milliseconds(call.deadline_.left()), 1, 99'999'999), "m");
  HeaderList headers;
  headers.AddConstant(":method", "POST");
  headers.AddConstant(":scheme", "http");
  headers.Add(":path", call.head_.path);
  headers.AddConstant(":authority", "service");
  headers.AddConstant("te", "trailers");
  headers.AddConstant("content-type", "application/grpc");
  headers.AddOnce("grpc-timeout", timeout);
  // Tokens and ids would only push the constant ones out of the table.
  for (const auto& [name, value] : call.head_.metadata) headers.AddOnce(name, value);
  nghttp2_data_provider body{{}, Callbacks::ReadBody};
  const int32_t stream =
      nghttp2_submit_request(http2_, nullptr, headers.data(), headers.size(), &body, nullptr);
  if (stream < 0) {
    return call.FinishSoon({PlainStatus(google::rpc::UNAVAILABLE, "no stream left"), true});
  }
  call.session_ = this;
  call.stream_ = stream;
  call.received_before_ = received_;
  call.submitted_ = std::chrono::steady_clock::now();
  calls_[stream] = &call;
  FlushSoon();
}

void Session::Cancel(Call& call) {
  Forget(call, NGHTTP2_CANCEL);
}

void Session::Expire(Call& call) {
  // Callers may leave the service no time at all; that says nothing about it.
  const auto waited = std::chrono::steady_clock::now() - call.submitted_;
  const bool silent = received_ == call.received_before_ && waited >= kSilence;
  Forget(call, NGHTTP2_CANCEL);
  if (silent) Fail();
}

void Session::Forget(Call& call, uint32_t reset) {
  calls_.erase(call.stream_);
  call.session_ = nullptr;
  nghttp2_submit_rst_stream(http2_, NGHTTP2_FLAG_NONE, call.stream_, reset);
  FlushSoon();
}

void Session::Resume(Call& call) {
  nghttp2_session_resume_data(http2_, call.stream_);
  FlushSoon();
}

void Session::Consume(Call& call, size_t bytes) {
  nghttp2_session_consume_stream(http2_, call.stream_, bytes);
  FlushSoon();
}

Call* Session::Find(int32_t stream) const {
  const auto found = calls_.find(stream);
  return found == calls_.end() ? nullptr : found->second;
}

void Session::EndStream(int32_t stream, CallEnd end) {
  const auto found = calls_.find(stream);
  if (found == calls_.end()) return;
  Call* call = found->second;
  calls_.erase(found);
  call->Finish(std::move(end));
}

void Session::OnBytes(std::string_view bytes) {
  received_ += bytes.size();
  const ssize_t read = nghttp2_session_mem_recv(
      http2_, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (read < 0) return Fail();
  FlushSoon();
}

void Session::OnSent() {
  FlushSoon();
}

// One write for all that a turn of the loop brought: six requests at a time under load.
void Session::FlushSoon() {
  if (flushing_soon_) return;
  flushing_soon_ = true;
  asio::post(loop_.context, [this, alive = std::weak_ptr(alive_)] {
    if (alive.expired()) return;
    flushing_soon_ = false;
    Flush();
  });
}

void Session::Flush() {
  if (state_ == State::kEnded) return;
  std::string out;
  while (wire_->pending() + out.size() < kMaxPending) {
    const uint8_t* data = nullptr;
    const ssize_t size = nghttp2_session_mem_send(http2_, &data);
    if (size < 0) return Fail();
    if (size == 0) break;
    out.append(reinterpret_cast<const char*>(data), static_cast<size_t>(size));
  }
  const bool more = wire_->pending() + out.size() >= kMaxPending;
  wire_->Send(std::move(out));
  if (more && wire_->pending() == 0) FlushSoon();
  for (const auto& [stream, size] : std::exchange(sent_, {})) {
    Call* call = Find(stream);
    if (call != nullptr && call->sink_ != nullptr) call->sink_->OnSent(size);
  }
  EndIfIdle();
}

void Session::Drain() {
  if (state_ == State::kConnecting) return Fail();
  if (state_ != State::kReady) return;
  state_ = State::kDraining;
  owner_.OnDraining(*this);
  FlushSoon();
}

void Session::EndIfIdle() {
  const bool over =
      nghttp2_session_want_read(http2_) == 0 && nghttp2_session_want_write(http2_) == 0;
  if ((state_ == State::kDraining && calls_.empty()) || over) Fail();
}

void Session::OnClosed() {
  Fail();
}

void Session::Fail() {
  if (state_ == State::kEnded) return;
  state_ = State::kEnded;
  connect_deadline_.Clear();
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (wire_ != nullptr) wire_->Close();
  while (!calls_.empty()) {
    EndStream(calls_.begin()->first,
              {PlainStatus(google::rpc::UNAVAILABLE, "the connection broke"), false});
  }
  owner_.OnEnded(*this);
}

}  // namespace staraction::gateway
