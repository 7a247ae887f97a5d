#include "common/audit/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/testing/status_matchers.h"

namespace staraction::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";
constexpr char kOther[] = "0190a000-0000-7000-8000-000000000002";
const absl::Time kStart = absl::FromUnixSeconds(1'795'000'000);

Entry MakeEntry(const std::string& organization, int64_t sequence) {
  Entry entry;
  entry.organization = organization;
  entry.sequence = sequence;
  entry.id = absl::StrFormat("0190a000-0000-7000-8000-%012d", sequence);
  entry.client = sequence % 2 == 0 ? "" : "0190a000-0000-7000-8000-00000000000c";
  entry.create_time = kStart + absl::Seconds(sequence) + absl::Microseconds(7);
  entry.actor = "users/佐藤";
  entry.method = "staraction.training.v1.SessionService.CreateSession";
  entry.resource = absl::StrCat("sessions/", sequence);
  entry.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
  entry.digest = std::string(32, static_cast<char>(sequence));
  return entry;
}

std::vector<Entry> MakeChain(const std::string& organization, int64_t size) {
  std::vector<Entry> chain;
  std::string hash;
  for (int64_t i = 1; i <= size; ++i) {
    chain.push_back(MakeEntry(organization, i));
    chain.back().hash = hash = EntryHash("training", hash, chain.back());
  }
  return chain;
}

// The same with the hashes that fit what it says: what somebody does who knows how.
void Rehash(std::vector<Entry>& chain) {
  std::string hash;
  int64_t sequence = 0;
  for (Entry& entry : chain) {
    entry.sequence = ++sequence;
    entry.hash = hash = EntryHash("training", hash, entry);
  }
}

const Header kHeader = {"training", "", kStart + absl::Hours(1)};

std::vector<std::string> Lines(const std::vector<Entry>& entries) {
  std::vector<std::string> lines = {FormatHeader(kHeader)};
  for (const Entry& entry : entries) lines.push_back(FormatEntry(entry));
  return lines;
}

AnchorSet AnchorsAt(const std::vector<Entry>& chain, const std::vector<int64_t>& sequences,
                    absl::Time time = kStart) {
  AnchorSet set;
  for (const int64_t sequence : sequences) {
    const Entry& entry = chain[static_cast<size_t>(sequence - 1)];
    set.chains[{"training", entry.organization}].emplace(
        sequence, Anchor{"training", entry.organization, sequence, entry.hash, time, "", false});
  }
  return set;
}

std::vector<std::string> Found(const std::vector<std::string>& lines, const AnchorSet& anchors) {
  std::istringstream file(absl::StrJoin(lines, "\n") + "\n");
  const auto report = Verify(file, anchors);
  EXPECT_OK(report);
  std::vector<std::string> texts;
  for (const Finding& finding : report->findings) texts.push_back(finding.text);
  return texts;
}

TEST(VerifyTest, AWholeChainHasNoFindings) {
  std::vector<Entry> entries = MakeChain(kOrganization, 9);
  const AnchorSet anchors = AnchorsAt(entries, {3, 7});
  for (const Entry& entry : MakeChain(kOther, 4)) entries.push_back(entry);
  std::istringstream file(absl::StrJoin(Lines(entries), "\n"));
  const auto report = Verify(file, anchors);
  ASSERT_OK(report);
  EXPECT_THAT(report->findings, IsEmpty());
  EXPECT_EQ(report->organizations, 2);
  EXPECT_EQ(report->entries, 13);
  EXPECT_EQ(report->anchors, 2);
  EXPECT_EQ(report->after_anchors, 2 + 4);
}

TEST(VerifyTest, TheHashIsTheDocumentedOne) {
  // python3: sha256(b"".join(struct.pack(">Q", len(p)) + p for p in [b"staraction.audit/1", b"s",
  // b"", b"1", b"o", b"i", b"", b"1", b"", b"", b"", b"", b"", b""])).hexdigest()
  Entry entry;
  entry.organization = "o";
  entry.id = "i";
  entry.create_time = absl::FromUnixMicros(1);
  entry.sequence = 1;
  EXPECT_EQ(absl::BytesToHexString(EntryHash("s", "", entry)),
            "99788f71f55beb1e9f96d7880c566c71e17f5a003878cb3c102cd8dc44f5938a");
}

// Every byte of a line counts, wherever it is.
TEST(VerifyTest, AnyFlippedByteIsLocated) {
  const std::vector<std::string> lines = Lines(MakeChain(kOrganization, 6));
  const AnchorSet anchors = AnchorsAt(MakeChain(kOrganization, 6), {6});
  for (size_t at = 0; at < lines[4].size(); ++at) {
    std::vector<std::string> flipped = lines;
    flipped[4][at] = static_cast<char>(flipped[4][at] ^ 1);
    const std::vector<std::string> found = Found(flipped, anchors);
    ASSERT_FALSE(found.empty()) << "byte " << at << " of " << flipped[4];
    EXPECT_THAT(found, ::testing::Contains(
                           ::testing::AnyOf(HasSubstr("entry 4:"), HasSubstr("entry 4 is missing"),
                                            HasSubstr("line 5: the line is damaged"))))
        << "byte " << at << " of " << flipped[4];
  }
}

TEST(VerifyTest, SaysWhatWasDone) {
  const auto chain = MakeChain(kOrganization, 9);
  const struct {
    const char* name;
    std::function<void(std::vector<Entry>&)> change;
    std::vector<std::string> wanted;
  } kCases[] = {
      {"an actor", [](auto& c) { c[3].actor = "users/x"; }, {"entry 4: what it says was changed"}},
      {"a hash", [](auto& c) { c[3].hash[0] ^= 1; }, {"entry 4: its hash was changed"}},
      {"the last entry",
       [](auto& c) { c[8].method += "x"; },
       {"entry 9: what it says or its hash was changed"}},
      {"removed", [](auto& c) { c.erase(c.begin() + 3); }, {"entry 4 is missing"}},
      {"several removed",
       [](auto& c) { c.erase(c.begin() + 3, c.begin() + 6); },
       {"entries 4 to 6 are missing"}},
      {"the first removed", [](auto& c) { c.erase(c.begin()); }, {"entry 1 is missing"}},
      {"put in",
       [](auto& c) { c.insert(c.begin() + 4, MakeEntry(kOrganization, 4)); },
       {"entry 4 (0190a000-0000-7000-8000-000000000004) stands after entry 4: put in, or out of "
        "its place"}},
      {"in another order",
       [](auto& c) { std::swap(c[3], c[4]); },
       {"entry 4 is missing",
        "entry 4 (0190a000-0000-7000-8000-000000000004) stands after entry 5: put in, or out of "
        "its place"}},
      {"end cut off",
       [](auto& c) { c.resize(5); },
       {"entries 6 to 8 are missing at the end: entry 8 was anchored on 2026-11-18 11:06:40 UTC"}},
      {"rewritten with its hashes",
       [](auto& c) {
         c[6].actor = "users/x";
         Rehash(c);
       },
       {"entries 5 to 8 are not what was anchored on 2026-11-18 11:06:40 UTC: rewritten together "
        "with their hashes"}},
      {"removed and rewritten",
       [](auto& c) {
         c.erase(c.begin() + 1);
         Rehash(c);
       },
       {"entries 1 to 4 are not what was anchored on 2026-11-18 11:06:40 UTC: rewritten together "
        "with their hashes"}},
      {"all of it gone",
       [](auto& c) { c.clear(); },
       {"entries 1 to 8 are missing at the end: entry 8 was anchored on 2026-11-18 11:06:40 UTC"}},
  };
  const AnchorSet anchors = AnchorsAt(chain, {4, 8});
  for (const auto& each : kCases) {
    std::vector<Entry> entries = chain;
    each.change(entries);
    EXPECT_EQ(Found(Lines(entries), anchors), each.wanted) << each.name;
  }
}

TEST(VerifyTest, AnchorsYoungerThanTheFileAreNotMissed) {
  auto chain = MakeChain(kOrganization, 9);
  const AnchorSet anchors = AnchorsAt(chain, {9}, kHeader.export_time);
  chain.resize(5);
  EXPECT_THAT(Found(Lines(chain), anchors), IsEmpty());
}

TEST(VerifyTest, WithoutAHeaderNothingIsVerified) {
  std::istringstream file("{}\n");
  EXPECT_THAT(Verify(file, {}), test::StatusIs(absl::StatusCode::kInvalidArgument));
}

class AnchorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "/anchors.XXXXXX";
    dir_ = std::string(mkdtemp(pattern.data()));
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  std::string dir_;
  const Jwk key_ = *Jwk::Generate(Algorithm::kEdDsa, "training");
  const KeySet keys_ = *KeySet::Parse(ToPublicJwks({key_}));
  const Anchor anchor_ = {.service = "training",
                          .organization = kOrganization,
                          .sequence = 7,
                          .hash = std::string(32, '\xfe'),
                          .time = kStart};
};

TEST_F(AnchorTest, ComesBackFromItsLineAndFromALineOfTheLog) {
  const std::string line = *SignAnchor(anchor_, key_);
  for (const std::string& written :
       {line,
        absl::StrCat(R"({"level":"info","message":"audit anchor","anchor":")", line, "\"}")}) {
    const auto read = ParseAnchor(written, &keys_);
    ASSERT_OK(read);
    EXPECT_TRUE(read->verified);
    EXPECT_EQ(read->hash, anchor_.hash);
    EXPECT_EQ(read->sequence, 7);
    EXPECT_EQ(read->time, kStart);
  }
}

TEST_F(AnchorTest, OfAnotherHandIsRefused) {
  const Jwk stranger = *Jwk::Generate(Algorithm::kEdDsa, "training");
  const Jwk other = *Jwk::Generate(Algorithm::kEdDsa, "risk");
  const KeySet both = *KeySet::Parse(ToPublicJwks({key_, other}));
  EXPECT_THAT(ParseAnchor(*SignAnchor(anchor_, stranger), &keys_),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("signature is wrong")));
  EXPECT_THAT(ParseAnchor(*SignAnchor(anchor_, other), &keys_),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("none of 'risk'")));
  EXPECT_THAT(ParseAnchor(*SignAnchor(anchor_, other), &both),
              test::StatusIs(absl::StatusCode::kInvalidArgument,
                             HasSubstr("'risk' signed an anchor of training")));
  std::string line = *SignAnchor(anchor_, key_);
  for (size_t at = 0; at < line.size(); ++at) {
    std::string flipped = line;
    flipped[at] = flipped[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(flipped != line && ParseAnchor(flipped, &keys_).ok()) << at;
  }
}

TEST_F(AnchorTest, FilesGrowByLinesAndSurviveACutOne) {
  const std::string line = *SignAnchor(anchor_, key_);
  ASSERT_OK(AppendAnchors(dir_, "training", {line, line}));
  const auto path = std::filesystem::directory_iterator(dir_)->path();
  std::ofstream(path, std::ios::app) << line.substr(0, 40);
  ASSERT_OK(AppendAnchors(dir_, "training", {line}));
  // As where lines of the log are collected.
  std::ofstream(path, std::ios::app) << R"({"message":"ready"})"
                                     << "\n\n";
  const auto set = ReadAnchors(dir_, &keys_);
  ASSERT_OK(set);
  EXPECT_THAT(set->chains.at({"training", kOrganization}), SizeIs(3));
  EXPECT_THAT(set->refused, ElementsAre(HasSubstr(".anchors, line 3: ")));
  EXPECT_THAT(AppendAnchors(dir_ + "/absent", "training", {line}),
              test::StatusIs(absl::StatusCode::kUnavailable, HasSubstr("audit_anchor_dir")));
}

}  // namespace
}  // namespace staraction::audit
