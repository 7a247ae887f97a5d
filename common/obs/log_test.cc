#include "common/obs/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <thread>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/time/time.h"

namespace staraction {
namespace {

class LogTest : public testing::Test {
 protected:
  LogTest() {
    file_ = mkstemp(path_.data());
    InitLog(
        "engagement", [] { return absl::FromUnixMicros(1'774'967'445'000'123); }, file_);
    SetLogLevel(LogLevel::kInfo);
  }
  ~LogTest() override {
    InitLog("", RealClock());
    SetLogLevel(LogLevel::kInfo);
    close(file_);
    unlink(path_.c_str());
  }

  std::string Written() const {
    std::ifstream in(path_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_ = testing::TempDir() + "/log_test_XXXXXX";
  int file_ = -1;
};

TEST_F(LogTest, WritesOneObjectALine) {
  const std::string method = "x.Y/Z";
  Log(LogLevel::kInfo, "rpc",
      {{"method", method}, {"code", "OK"}, {"ms", 1.25}, {"rows", 3}, {"retried", false}});
  Log(LogLevel::kWarning, "plain");
  EXPECT_EQ(
      Written(),
      "{\"time\":\"2026-03-31T14:30:45.000123Z\",\"level\":\"info\",\"service\":\"engagement\","
      "\"message\":\"rpc\",\"method\":\"x.Y/Z\",\"code\":\"OK\",\"ms\":1.25,\"rows\":3,"
      "\"retried\":false}\n"
      "{\"time\":\"2026-03-31T14:30:45.000123Z\",\"level\":\"warning\","
      "\"service\":\"engagement\",\"message\":\"plain\"}\n");
}

TEST_F(LogTest, EveryValueComesBackThroughAJsonParser) {
  const struct {
    const char* name;
    std::string text;
    std::string want;
  } cases[] = {
      {"quotes and backslash", R"(a"b\c)", R"(a"b\c)"},
      {"line feed cannot forge a line", "a\nb\r\t", "a\nb\r\t"},
      {"control characters", std::string("\0\x01\x1f\x7f", 4), std::string("\0\x01\x1f\x7f", 4)},
      {"Japanese outside the basic plane", "𠮷野・髙橋", "𠮷野・髙橋"},
      {"invalid UTF-8",
       "a\xFF\xE5\x8C"
       "b",
       "a\uFFFD\uFFFD"
       "b"}};
  for (const auto& c : cases) Log(LogLevel::kError, "m", {{"value", c.text}});
  const std::string written = Written();
  const std::vector<std::string> lines = absl::StrSplit(written, '\n');
  ASSERT_EQ(lines.size(), std::size(cases) + 1) << written;
  for (size_t i = 0; i < std::size(cases); ++i) {
    google::protobuf::Struct parsed;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(lines[i], &parsed).ok()) << lines[i];
    EXPECT_EQ(parsed.fields().at("value").string_value(), cases[i].want) << cases[i].name;
  }
}

TEST_F(LogTest, NumbersThatJsonLacksBecomeNull) {
  Log(LogLevel::kInfo, "m",
      {{"nan", std::nan("")},
       {"inf", std::numeric_limits<double>::infinity()},
       {"min", std::numeric_limits<int64_t>::min()}});
  EXPECT_THAT(Written(),
              testing::HasSubstr("\"nan\":null,\"inf\":null,\"min\":-9223372036854775808}"));
}

TEST_F(LogTest, LevelChangesAtRunTime) {
  Log(LogLevel::kDebug, "hidden");
  LogLevel level = LogLevel::kInfo;
  ASSERT_TRUE(ParseLogLevel("debug", level));
  SetLogLevel(level);
  Log(LogLevel::kDebug, "shown");
  SetLogLevel(LogLevel::kError);
  Log(LogLevel::kWarning, "hidden");
  EXPECT_THAT(Written(), testing::HasSubstr("shown"));
  EXPECT_THAT(Written(), testing::Not(testing::HasSubstr("hidden")));
  EXPECT_FALSE(ParseLogLevel("DEBUG", level));
  EXPECT_FALSE(ParseLogLevel("", level));
}

TEST_F(LogTest, LinesOfManyThreadsNeverMix) {
  const std::string filler(10'000, 'x');
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) Log(LogLevel::kInfo, "m", {{"filler", filler}});
    });
  }
  for (auto& thread : threads) thread.join();
  const std::string written = Written();
  const std::vector<std::string> lines = absl::StrSplit(written, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 200u);
  for (const auto& line : lines) EXPECT_EQ(line, lines.front());
}

}  // namespace
}  // namespace staraction
