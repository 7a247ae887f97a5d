#include "services/gateway/proxy/unary_call.h"

#include <google/rpc/code.pb.h>

namespace staraction::gateway {

UnaryCall::UnaryCall(Channel& channel, CallHead head, std::string_view message, Done done)
    : done_(std::move(done)), call_(channel.Start(std::move(head), *this)) {
  call_->Write(MessagePrefix(message.size()));
  call_->Write(message);
  call_->End();
}

void UnaryCall::OnData(std::string_view bytes) {
  call_->Consume(bytes.size());
  if (!broken_.ok()) return;
  broken_ = reader_.Take(bytes, [this](std::string message) {
    ++messages_;
    message_ = std::move(message);
  });
}

void UnaryCall::OnDone(const CallEnd& end) {
  // Both live on until the end of this call, whatever becomes of us.
  const Done done = done_;
  std::string message = std::move(message_);
  if (end.status.code() != google::rpc::OK) return done(end, "");
  if (broken_.ok() && messages_ == 1 && reader_.at_boundary()) return done(end, std::move(message));
  done({PlainStatus(google::rpc::INTERNAL, broken_.ok() ? "not one message in the response"
                                                        : std::string(broken_.message())),
        false},
       "");
}

}  // namespace staraction::gateway
