#ifndef STARACTION_COMMON_RPC_RESPONSE_STREAM_H_
#define STARACTION_COMMON_RPC_RESPONSE_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace staraction {

// The answer of a call that streams: messages are queued and sent one after the other. Thread
// safe. Lives as long as somebody holds it or the call lasts. Until Release the call is not given
// back to gRPC, even if its caller has gone: context and request stay what they are.
template <typename Response>
class ResponseStream final : public grpc::ServerWriteReactor<Response> {
 public:
  static constexpr size_t kMaxQueued = 100;

  // `ended` is called once, when gRPC is through with the call.
  static std::shared_ptr<ResponseStream> Make(std::function<void(const grpc::Status&)> ended) {
    std::shared_ptr<ResponseStream> stream(new ResponseStream(std::move(ended)));
    stream->self_ = stream;
    return stream;
  }

  // False if the call is over, or its reader is too slow for what it asked for; that ends it.
  bool Write(Response response) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (over_) return false;
    if (queue_.size() >= kMaxQueued) {
      queue_.resize(1);  // the one that is being written
      FinishLocked(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "the reader is too slow"));
      return false;
    }
    queue_.push_back(std::move(response));
    if (queue_.size() == 1) this->StartWrite(&queue_.front());
    return true;
  }

  // After what is queued. Once; further ones are ignored.
  void End(const grpc::Status& status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!over_) FinishLocked(status);
  }

  // Whoever reads the call's context or request is done with them.
  void Release() {
    const std::lock_guard<std::mutex> lock(mutex_);
    held_ = false;
    FinishIfThrough();
  }

  bool over() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return over_;
  }

 private:
  explicit ResponseStream(std::function<void(const grpc::Status&)> ended)
      : ended_(std::move(ended)) {}

  void OnWriteDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    queue_.pop_front();
    if (!ok) queue_.clear();
    if (!queue_.empty()) return this->StartWrite(&queue_.front());
    if (!ok && !over_) FinishLocked(grpc::Status::CANCELLED);
    FinishIfThrough();
  }
  void OnCancel() override { End(grpc::Status::CANCELLED); }
  void OnDone() override {
    ended_(status_);
    self_.reset();
  }

  void FinishLocked(const grpc::Status& status) {
    over_ = true;
    status_ = status;
    FinishIfThrough();
  }
  void FinishIfThrough() {
    if (!over_ || held_ || !queue_.empty() || std::exchange(finished_, true)) return;
    this->Finish(status_);
  }

  const std::function<void(const grpc::Status&)> ended_;
  mutable std::mutex mutex_;
  std::deque<Response> queue_;  // its first is being written
  bool held_ = true, over_ = false, finished_ = false;
  grpc::Status status_;
  std::shared_ptr<ResponseStream> self_;  // until gRPC is through
};

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_RESPONSE_STREAM_H_
