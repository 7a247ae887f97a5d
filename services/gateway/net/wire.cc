#include "services/gateway/net/wire.h"

#include <openssl/x509v3.h>

#include <algorithm>

#include <boost/asio/error.hpp>

namespace staraction::gateway {

namespace asio = boost::asio;

Wire::Wire(asio::ip::tcp::socket socket, Deadlines& deadlines, absl::Duration stall,
           size_t read_size)
    : socket_(std::move(socket)),
      buffer_(read_size),
      stall_(stall),
      write_deadline_(deadlines, [this] { Broken(); }),
      linger_deadline_(deadlines, [this] { Broken(); }) {
  Error ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
}

void Wire::AcceptTls(asio::ssl::context& context, std::function<void(bool)> done) {
  tls_ = std::make_unique<Tls>(socket_, context);
  Handshake(asio::ssl::stream_base::server, std::move(done));
}

void Wire::ConnectTls(asio::ssl::context& context, std::function<void(bool)> done) {
  tls_ = std::make_unique<Tls>(socket_, context);
  Handshake(asio::ssl::stream_base::client, std::move(done));
}

void Wire::Handshake(asio::ssl::stream_base::handshake_type side, std::function<void(bool)> done) {
  tls_->async_handshake(side, [self = shared_from_this(), done = std::move(done)](Error error) {
    if (self->socket_.is_open()) done(!error);
  });
}

bool Wire::PeerIs(const std::string& uri) const {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      SSL_get1_peer_certificate(tls_->native_handle()), X509_free);
  if (certificate == nullptr) return false;
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)),
      GENERAL_NAMES_free);
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_STRING* text = name->d.uniformResourceIdentifier;
    const std::string_view found(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                                 static_cast<size_t>(ASN1_STRING_length(text)));
    if (found == uri) return true;
  }
  return false;
}

std::string_view Wire::Alpn() const {
  if (tls_ == nullptr) return {};
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(tls_->native_handle(), &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

void Wire::Read(User& user) {
  user_ = &user;
  ReadSome();
}

void Wire::Pause(bool paused) {
  paused_ = paused;
  if (!paused_) ReadSome();
}

void Wire::ReadSome() {
  if (reading_ || (paused_ && !lingering_) || (lingering_ && !draining_) || user_ == nullptr)
    return;
  reading_ = true;
  const auto buffer = asio::buffer(buffer_);
  auto handler = [self = shared_from_this()](Error error, size_t size) {
    self->OnRead(error, size);
  };
  if (tls_ != nullptr && !draining_) {
    tls_->async_read_some(buffer, std::move(handler));
  } else {
    socket_.async_read_some(buffer, std::move(handler));
  }
}

void Wire::OnRead(Error error, size_t size) {
  reading_ = false;
  if (user_ == nullptr) return;
  if (lingering_ && !draining_) return SayEnd();
  if (error) return Broken();
  if (!lingering_) user_->OnBytes({buffer_.data(), size});
  ReadSome();
}

void Wire::Send(std::string bytes) {
  if (!bytes.empty()) Push({std::move(bytes), nullptr});
}

void Wire::Send(std::shared_ptr<const std::string> bytes) {
  if (!bytes->empty()) Push({"", std::move(bytes)});
}

void Wire::Push(Chunk chunk) {
  if (!socket_.is_open()) return;
  pending_ += chunk.bytes().size();
  queue_.push_back(std::move(chunk));
  if (!writing_) TryWrite();
}

// TLS makes records of one buffer at a time; a socket takes several at once.
std::vector<asio::const_buffer> Wire::NextBuffers() const {
  const size_t count = std::min<size_t>(queue_.size(), tls_ != nullptr ? 1 : 16);
  std::vector<asio::const_buffer> buffers;
  buffers.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const std::string_view bytes = queue_[i].bytes();
    buffers.push_back(asio::buffer(bytes.data(), bytes.size()));
  }
  buffers.front() += written_;
  return buffers;
}

// Mostly the kernel takes it all, and no handler is needed.
void Wire::TryWrite() {
  moved_ = 0;
  if (tls_ == nullptr) {
    Error error;
    const size_t size = socket_.write_some(NextBuffers(), error);
    // What broke is told from the loop, not from within Send.
    if (!error) Moved(size);
    if (pending_ == 0) return AllSent();
  }
  writing_ = true;
  write_deadline_.Set(stall_);
  WriteSome();
}

void Wire::WriteSome() {
  auto handler = [self = shared_from_this()](Error error, size_t size) {
    self->OnWritten(error, size);
  };
  if (tls_ != nullptr) {
    tls_->async_write_some(NextBuffers().front(), std::move(handler));
  } else {
    socket_.async_write_some(NextBuffers(), std::move(handler));
  }
}

void Wire::OnWritten(Error error, size_t size) {
  if (!socket_.is_open()) return;
  if (error) return Broken();
  Moved(size);
  if (pending_ > 0) return WriteSome();
  writing_ = false;
  write_deadline_.Clear();
  AllSent();
  if (user_ != nullptr) user_->OnSent();
}

void Wire::Moved(size_t size) {
  pending_ -= size;
  for (size_t left = size; left > 0;) {
    const size_t rest = queue_.front().bytes().size() - written_;
    if (left < rest) {
      written_ += left;
      break;
    }
    left -= rest;
    written_ = 0;
    queue_.pop_front();
  }
  moved_ += size;
  if (moved_ < kReadAtLeast) return;
  moved_ = 0;
  if (writing_) write_deadline_.Set(stall_);
}

void Wire::AllSent() {
  if (!closing_ || lingering_) return;
  lingering_ = true;
  if (tls_ == nullptr) return Drain();
  if (!reading_) return SayEnd();
  // Asio can't read for both; its handler goes on.
  Error ignored;
  socket_.cancel(ignored);
}

// TLS says by itself that this was all: without its word the end looks like a cut. Then it waits
// for the other side's, and takes what still comes of a request for an error.
void Wire::SayEnd() {
  tls_->async_shutdown([self = shared_from_this()](Error error) {
    if (!self->socket_.is_open()) return;
    error ? self->Drain() : self->Broken();
  });
}

void Wire::Drain() {
  draining_ = true;
  Error ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  ReadSome();
}

void Wire::CloseGently(absl::Duration linger) {
  closing_ = true;
  linger_deadline_.Set(linger + (pending() > 0 ? stall_ : absl::ZeroDuration()));
  if (pending() == 0) AllSent();
}

void Wire::Broken() {
  User* user = user_;
  Close();
  if (user != nullptr) user->OnClosed();
}

void Wire::Close() {
  user_ = nullptr;
  write_deadline_.Clear();
  linger_deadline_.Clear();
  Error ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

std::string Wire::RemoteAddress() const {
  Error ignored;
  const auto endpoint = socket_.remote_endpoint(ignored);
  return ignored ? "" : endpoint.address().to_string();
}

}  // namespace staraction::gateway
