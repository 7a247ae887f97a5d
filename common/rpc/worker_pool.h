#ifndef STARACTION_COMMON_RPC_WORKER_POOL_H_
#define STARACTION_COMMON_RPC_WORKER_POOL_H_

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace staraction {

// Threads that may block, with a short queue before them. gRPC's own threads never block: two
// blocking handlers would fill them on two cores. Thread safe.
class WorkerPool {
 public:
  WorkerPool(int threads, int queue_limit);
  ~WorkerPool();  // runs what is queued, then returns

  // False if the queue is full: the caller answers RESOURCE_EXHAUSTED at once.
  bool Submit(std::function<void()> work);
  int queued() const;
  int busy() const { return busy_; }
  int threads() const { return static_cast<int>(threads_.size()); }

 private:
  void Loop();

  const size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::atomic<int> busy_{0};
  std::vector<std::thread> threads_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_WORKER_POOL_H_
