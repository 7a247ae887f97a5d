// Chain files from the command line, without a server: what is said, and the exit codes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/audit/anchor.h"
#include "common/audit/chain_file.h"
#include "common/auth/signer.h"
#include "common/base/clock.h"
#include "tools/staractl/commands.h"
#include "tools/staractl/keys.h"

namespace staraction::ctl {
namespace {

using ::testing::HasSubstr;

constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";
const absl::Time kNoon = absl::FromUnixSeconds(1'795'000'000);

class AuditCommandTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "/audit.XXXXXX";
    dir_ = std::string(mkdtemp(pattern.data()));
    std::filesystem::create_directory(dir_ + "/anchors");
    ASSERT_TRUE(InitKeys(dir_).ok());
    text_ = audit::FormatHeader({"training", "", kNoon + absl::Hours(2)}) + "\n";
    std::string hash;
    for (int64_t i = 1; i <= 6; ++i) {
      audit::Entry entry;
      entry.organization = kOrganization;
      entry.id = absl::StrCat("0190a000-0000-7000-8000-00000000000", i);
      entry.sequence = i;
      entry.create_time = kNoon + absl::Minutes(i);
      entry.actor = "users/0190a000-0000-7000-8000-0000000000aa";
      entry.digest = std::string(32, 'd');
      entry.hash = hash = audit::EntryHash("training", hash, entry);
      absl::StrAppend(&text_, audit::FormatEntry(entry), "\n");
      if (i == 4) Anchor(hash, i, "training");
    }
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  void Anchor(const std::string& hash, int64_t sequence, const std::string& signer) {
    const auto key = TokenSigner::FromFile(InternalKeyFile(dir_, signer), RealClock());
    const auto line = audit::SignAnchor({.service = "training",
                                         .organization = kOrganization,
                                         .sequence = sequence,
                                         .hash = hash,
                                         .time = kNoon + absl::Hours(1)},
                                        key->key());
    ASSERT_TRUE(audit::AppendAnchors(dir_ + "/anchors", "training", {*line}).ok());
  }

  // Exit code; what was printed is in `said_`.
  int Verify(const std::string& text, const std::vector<std::string>& options = {}) {
    std::ofstream(dir_ + "/chain") << text;
    std::vector<std::string> arguments = {"audit", "verify", dir_ + "/chain"};
    for (const std::string& option : options) {
      arguments.push_back(absl::StrReplaceAll(option, {{"DIR", dir_}}));
    }
    std::ostringstream out;
    const int code = RunCommand(AuditCommands(), arguments, out, out);
    said_ = out.str();
    return code;
  }

  const std::vector<std::string> kFull = {"--anchors", "DIR/anchors", "--keys",
                                          "DIR/internal_jwks.json"};
  std::string dir_;
  std::string text_;
  std::string said_;
};

TEST_F(AuditCommandTest, AWholeChainPasses) {
  EXPECT_EQ(Verify(text_, kFull), 0) << said_;
  EXPECT_THAT(said_,
              HasSubstr("6 entries of 1 organizations, 1 anchors compared, 2 entries after"));
  EXPECT_THAT(said_, ::testing::EndsWith("every entry fits\n"));
  EXPECT_EQ(Verify(text_, {"--anchors", "DIR/anchors"}), 0);
  EXPECT_THAT(said_, HasSubstr("signatures of the anchors were not checked"));
  EXPECT_EQ(Verify(text_), 0);
  EXPECT_THAT(said_, HasSubstr("without --anchors"));
}

TEST_F(AuditCommandTest, WhatIsWrongIsSaidWithItsPlace) {
  std::string flipped = text_;
  flipped[text_.find("0000000000aa")] = '1';
  EXPECT_EQ(Verify(flipped, kFull), 1);
  EXPECT_THAT(said_, HasSubstr(absl::StrCat("organization ", kOrganization,
                                            ": entry 1: what it says was changed")));
  EXPECT_THAT(said_, HasSubstr("1 findings"));
  const size_t third = text_.find('\n', text_.find("\"sequence\":2")) + 1;
  EXPECT_EQ(Verify(text_.substr(0, third), kFull), 1);
  EXPECT_THAT(said_, HasSubstr("entries 3 to 4 are missing at the end"));
}

TEST_F(AuditCommandTest, AnAnchorOfAnotherHandIsRefused) {
  Anchor(std::string(32, 'x'), 5, "risk");
  EXPECT_EQ(Verify(text_, kFull), 1);
  EXPECT_THAT(said_, HasSubstr(".anchors, line 2: "
                               "'risk' signed an anchor of training"));
}

TEST_F(AuditCommandTest, WhatCannotBeReadIsAnotherExitCode) {
  EXPECT_EQ(Verify("no chain\n", kFull), 2);
  EXPECT_THAT(said_, HasSubstr("line 1 is no header"));
  EXPECT_EQ(Verify(text_, {"--anchors", "DIR/none"}), 2);
  EXPECT_EQ(Verify(text_, {"--anchors", "DIR/anchors", "--keys", "DIR/none"}), 2);
  EXPECT_EQ(Verify(text_, {"--keys", "DIR/internal_jwks.json"}), 2);
}

}  // namespace
}  // namespace staraction::ctl
