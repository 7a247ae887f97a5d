// The hop against services that answer in ways no library would.

#include "services/gateway/proxy/channel.h"

#include <google/rpc/code.pb.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>

#include "absl/strings/str_cat.h"
#include "services/gateway/proxy/unary_call.h"
#include "services/gateway/testdata/raw_service.h"
#include "services/gateway/testdata/shelf_server.h"
#include "services/gateway/transcode/message_frames.h"

namespace staraction::gateway {
namespace {

using gatewaytest::v1::Shelf;
using test::Data;
using test::GoAway;
using test::Head;
using test::HeadersFrame;
using test::kEnds;
using test::RawService;
using test::Reset;
using test::Trailers;

struct Answer {
  CallEnd end;
  std::string message;
};

std::string Message(const std::string& text) {
  return MessagePrefix(text.size()) + text;
}

class ChannelTest : public testing::Test {
 protected:
  void Connect(std::vector<std::string> addresses) {
    channel_ = std::make_unique<Channel>(loop_, std::move(addresses), nullptr, "");
  }

  Answer Ask(absl::Duration limit = absl::Seconds(5), const std::string& message = "question") {
    std::optional<Answer> answer;
    UnaryCall call(*channel_, {"/a.B/C", {{"authorization", "Bearer x"}}, limit}, message,
                   [&](const CallEnd& end, std::string text) {
                     answer = {end, std::move(text)};
                   });
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!answer.has_value() && std::chrono::steady_clock::now() < until) {
      loop_.context.run_one_for(std::chrono::milliseconds(50));
    }
    EXPECT_TRUE(answer.has_value());
    return answer.value_or(Answer());
  }
  void Run(int milliseconds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    while (std::chrono::steady_clock::now() < until) {
      loop_.context.run_one_for(std::chrono::milliseconds(10));
    }
  }

  Loop loop_;
  std::unique_ptr<Channel> channel_;
};

TEST_F(ChannelTest, EveryEndHasItsMeaning) {
  const std::string good = Message("answer");
  struct Case {
    const char* what;
    std::function<std::string(int)> answer;
    int code;
    bool unprocessed = false;
  };
  const std::vector<Case> cases = {
      {"good", [&](int s) { return Head(s) + Data(s, good) + Trailers(s, "0"); }, 0},
      {"byte by byte",
       [&](int s) {
         std::string out = Head(s);
         for (const char c : good) out += Data(s, std::string(1, c));
         return out + Trailers(s, "0");
       },
       0},
      {"padded",
       [&](int s) {
         return Head(s) + Data(s, std::string(1, '\5') + good + std::string(5, '\0'), 8) +
                Trailers(s, "0");
       },
       0},
      {"unknown frame",
       [&](int s) {
         return test::Frame(77, 3, s, "what") + Head(s) + Data(s, good) + Trailers(s, "0");
       },
       0},
      {"reset without error after the trailers",
       [&](int s) { return Head(s) + Data(s, good) + Trailers(s, "0") + Reset(s, 0); }, 0},
      {"error alone",
       [](int s) {
         return HeadersFrame(
             s, {{":status", "200"}, {"grpc-status", "5"}, {"grpc-message", "n%20o"}}, kEnds);
       },
       google::rpc::NOT_FOUND},
      {"no status", [&](int s) { return Head(s) + Data(s, good, kEnds); }, google::rpc::INTERNAL},
      {"status that is none", [&](int s) { return Head(s) + Data(s, good) + Trailers(s, "99"); },
       google::rpc::UNKNOWN},
      {"a proxy's page",
       [](int s) {
         return HeadersFrame(s, {{":status", "503"}, {"content-type", "text/html"}}) +
                Data(s, "<html>", kEnds);
       },
       google::rpc::UNAVAILABLE},
      {"no message", [](int s) { return Head(s) + Trailers(s, "0"); }, google::rpc::INTERNAL},
      {"two messages", [&](int s) { return Head(s) + Data(s, good + good) + Trailers(s, "0"); },
       google::rpc::INTERNAL},
      {"cut message",
       [&](int s) { return Head(s) + Data(s, good.substr(0, 8)) + Trailers(s, "0"); },
       google::rpc::INTERNAL},
      {"compressed",
       [](int s) { return Head(s) + Data(s, MessagePrefix(1, 1) + "a") + Trailers(s, "0"); },
       google::rpc::INTERNAL},
      {"endless message",
       [](int s) { return Head(s) + Data(s, MessagePrefix(1 << 30) + "a") + Trailers(s, "0"); },
       google::rpc::INTERNAL},
      {"trailers of 60 KB",
       [&](int s) {
         return Head(s) + Data(s, good) +
                HeadersFrame(s, {{"grpc-status", "0"}, {"x", std::string(60'000, 'x')}}, kEnds);
       },
       google::rpc::INTERNAL},
      {"refused", [](int s) { return Reset(s, NGHTTP2_REFUSED_STREAM); }, google::rpc::UNAVAILABLE,
       true},
      {"cancelled", [](int s) { return Reset(s, NGHTTP2_CANCEL); }, google::rpc::CANCELLED},
      {"going away before it", [](int) { return GoAway(0); }, google::rpc::UNAVAILABLE, true},
      {"going away after it",
       [&](int s) { return GoAway(s) + Head(s) + Data(s, good) + Trailers(s, "0"); }, 0},
      {"connection lost", [](int) { return std::string("close"); }, google::rpc::UNAVAILABLE},
      {"no HTTP/2", [](int) { return std::string("HTTP/1.1 400 Bad Request\r\n\r\n"); },
       google::rpc::UNAVAILABLE},
  };
  for (const Case& one : cases) {
    RawService service(one.answer);
    Connect({service.address()});
    const Answer answer = Ask();
    EXPECT_EQ(answer.end.status.code(), one.code)
        << one.what << ": " << answer.end.status.message();
    EXPECT_EQ(answer.end.unprocessed, one.unprocessed) << one.what;
    EXPECT_EQ(answer.message, one.code == 0 ? "answer" : "") << one.what;
    EXPECT_EQ(service.requests(), 1) << one.what;
    channel_.reset();
  }
}

TEST_F(ChannelTest, ABadAnswerLeavesTheConnectionToOthers) {
  int count = 0;
  RawService service([&count](int s) {
    if (++count % 2 == 1)
      return Head(s) + Data(s, Message("a")) +
             HeadersFrame(s, {{"x", std::string(60'000, 'x')}}, kEnds);
    return Head(s) + Data(s, Message("a")) + Trailers(s, "0");
  });
  Connect({service.address()});
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(Ask().end.status.code(), i % 2 == 0 ? google::rpc::INTERNAL : google::rpc::OK);
  }
  EXPECT_EQ(service.connections(), 1);
}

TEST_F(ChannelTest, SilenceEndsWithTheDeadlineAndTheConnection) {
  RawService service([](int) { return std::string(); });
  Connect({service.address()});
  EXPECT_EQ(Ask(absl::Milliseconds(300)).end.status.code(), google::rpc::DEADLINE_EXCEEDED);
  Run(200);
  EXPECT_EQ(service.connections(), 1);  // that was no time to judge by
  EXPECT_EQ(Ask(absl::Milliseconds(2500)).end.status.code(), google::rpc::DEADLINE_EXCEEDED);
  Run(200);
  EXPECT_EQ(service.connections(), 2);  // a dead one is not kept
}

TEST_F(ChannelTest, WhoNeverSpeaksHttp2GetsNoCalls) {
  RawService service([](int) { return std::string(); }, /*greeting=*/"");
  Connect({service.address()});
  const Answer answer = Ask(absl::Seconds(10));
  EXPECT_EQ(answer.end.status.code(), google::rpc::UNAVAILABLE);
  EXPECT_TRUE(answer.end.unprocessed);
  EXPECT_EQ(service.requests(), 0);
}

TEST_F(ChannelTest, ReplicasShareTheCallsAndStandInForEachOther) {
  std::atomic<int> first_calls = 0, second_calls = 0;
  const auto answer = [](std::atomic<int>& calls, const std::string& name) {
    return [&calls, name](int s) {
      ++calls;
      return Head(s) + Data(s, Message(name)) + Trailers(s, "0");
    };
  };
  auto first = std::make_unique<RawService>(answer(first_calls, "first"));
  RawService second(answer(second_calls, "second"));
  Connect({first->address(), second.address(), "127.0.0.1:1"});
  Run(200);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Ask().end.status.code(), 0);
  EXPECT_GE(first_calls, 3);
  EXPECT_GE(second_calls, 3);
  first.reset();
  Run(100);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Ask().message, "second");
}

// What a stream brings, message by message.
class Listener : public CallSink {
 public:
  void OnData(std::string_view bytes) override {
    const absl::Status taken = reader_.Take(
        bytes, [this](const std::string& message) { messages.push_back(ReadShelf(message)); });
    EXPECT_TRUE(taken.ok()) << taken;
    if (call != nullptr) call->Consume(bytes.size());
  }
  void OnSent(size_t bytes) override { sent += bytes; }
  void OnDone(const CallEnd& told) override { end = told; }

  std::unique_ptr<Call> call;
  std::vector<Shelf> messages;
  size_t sent = 0;
  std::optional<CallEnd> end;

 private:
  static Shelf ReadShelf(const std::string& bytes) {
    Shelf shelf;
    EXPECT_TRUE(shelf.ParseFromString(bytes));
    return shelf;
  }
  MessageReader reader_{Channel::kMaxMessageBytes};
};

std::string ShelfMessage(int books, size_t size) {
  Shelf shelf;
  shelf.set_books(books);
  shelf.set_picture(std::string(size, 'x'));
  return Message(shelf.SerializeAsString());
}

TEST_F(ChannelTest, StreamsGoUpAndBothWays) {
  test::ShelfServer server;
  Connect({server.address()});
  const auto until = [this](const auto& true_at_last) {
    for (int i = 0; i < 2000 && !true_at_last(); ++i) Run(5);
    return true_at_last();
  };
  const std::string service = "/staraction.gatewaytest.v1.ShelfService/";

  // Many small ones and more than a window holds, in pieces.
  Listener up;
  up.call = channel_->Start({service + "CountBooks", {}, absl::Seconds(20)}, up);
  size_t written = 0;
  for (int i = 1; i <= 1000; ++i) {
    const std::string message = ShelfMessage(i, 2000);
    up.call->Write(std::string_view(message).substr(0, 7));
    up.call->Write(std::string_view(message).substr(7));
    written += message.size();
  }
  ASSERT_TRUE(until([&] { return up.sent == written; })) << up.sent << " of " << written;
  EXPECT_FALSE(up.end.has_value());
  up.call->End();
  ASSERT_TRUE(until([&] { return up.end.has_value(); }));
  EXPECT_EQ(up.end->status.code(), google::rpc::OK) << up.end->status.message();
  ASSERT_EQ(up.messages.size(), 1u);
  EXPECT_EQ(up.messages[0].books(), 500'500);

  // Question and answer in turn, then all at once.
  Listener both;
  both.call = channel_->Start({service + "EchoShelves", {}, absl::Seconds(20)}, both);
  for (int i = 0; i < 20; ++i) {
    both.call->Write(ShelfMessage(i, 10));
    ASSERT_TRUE(until([&] { return both.messages.size() == static_cast<size_t>(i) + 1; })) << i;
    EXPECT_EQ(both.messages.back().books(), i);
  }
  for (int i = 20; i < 220; ++i) both.call->Write(ShelfMessage(i, 20'000));
  both.call->End();
  ASSERT_TRUE(until([&] { return both.end.has_value(); }));
  EXPECT_EQ(both.end->status.code(), google::rpc::OK) << both.end->status.message();
  ASSERT_EQ(both.messages.size(), 220u);
  EXPECT_EQ(both.messages.back().books(), 219);
}

TEST_F(ChannelTest, WithoutAnyoneThereCallsFailAtOnce) {
  Connect({"127.0.0.1:1"});
  Run(300);
  const auto begin = std::chrono::steady_clock::now();
  const Answer answer = Ask();
  EXPECT_EQ(answer.end.status.code(), google::rpc::UNAVAILABLE);
  EXPECT_TRUE(answer.end.unprocessed);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

TEST_F(ChannelTest, ACallThatIsDroppedIsCancelled) {
  RawService service([](int s) { return Head(s); });
  Connect({service.address()});
  {
    UnaryCall call(*channel_, {"/a.B/C", {}, absl::Seconds(5)}, "x",
                   [](const CallEnd&, const std::string&) { FAIL() << "of a dropped call"; });
    Run(200);
    EXPECT_EQ(service.requests(), 1);
  }
  Run(100);
  EXPECT_EQ(service.connections(), 1);
}

}  // namespace
}  // namespace staraction::gateway
