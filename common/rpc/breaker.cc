#include "common/rpc/breaker.h"

#include <utility>

namespace staraction {
namespace {

constexpr int kFailures = 3;
constexpr absl::Duration kPause = absl::Milliseconds(250);
// A call with less time than this may fail by its caller's haste.
constexpr absl::Duration kSlow = absl::Seconds(1);

using grpc::experimental::InterceptionHookPoints;

class BreakerInterceptor : public grpc::experimental::Interceptor {
 public:
  explicit BreakerInterceptor(Breaker& breaker) : breaker_(breaker) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      auto pass = breaker_.Admit();
      if (!pass) {
        refused_ = true;
        methods->Hijack();
        return;
      }
      pass_.emplace(*std::move(pass));
      started_ = RealClock()();
    }
    if (refused_ && methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_RECV_STATUS)) {
      *methods->GetRecvStatus() =
          grpc::Status(grpc::StatusCode::UNAVAILABLE, "the peer has not answered of late");
    }
    if (pass_ && methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_STATUS)) {
      Tell(*methods->GetRecvStatus());
    }
    methods->Proceed();
  }

 private:
  void Tell(const grpc::Status& status) {
    // Errors that the peer made carry details (common/status).
    const bool from_peer = !status.error_details().empty();
    const grpc::StatusCode code = status.error_code();
    const bool late = code == grpc::StatusCode::DEADLINE_EXCEEDED;
    const bool slow = late && RealClock()() - started_ >= kSlow;
    if (!from_peer && (slow || code == grpc::StatusCode::UNAVAILABLE)) {
      pass_->Failed();
    } else if (from_peer || !(late || code == grpc::StatusCode::CANCELLED)) {
      pass_->Answered();
    }
    pass_.reset();
  }

  Breaker& breaker_;
  std::optional<Breaker::Pass> pass_;
  bool refused_ = false;
  absl::Time started_;
};

class Factory : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit Factory(std::shared_ptr<Breaker> breaker) : breaker_(std::move(breaker)) {}
  grpc::experimental::Interceptor* CreateClientInterceptor(
      grpc::experimental::ClientRpcInfo*) override {
    return new BreakerInterceptor(*breaker_);
  }

 private:
  const std::shared_ptr<Breaker> breaker_;
};

}  // namespace

Breaker::Pass::~Pass() {
  if (breaker_ != nullptr) breaker_->End(probe_, Outcome::kUntold);
}

void Breaker::Pass::Answered() {
  std::exchange(breaker_, nullptr)->End(probe_, Outcome::kAnswered);
}

void Breaker::Pass::Failed() {
  std::exchange(breaker_, nullptr)->End(probe_, Outcome::kFailed);
}

std::optional<Breaker::Pass> Breaker::Admit() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (failures_ < kFailures) return Pass(*this, false);
  if (probing_ || clock_() < next_probe_) return std::nullopt;
  probing_ = true;
  return Pass(*this, true);
}

void Breaker::End(bool probe, Outcome outcome) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (probe) probing_ = false;
  if (outcome == Outcome::kAnswered) failures_ = 0;
  if (outcome == Outcome::kFailed) {
    ++failures_;
    next_probe_ = clock_() + kPause;
  }
}

bool Breaker::open() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return failures_ >= kFailures;
}

std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> BreakCalls(
    std::shared_ptr<Breaker> breaker) {
  return std::make_unique<Factory>(std::move(breaker));
}

}  // namespace staraction
