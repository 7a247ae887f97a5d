// Every table of every service: behind forced row-level security, with keys that start with the
// organization, readable by no role but its service's.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/postgres.h"
#include "tests/schema/schemas.h"

namespace staraction {
namespace {

using ::testing::Eq;

class SchemaTest : public ::testing::TestWithParam<pg::Schema> {
 protected:
  SchemaTest() : database_(GetParam()) {}
  std::string Tables(const std::string& where) {
    return database_.Query(
        "select string_agg(relname, ' ' order by relname) as value from pg_class c "
        "join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' "
        "and relname <> 'schema_migration' and nspname = '" +
        GetParam().service + "' and (" + where + ")");
  }
  test::TestDatabase database_;
};

TEST_P(SchemaTest, EveryTableHasForcedPoliciesThatNameTheOrganization) {
  EXPECT_THAT(Tables("true"), testing::HasSubstr("audit_entry"));
  EXPECT_THAT(Tables("not (relrowsecurity and relforcerowsecurity)"), Eq(""));
  EXPECT_THAT(
      Tables("not exists (select from pg_policies p where p.schemaname = nspname and "
             "p.tablename = relname and p.roles = array['staraction_' || nspname]::name[] and "
             "p.qual like '%app_organization()%')"),
      Eq(""));
  EXPECT_THAT(Tables("not exists (select from pg_attribute a where a.attrelid = c.oid and "
                     "a.attname = 'organization_id' and a.attnotnull)"),
              Eq(""));
}

TEST_P(SchemaTest, EveryUniqueAndForeignKeyStartsWithTheOrganization) {
  const std::string wrong = database_.Query(
      "select string_agg(c.relname || '.' || i.relname, ' ') as value from pg_index x "
      "join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid "
      "join pg_namespace n on n.oid = c.relnamespace "
      "join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0] "
      "where x.indisunique and c.relname <> 'schema_migration' and a.attname <> 'organization_id' "
      "and n.nspname = '" +
      GetParam().service + "'");
  EXPECT_THAT(wrong, Eq(""));
  const std::string foreign = database_.Query(
      "select string_agg(k.conname, ' ') as value from pg_constraint k "
      "join pg_namespace n on n.oid = k.connamespace "
      "join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] "
      "where k.contype = 'f' and a.attname <> 'organization_id' and n.nspname = '" +
      GetParam().service + "'");
  EXPECT_THAT(foreign, Eq(""));
}

TEST_P(SchemaTest, TheServicesRolesOwnNothingAndBypassNothing) {
  EXPECT_EQ(
      database_.Query("select count(*) as value from pg_roles where rolname like 'staraction%' "
                      "and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"),
      "0");
  EXPECT_EQ(Tables("pg_get_userbyid(relowner) <> 'staraction_owner'"), "");
  EXPECT_EQ(
      database_.Query("select count(*) as value from information_schema.table_privileges "
                      "where table_schema = '" +
                      GetParam().service +
                      "' and grantee like 'staraction%' and privilege_type in "
                      "('TRUNCATE', 'REFERENCES', 'TRIGGER') and grantee <> 'staraction_owner'"),
      "0");
}

// Without the settings of a transaction nothing is visible, even to the right role.
TEST_P(SchemaTest, NoContextNoRows) {
  const std::string visible = database_.Query(
      "insert into " + GetParam().service +
      ".job (organization_id, client_id, kind, key, due_time, create_time) values "
      "(gen_random_uuid(), gen_random_uuid(), 'k', '', now(), now()); set role staraction_" +
      GetParam().service + "; select count(*) as value from " + GetParam().service + ".job");
  EXPECT_EQ(visible, "0");
}

INSTANTIATE_TEST_SUITE_P(Services, SchemaTest, testing::ValuesIn(AllSchemas()),
                         [](const auto& param) { return param.param.service; });

}  // namespace
}  // namespace staraction
