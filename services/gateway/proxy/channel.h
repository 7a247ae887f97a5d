#ifndef STARACTION_SERVICES_GATEWAY_PROXY_CHANNEL_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_CHANNEL_H_

#include <list>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "services/gateway/net/loop.h"
#include "services/gateway/net/tls_files.h"
#include "services/gateway/proxy/call.h"
#include "services/gateway/proxy/session.h"

namespace staraction::gateway {

// The way to one service: a connection to each of its replicas, calls dealt out in turn. Names are
// resolved again every half minute, and soon after a connection has ended, so replicas come and go.
// What can't be reached is tried again after 50 ms to 1 s; meanwhile calls that no other replica
// can take fail at once. Belongs to one thread.
class Channel : public Session::Owner {
 public:
  // Messages larger than this are not for us, in either direction.
  static constexpr size_t kMaxMessageBytes = 20 << 20;

  // `addresses`: "host:port", each a name with any number of IP addresses or such an address.
  // `tls` may be null: plain; else the service must be `uri`.
  Channel(Loop& loop, std::vector<std::string> addresses, TlsFiles* tls, std::string uri);
  ~Channel() override;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Never calls the sink before it returns. The channel outlives the call.
  std::unique_ptr<Call> Start(CallHead head, CallSink& sink);

  void OnReady(Session& session) override;
  void OnDraining(Session& session) override;
  void OnEnded(Session& session) override;

 private:
  struct Replica;

  void Resolve();
  void ResolveSoon();
  void OnResolved(std::set<boost::asio::ip::tcp::endpoint> found, bool complete);
  void Connect(Replica& replica);
  void Retire(std::unique_ptr<Session> session);
  Replica* ReplicaOf(const Session& session);
  Session* NextReady();
  bool MayBecomeReady() const;
  void FailWaiting();

  Loop& loop_;
  const std::vector<std::string> addresses_;
  TlsFiles* const tls_;
  const std::string uri_;
  std::vector<std::unique_ptr<Replica>> replicas_;
  std::vector<std::unique_ptr<Session>> retired_;  // finish what they have
  std::list<Call*> waiting_;                       // for a connection that is being made
  size_t next_ = 0;
  bool resolving_ = false;
  boost::asio::ip::tcp::resolver resolver_;
  Deadline resolve_again_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_CHANNEL_H_
