#include "services/gateway/proxy/call.h"

#include <google/rpc/code.pb.h>

#include "services/gateway/proxy/session.h"

namespace staraction::gateway {

Call::Call(Loop& loop, CallHead head, CallSink& sink)
    : head_(std::move(head)), sink_(&sink), deadline_(loop.deadlines, [this] { OnDeadline(); }) {}

Call::~Call() {
  if (session_ != nullptr) session_->Cancel(*this);
  if (waiting_ != nullptr) waiting_->remove(this);
}

void Call::Write(std::string_view bytes) {
  out_.append(bytes);
  if (session_ != nullptr) session_->Resume(*this);
}

void Call::End() {
  ended_ = true;
  if (session_ != nullptr) session_->Resume(*this);
}

void Call::Consume(size_t bytes) {
  if (session_ != nullptr) session_->Consume(*this, bytes);
}

// The service usually answers first, as it knows the deadline, too.
void Call::OnDeadline() {
  if (ends_early_) {
    const CallEnd end = std::move(early_end_);
    return Finish(end);
  }
  const bool seen = session_ != nullptr;
  if (seen) session_->Expire(*this);
  if (waiting_ != nullptr) waiting_->remove(this);
  waiting_ = nullptr;
  Finish({PlainStatus(google::rpc::DEADLINE_EXCEEDED, "no answer in time"), !seen});
}

// The sink may destroy the call: nothing of it is touched afterwards.
void Call::Finish(const CallEnd& end) {
  session_ = nullptr;
  deadline_.Clear();
  if (sink_ != nullptr) std::exchange(sink_, nullptr)->OnDone(end);
}

// From the loop, as who starts a call has no handle of it yet.
void Call::FinishSoon(CallEnd end) {
  early_end_ = std::move(end);
  ends_early_ = true;
  deadline_.Set(absl::ZeroDuration());
}

}  // namespace staraction::gateway
