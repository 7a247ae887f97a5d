#include "services/gateway/http/session.h"

#include <limits>

#include <boost/asio/post.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "absl/strings/ascii.h"
#include "common/base/strings.h"
#include "services/gateway/http/gateway_errors.h"
#include "services/gateway/http/server.h"

namespace staraction::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr size_t kReadSize = 8 << 10;
constexpr absl::Duration kLingerTime = absl::Seconds(2);

RequestHead HeadOf(const http::request_parser<http::string_body>& parser) {
  const auto& message = parser.get();
  RequestHead head;
  head.method = std::string(message.method_string());
  head.target = std::string(message.target());
  for (const auto& field : message) {
    const auto name = field.name_string();
    head.headers.Add(absl::AsciiStrToLower(absl::string_view(name.data(), name.size())),
                     std::string(field.value()));
  }
  if (parser.chunked()) {
    head.content_length.reset();
  } else if (const auto length = parser.content_length()) {
    head.content_length = *length;
  }
  return head;
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, Front& front, Worker& worker)
    : stream_(std::move(socket)), front_(front), worker_(worker) {
  worker_.Add(this);
}

Session::~Session() {
  worker_.Remove(this);
}

void Session::Start() {
  Error ignored;
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  AwaitRequest();
}

void Session::AwaitRequest() {
  parser_.emplace();
  exchange_.reset();
  if (buffer_.size() > 0) return ReadHead();
  if (front_.draining()) return Close();
  idle_ = true;
  stream_.expires_after(absl::ToChronoNanoseconds(front_.limits().idle));
  stream_.async_read_some(buffer_.prepare(kReadSize),
                          [self = shared_from_this()](Error error, size_t size) {
                            self->idle_ = false;
                            if (error) return self->Close();
                            self->buffer_.commit(size);
                            self->ReadHead();
                          });
}

void Session::ReadHead() {
  parser_->header_limit(static_cast<uint32_t>(front_.limits().header_bytes));
  // Compared by the exchange, which knows what the method may take. (Not boost::none: Boost 1.74
  // then takes every Content-Length for too large.)
  parser_->body_limit(std::numeric_limits<uint64_t>::max());
  // One moment for the whole head: sending a byte now and then doesn't put it off.
  stream_.expires_after(absl::ToChronoNanoseconds(front_.limits().header));
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](Error error, size_t) { self->OnHead(error); });
}

void Session::OnHead(Error error) {
  if (error == http::error::header_limit) {
    return RefuseBroken(HeadersTooLarge(front_.limits().header_bytes), 431);
  }
  if (error.category() == make_error_code(http::error::bad_method).category() &&
      error != http::error::end_of_stream && error != http::error::partial_message) {
    return RefuseBroken(MalformedRequest(), 400);
  }
  if (error) return Close();  // also when the time was over: Beast has closed the socket then
  RequestHead head = HeadOf(*parser_);
  boost::system::error_code gone;
  head.address = stream_.socket().remote_endpoint(gone).address().to_string();
  exchange_ = front_.Begin(std::move(head));
  if (auto reply = exchange_->Start()) {
    linger_ = RequestHasBody();
    return Send(*std::move(reply), !linger_ && parser_->get().keep_alive());
  }
  if (!RequestHasBody()) return RunExchange("");
  if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return ReadBody();
  static constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(stream_, asio::buffer(kContinue, sizeof(kContinue) - 1),
                    [self = shared_from_this()](Error write_error, size_t) {
                      if (write_error) return self->Close();
                      self->ReadBody();
                    });
}

bool Session::RequestHasBody() const {
  return parser_->chunked() || parser_->content_length().value_or(0) > 0;
}

void Session::ReadBody() {
  parser_->body_limit(exchange_->body_limit());
  stream_.expires_after(absl::ToChronoNanoseconds(front_.limits().body));
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](Error error, size_t) { self->OnBody(error); });
}

void Session::OnBody(Error error) {
  if (!error) return RunExchange(std::move(parser_->get().body()));
  linger_ = true;
  if (error == http::error::body_limit || error == http::error::buffer_overflow) {
    return Send(exchange_->Refuse(TooLarge(exchange_->body_limit()), 413), false);
  }
  if (error == http::error::bad_chunk || error == http::error::bad_chunk_extension) {
    return Send(exchange_->Refuse(MalformedRequest(), 400), false);
  }
  Close();
}

void Session::RunExchange(std::string body) {
  stream_.expires_never();
  calling_ = true;
  WatchClient();
  exchange_->Run(
      std::move(body),
      [self = shared_from_this()](std::function<void()> function) {
        asio::post(self->stream_.get_executor(), std::move(function));
      },
      [self = shared_from_this()](HttpReply reply) {
        self->calling_ = false;
        Error ignored;
        self->stream_.socket().cancel(ignored);  // the watch
        if (self->stream_.socket().is_open()) {
          self->Send(std::move(reply), self->parser_->get().keep_alive());
        }
      });
}

// While the service works nobody reads, so a client that leaves would go unnoticed.
void Session::WatchClient() {
  stream_.socket().async_wait(asio::ip::tcp::socket::wait_read,
                              [self = shared_from_this(), watched = exchange_](Error error) {
                                if (error || !self->calling_ || self->exchange_ != watched) return;
                                if (!self->ClientLeft()) return;  // the next request, early
                                watched->Cancel();
                                self->Close();
                              });
}

bool Session::ClientLeft() {
  Error error;
  char byte = 0;
  auto& socket = stream_.socket();
  socket.non_blocking(true, error);
  socket.receive(asio::buffer(&byte, 1), asio::ip::tcp::socket::message_peek, error);
  return error && error != asio::error::would_block && error != asio::error::try_again;
}

void Session::Send(HttpReply reply, bool keep_alive) {
  response_ = {};
  response_.version(11);
  response_.result(static_cast<unsigned>(reply.status));
  for (const auto& [name, value] : reply.headers) response_.set(name, value);
  if (!reply.content_type.empty()) response_.set(http::field::content_type, reply.content_type);
  if (reply.status != 204) response_.content_length(reply.body.size());
  const bool head = exchange_ != nullptr && exchange_->head().method == "HEAD";
  if (!head) response_.body() = std::move(reply.body);
  response_.keep_alive(keep_alive && !front_.draining());
  stream_.expires_after(absl::ToChronoNanoseconds(front_.limits().write));
  http::async_write(stream_, response_,
                    [self = shared_from_this()](Error error, size_t) { self->OnSent(error); });
}

void Session::OnSent(Error error) {
  if (error) return Close();
  if (response_.keep_alive()) return AwaitRequest();
  Error ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  if (!linger_) return Close();
  buffer_.consume(buffer_.size());
  stream_.expires_after(absl::ToChronoNanoseconds(kLingerTime));
  Linger();
}

// Closing while the client still sends would reset the connection and take the reply with it.
void Session::Linger() {
  stream_.async_read_some(
      buffer_.prepare(kReadSize),
      [self = shared_from_this()](Error error, size_t) { error ? self->Close() : self->Linger(); });
}

// Replies to what could not even be read as a request.
void Session::RefuseBroken(const absl::Status& status, int http_status) {
  linger_ = true;
  exchange_ = front_.Begin(RequestHead());
  Send(exchange_->Refuse(status, http_status), false);
}

void Session::Drain() {
  if (idle_) Close();
}

void Session::Abort() {
  if (exchange_ != nullptr) exchange_->Cancel();
  Close();
}

void Session::Close() {
  Error ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
}

}  // namespace staraction::gateway
