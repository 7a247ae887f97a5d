#include "services/gateway/http/h2_stream.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/http/h2.h"
#include "services/gateway/net/nghttp2_headers.h"

namespace staraction::gateway {
namespace {

ssize_t ReadReply(nghttp2_session*, int32_t, uint8_t* buffer, size_t room, uint32_t* flags,
                  nghttp2_data_source* source, void*) {
  return static_cast<H2Stream*>(source->ptr)->Read(buffer, room, flags);
}

}  // namespace

H2Stream::H2Stream(H2& connection, int32_t id)
    : connection_(connection),
      id_(id),
      body_deadline_(connection.context().loop.deadlines,
                     [this] { connection_.Break(id_, NGHTTP2_CANCEL); }),
      stall_(connection.context().loop.deadlines,
             [this] { connection_.Break(id_, NGHTTP2_ENHANCE_YOUR_CALM); }) {}

bool H2Stream::AddHeader(std::string_view name, std::string_view value, size_t limit) {
  header_bytes_ += name.size() + value.size() + 32;
  if (header_bytes_ > limit) {
    too_large_ = true;
    return false;
  }
  if (name == ":method") {
    head_.method = std::string(value);
  } else if (name == ":path") {
    head_.target = std::string(value);
  } else if (name == ":authority") {
    head_.headers.Add("host", std::string(value));
  } else if (name.front() != ':') {
    head_.headers.Add(std::string(name), std::string(value));
  }
  return true;
}

void H2Stream::Start(App& app, bool has_body) {
  head_request_ = head_.method == "HEAD";
  handler_ = app.Begin(std::move(head_));
  body_ended_ = !has_body;
  if (has_body && !handler_->streams_body()) body_deadline_.Set(connection_.context().limits.body);
  handler_->Start(*this);
  if (!has_body && !replied_) handler_->OnBodyEnd();
}

void H2Stream::Refuse(HttpReply reply) {
  head_request_ = head_.method == "HEAD";
  Send(std::move(reply));
}

void H2Stream::OnBody(std::string_view bytes) {
  if (replied_) return Consume(bytes.size());
  handler_->OnBody(bytes);
}

void H2Stream::OnBodyEnd() {
  if (std::exchange(body_ended_, true)) return;
  body_deadline_.Clear();
  if (!replied_) handler_->OnBodyEnd();
}

ssize_t H2Stream::Read(uint8_t* buffer, size_t room, uint32_t* flags) {
  const std::string& out = shared_out_ != nullptr ? *shared_out_ : out_;
  const size_t size = std::min(room, out.size() - out_taken_);
  if (size == 0 && !out_ended_) return NGHTTP2_ERR_DEFERRED;
  std::copy_n(out.data() + out_taken_, size, buffer);
  out_taken_ += size;
  moved_ += size;
  connection_.NoteTaken(id_, size);
  if (out_taken_ < out.size()) {
    if (moved_ >= Wire::kReadAtLeast) {
      moved_ = 0;
      stall_.Set(connection_.context().limits.stall);
    }
    return static_cast<ssize_t>(size);
  }
  out_.clear();
  shared_out_.reset();
  out_taken_ = 0;
  stall_.Clear();
  if (!out_ended_) return static_cast<ssize_t>(size);
  *flags |= NGHTTP2_DATA_FLAG_EOF;
  if (trailers_.begin() != trailers_.end()) {
    *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    HeaderList list;
    for (const auto& [name, value] : trailers_) list.AddOnce(name, value);
    nghttp2_submit_trailer(connection_.session(), id_, list.data(), list.size());
  }
  return static_cast<ssize_t>(size);
}

void H2Stream::OnTaken(size_t bytes) {
  if (!replied_) handler_->OnTaken(bytes);
}

void H2Stream::SubmitHead(const HttpReply& reply, bool with_body) {
  std::vector<std::pair<std::string, std::string>> names;  // in lower case
  for (const auto& [name, value] : reply.headers) {
    names.emplace_back(absl::AsciiStrToLower(name), value);
  }
  const std::string status = absl::StrCat(reply.status);
  const std::string length = absl::StrCat(reply.bytes().size());
  HeaderList list;
  list.Add(":status", status);
  for (const auto& [name, value] : names) {
    const bool varies = name == "x-request-id" || name == "traceparent" || name == "etag";
    varies ? list.AddOnce(name, value) : list.Add(name, value);
  }
  if (!reply.content_type.empty()) list.Add("content-type", reply.content_type);
  if (out_ended_ && reply.status != 204 && reply.status != 304)
    list.AddOnce("content-length", length);
  nghttp2_data_provider body{{}, ReadReply};
  body.source.ptr = this;
  nghttp2_submit_response(connection_.session(), id_, list.data(), list.size(),
                          with_body ? &body : nullptr);
  connection_.FlushSoon();
}

void H2Stream::Send(HttpReply reply) {
  Replied();
  out_ended_ = true;
  const bool with_body = !head_request_ && !reply.bytes().empty();
  SubmitHead(reply, with_body);
  if (with_body) {
    out_ = std::move(reply.body);
    shared_out_ = std::move(reply.shared_body);
    stall_.Set(connection_.context().limits.stall);
  }
}

void H2Stream::Begin(HttpReply head) {
  SubmitHead(head, true);
}

void H2Stream::Write(std::string bytes) {
  if (bytes.empty()) return;
  if (out_.empty()) {
    out_ = std::move(bytes);
  } else {
    out_ += bytes;
  }
  if (!stall_.is_set()) {
    moved_ = 0;
    stall_.Set(connection_.context().limits.stall);
  }
  nghttp2_session_resume_data(connection_.session(), id_);
  connection_.FlushSoon();
}

void H2Stream::End(Headers trailers) {
  Replied();
  trailers_ = std::move(trailers);
  out_ended_ = true;
  nghttp2_session_resume_data(connection_.session(), id_);
  connection_.FlushSoon();
}

void H2Stream::Consume(size_t bytes) {
  nghttp2_session_consume_stream(connection_.session(), id_, bytes);
  connection_.FlushSoon();
}

// What the client still sends of the body is thrown away; the stream ends when both sides have.
void H2Stream::Replied() {
  replied_ = true;
  if (!body_ended_) body_deadline_.Set(connection_.context().limits.stall);
}

}  // namespace staraction::gateway
