#include "services/gateway/proxy/channel.h"

#include <google/rpc/code.pb.h>

#include <algorithm>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

#include "absl/strings/numbers.h"
#include "common/obs/log.h"

namespace staraction::gateway {
namespace {

namespace asio = boost::asio;
using Endpoint = asio::ip::tcp::endpoint;

constexpr size_t kMaxWaiting = 1000;
constexpr absl::Duration kSoon = absl::Milliseconds(100);  // worth waiting for
constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(1);
constexpr absl::Duration kResolveAgain = absl::Seconds(30), kResolveSoon = absl::Milliseconds(500);

CallEnd NotReached(const char* why) {
  return {PlainStatus(google::rpc::UNAVAILABLE, why), true};
}

}  // namespace

struct Channel::Replica {
  Replica(Channel& channel, const Endpoint& at)
      : endpoint(at),
        retry(channel.loop_.deadlines, [this, &channel] { channel.Connect(*this); }) {}

  const Endpoint endpoint;
  std::unique_ptr<Session> session;  // connecting or ready
  absl::Duration pause = absl::ZeroDuration();
  Deadline retry;
};

Channel::Channel(Loop& loop, std::vector<std::string> addresses, TlsFiles* tls, std::string uri)
    : loop_(loop),
      addresses_(std::move(addresses)),
      tls_(tls),
      uri_(std::move(uri)),
      resolver_(loop.context),
      resolve_again_(loop.deadlines, [this] { Resolve(); }) {
  Resolve();
}

Channel::~Channel() = default;

std::unique_ptr<Call> Channel::Start(CallHead head, CallSink& sink) {
  auto call = std::make_unique<Call>(loop_, std::move(head), sink);
  call->deadline_.Set(call->head_.time_left);
  if (Session* session = NextReady()) {
    session->Submit(*call);
  } else if (MayBecomeReady() && waiting_.size() < kMaxWaiting) {
    waiting_.push_back(call.get());
    call->waiting_ = &waiting_;
  } else {
    call->FinishSoon(NotReached("no connection"));
  }
  return call;
}

Session* Channel::NextReady() {
  for (size_t i = 0; i < replicas_.size(); ++i) {
    const auto& replica = replicas_[next_++ % replicas_.size()];
    if (replica->session != nullptr && replica->session->ready()) return replica->session.get();
  }
  return nullptr;
}

bool Channel::MayBecomeReady() const {
  if (resolving_ && replicas_.empty()) return true;
  return std::any_of(replicas_.begin(), replicas_.end(), [](const auto& replica) {
    return replica->session != nullptr ||
           (replica->retry.is_set() && replica->retry.left() <= kSoon);
  });
}

void Channel::FailWaiting() {
  if (MayBecomeReady()) return;
  while (!waiting_.empty()) {
    Call* call = waiting_.front();
    waiting_.pop_front();
    call->waiting_ = nullptr;
    call->Finish(NotReached("no connection"));
  }
}

void Channel::Resolve() {
  struct Lookup {
    std::set<Endpoint> found;
    size_t left;
    bool complete = true;
  };
  resolving_ = true;
  const auto lookup = std::make_shared<Lookup>();
  lookup->left = addresses_.size();
  for (const std::string& address : addresses_) {
    const size_t colon = address.rfind(':');
    std::string host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    // Stopped with the resolver, which the channel owns.
    resolver_.async_resolve(host, address.substr(colon + 1),
                            asio::ip::tcp::resolver::numeric_service,
                            [this, lookup](const boost::system::error_code& error,
                                           const asio::ip::tcp::resolver::results_type& results) {
                              if (error == asio::error::operation_aborted) return;
                              if (error) lookup->complete = false;
                              for (const auto& result : results)
                                lookup->found.insert(result.endpoint());
                              if (--lookup->left == 0)
                                OnResolved(std::move(lookup->found), lookup->complete);
                            });
  }
}

// Where one replica goes others come.
void Channel::ResolveSoon() {
  if (!resolving_ && resolve_again_.left() > kResolveSoon) resolve_again_.Set(kResolveSoon);
}

// A name that can't be resolved now takes nobody away.
void Channel::OnResolved(std::set<Endpoint> found, bool complete) {
  resolving_ = false;
  resolve_again_.Set(complete ? kResolveAgain : kResolveSoon);
  for (auto it = replicas_.begin(); it != replicas_.end();) {
    if (found.erase((*it)->endpoint) > 0 || !complete) {
      ++it;
      continue;
    }
    if ((*it)->session != nullptr) Retire(std::move((*it)->session));
    it = replicas_.erase(it);
  }
  for (const Endpoint& endpoint : found) {
    replicas_.push_back(std::make_unique<Replica>(*this, endpoint));
    Connect(*replicas_.back());
  }
  FailWaiting();
}

void Channel::Connect(Replica& replica) {
  replica.session = std::make_unique<Session>(loop_, replica.endpoint, tls_, uri_, *this);
}

// Ends once its calls have; a session that is still connecting has none and ends now.
void Channel::Retire(std::unique_ptr<Session> session) {
  Session& retiring = *session;
  retired_.push_back(std::move(session));
  retiring.Drain();
}

Channel::Replica* Channel::ReplicaOf(const Session& session) {
  for (const auto& replica : replicas_) {
    if (replica->session.get() == &session) return replica.get();
  }
  return nullptr;
}

void Channel::OnReady(Session& session) {
  if (Replica* replica = ReplicaOf(session)) replica->pause = absl::ZeroDuration();
  for (Call* call : std::exchange(waiting_, {})) {
    call->waiting_ = nullptr;
    session.Submit(*call);
  }
}

// The service is about to stop, or is told to: its place is taken by the next one at once.
void Channel::OnDraining(Session& session) {
  Replica* replica = ReplicaOf(session);
  if (replica == nullptr) return;
  retired_.push_back(std::move(replica->session));
  replica->retry.Set(absl::ZeroDuration());
  ResolveSoon();
}

void Channel::OnEnded(Session& session) {
  std::unique_ptr<Session> ended;
  if (Replica* replica = ReplicaOf(session)) {
    ended = std::move(replica->session);
    // At once after a connection that worked, then ever later; not all replicas of the gateway at
    // the same moment.
    const double spread = std::uniform_real_distribution<double>(0.8, 1.2)(random_);
    replica->retry.Set(replica->pause * spread);
    replica->pause = std::clamp(replica->pause * 2, kFirstPause, kLongestPause);
    ResolveSoon();
  } else {
    const auto found = std::find_if(retired_.begin(), retired_.end(),
                                    [&session](const auto& one) { return one.get() == &session; });
    if (found == retired_.end()) return;
    ended = std::move(*found);
    retired_.erase(found);
  }
  // It is still in one of its functions.
  asio::post(loop_.context, [ended = std::shared_ptr<Session>(std::move(ended))] {});
  FailWaiting();
}

}  // namespace staraction::gateway
