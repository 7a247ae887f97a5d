#include "services/gateway/front/json_stream.h"

#include <google/rpc/code.pb.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/front/gateway_errors.h"
#include "services/gateway/transcode/reply.h"

namespace staraction::gateway {

JsonStream::JsonStream(Request& request, Channel& channel, const std::string& message,
                       ReplyWriter& writer)
    : request_(request), writer_(writer), call_(channel.Start(request.MakeCall(), *this)) {
  call_->Write(MessagePrefix(message.size()));
  call_->Write(message);
  call_->End();
}

void JsonStream::Begin() {
  if (std::exchange(begun_, true)) return;
  HttpReply head{200, "application/x-ndjson", "", {}};
  request_.AddHeaders(head);
  writer_.Begin(std::move(head));
}

void JsonStream::OnData(std::string_view bytes) {
  unconsumed_ += bytes.size();
  const absl::Status read =
      reader_.Take(bytes, [this](const std::string& message) { WriteLine(message); });
  if (!read.ok()) broken_ = Internal(std::string(read.message()));
  if (!broken_.ok()) return End(request_.ErrorOf(broken_), LogText(broken_));
  // Nothing waits for the client: the service may send more.
  if (waiting_ == 0) call_->Consume(std::exchange(unconsumed_, 0));
}

void JsonStream::WriteLine(const std::string& message) {
  auto body = RenderReply(*request_.route(), message);
  if (!body.ok()) broken_ = body.status();
  if (!broken_.ok()) return;
  Begin();
  std::string line = absl::StrCat(R"({"result":)", body->content, "}\n");
  written_ += line.size();
  waiting_ += line.size();
  writer_.Write(std::move(line));
}

void JsonStream::OnTaken(size_t bytes) {
  waiting_ -= std::min(bytes, waiting_);
  if (waiting_ == 0 && call_ != nullptr) call_->Consume(std::exchange(unconsumed_, 0));
}

void JsonStream::OnDone(const CallEnd& end) {
  const bool whole = end.status.code() != google::rpc::OK || reader_.at_boundary();
  if (!whole) return End(request_.ErrorOf(Internal("half a message")), "half a message");
  if (end.status.code() == google::rpc::OK) return End(end.status, "");
  End(request_.ErrorOf(end.status), end.status.details().empty() ? end.status.message() : "");
}

void JsonStream::End(const google::rpc::Status& status, std::string_view why) {
  call_.reset();
  const bool ok = status.code() == google::rpc::OK;
  if (!begun_ && !ok) {
    HttpReply reply = ErrorReply(status, 0);
    request_.AddHeaders(reply);
    request_.Record(reply.status, status.code(), reply.body.size(), why);
    return writer_.Send(std::move(reply));
  }
  Begin();
  if (!ok) writer_.Write(absl::StrCat(RenderError(status).content, "\n"));
  request_.Record(200, status.code(), written_, why);
  writer_.End({});
}

}  // namespace staraction::gateway
