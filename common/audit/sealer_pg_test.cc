// Sealing over a real database: several sealers at once, killed ones, and what verification finds
// after somebody has been at the tables.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/audit/export.h"
#include "common/audit/sealer.h"
#include "common/audit/verify.h"
#include "common/base/id.h"
#include "common/testing/postgres.h"
#include "common/testing/status_matchers.h"
#include "google/protobuf/wrappers.pb.h"

namespace staraction::audit {
namespace {

using ::testing::IsEmpty;

constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";
constexpr char kOther[] = "0190a000-0000-7000-8000-000000000002";
constexpr char kClient[] = "0190a000-0000-7000-8000-00000000000c";

pg::PoolOptions OptionsOf(const std::string& url, pg::Statement::Role role) {
  pg::PoolOptions options;
  options.url = url;
  options.role = role;
  options.service = "training";
  return options;
}

class SealerTest : public ::testing::Test {
 protected:
  SealerTest()
      : database_({"training", {}}),
        writes_(OptionsOf(database_.service_url(), pg::Statement::Role::kService)),
        jobs_(OptionsOf(database_.jobs_url(), pg::Statement::Role::kJobs)) {
    std::string pattern = ::testing::TempDir() + "/anchors.XXXXXX";
    dir_ = std::string(mkdtemp(pattern.data()));
    sealer_ = Make(jobs_, 4);
  }
  ~SealerTest() override { std::filesystem::remove_all(dir_); }

  std::unique_ptr<Sealer> Make(pg::Pool& pool, int batch) {
    return std::make_unique<Sealer>(pool, RealClock(), SealerOptions{key_, dir_, batch});
  }

  // Through the one write path.
  void WriteSome(const std::string& organization, int count) {
    for (int i = 0; i < count; ++i) {
      const Call call =
          SystemCall("training", organization, kClient, RealClock()(), absl::Seconds(20));
      google::protobuf::StringValue request;
      request.set_value(absl::StrCat("request ", i));
      ASSERT_OK(writes_.Write(call, request, [&](pg::Transaction&) {
        return absl::StatusOr<google::protobuf::StringValue>(request);
      }));
    }
  }

  // What verification finds in an export, as "sequence: text".
  std::vector<std::string> Found() {
    std::stringstream file;
    // As if exported later: all anchors count.
    const auto exported = Export(jobs_, {"training", "", RealClock()() + absl::Minutes(5)}, file);
    EXPECT_OK(exported);
    const KeySet keys = *KeySet::Parse(ToPublicJwks({*key_}));
    const auto anchors = ReadAnchors(dir_, &keys);
    EXPECT_OK(anchors);
    EXPECT_THAT(anchors->refused, IsEmpty());
    const auto report = Verify(file, *anchors);
    EXPECT_OK(report);
    std::vector<std::string> found;
    for (const Finding& finding : report->findings) {
      found.push_back(absl::StrCat(finding.sequence, ": ", finding.text));
    }
    entries_ = report->entries;
    return found;
  }

  // As somebody who may do everything in the database.
  std::string Tamper(const std::string& sql) {
    return database_.Query(
        absl::StrCat("set session_replication_role = replica; set search_path = training; ", sql));
  }

  const std::shared_ptr<const Jwk> key_ =
      std::make_shared<Jwk>(*Jwk::Generate(Algorithm::kEdDsa, "training"));
  test::TestDatabase database_;
  pg::Pool writes_;
  pg::Pool jobs_;
  std::string dir_;
  std::unique_ptr<Sealer> sealer_;
  int64_t entries_ = 0;
};

TEST_F(SealerTest, SeveralSealersWhileOthersWriteMakeOneChainForEachOrganization) {
  pg::Pool more(OptionsOf(database_.jobs_url(), pg::Statement::Role::kJobs));
  const auto second = Make(more, 3);
  std::vector<std::thread> threads;
  threads.emplace_back([this] { WriteSome(kOrganization, 60); });
  threads.emplace_back([this] { WriteSome(kOrganization, 60); });
  threads.emplace_back([this] { WriteSome(kOther, 40); });
  std::atomic<bool> done{false};
  std::vector<std::thread> sealers;
  for (Sealer* sealer : {sealer_.get(), second.get()}) {
    sealers.emplace_back([&done, sealer] {
      while (!done) {
        EXPECT_OK(sealer->SealAll());
        EXPECT_OK(sealer->AnchorAll());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  done = true;
  for (std::thread& thread : sealers) thread.join();
  ASSERT_OK(sealer_->SealAll());
  ASSERT_OK(sealer_->AnchorAll());
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_EQ(entries_, 160);
  EXPECT_EQ(database_.Query("select string_agg(concat(anchor_sequence, ' of ', sequence), ', ' "
                            "order by sequence) as value from training.audit_chain"),
            "40 of 40, 120 of 120");
}

TEST_F(SealerTest, AKilledSealerLeavesNothingHalf) {
  WriteSome(kOrganization, 80);
  std::atomic<bool> done{false};
  // Its sessions are cut off again and again, wherever it is.
  std::thread killer([&] {
    while (!done) {
      database_.Query(
          "select count(pg_terminate_backend(pid))::text as value from pg_stat_activity "
          "where usename = 'staraction_training_jobs' and datname = current_database()");
    }
  });
  int sealed = 0;
  const absl::Time until = RealClock()() + absl::Seconds(3);
  while (RealClock()() < until) {
    const auto count = sealer_->SealAll();
    if (count.ok()) sealed += *count;
    (void)sealer_->AnchorAll();
  }
  done = true;
  killer.join();
  while (!sealer_->SealAll().ok() || !sealer_->AnchorAll().ok()) continue;
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_EQ(entries_, 80);
}

TEST_F(SealerTest, AnAnchorThatCannotBeWrittenIsWrittenLater) {
  WriteSome(kOrganization, 3);
  ASSERT_OK(sealer_->SealAll());
  std::filesystem::remove_all(dir_);
  EXPECT_THAT(sealer_->AnchorAll(), test::StatusIs(absl::StatusCode::kUnavailable));
  std::filesystem::create_directory(dir_);
  EXPECT_EQ(sealer_->AnchorAll().value_or(-1), 1);
  EXPECT_EQ(sealer_->AnchorAll().value_or(-1), 0);
  EXPECT_THAT(ReadAnchors(dir_, nullptr)->chains, ::testing::SizeIs(1));
}

// As after tables were restored that don't belong together.
TEST_F(SealerTest, AChainThatCannotBeGoneOnWithHoldsUpNoOther) {
  WriteSome(kOrganization, 3);
  ASSERT_OK(sealer_->SealAll());
  Tamper("delete from audit_chain");
  WriteSome(kOrganization, 1);
  WriteSome(kOther, 2);
  EXPECT_THAT(sealer_->SealAll().status().message(), ::testing::HasSubstr(kOrganization));
  EXPECT_EQ(
      database_.Query("select string_agg(sequence::text, ' ' order by sequence) as value from "
                      "training.audit_chain where hash <> ''"),
      "2");
  EXPECT_EQ(sealer_->AnchorAll().value_or(-1), 1);
}

// For every column that the table has: one that nobody hashes would not be found.
TEST_F(SealerTest, AChangeInAnyColumnIsLocated) {
  WriteSome(kOrganization, 9);
  ASSERT_OK(sealer_->SealAll());
  ASSERT_OK(sealer_->AnchorAll());
  ASSERT_THAT(Found(), IsEmpty());
  std::stringstream columns(
      database_.Query("select string_agg(column_name, ' ') as value from "
                      "information_schema.columns where table_schema = 'training' and "
                      "table_name = 'audit_entry'"));
  const std::map<std::string, std::string> other = {
      {"organization_id", absl::StrCat("'", kOther, "'")},
      {"client_id", "gen_random_uuid()"},
      {"audit_entry_id", "gen_random_uuid()"},
      {"create_time", "create_time + interval '1 microsecond'"},
      {"digest", "set_byte(digest, 31, get_byte(digest, 31) # 1)"},
      {"hash", "set_byte(hash, 0, get_byte(hash, 0) # 128)"},
      {"sequence", "-5"},
  };
  std::string column;
  int looked = 0;
  while (columns >> column) {
    const auto found = other.find(column);
    Tamper(
        "create table kept as select * from audit_entry where sequence = 5 and organization_id = "
        "'" +
        std::string(kOrganization) + "'");
    Tamper(absl::StrCat("delete from audit_payload; update audit_entry set ", column, " = ",
                        found == other.end() ? column + " || 'x'" : found->second,
                        " where sequence = 5"));
    const std::vector<std::string> findings = Found();
    EXPECT_THAT(findings, ::testing::Contains(::testing::StartsWith("5: "))) << column;
    EXPECT_THAT(findings.size(), ::testing::Le(2u)) << column;
    Tamper(
        "delete from audit_entry a using kept k where a.audit_entry_id = k.audit_entry_id "
        "or a.sequence is null or a.sequence in (-5, 5); "
        "insert into audit_entry select * from kept; drop table kept");
    ASSERT_THAT(Found(), IsEmpty()) << column;
    ++looked;
  }
  EXPECT_EQ(looked, 12);
}

TEST_F(SealerTest, WhatIsRemovedPutInOrCutOffIsLocated) {
  WriteSome(kOrganization, 9);
  ASSERT_OK(sealer_->SealAll());
  ASSERT_OK(sealer_->AnchorAll());
  Tamper("create table kept as select * from audit_entry; delete from audit_payload");
  const struct {
    const char* name;
    const char* sql;
    const char* wanted;
  } kCases[] = {
      {"removed", "delete from audit_entry where sequence = 4", "4: entry 4 is missing"},
      {"two exchanged",
       "update audit_entry set sequence = case sequence when 4 then 15 else 14 end where sequence "
       "in (4, 5); update audit_entry set sequence = sequence - 10 where sequence > 10",
       "4: entry 4: it was changed"},
      {"cut off", "delete from audit_entry where sequence > 6",
       "7: entries 7 to 9 are missing at the end: entry 9 was anchored on "},
      {"all gone", "delete from audit_entry", "1: entries 1 to 9 are missing at the end"},
  };
  for (const auto& each : kCases) {
    Tamper(each.sql);
    EXPECT_THAT(Found(), ::testing::Contains(::testing::StartsWith(each.wanted))) << each.name;
    Tamper("delete from audit_entry; insert into audit_entry select * from kept");
    ASSERT_THAT(Found(), IsEmpty()) << each.name;
  }
}

TEST_F(SealerTest, NeitherRoleCanChangeWhatIsSealed) {
  WriteSome(kOrganization, 2);
  ASSERT_OK(sealer_->SealAll());
  const struct {
    std::string url;
    const char* sql;
  } kCases[] = {
      {database_.jobs_url(), "update audit_entry set hash = '' where sequence = 1"},
      {database_.jobs_url(), "update audit_entry set actor = 'x'"},
      {database_.jobs_url(), "delete from audit_entry"},
      {database_.service_url(), "update audit_entry set sequence = 9"},
      {database_.service_url(), "delete from audit_entry"},
      {database_.service_url(),
       "insert into audit_entry select gen_random_uuid(), null, gen_random_uuid(), now(), '', '', "
       "'', '', '', 1, ''"},
  };
  for (const auto& each : kCases) {
    const auto connection = pg::Connection::OpenBare(each.url);
    ASSERT_OK(connection);
    EXPECT_FALSE((*connection)->ExecText(each.sql).ok()) << each.sql;
  }
  EXPECT_THAT(Found(), IsEmpty());
}

}  // namespace
}  // namespace staraction::audit
