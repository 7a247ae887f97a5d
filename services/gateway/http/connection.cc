#include "services/gateway/http/connection.h"

#include "services/gateway/http/h1.h"
#include "services/gateway/http/h2.h"

namespace staraction::gateway {
namespace {

// How every HTTP/2 connection begins; no HTTP/1.1 method is called so.
constexpr std::string_view kHttp2 = "PRI";
constexpr size_t kReadSize = 8 << 10;

}  // namespace

Connection::Connection(ConnectionContext context, boost::asio::ip::tcp::socket socket,
                       std::function<void()> ended)
    : context_(context),
      wire_(std::make_shared<Wire>(std::move(socket), context.loop.deadlines, context.limits.stall,
                                   kReadSize)),
      address_(wire_->RemoteAddress()),
      ended_(std::move(ended)),
      hello_deadline_(context.loop.deadlines, [this] { Abort(); }) {}

Connection::~Connection() {
  wire_->Close();
}

void Connection::Start(boost::asio::ssl::context* tls) {
  // Who connects has something to say.
  hello_deadline_.Set(context_.limits.header);
  if (tls == nullptr) return wire_->Read(*this);
  wire_->AcceptTls(*tls, [this](bool ok) {
    if (!ok) return Abort();
    hello_deadline_.Set(context_.limits.header);
    wire_->Read(*this);
  });
}

void Connection::OnBytes(std::string_view bytes) {
  if (protocol_ != nullptr) return protocol_->OnBytes(bytes);
  first_bytes_.append(bytes);
  const bool http2 = first_bytes_.compare(0, kHttp2.size(), kHttp2) == 0;
  if (!http2 && kHttp2.substr(0, first_bytes_.size()) == first_bytes_) return;
  hello_deadline_.Clear();
  const auto end = [this] { End(); };
  if (http2) {
    protocol_ = std::make_unique<H2>(context_, wire_, address_, end);
  } else {
    protocol_ = std::make_unique<H1>(context_, wire_, address_, end);
  }
  const std::string first = std::move(first_bytes_);
  protocol_->OnBytes(first);
  if (draining_) protocol_->Drain();
}

void Connection::OnSent() {
  if (protocol_ != nullptr) protocol_->OnSent();
}

void Connection::OnClosed() {
  if (protocol_ != nullptr) return protocol_->OnClosed();
  End();
}

void Connection::Drain() {
  draining_ = true;
  if (protocol_ != nullptr) return protocol_->Drain();
  Abort();
}

void Connection::Abort() {
  wire_->Close();
  End();
}

void Connection::End() {
  if (ended_ != nullptr) std::exchange(ended_, nullptr)();
}

}  // namespace staraction::gateway
