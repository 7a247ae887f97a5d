// Which programs work on which schemas, and migrations that start together.

#include <thread>
#include <vector>

#include "common/pg/migrate.h"
#include "common/testing/postgres.h"
#include "common/testing/status_matchers.h"

namespace staraction::pg {
namespace {

using absl::StatusCode;
using test::StatusIs;
using test::TestDatabase;
using ::testing::AllOf;
using ::testing::HasSubstr;

const Migration kFirst = {1, "0001_shelf.sql", "create table shelf (id integer)"};
const Migration kGap = {2, "0002_gap.sql", "create table gap (id integer)"};
const Migration kAdds = {3, "0003_adds.sql", "alter table shelf add column width integer"};
const Migration kBreaks = {4, "0004_breaks.sql",
                           "-- breaks: programs read id\nalter table shelf drop column id"};

Schema Asset(std::vector<Migration> migrations) {
  return {"asset", std::move(migrations)};
}

// A database at the first version. Copies of the test's template have no rights of their own.
class MigrateTest : public ::testing::Test {
 protected:
  MigrateTest() : database_(Asset({kFirst})) {
    database_.Query(
        "do $$ begin execute format('grant create, connect on database %I to staraction_owner', "
        "current_database()); end $$; select '' as value");
  }
  absl::Status MigrateTo(std::vector<Migration> migrations) {
    return Migrate(database_.migrator_url(), Asset(std::move(migrations)));
  }
  // Whether a program of these migrations starts.
  absl::Status Start(std::vector<Migration> migrations) {
    return CheckVersion(database_.service_url(), Asset(std::move(migrations)));
  }

  const TestDatabase database_;
};

TEST_F(MigrateTest, AProgramStartsOnItsOwnSchemaAndOnANewerOneThatOnlyAdds) {
  ASSERT_OK(MigrateTo({kFirst, kAdds}));
  EXPECT_OK(Start({kFirst, kAdds}));
  EXPECT_OK(Start({kFirst}));
}

TEST_F(MigrateTest, AProgramDoesNotStartOnANewerSchemaThatBreaksIt) {
  ASSERT_OK(MigrateTo({kFirst, kAdds, kBreaks}));
  EXPECT_OK(Start({kFirst, kAdds, kBreaks}));
  EXPECT_THAT(Start({kFirst, kAdds}),
              StatusIs(StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("asset version 4"), HasSubstr("newer program"))));
  // Numbers have gaps: what breaks may stand before the program's last.
  const Migration later = {5, "0005_later.sql", "create table later (id integer)"};
  ASSERT_OK(MigrateTo({kFirst, kAdds, kBreaks, later}));
  EXPECT_THAT(Start({kFirst, kAdds, later}), StatusIs(StatusCode::kFailedPrecondition));
}

TEST_F(MigrateTest, AProgramDoesNotStartOnASchemaThatLacksSomething) {
  ASSERT_OK(MigrateTo({kFirst, kAdds}));
  EXPECT_THAT(Start({kFirst, kGap, kAdds}),
              StatusIs(StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("asset/0002_gap.sql"), HasSubstr("'migrate'"))));
  ASSERT_OK(MigrateTo({kFirst, kGap, kAdds}));
  EXPECT_OK(Start({kFirst, kGap, kAdds}));
}

TEST_F(MigrateTest, TablesOfProgramsBeforeThisRuleAreRead) {
  database_.Query("alter table asset.schema_migration drop column breaks; select '' as value");
  EXPECT_OK(Start({kFirst}));
  ASSERT_OK(MigrateTo({kFirst, kAdds, kBreaks}));
  EXPECT_THAT(Start({kFirst}),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("newer program")));
}

TEST_F(MigrateTest, FiveAtOnceAreOne) {
  std::vector<absl::Status> results(5);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (absl::Status& result : results) {
    threads.emplace_back([this, &result] { result = MigrateTo({kFirst, kGap, kAdds}); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& result : results) EXPECT_OK(result);
  EXPECT_EQ(database_.Query(
                "select count(*) as value from asset.schema_migration where source = 'asset'"),
            "3");
}

TEST_F(MigrateTest, AFileThatWasChangedAfterItRanIsRefused) {
  Migration changed = kFirst;
  changed.sql += " -- changed";
  EXPECT_THAT(MigrateTo({changed}),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("was changed after it had run")));
}

}  // namespace
}  // namespace staraction::pg
