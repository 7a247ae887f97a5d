#ifndef STARACTION_SERVICES_GATEWAY_HTTP_CONNECTION_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_CONNECTION_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "services/gateway/http/handler.h"
#include "services/gateway/http/limits.h"
#include "services/gateway/net/loop.h"
#include "services/gateway/net/wire.h"

namespace staraction::gateway {

// What the connections of one thread share.
struct ConnectionContext {
  Loop& loop;
  App& app;
  const HttpLimits& limits;
};

// How a connection speaks: HTTP/1.1 or HTTP/2.
class Protocol : public Wire::User {
 public:
  // Requests that are under way are finished; then it calls the connection's `ended`.
  virtual void Drain() = 0;
};

// One client's connection from its first byte on: finds out which protocol it speaks. Belongs to
// one thread; its owner destroys it after `ended`, not within.
class Connection : public Wire::User {
 public:
  // `ended` is called once, when the connection is closed.
  Connection(ConnectionContext context, boost::asio::ip::tcp::socket socket,
             std::function<void()> ended);
  ~Connection() override;

  // `tls` may be null: plain.
  void Start(boost::asio::ssl::context* tls);
  void Drain();
  // At once.
  void Abort();

  const std::string& address() const { return address_; }

  void OnBytes(std::string_view bytes) override;
  void OnSent() override;
  void OnClosed() override;

 private:
  void Read();
  void Speak(bool http2);
  void End();

  const ConnectionContext context_;
  const std::shared_ptr<Wire> wire_;
  const std::string address_;
  std::function<void()> ended_;
  std::string first_bytes_;
  std::unique_ptr<Protocol> protocol_;
  bool draining_ = false;
  Deadline hello_deadline_;  // until the protocol is known
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_CONNECTION_H_
