#ifndef STARACTION_SERVICES_GATEWAY_PROXY_SESSION_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_SESSION_H_

#include <nghttp2/nghttp2.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/gateway/net/loop.h"
#include "services/gateway/net/tls_files.h"
#include "services/gateway/net/wire.h"
#include "services/gateway/proxy/call.h"

namespace staraction::gateway {

// One HTTP/2 connection to a service: connects, carries calls as streams, and ends. It decides
// nothing: whom to call, when to try again is the channel's. Belongs to one thread. Its owner must
// not destroy it within one of its calls.
class Session : public Wire::User {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    // The service has spoken HTTP/2: calls may come.
    virtual void OnReady(Session& session) = 0;
    // It takes no more calls; those that it has go on.
    virtual void OnDraining(Session& session) = 0;
    // Its calls have been told. The last call.
    virtual void OnEnded(Session& session) = 0;
  };

  // Of an unopened socket: connects. `tls` may be null: plain. With TLS the service must show the
  // identity `uri`.
  Session(Loop& loop, const boost::asio::ip::tcp::endpoint& endpoint, TlsFiles* tls,
          const std::string& uri, Owner& owner);
  ~Session() override;

  bool ready() const { return state_ == State::kReady; }
  size_t calls() const { return calls_.size(); }

  // While ready.
  void Submit(Call& call);
  // Ends once its calls have ended.
  void Drain();

  // For a call that was submitted here:
  void Cancel(Call& call);
  // As Cancel, when no answer came in time; if nothing at all came since, the connection is dead.
  void Expire(Call& call);
  void Resume(Call& call);
  void Consume(Call& call, size_t bytes);

  // The wire's:
  void OnBytes(std::string_view bytes) override;
  void OnSent() override;
  void OnClosed() override;

 private:
  enum class State { kConnecting, kReady, kDraining, kEnded };
  struct Callbacks;

  void OnConnected(const boost::system::error_code& error, TlsFiles* tls, const std::string& uri);
  void Begin();
  void MarkReady();
  void Forget(Call& call, uint32_t reset);
  Call* Find(int32_t stream) const;
  void EndStream(int32_t stream, CallEnd end);
  void FlushSoon();
  void Flush();
  void Fail();
  void EndIfIdle();

  Loop& loop_;
  Owner& owner_;
  State state_ = State::kConnecting;
  std::shared_ptr<Wire> wire_;
  // Handlers of the loop look whether the session is still there.
  std::shared_ptr<Session*> alive_;
  boost::asio::ip::tcp::socket socket_;  // until connected
  nghttp2_session* http2_ = nullptr;
  std::unordered_map<int32_t, Call*> calls_;
  std::vector<std::pair<int32_t, size_t>> sent_;  // of the present flush
  bool flushing_soon_ = false;
  uint64_t received_ = 0;
  Deadline connect_deadline_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_SESSION_H_
