#ifndef STARACTION_SERVICES_GATEWAY_NET_WIRE_H_
#define STARACTION_SERVICES_GATEWAY_NET_WIRE_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>  // Boost 1.74 uses std::exchange without it.
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "absl/time/time.h"
#include "services/gateway/net/deadlines.h"

namespace staraction::gateway {

// A connected socket, plain or with TLS, that tells its user what comes and takes what goes.
// Belongs to one thread. Keeps itself alive while an operation is under way, and never calls a
// user that has closed it.
class Wire : public std::enable_shared_from_this<Wire> {
 public:
  class User {
   public:
    virtual ~User() = default;
    // The bytes are valid during the call.
    virtual void OnBytes(std::string_view bytes) = 0;
    // All that was given to Send has gone to the kernel.
    virtual void OnSent() = 0;
    // The other side has ended its direction, is too slow to read, or the connection broke. The
    // last call.
    virtual void OnClosed() = 0;
  };

  // Who has to read gets this long for each kReadAtLeast bytes, or for what is left.
  static constexpr size_t kReadAtLeast = 64 << 10;

  Wire(boost::asio::ip::tcp::socket socket, Deadlines& deadlines, absl::Duration stall,
       size_t read_size);

  // TLS from here on, before Read. `done` gets whether it worked, but not after Close.
  // `context` must live during the call only.
  void AcceptTls(boost::asio::ssl::context& context, std::function<void(bool)> done);
  void ConnectTls(boost::asio::ssl::context& context, std::function<void(bool)> done);
  std::string_view Alpn() const;
  // Whether the other side's certificate names this URI, after the handshake has checked the chain.
  bool PeerIs(const std::string& uri) const;

  // Begins to read, for the user, until the end.
  void Read(User& user);
  // Stops reading after the present bytes, or goes on.
  void Pause(bool paused);
  // Written in order. A part may go out at once.
  void Send(std::string bytes);
  // The same without a copy, for what many are sent.
  void Send(std::shared_ptr<const std::string> bytes);
  // Bytes that the kernel hasn't taken yet.
  size_t pending() const { return pending_; }

  // Now; nobody is told.
  void Close();
  // After what was sent; reads on to nowhere for a while, since closing while the other side still
  // sends would reset the connection and take the reply with it. Ends with OnClosed.
  void CloseGently(absl::Duration linger);

  std::string RemoteAddress() const;

 private:
  using Error = boost::system::error_code;
  using Tls = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

  void Handshake(boost::asio::ssl::stream_base::handshake_type side,
                 std::function<void(bool)> done);
  void ReadSome();
  void OnRead(Error error, size_t size);
  struct Chunk {
    std::string own;
    std::shared_ptr<const std::string> shared;  // instead
    std::string_view bytes() const { return shared != nullptr ? *shared : own; }
  };
  void Push(Chunk chunk);
  std::vector<boost::asio::const_buffer> NextBuffers() const;
  void TryWrite();
  void WriteSome();
  void OnWritten(Error error, size_t size);
  void Moved(size_t size);
  void AllSent();
  void SayEnd();
  void Drain();
  void Broken();

  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<Tls> tls_;
  User* user_ = nullptr;
  std::vector<char> buffer_;
  bool reading_ = false, paused_ = false;
  bool closing_ = false;     // after what was sent
  bool lingering_ = false;   // all was sent
  bool draining_ = false;    // reads to nowhere, past TLS
  std::deque<Chunk> queue_;  // its first from written_ on
  size_t written_ = 0;
  size_t pending_ = 0;
  bool writing_ = false;
  size_t moved_ = 0;  // since the deadline was set
  const absl::Duration stall_;
  Deadline write_deadline_;
  Deadline linger_deadline_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_NET_WIRE_H_
