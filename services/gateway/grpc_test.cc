// gRPC and gRPC-Web through a real gateway: gRPC's own client, and bytes by hand.

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include "absl/strings/escaping.h"
#include "absl/time/clock.h"
#include "services/gateway/front/reflection.h"
#include "services/gateway/proxy/call_status.h"
#include "services/gateway/testdata/gateway_fixture.h"
#include "services/gateway/transcode/message_frames.h"

namespace staraction::gateway {
namespace {

using gatewaytest::v1::GetShelfRequest;
using gatewaytest::v1::Shelf;
using gatewaytest::v1::ShelfService;
using gatewaytest::v1::WatchShelfRequest;
using ::testing::HasSubstr;

class GrpcTest : public GatewayTest {
 protected:
  void SetUp() override {
    GatewayTest::SetUp();
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(32 << 20);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    channel_ = grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", gateway_->port()),
                                         grpc::InsecureChannelCredentials(), arguments);
    stub_ = ShelfService::NewStub(channel_);
  }

  void Sign(grpc::ClientContext& context) const {
    context.AddMetadata("authorization", "Bearer " + token_);
    context.set_deadline(absl::ToChronoTime(RealClock()() + absl::Seconds(20)));
  }
  grpc::Status Get(const std::string& name, Shelf* shelf) {
    grpc::ClientContext context;
    Sign(context);
    GetShelfRequest request;
    request.set_name(name);
    return stub_->GetShelf(&context, request, shelf);
  }
  // A gRPC-Web request for a shelf, as it goes over the wire.
  static std::string WebBody(const std::string& name) {
    GetShelfRequest request;
    request.set_name(name);
    const std::string message = request.SerializeAsString();
    return MessagePrefix(message.size()) + message;
  }
  Reply AskWeb(const std::string& method, const std::string& type, const std::string& body,
               const std::string& headers = "") {
    return AskAsUser("POST /staraction.gatewaytest.v1.ShelfService/" + method,
                     "Content-Type: " + type + "\r\n" + headers, body);
  }

  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<ShelfService::Stub> stub_;
};

TEST_F(GrpcTest, UnaryCallsGoThroughWithWhatIsOurs) {
  grpc::ClientContext context;
  Sign(context);
  context.AddMetadata("accept-language", "en");
  context.AddMetadata("x-secret", "not for services");
  context.AddMetadata("odd-bin", std::string("\0\xff", 2));
  GetShelfRequest request;
  request.set_name("rooms/1/shelves/2");
  Shelf shelf;
  ASSERT_TRUE(stub_->GetShelf(&context, request, &shelf).ok());
  EXPECT_EQ(shelf.name(), "rooms/1/shelves/2");
  EXPECT_EQ(server_.Metadata("accept-language"), "en");
  EXPECT_EQ(server_.Metadata("authorization"), "Bearer " + token_);
  EXPECT_NE(server_.Metadata("x-request-id"), "");
  EXPECT_EQ(server_.Metadata("x-secret"), "");
  EXPECT_EQ(server_.Metadata("odd-bin"), "");
  EXPECT_EQ(context.GetServerInitialMetadata().count("x-request-id"), 1u);
  // 16 MiB each way.
  ASSERT_TRUE(Get("rooms/1/shelves/big", &shelf).ok());
  EXPECT_EQ(shelf.display_name().size(), size_t{5} << 20);
}

TEST_F(GrpcTest, ErrorsKeepTheirDetailsAndTellNothingOfOurInside) {
  Shelf shelf;
  google::rpc::Status error;
  grpc::Status status = Get("rooms/1/shelves/missing", &shelf);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  ASSERT_TRUE(error.ParseFromString(status.error_details()));
  EXPECT_GE(error.details_size(), 2);
  status = Get("rooms/1/shelves/bare", &shelf);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_THAT(status.error_message(), Not(HasSubstr("secret")));
  server_.Stop();
  status = Get("rooms/1/shelves/2", &shelf);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  ASSERT_TRUE(error.ParseFromString(status.error_details()));
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(error.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "PEER_UNAVAILABLE");
}

TEST_F(GrpcTest, WhoMayNotComeInDoesNot) {
  grpc::ClientContext context;
  GetShelfRequest request;
  Shelf shelf;
  EXPECT_EQ(stub_->GetShelf(&context, request, &shelf).error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
  // A method that is for our own services only, and one that nobody has.
  grpc::ClientContext hidden;
  Sign(hidden);
  EXPECT_EQ(stub_->Hide(&hidden, request, &shelf).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(server_.calls(), 0);
  // Compressed messages.
  grpc::ClientContext compressed;
  Sign(compressed);
  compressed.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  request.set_name(std::string(10000, 'x'));
  EXPECT_EQ(stub_->GetShelf(&compressed, request, &shelf).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  // Too much.
  grpc::ClientContext large;
  Sign(large);
  request.set_name(std::string((17 << 20) + 1, 'x'));
  EXPECT_EQ(stub_->GetShelf(&large, request, &shelf).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(server_.calls(), 0);
}

// Small as bytes, large in memory.
TEST_F(GrpcTest, MessagesOfTooManyPartsReachNoService) {
  gatewaytest::v1::UpdateShelfRequest request;
  for (int i = 0; i <= kMaxValues; ++i) request.mutable_shelf()->add_boards();
  grpc::ClientContext context;
  Sign(context);
  Shelf shelf;
  const grpc::Status status = stub_->UpdateShelf(&context, request, &shelf);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::Status error;
  ASSERT_TRUE(error.ParseFromString(status.error_details()));
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(error.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "MALFORMED_BODY");
  const std::string message = request.SerializeAsString();
  const Reply web =
      AskWeb("UpdateShelf", "application/grpc-web", MessagePrefix(message.size()) + message);
  EXPECT_THAT(web.body, HasSubstr("grpc-status: 3\r\n"));
  EXPECT_THAT(web.body, HasSubstr("100000 values"));
  EXPECT_EQ(server_.calls(), 0);
  grpc::ClientContext fits;
  Sign(fits);
  request.mutable_shelf()->mutable_boards()->RemoveLast();
  request.mutable_shelf()->mutable_boards()->RemoveLast();
  EXPECT_TRUE(stub_->UpdateShelf(&fits, request, &shelf).ok());
  EXPECT_EQ(shelf.boards_size(), kMaxValues - 1);
}

TEST_F(GrpcTest, StreamsGoThroughAndEndAsTheServiceSays) {
  for (const auto& [name, code] :
       {std::pair("rooms/1/shelves/2", grpc::StatusCode::OK),
        std::pair("rooms/1/shelves/missing", grpc::StatusCode::NOT_FOUND)}) {
    grpc::ClientContext context;
    Sign(context);
    WatchShelfRequest request;
    request.set_name(name);
    request.set_count(500);
    request.set_size(2000);
    const auto reader = stub_->WatchShelf(&context, request);
    Shelf shelf;
    int count = 0;
    while (reader->Read(&shelf)) EXPECT_EQ(shelf.books(), count++);
    EXPECT_EQ(count, 500);
    const grpc::Status status = reader->Finish();
    EXPECT_EQ(status.error_code(), code) << status.error_message();
    EXPECT_EQ(status.error_details().empty(), status.ok());
  }
}

TEST_F(GrpcTest, ASlowReaderHoldsTheServiceBack) {
  settings_.http.stall = absl::Seconds(30);
  Restart();
  GrpcTest::SetUp();
  grpc::ClientContext context;
  Sign(context);
  WatchShelfRequest request;
  request.set_name("rooms/1/shelves/2");
  request.set_count(4000);
  request.set_size(16 << 10);  // 64 MB
  const auto reader = stub_->WatchShelf(&context, request);
  Shelf shelf;
  ASSERT_TRUE(reader->Read(&shelf));
  absl::SleepFor(absl::Seconds(1));
  const int written = server_.written();
  EXPECT_LT(written, 2000);
  Shelf other;
  EXPECT_TRUE(Get("rooms/1/shelves/2", &other).ok());
  int count = 1;
  while (reader->Read(&shelf)) ++count;
  EXPECT_EQ(count, 4000);
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(GrpcTest, AClientThatLeavesEndsTheStream) {
  grpc::ClientContext context;
  Sign(context);
  WatchShelfRequest request;
  request.set_name("rooms/1/shelves/slow");
  request.set_count(1);
  const auto reader = stub_->WatchShelf(&context, request);
  Shelf shelf;
  ASSERT_TRUE(reader->Read(&shelf));
  context.TryCancel();
  for (int i = 0; i < 400 && server_.cancelled() == 0; ++i) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(server_.cancelled(), 1);
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(GrpcTest, WebCallsInBinaryAndText) {
  const std::string body = WebBody("rooms/1/shelves/2");
  Reply reply = AskWeb("GetShelf", "application/grpc-web+proto", body);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers["content-type"], "application/grpc-web+proto");
  EXPECT_THAT(reply.body, HasSubstr("rooms/1/shelves/2"));
  EXPECT_THAT(reply.body, HasSubstr("grpc-status: 0\r\n"));

  // In two pieces of base64, as some clients send it.
  const std::string text =
      absl::Base64Escape(body.substr(0, 4)) + absl::Base64Escape(body.substr(4));
  reply = AskWeb("GetShelf", "application/grpc-web-text", text);
  EXPECT_EQ(reply.headers["content-type"], "application/grpc-web-text+proto");
  std::string all;
  for (absl::string_view rest = reply.body; !rest.empty();) {
    size_t end = std::min(rest.find('='), rest.size());
    while (end < rest.size() && rest[end] == '=') ++end;
    std::string piece;
    ASSERT_TRUE(absl::Base64Unescape(rest.substr(0, end), &piece)) << reply.body;
    all += piece;
    rest.remove_prefix(end);
  }
  EXPECT_THAT(all, HasSubstr("rooms/1/shelves/2"));
  EXPECT_THAT(all, HasSubstr("grpc-status: 0\r\n"));
}

TEST_F(GrpcTest, WebErrorsComeInTheLastFrame) {
  Reply reply = AskWeb("GetShelf", "application/grpc-web", WebBody("rooms/1/shelves/missing"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("grpc-status: 5\r\n"));
  EXPECT_THAT(reply.body, HasSubstr("grpc-status-details-bin: "));
  for (const std::string& body : {std::string("x"), std::string("\0\0\0\0\7abc", 8),
                                  WebBody("a") + WebBody("b"), std::string()}) {
    reply = AskWeb("GetShelf", "application/grpc-web", body.empty() ? std::string(1, '\0') : body);
    EXPECT_THAT(reply.body, HasSubstr("grpc-status: 3\r\n")) << absl::CEscape(body);
  }
  EXPECT_THAT(AskWeb("GetShelf", "application/grpc-web-text", "!!!").body,
              HasSubstr(absl::Base64Escape(std::string("\x80", 1)).substr(0, 1)));
  // Without a token, with JSON inside, for a method of our services.
  EXPECT_THAT(Ask("POST /staraction.gatewaytest.v1.ShelfService/GetShelf",
                  "Content-Type: application/grpc-web\r\n", WebBody("x"))
                  .body,
              HasSubstr("grpc-status: 16\r\n"));
  EXPECT_THAT(AskWeb("GetShelf", "application/grpc-web+json", "{}").body,
              HasSubstr("grpc-status: 3\r\n"));
  EXPECT_THAT(AskWeb("Hide", "application/grpc-web", WebBody("x")).body,
              HasSubstr("grpc-status: 12\r\n"));
  // Native gRPC over HTTP/1.1 can't work.
  reply = AskWeb("GetShelf", "application/grpc", WebBody("x"));
  EXPECT_EQ(reply.headers["grpc-status"], "3");
}

TEST_F(GrpcTest, WebAndRestTakeStreams) {
  WatchShelfRequest request;
  request.set_name("rooms/1/shelves/2");
  request.set_count(3);
  const std::string message = request.SerializeAsString();
  RawConnection web(gateway_->port());
  const std::string body = MessagePrefix(message.size()) + message;
  web.Send(
      absl::StrCat("POST /staraction.gatewaytest.v1.ShelfService/WatchShelf HTTP/1.1\r\n"
                   "Host: a\r\nContent-Type: application/grpc-web+proto\r\n",
                   Auth(), "Content-Length: ", body.size(), "\r\n\r\n", body));
  const Reply frames = web.Read();
  EXPECT_EQ(frames.headers.at("transfer-encoding"), "chunked");
  EXPECT_THAT(frames.body, HasSubstr("grpc-status: 0\r\n"));

  RawConnection rest(gateway_->port());
  rest.Send("GET /v1/rooms/1/shelves/missing:watch?count=2 HTTP/1.1\r\nHost: a\r\n" + Auth() +
            "\r\n");
  const Reply lines = rest.Read();
  EXPECT_EQ(lines.status, 200);
  EXPECT_EQ(lines.headers.at("content-type"), "application/x-ndjson");
  const std::vector<std::string> each = absl::StrSplit(lines.body, '\n', absl::SkipEmpty());
  ASSERT_EQ(each.size(), 3u) << lines.body;
  EXPECT_EQ(nlohmann::json::parse(each[1])["result"]["books"], "1");
  EXPECT_EQ(nlohmann::json::parse(each[2])["error"]["status"], "NOT_FOUND");
  // The connection goes on; an error before the first message is an ordinary one.
  EXPECT_EQ(rest.Ask("GET /healthz").status, 200);
  EXPECT_EQ(rest.Ask("GET /v1/rooms/1/shelves/missing:watch", Auth()).status, 404);
}

TEST_F(GrpcTest, ReflectionTellsOfWhatIsOfferedAndOfNothingElse) {
  using grpc::reflection::v1::ServerReflectionRequest;
  using grpc::reflection::v1::ServerReflectionResponse;
  grpc::GenericStub generic(channel_);
  for (const std::string version : {"v1", "v1alpha"}) {
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    const auto call = generic.PrepareCall(
        &context, "/grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo", &queue);
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      return queue.Next(&tag, &ok) && ok;
    };
    call->StartCall(nullptr);
    ASSERT_TRUE(wait());
    const auto ask = [&](const ServerReflectionRequest& request) {
      const grpc::Slice slice(request.SerializeAsString());
      call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
      ServerReflectionResponse response;
      grpc::ByteBuffer buffer;
      EXPECT_TRUE(wait());
      call->Read(&buffer, nullptr);
      EXPECT_TRUE(wait());
      std::vector<grpc::Slice> slices;
      std::string bytes;
      buffer.Dump(&slices).ok();
      for (const auto& part : slices) {
        bytes.append(reinterpret_cast<const char*>(part.begin()), part.size());
      }
      EXPECT_TRUE(response.ParseFromString(bytes));
      return response;
    };
    ServerReflectionRequest request;
    request.set_list_services("");
    const auto services = ask(request).list_services_response();
    ASSERT_EQ(services.service_size(), 1);
    EXPECT_EQ(services.service(0).name(), "staraction.gatewaytest.v1.ShelfService");
    request.set_file_containing_symbol("staraction.gatewaytest.v1.Shelf");
    EXPECT_EQ(ask(request).file_descriptor_response().file_descriptor_proto_size(), 1);
    request.set_file_by_filename("google/api/annotations.proto");
    EXPECT_TRUE(ask(request).has_file_descriptor_response());
    request.set_file_containing_symbol("grpc.reflection.v1.ServerReflectionRequest");
    EXPECT_EQ(ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
    call->WritesDone(nullptr);
    EXPECT_TRUE(wait());
    grpc::Status status;
    call->Finish(&status, nullptr);
    EXPECT_TRUE(wait());
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
}

TEST(CallStatusTest, MessagesAreEscapedBothWays) {
  EXPECT_EQ(EncodeGrpcMessage("50% 済み\n"), "50%25 %e6%b8%88%e3%81%bf%0a");
  EXPECT_EQ(DecodeGrpcMessage(EncodeGrpcMessage("50% 済み\n")), "50% 済み\n");
  EXPECT_EQ(DecodeGrpcMessage("a%zz%4"), "a%zz%4");
}

TEST(FrameCheckTest, AnyCutGivesTheSame) {
  const std::string two = MessagePrefix(3) + "abc" + MessagePrefix(0) + MessagePrefix(5) + "12345";
  for (size_t cut = 0; cut <= two.size(); ++cut) {
    FrameCheck check(5);
    EXPECT_TRUE(check.Take(two.substr(0, cut)).ok());
    EXPECT_TRUE(check.Take(two.substr(cut)).ok());
    EXPECT_TRUE(check.at_boundary());
  }
  EXPECT_TRUE(absl::IsResourceExhausted(FrameCheck(5).Take(MessagePrefix(6))));
  EXPECT_TRUE(absl::IsUnimplemented(FrameCheck(5).Take(MessagePrefix(1, 1))));
  FrameCheck open(5);
  EXPECT_TRUE(open.Take(MessagePrefix(2) + "a").ok());
  EXPECT_FALSE(open.at_boundary());
}

}  // namespace
}  // namespace staraction::gateway
