// What reporting tools may read: the views of deploy/postgresql/REPORTING.md and the columns behind
// them, of their login's organization, and nothing else.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/pg/connection.h"
#include "common/testing/postgres.h"
#include "common/testing/status_matchers.h"
#include "tests/schema/schemas.h"

namespace staraction {
namespace {

using ::testing::Eq;

constexpr char kOurs[] = "0190a000-0000-7000-8000-000000000001";
constexpr char kOther[] = "0190a000-0000-7000-8000-000000000002";

// "schema.view" → columns, as the page for operators lists them; or of the tables behind the views.
std::map<std::string, std::string> Documented(const std::string& schema, bool views) {
  std::map<std::string, std::string> found;
  std::ifstream file("deploy/postgresql/REPORTING.md");
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> cells = absl::StrSplit(line, '|');
    if (cells.size() < 4 || cells[1].rfind(" `" + schema + ".", 0) != 0) continue;
    const std::string name = cells[1].substr(2, cells[1].size() - 4);
    if ((name.rfind(schema + ".report_", 0) == 0) != views) continue;
    found[name] = cells[2].substr(1, cells[2].size() - 2);
  }
  return found;
}

class ReportingTest : public ::testing::TestWithParam<pg::Schema> {
 protected:
  ReportingTest() : database_(GetParam()) {}
  const std::string& schema() const { return GetParam().service; }

  test::TestDatabase database_;
};

TEST_P(ReportingTest, ViewsAreThoseOfThePage) {
  const auto documented = Documented(schema(), true);
  EXPECT_FALSE(documented.empty());
  const std::string views = database_.Query(
      "select string_agg(table_schema || '.' || table_name, ' ' order by table_name) as value "
      "from information_schema.views where table_schema = '" +
      schema() + "'");
  std::string names;
  for (const auto& [view, columns] : documented) {
    absl::StrAppend(&names, names.empty() ? "" : " ", view);
    EXPECT_EQ(database_.Query("select string_agg(column_name, ', ' order by ordinal_position) as "
                              "value from information_schema.columns where table_schema || '.' || "
                              "table_name = '" +
                              view + "'"),
              columns)
        << view;
    // Whoever is let in sees what the view holds, and the view itself can be computed.
    EXPECT_EQ(
        database_.Query("set role staraction_reporting; select count(*) as value from " + view),
        "0")
        << view;
  }
  EXPECT_EQ(views, names);
}

TEST_P(ReportingTest, ColumnsBehindTheViewsAreThoseOfThePage) {
  std::string wanted;
  for (const auto& [table, columns] : Documented(schema(), false)) {
    absl::StrAppend(&wanted, table, ": ", columns, "\n");
  }
  EXPECT_NE(wanted, "");
  EXPECT_EQ(
      database_.Query(
          "select string_agg(granted || E'\\n', '' order by granted) as value from (select "
          "table_schema || '.' || table_name || ': ' || string_agg(column_name, ', ' order by "
          "column_name) as granted from information_schema.column_privileges where grantee = "
          "'staraction_reporting' and table_schema = '" +
          schema() + "' and table_name not like 'report\\_%' group by table_schema, table_name) g"),
      wanted);
}

TEST_P(ReportingTest, RightsAreThoseOfTheCallerOnSingleColumns) {
  EXPECT_EQ(database_.Query("select count(*) as value from pg_class c join pg_namespace n "
                            "on n.oid = c.relnamespace where c.relkind = 'v' and n.nspname = '" +
                            schema() +
                            "' and not coalesce(c.reloptions, '{}') @> "
                            "'{security_invoker=true}'"),
            "0");
  // Whole tables are never granted, and nothing can be changed.
  EXPECT_THAT(
      database_.Query("select string_agg(table_name || ' ' || privilege_type, ', ') as value from "
                      "information_schema.table_privileges where grantee = 'staraction_reporting' "
                      "and table_schema = '" +
                      schema() +
                      "' and (privilege_type <> 'SELECT' or table_name not like 'report\\_%')"),
      Eq(""));
  // Of people: how many, never who.
  EXPECT_THAT(
      database_.Query(
          "select string_agg(table_name || '.' || column_name, ', ') as value from "
          "information_schema.column_privileges where grantee = 'staraction_reporting' and "
          "table_schema = '" +
          schema() +
          "' and column_name ~ "
          "'member|user|person$|people_|name|kana|mail|address|phone|note|text|reason|actor|by$' "
          "and (table_name, column_name) not in (('client', 'legal_name'), "
          "('report_client', 'client_name'))"),
      Eq(""));
  EXPECT_THAT(
      database_.Query("select string_agg(distinct g.table_name, ', ') as value from "
                      "information_schema.column_privileges g where g.grantee = "
                      "'staraction_reporting' and g.table_schema = '" +
                      schema() +
                      "' and g.table_name not like 'report\\_%' and not exists (select from "
                      "pg_policies p where p.schemaname = g.table_schema and p.tablename = "
                      "g.table_name and p.roles = '{staraction_reporting}' and p.qual like "
                      "'%reporting.organizations()%')"),
      Eq(""));
}

INSTANTIATE_TEST_SUITE_P(Services, ReportingTest, testing::ValuesIn(AllSchemas()),
                         [](const auto& param) { return param.param.service; });

// A login of one organization, and clients of two.
class ReportingLoginTest : public ::testing::Test {
 protected:
  ReportingLoginTest() : database_(Engagement()) {
    database_.Query(
        "do $$ begin if not exists (select from pg_roles where rolname = 'test_reporting') then "
        "create role test_reporting login; end if; end $$; "
        "grant staraction_reporting to test_reporting");
    for (const char* organization : {kOurs, kOther}) AddClient(organization);
  }
  static pg::Schema Engagement() {
    for (const pg::Schema& schema : AllSchemas()) {
      if (schema.service == "engagement") return schema;
    }
    return {};
  }
  void AddClient(const std::string& organization) {
    database_.Query(absl::StrCat(
        "insert into engagement.client (organization_id, client_id, legal_name, trade_name, kind, "
        "corporate_number, industry, business, employee_count, postal_code, address, "
        "representative_title, representative_name, website, create_time, update_time, version) "
        "values ('",
        organization, "', gen_random_uuid(), '", organization,
        "', '', 'CLIENT_KIND_COMPANY', '', '', '', 1, '', '', '', '', '', now(), now(), 1)"));
  }
  void Admit(const std::string& organization) {
    database_.Query("insert into reporting.login values ('test_reporting', '" + organization +
                    "')");
  }
  // What the login reads, or why not.
  absl::StatusOr<std::string> Ask(const std::string& sql) {
    auto connection = pg::Connection::OpenBare(database_.admin_url());
    if (!connection.ok()) return connection.status();
    const auto rows = (*connection)->ExecText("set session authorization test_reporting; " + sql);
    if (!rows.ok()) return rows.status();
    return rows->empty() ? "" : (*rows)[0].Text("value");
  }

  test::TestDatabase database_;
};

constexpr char kNames[] =
    "select string_agg(client_name, ' ' order by client_name) as value from "
    "engagement.report_client";

TEST_F(ReportingLoginTest, SeesItsOrganizationsOnlyWhateverItSets) {
  EXPECT_EQ(Ask(kNames).value_or("refused"), "") << "nobody has said which";
  Admit(kOurs);
  EXPECT_EQ(Ask(kNames).value_or("refused"), kOurs);
  const std::string forged =
      absl::StrCat("set app.organization = '", kOther, "'; set app.portfolio = 'all'; ", kNames);
  EXPECT_EQ(Ask(forged).value_or("refused"), kOurs);
  EXPECT_EQ(Ask(absl::StrCat("set role staraction_reporting; ", kNames)).value_or("refused"),
            kOurs);
  Admit(kOther);
  EXPECT_EQ(Ask(kNames).value_or("refused"), absl::StrCat(kOurs, " ", kOther));
}

TEST_F(ReportingLoginTest, SeesNoDeletedClientNeitherInTheTable) {
  Admit(kOurs);
  Admit(kOther);
  database_.Query(absl::StrCat(
      "update engagement.client set delete_time = now() where organization_id = '", kOther, "'"));
  EXPECT_EQ(Ask(kNames).value_or("refused"), kOurs);
  EXPECT_EQ(
      Ask("select string_agg(legal_name, ' ') as value from engagement.client").value_or("refused"),
      kOurs);
}

TEST_F(ReportingLoginTest, WhatIsNotKnownIsNull) {
  Admit(kOurs);
  const auto ask = [&](const std::string& readiness) {
    database_.Query("update engagement.engagement set readiness = " + readiness);
    return Ask("select concat_ws(' ', official_met, official_total, deliverable_met, "
               "deliverable_total) as value from engagement.report_engagement")
        .value_or("refused");
  };
  // An engagement without its quote, which would say nothing here.
  database_.Query(absl::StrCat(
      "set session_replication_role = replica; insert into engagement.engagement (organization_id, "
      "client_id, engagement_id, quote_id, offering_id, star, editions, state, start_date, "
      "due_date, create_time, update_time, version) select organization_id, client_id, "
      "gen_random_uuid(), gen_random_uuid(), '', 1, '{}', 'STATE_ACTIVE', '2026-01-01', "
      "'2026-02-01', now(), now(), 1 from engagement.client where organization_id = '",
      kOurs, "'"));
  EXPECT_EQ(ask("null"), "");
  EXPECT_EQ(ask("'{\"official_total\": 3}'"), "0 3 0 0");
}

TEST_F(ReportingLoginTest, ReadsNothingElseAndChangesNothing) {
  Admit(kOurs);
  for (const char* sql :
       {"select representative_name as value from engagement.client",
        "select * from engagement.client", "select * from engagement.member",
        "select * from engagement.audit_entry", "select * from reporting.login",
        "insert into reporting.login values ('test_reporting', gen_random_uuid())",
        "update engagement.client set legal_name = ''", "delete from engagement.report_client",
        "set role staraction_engagement", "create table engagement.mine (a int)"}) {
    EXPECT_FALSE(Ask(sql).ok()) << sql;
  }
  // The right one is let in, so the others were not refused for something else.
  EXPECT_OK(Ask("select legal_name as value from engagement.client"));
}

}  // namespace
}  // namespace staraction
