#include "services/gateway/http/h1.h"

#include <algorithm>
#include <limits>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/http/http_errors.h"

namespace staraction::gateway {
namespace {

namespace http = boost::beast::http;

constexpr absl::Duration kLinger = absl::Seconds(2);
constexpr absl::Duration kLastRequest = absl::Seconds(1);
// Of the next requests, while the present one is being worked on.
constexpr size_t kReadAhead = 32 << 10;

bool IsGrammar(const boost::beast::error_code& error) {
  return error.category() == make_error_code(http::error::bad_method).category();
}

// Whether every server reads this head as the same request: no folded lines, one host, and a body
// whose length is said in one way only.
bool ReadsOneWay(std::string_view text, const H1Parser& parser) {
  const Headers& headers = parser.head.headers;
  if (text.find("\r\n ") != std::string_view::npos ||
      text.find("\r\n\t") != std::string_view::npos) {
    return false;
  }
  const int hosts = headers.Count("host");
  if (hosts > 1 || (hosts == 0 && parser.version == 11)) return false;
  if (headers.Count("transfer-encoding") == 0) return true;
  const std::string_view coding = headers.Get("transfer-encoding");
  return headers.Count("transfer-encoding") == 1 && headers.Count("content-length") == 0 &&
         parser.version == 11 &&
         absl::EqualsIgnoreCase(absl::string_view(coding.data(), coding.size()), "chunked");
}

}  // namespace

H1::H1(ConnectionContext context, std::shared_ptr<Wire> wire, const std::string& address,
       std::function<void()> ended)
    : context_(context),
      wire_(std::move(wire)),
      address_(address),
      ended_(std::move(ended)),
      deadline_(context.loop.deadlines, [this] { OnTimeout(); }) {
  Next();
}

void H1::OnBytes(std::string_view bytes) {
  input_.append(bytes);
  if (state_ >= State::kWorking && input_.size() > kReadAhead) wire_->Pause(true);
  Process();
}

// As far as the input leads. Replies that come at once don't call back into this, however many
// requests lie in the input.
void H1::Process() {
  if (processing_) return;
  processing_ = true;
  bool goes_on = true;
  while (goes_on) {
    switch (state_) {
      case State::kIdle:
      case State::kHead:
        goes_on = ReadHead();
        break;
      case State::kBody:
        goes_on = ReadBody();
        break;
      case State::kReplied:
        goes_on = wire_->pending() == 0;
        if (goes_on) Next();
        break;
      case State::kWorking:
      case State::kClosing:
        goes_on = false;
    }
  }
  processing_ = false;
}

void H1::Next() {
  handler_.reset();
  if (!keep_alive_) {
    state_ = State::kClosing;
    deadline_.Clear();
    return wire_->CloseGently(kLinger);
  }
  parser_.emplace();
  parser_->header_limit(static_cast<uint32_t>(context_.limits.header_bytes));
  // The handlers know what a method may take. (Not boost::none: Boost 1.74 then takes every
  // Content-Length for too large.)
  parser_->body_limit(std::numeric_limits<uint64_t>::max());
  state_ = State::kIdle;
  deadline_.Set(draining_ ? kLastRequest : context_.limits.idle);
  wire_->Pause(false);
}

bool H1::ReadHead() {
  if (input_.empty()) return false;
  if (state_ == State::kIdle) {
    // One moment for the whole head: sending a byte now and then doesn't put it off.
    state_ = State::kHead;
    deadline_.Set(context_.limits.header);
  }
  // Only a whole head: the parser keeps count of what it has taken of a part, and would have to be
  // given the rest alone.
  const size_t end = input_.find("\r\n\r\n");
  if (end == std::string::npos && input_.size() <= context_.limits.header_bytes) return false;
  boost::beast::error_code error;
  const size_t read = parser_->put(boost::asio::buffer(input_), error);
  if (!CheckHead(error)) return state_ == State::kReplied;
  if (!parser_->is_header_done()) return false;
  const std::string_view head = std::string_view(input_).substr(0, std::min(end, read));
  const bool clear = ReadsOneWay(head, *parser_);
  input_.erase(0, read);
  if (!clear) {
    RefuseBroken(MalformedRequest(), 400);
    return true;
  }
  StartRequest();
  return true;
}

// False if there is nothing to go on with: more has to come, or it was refused.
bool H1::CheckHead(boost::beast::error_code error) {
  if (!error || error == http::error::need_more) {
    if (!error || input_.size() <= context_.limits.header_bytes) return !error;
    error = http::error::header_limit;
  }
  if (error == http::error::header_limit) {
    RefuseBroken(HeadersTooLarge(context_.limits.header_bytes), 431);
  } else if (IsGrammar(error)) {
    RefuseBroken(MalformedRequest(), 400);
  } else {
    wire_->Close();
    state_ = State::kClosing;
    ended_();
  }
  return false;
}

void H1::StartRequest() {
  RequestHead& head = parser_->head;
  head.address = address_;
  if (parser_->chunked()) {
    head.content_length.reset();
  } else {
    head.content_length = parser_->content_length().value_or(0);
  }
  keep_alive_ = parser_->keep_alive() && parser_->version == 11 && !draining_;
  head_request_ = head.method == "HEAD";
  chunked_ = false;
  untold_ = 0;
  state_ = State::kBody;
  parser_->eager(true);
  deadline_.Set(context_.limits.body);
  handler_ = context_.app.Begin(std::move(head));
  handler_->Start(*this);
  const bool waits = parser_->asks_to_continue && parser_->version == 11 && !parser_->is_done();
  if (state_ == State::kBody && waits) {
    wire_->Send("HTTP/1.1 100 Continue\r\n\r\n");
  }
}

bool H1::ReadBody() {
  if (!parser_->is_done()) {
    if (input_.empty()) return false;
    boost::beast::error_code error;
    const size_t read = parser_->put(boost::asio::buffer(input_), error);
    input_.erase(0, read);
    // Chunks' own lines have no limit of the parser's.
    const bool endless = read == 0 && input_.size() > context_.limits.header_bytes;
    if ((error && error != http::error::need_more) || endless) {
      handler_->Refuse(MalformedRequest(), 400);
      return true;
    }
    if (!parser_->body.empty()) handler_->OnBody(std::exchange(parser_->body, {}));
    if (state_ != State::kBody) return true;
    if (!parser_->is_done()) return read > 0;
  }
  state_ = State::kWorking;
  // The call has its own deadline.
  deadline_.Clear();
  handler_->OnBodyEnd();
  return true;
}

// Replies to what could not even be read as a request.
void H1::RefuseBroken(const absl::Status& status, int http_status) {
  keep_alive_ = false;
  head_request_ = false;
  Send(context_.app.RefuseBroken(status, http_status));
}

std::string H1::RenderHead(const HttpReply& reply, bool whole) {
  // What the client still sends of a body that nobody wants is not the next request.
  if (!parser_->is_done() && state_ < State::kWorking) keep_alive_ = false;
  if (draining_) keep_alive_ = false;
  std::string out = absl::StrCat(
      "HTTP/1.1 ", reply.status, " ",
      std::string(http::obsolete_reason(static_cast<http::status>(reply.status))), "\r\n");
  for (const auto& [name, value] : reply.headers) absl::StrAppend(&out, name, ": ", value, "\r\n");
  if (!reply.content_type.empty()) {
    absl::StrAppend(&out, "Content-Type: ", reply.content_type, "\r\n");
  }
  if (whole && reply.status != 204 && reply.status != 304) {
    absl::StrAppend(&out, "Content-Length: ", reply.bytes().size(), "\r\n");
  }
  if (!whole) {
    chunked_ = parser_->version == 11;
    if (!chunked_) keep_alive_ = false;
    if (chunked_) absl::StrAppend(&out, "Transfer-Encoding: chunked\r\n");
  }
  if (!keep_alive_) absl::StrAppend(&out, "Connection: close\r\n");
  absl::StrAppend(&out, "\r\n");
  return out;
}

void H1::Send(HttpReply reply) {
  std::string out = RenderHead(reply, true);
  if (!head_request_ && reply.shared_body == nullptr) out += reply.body;
  Replied();
  wire_->Send(std::move(out));
  if (!head_request_ && reply.shared_body != nullptr) wire_->Send(std::move(reply.shared_body));
  Process();
}

void H1::Begin(HttpReply head) {
  wire_->Send(RenderHead(head, false));
}

void H1::Write(std::string bytes) {
  if (bytes.empty() || head_request_) return;
  const size_t size = bytes.size();
  wire_->Send(chunked_ ? absl::StrCat(absl::Hex(size), "\r\n", bytes, "\r\n") : std::move(bytes));
  untold_ += size;
  if (wire_->pending() == 0) handler_->OnTaken(std::exchange(untold_, 0));
}

void H1::End(Headers) {
  Replied();
  if (chunked_ && !head_request_) wire_->Send("0\r\n\r\n");
  Process();
}

void H1::Replied() {
  state_ = State::kReplied;
  deadline_.Clear();
}

void H1::OnSent() {
  if (state_ == State::kWorking && untold_ > 0) handler_->OnTaken(std::exchange(untold_, 0));
  Process();
}

void H1::OnClosed() {
  state_ = State::kClosing;
  deadline_.Clear();
  handler_.reset();
  ended_();
}

void H1::Drain() {
  draining_ = true;
  // A request may be on its way: it is answered still, and told that it was the last one.
  if (state_ == State::kIdle) deadline_.Set(kLastRequest);
}

void H1::OnTimeout() {
  wire_->Close();
  OnClosed();
}

}  // namespace staraction::gateway
