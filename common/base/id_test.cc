#include "common/base/id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <string>
#include <thread>

namespace staraction {
namespace {

TEST(IdTest, NewIdStartsWithTheMillisecondsAndIsVersion7) {
  const std::string id = NewId(absl::FromUnixMillis(0x0123456789AB));
  EXPECT_TRUE(IsUuid(id)) << id;
  EXPECT_EQ(id.substr(0, 13), "01234567-89ab");
  EXPECT_EQ(id[14], '7');
  EXPECT_THAT(std::string("89ab"), testing::HasSubstr(id.substr(19, 1)));
}

TEST(IdTest, LaterIdsSortLater) {
  EXPECT_LT(NewId(absl::FromUnixMillis(1000)), NewId(absl::FromUnixMillis(1001)));
}

TEST(IdTest, IdsDoNotRepeat) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(NewUuid4());
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(IdTest, IdsDoNotRepeatOnOtherThreads) {
  std::string here = NewUuid4(), there;
  std::thread([&] { there = NewUuid4(); }).join();
  EXPECT_NE(here, there);
}

// Whether the child answers with the id that its parent gets next.
TEST(IdTest, IdsDoNotRepeatInAForkedChild) {
  NewUuid4();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::string id = NewUuid4();
    _exit(write(ends[1], id.data(), id.size()) == static_cast<ssize_t>(id.size()) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  std::string theirs(36, '\0');
  ASSERT_EQ(read(ends[0], theirs.data(), theirs.size()), 36);
  close(ends[0]);
  close(ends[1]);
  EXPECT_TRUE(IsUuid(theirs)) << theirs;
  EXPECT_NE(theirs, NewUuid4());
}

TEST(IdTest, RandomBytesHaveAnySize) {
  for (const size_t size : {0u, 1u, 16u, 64u, 65u, 5000u}) {
    EXPECT_EQ(RandomBytes(size).size(), size);
  }
  // 16 equal bytes come once in 2^120 times.
  for (int i = 0; i < 200; ++i) EXPECT_NE(RandomBytes(16), std::string(16, '\0'));
}

TEST(IdTest, IsUuidRefusesOtherShapes) {
  EXPECT_TRUE(IsUuid("01234567-89ab-7cde-8fab-0123456789ab"));
  for (const char* text :
       {"", "01234567-89AB-7cde-8fab-0123456789ab", "0123456789ab7cde8fab0123456789ab",
        "01234567-89ab-7cde-8fab-0123456789ag"}) {
    EXPECT_FALSE(IsUuid(text)) << text;
  }
}

}  // namespace
}  // namespace staraction
