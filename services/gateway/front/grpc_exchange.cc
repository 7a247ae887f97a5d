#include "services/gateway/front/grpc_exchange.h"

#include <google/rpc/code.pb.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/front/gateway_errors.h"
#include "services/gateway/front/reflection.h"
#include "services/gateway/proxy/call_status.h"

namespace staraction::gateway {
namespace {

constexpr size_t kMaxQuestion = 4 << 10;
constexpr size_t kAnswersAhead = 64 << 10;

std::vector<std::pair<std::string, std::string>> Trailers(const google::rpc::Status& status) {
  std::vector<std::pair<std::string, std::string>> trailers;
  trailers.emplace_back("grpc-status", absl::StrCat(status.code()));
  if (status.code() == google::rpc::OK) return trailers;
  trailers.emplace_back("grpc-message", EncodeGrpcMessage(status.message()));
  if (!status.details().empty()) {
    trailers.emplace_back("grpc-status-details-bin", EncodeStatusDetails(status));
  }
  return trailers;
}

}  // namespace

GrpcExchange::GrpcExchange(Front& front, Hop& hop, RequestHead head, GrpcFlavor flavor)
    : front_(front),
      hop_(hop),
      request_(front, std::move(head)),
      flavor_(std::move(flavor)),
      reflects_(!flavor_.web && Reflection::Answers(request_.head().target)),
      frames_(front.limits().body_bytes),
      questions_(kMaxQuestion) {}

void GrpcExchange::Start(ReplyWriter& writer) {
  writer_ = &writer;
  if (const absl::Status status = Check(); !status.ok()) return Fail(status);
  if (reflects_ || flavor_.web) return;
  frames_ = FrameCheck(request_.body_limit(), ValueCount(*request_.route()->method->input_type()));
  call_ = hop_.Find(request_.route()->backend)->Start(request_.MakeCall(), *this);
}

absl::Status GrpcExchange::Check() {
  const RequestHead& head = request_.head();
  if (absl::Status status = CheckHeaders(); !status.ok()) return status;
  if (reflects_) return absl::OkStatus();  // each question takes part
  const Route* route = front_.routes().FindRpc(head.target);
  if (route == nullptr) return NoSuchRpc();
  request_.set_route(*route);
  return request_.Admit();
}

absl::Status GrpcExchange::CheckHeaders() const {
  const RequestHead& head = request_.head();
  if (head.method != "POST") return NoSuchRpc();
  if (flavor_.content_type.empty()) return WrongGrpcContentType();
  if (!flavor_.web && !head.http2) return GrpcNeedsHttp2();
  const std::string_view encoding = head.headers.Get("grpc-encoding");
  if (!encoding.empty() && encoding != "identity") return CompressedMessage();
  return absl::OkStatus();
}

void GrpcExchange::OnBody(std::string_view bytes) {
  if (ended_) return;
  if (reflects_) {
    questions_.Add(bytes);
    unanswered_ += bytes.size();
    return AnswerReflection();
  }
  if (flavor_.web) {
    if (body_.size() + bytes.size() > request_.body_limit()) {
      return Fail(TooLarge(request_.body_limit()));
    }
    if (const absl::Status room = request_.Gather(bytes.size()); !room.ok()) return Fail(room);
    body_.append(bytes);
    return writer_->Consume(bytes.size());
  }
  const absl::Status frames = frames_.Take(bytes);
  if (absl::IsUnimplemented(frames)) return Fail(CompressedMessage());
  if (absl::IsResourceExhausted(frames)) return Fail(TooLarge(request_.body_limit()));
  if (!frames.ok()) return Fail(MalformedMessage(std::string(frames.message())));
  call_->Write(bytes);
}

void GrpcExchange::OnBodyEnd() {
  if (ended_) return;
  body_ended_ = true;
  if (reflects_) return AnswerReflection();
  if (flavor_.web) return SendWebMessage();
  call_->End();
}

void GrpcExchange::SendWebMessage() {
  const auto message = ReadWebMessage(flavor_, body_);
  std::string().swap(body_);
  if (absl::IsUnimplemented(message.status())) return Fail(CompressedMessage());
  if (!message.ok()) return Fail(MalformedMessage(std::string(message.status().message())));
  const absl::Status values = ValueCount(*request_.route()->method->input_type()).Take(*message);
  if (!values.ok()) return Fail(MalformedMessage(std::string(values.message())));
  call_ = hop_.Find(request_.route()->backend)->Start(request_.MakeCall(), *this);
  call_->Write(MessagePrefix(message->size()));
  call_->Write(*message);
  call_->End();
}

// Answers are long and questions short: who doesn't read isn't answered further, nor asked.
void GrpcExchange::AnswerReflection() {
  while (waiting_ < kAnswersAhead) {
    const auto question = questions_.Next();
    if (!question.ok()) return Fail(MalformedMessage(std::string(question.status().message())));
    if (!question->has_value()) {
      writer_->Consume(std::exchange(unanswered_, 0));
      if (body_ended_ && waiting_ == 0) End({}, "");
      return;
    }
    if (const absl::Status part = front_.TakePart(request_.address()); !part.ok())
      return Fail(part);
    Begin();
    const std::string answer = front_.reflection().Answer(**question);
    written_ += answer.size();
    waiting_ += answer.size() + kPrefixBytes;
    writer_->Write(MessagePrefix(answer.size()) + answer);
  }
}

void GrpcExchange::OnData(std::string_view bytes) {
  Begin();
  unconsumed_ += bytes.size();
  std::string out = ForWeb(flavor_, std::string(bytes));
  written_ += out.size();
  waiting_ += out.size();
  writer_->Write(std::move(out));
}

// Once the client has taken all, the service may send as much again.
void GrpcExchange::OnTaken(size_t bytes) {
  waiting_ -= std::min(bytes, waiting_);
  if (waiting_ > 0) return;
  if (reflects_) return AnswerReflection();
  if (call_ != nullptr) call_->Consume(std::exchange(unconsumed_, 0));
}

void GrpcExchange::OnSent(size_t bytes) {
  if (!flavor_.web) writer_->Consume(bytes);
}

void GrpcExchange::OnDone(const CallEnd& end) {
  if (end.status.code() == google::rpc::OK) return End(end.status, "");
  End(request_.ErrorOf(end.status), end.status.details().empty() ? end.status.message() : "");
}

void GrpcExchange::Begin() {
  if (std::exchange(begun_, true)) return;
  HttpReply head{200, flavor_.content_type, "", {}};
  request_.AddHeaders(head);
  writer_->Begin(std::move(head));
}

void GrpcExchange::Fail(const absl::Status& status) {
  End(request_.ErrorOf(status), LogText(status));
}

// With gRPC an error that comes before any message is a reply of headers alone.
void GrpcExchange::End(const google::rpc::Status& status, std::string_view why) {
  if (std::exchange(ended_, true)) return;
  const auto trailers = Trailers(status);
  request_.Record(200, status.code(), written_, why);
  call_.reset();
  if (!begun_ && !flavor_.web) {
    HttpReply reply{
        200, flavor_.content_type.empty() ? "application/grpc" : flavor_.content_type, "", {}};
    request_.AddHeaders(reply);
    for (const auto& [name, value] : trailers) reply.headers.Add(name, value);
    return writer_->Send(std::move(reply));
  }
  Begin();
  Headers headers;
  if (flavor_.web) {
    writer_->Write(ForWeb(flavor_, WebTrailers(trailers)));
  } else {
    for (const auto& [name, value] : trailers) headers.Add(name, value);
  }
  writer_->End(std::move(headers));
}

void GrpcExchange::Refuse(const absl::Status& status, int) {
  Fail(status);
}

}  // namespace staraction::gateway
