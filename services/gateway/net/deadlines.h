#ifndef STARACTION_SERVICES_GATEWAY_NET_DEADLINES_H_
#define STARACTION_SERVICES_GATEWAY_NET_DEADLINES_H_

#include <chrono>
#include <functional>
#include <map>
#include <utility>  // Boost 1.74 uses std::exchange without it.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "absl/time/time.h"

namespace staraction::gateway {

class Deadline;

// The deadlines of one thread: many, set and put off all the time, behind one timer of its loop.
class Deadlines {
 public:
  explicit Deadlines(boost::asio::io_context& context) : timer_(context) {}

 private:
  friend class Deadline;
  using Clock = std::chrono::steady_clock;
  using Queue = std::multimap<Clock::time_point, Deadline*>;

  void Arm();
  void Ring();

  Queue queue_;
  boost::asio::steady_timer timer_;
  Clock::time_point armed_ = Clock::time_point::max();  // when the timer rings
};

// Calls a function once, when its time has come. Belongs to the thread of `deadlines`, which
// outlives it while it is set. The function may set, clear or destroy it.
class Deadline {
 public:
  Deadline(Deadlines& deadlines, std::function<void()> passed)
      : deadlines_(deadlines), passed_(std::move(passed)) {}
  ~Deadline() { Clear(); }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // Instead of what was set before.
  void Set(absl::Duration from_now);
  void Clear();
  // Until it passes; zero if nothing is set.
  absl::Duration left() const;
  bool is_set() const { return set_; }

 private:
  friend class Deadlines;

  Deadlines& deadlines_;
  Deadlines::Queue::iterator place_;  // while set
  bool set_ = false;
  const std::function<void()> passed_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_NET_DEADLINES_H_
