#ifndef STARACTION_COMMON_RPC_BREAKER_H_
#define STARACTION_COMMON_RPC_BREAKER_H_

#include <grpcpp/support/client_interceptor.h>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "common/base/clock.h"

namespace staraction {

// Keeps calls away from a peer that does not answer, so that they come back at once and hold no
// worker. After three failures in a row it opens: calls are refused with UNAVAILABLE, but for one
// at a time, a quarter of a second after the last failure, which finds out whether the peer is
// back. Any answer closes it.
//
// A failure is a connection that breaks or cannot be had, or a call that ran into its deadline
// after a second or more. What the peer itself says, errors included, is an answer.
// Thread safe.
class Breaker {
 public:
  explicit Breaker(Clock clock = RealClock()) : clock_(std::move(clock)) {}

  // One call that may go out. Tell how it ended once; a call of which nothing is told (it was
  // cancelled) says nothing about the peer.
  class Pass {
   public:
    Pass(Breaker& breaker, bool probe) : breaker_(&breaker), probe_(probe) {}
    Pass(Pass&& other) noexcept
        : breaker_(std::exchange(other.breaker_, nullptr)), probe_(other.probe_) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass();
    void Answered();
    void Failed();

   private:
    Breaker* breaker_;
    bool probe_;
  };

  // Nothing if the call is refused.
  std::optional<Pass> Admit();
  bool open() const;

 private:
  enum class Outcome { kAnswered, kFailed, kUntold };
  void End(bool probe, Outcome outcome);

  const Clock clock_;
  mutable std::mutex mutex_;
  int failures_ = 0;  // in a row
  bool probing_ = false;
  absl::Time next_probe_ = absl::InfinitePast();
};

// Puts a breaker, which is kept alive, before the calls of a channel.
std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> BreakCalls(
    std::shared_ptr<Breaker> breaker);

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_BREAKER_H_
