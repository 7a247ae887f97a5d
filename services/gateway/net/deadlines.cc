#include "services/gateway/net/deadlines.h"

namespace staraction::gateway {

void Deadline::Set(absl::Duration from_now) {
  Clear();
  set_ = true;
  place_ = deadlines_.queue_.emplace(Deadlines::Clock::now() + absl::ToChronoNanoseconds(from_now),
                                     this);
  deadlines_.Arm();
}

void Deadline::Clear() {
  if (std::exchange(set_, false)) deadlines_.queue_.erase(place_);
}

absl::Duration Deadline::left() const {
  if (!is_set()) return absl::ZeroDuration();
  return absl::FromChrono(place_->first - Deadlines::Clock::now());
}

// A timer that rings too early only looks again, so that setting and clearing rarely touch it.
void Deadlines::Arm() {
  if (queue_.empty() || armed_ <= queue_.begin()->first) return;
  armed_ = queue_.begin()->first;
  timer_.expires_at(armed_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) Ring();
  });
}

void Deadlines::Ring() {
  const auto now = Clock::now();
  while (!queue_.empty() && queue_.begin()->first <= now) {
    Deadline& first = *queue_.begin()->second;
    first.Clear();
    // A copy, as the call may end the deadline.
    const auto passed = first.passed_;
    passed();
  }
  armed_ = Clock::time_point::max();
  Arm();
}

}  // namespace staraction::gateway
