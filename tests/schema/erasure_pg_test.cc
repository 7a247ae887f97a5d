// Erasing a client, in the tables of every service: something of each client stands in every column
// that people's words can be in, and afterwards nothing of the erased one is found in a dump.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/pg/connection.h"
#include "common/testing/postgres.h"
#include "common/testing/status_matchers.h"
#include "tests/schema/schemas.h"

namespace staraction {
namespace {

constexpr char kErased[] = "0190a000-0000-7000-8000-0000000000e1";
constexpr char kOther[] = "0190a000-0000-7000-8000-0000000000e2";
constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";
// Beside a client's canary, so that a text in a unique column differs from row to row.
constexpr char kErasedCanary[] = "kanarienvogel-erased-山﨑";
constexpr char kOtherCanary[] = "kanarienvogel-other-𠮷田";

// A row in every table that has clients, with a canary in every column that is erased.
constexpr char kFill[] = R"(
  do $$
  declare
    target record;
    columns text;
    cells text;
  begin
    set session_replication_role = replica;
    for target in select c.oid, c.relname from pg_class c
                  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
                    and has_client(c.oid) and c.relname <> 'erased_client' order by c.relname loop
      select string_agg(quote_ident(a.attname), ', ' order by a.attnum),
             string_agg(case
               when a.attname = 'organization_id' then '''ORGANIZATION'''
               when a.attname = 'client_id' then '''CLIENT'''
               when a.attname = 'clients' then 'array[''CLIENT''::uuid]'
               when a.atttypid = 'uuid'::regtype then 'gen_random_uuid()'
               when coalesce(col_description(target.oid, a.attnum), '') like 'kept%'
                 then case a.atttypid when 'jsonb'::regtype then '''[]''' when 'bytea'::regtype
                   then '''''::bytea' else 'gen_random_uuid()::text' end
               when a.atttypid = 'text'::regtype then '''CANARY '' || gen_random_uuid()'
               when a.atttypid = 'jsonb'::regtype then '''{"name": ["CANARY"]}'''
               when a.atttypid = 'bytea'::regtype then 'convert_to(''CANARY'', ''UTF8'')'
               when a.atttypid = 'date'::regtype then 'current_date'
               when a.atttypid = 'timestamptz'::regtype then 'now()'
               when a.atttypid = 'boolean'::regtype then 'false'
               when a.atttypid = 'bigint'::regtype then '(random() * 1e12)::bigint'
               else '1' end, ', ' order by a.attnum)
      into columns, cells
      from pg_attribute a
      where a.attrelid = target.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and a.attidentity = '';
      execute format('insert into %I (%s) values (%s)', target.relname, columns, cells);
    end loop;
    insert into request (organization_id, method, request_id, fingerprint, response, create_time, clients)
    values ('ORGANIZATION', 'm', gen_random_uuid(), '', convert_to('CANARY', 'UTF8'), now(),
            array['CLIENT']::uuid[]);
  end $$;)";

class ErasureTest : public ::testing::TestWithParam<pg::Schema> {
 protected:
  ErasureTest() : database_(GetParam()) {
    // A made-up row breaks the rules of its table; what rules say of erased columns is a test's.
    Do("do $$ declare rule record; begin for rule in select conrelid::regclass as target, conname "
       "from pg_constraint where contype = 'c' and connamespace = current_schema()::regnamespace "
       "loop execute format('alter table %s drop constraint %I', rule.target, rule.conname); "
       "end loop; end $$");
  }

  std::string Do(const std::string& sql) {
    return database_.Query(absl::StrCat("set search_path = ", GetParam().service, "; ", sql));
  }
  void Fill(const std::string& client, const std::string& canary) {
    Do(absl::StrReplaceAll(
        kFill, {{"ORGANIZATION", kOrganization}, {"CLIENT", client}, {"CANARY", canary}}));
  }
  void Erase(const std::string& client) {
    const auto jobs = pg::Connection::OpenBare(database_.jobs_url());
    ASSERT_OK(jobs);
    ASSERT_OK((*jobs)->ExecText(
        absl::StrCat("select * from erase_client('", kOrganization, "', '", client, "')")));
  }
  std::string Dump() {
    const std::string command =
        absl::StrCat("pg_dump -d '", database_.admin_url(), "' --data-only 2>&1");
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 65536> buffer;
    for (size_t read = 0; (read = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
      text.append(buffer.data(), read);
    }
    EXPECT_EQ(pclose(pipe), 0) << text.substr(0, 500);
    return text;
  }
  // Lines of the dump with the canary, as text or as bytes.
  static std::vector<std::string> Lines(const std::string& dump, const std::string& canary) {
    const std::string hex = absl::BytesToHexString(canary);
    std::vector<std::string> lines;
    std::istringstream in(dump);
    for (std::string line; std::getline(in, line);) {
      if (absl::StrContains(line, canary) || absl::StrContains(line, hex)) lines.push_back(line);
    }
    return lines;
  }

  test::TestDatabase database_;
};

TEST_P(ErasureTest, NothingOfAnErasedClientIsLeftAndAllOfTheOthers) {
  Fill(kErased, kErasedCanary);
  Fill(kOther, kOtherCanary);
  const std::string before = Dump();
  // It was there: a row in every table, and the canary in most.
  EXPECT_GT(Lines(before, kErasedCanary).size(), 3u);
  EXPECT_EQ(Lines(before, kErasedCanary).size(), Lines(before, kOtherCanary).size());
  Erase(kErased);
  const std::string after = Dump();
  // An issued quote is kept as long as the law asks for it; these were issued today.
  std::vector<std::string> left = Lines(after, kErasedCanary);
  if (GetParam().service == "engagement") {
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(Do(absl::StrCat("select count(*) as value from quote where subject like '",
                              kErasedCanary, "%'")),
              "1");
    Do("set session_replication_role = replica; "
       "update quote set issue_date = current_date - interval '9 years'");
    Erase(kErased);
    left = Lines(Dump(), kErasedCanary);
  }
  EXPECT_THAT(left, ::testing::IsEmpty());
  EXPECT_EQ(Lines(after, kOtherCanary), Lines(before, kOtherCanary));
  // Entries of the chain stay; what they were made of goes.
  EXPECT_EQ(Do("select count(*) as value from audit_entry"), "2");
  EXPECT_EQ(Do("select count(*) as value from audit_payload"), "1");
  EXPECT_EQ(Do("select count(*) as value from request where response is null"), "1");
}

TEST_P(ErasureTest, OnlyTheJobsRoleErasesAndNothingElseOpensTables) {
  Fill(kErased, kErasedCanary);
  const auto service = pg::Connection::OpenBare(database_.service_url());
  ASSERT_OK(service);
  EXPECT_FALSE((*service)
                   ->ExecText(absl::StrCat("select * from erase_client('", kOrganization, "', '",
                                           kErased, "')"))
                   .ok());
  EXPECT_EQ(Do("select count(*) as value from audit_payload"), "1");
  // Every table with clients shows a client's rows to erase_client(), or it would pass it by.
  EXPECT_EQ(Do("select string_agg(c.relname, ' ') as value from pg_class c where c.relkind = 'r' "
               "and c.relnamespace = current_schema()::regnamespace and has_client(c.oid) and not "
               "exists (select from pg_policies p where p.schemaname = current_schema() and "
               "p.tablename = c.relname and p.roles = '{staraction_owner}' and p.cmd = 'ALL')"),
            "");
}

// What several clients share goes with the last of them; sessions are the training service's.
class SharedSessionTest : public ErasureTest {};

TEST_P(SharedSessionTest, GoesWithTheLastOfItsClients) {
  Do(absl::StrCat(
      "insert into session values ('", kOrganization,
      "', gen_random_uuid(), 'c', '合同研修', now(), now() + interval '1 hour', '北浜', "
      "'STATE_PLANNED', 'p', now(), now(), 1)"));
  for (const char* client : {kErased, kOther}) {
    Do(
        absl::StrCat("insert into session_engagement select organization_id, session_id, "
                     "gen_random_uuid(), '",
                     client, "' from session"));
  }
  Erase(kErased);
  EXPECT_EQ(Do("select concat(display_name, place) as value from session"), "合同研修北浜");
  Erase(kOther);
  EXPECT_EQ(Do("select concat(display_name, place) as value from session"), "");
}

// Which columns are erased is decided when they are made: this file changes with every new one.
// STARACTION_UPDATE_GOLDEN=1 writes it anew.
TEST(ErasureGoldenTest, EveryColumnOfTextIsClassified) {
  constexpr char kFile[] = "tests/schema/personal_data.txt";
  std::string text;
  for (const pg::Schema& schema : AllSchemas()) {
    test::TestDatabase database(schema);
    const std::string tables = database.Query(absl::StrCat(
        "set search_path = ", schema.service,
        "; select string_agg(line, E'\\n' order by line) as value from (select "
        "concat(current_schema(), "
        "'.', c.relname, E'\\n  erased: ', coalesce(string_agg(a.attname, ' ' order by a.attnum) "
        "filter (where coalesce(col_description(c.oid, a.attnum), '') not like 'kept%'), '-'), "
        "E'\\n  kept:   ', coalesce(string_agg(a.attname, ' ' order by a.attnum) "
        "filter (where col_description(c.oid, a.attnum) like 'kept%'), '-')) as line "
        "from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 "
        "where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' "
        "and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype) "
        "and has_client(c.oid) group by c.oid, c.relname) as t"));
    absl::StrAppend(&text, tables, "\n");
  }
  if (std::getenv("STARACTION_UPDATE_GOLDEN") != nullptr) std::ofstream(kFile) << text;
  std::ifstream in(kFile);
  std::stringstream golden;
  golden << in.rdbuf();
  EXPECT_EQ(text, golden.str());
}

// No rule of a table may forbid what an erased column becomes.
TEST_P(ErasureTest, NoRuleOfATableReadsAnErasedColumn) {
  test::TestDatabase fresh(GetParam());
  EXPECT_EQ(fresh.Query(absl::StrCat(
                "set search_path = ", GetParam().service,
                "; select string_agg(k.conname, ' ') as value from pg_constraint k join "
                "pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) where "
                "k.contype = 'c' and k.connamespace = current_schema()::regnamespace "
                "and has_client(k.conrelid) and a.atttypid in ('text'::regtype, 'jsonb'::regtype) "
                "and coalesce(col_description(k.conrelid, a.attnum), '') not like 'kept%'")),
            "");
}

pg::Schema Training() {
  for (const pg::Schema& schema : AllSchemas()) {
    if (schema.service == "training") return schema;
  }
  return {};
}

INSTANTIATE_TEST_SUITE_P(Training, SharedSessionTest, testing::Values(Training()));
INSTANTIATE_TEST_SUITE_P(Services, ErasureTest, testing::ValuesIn(AllSchemas()),
                         [](const auto& param) { return param.param.service; });

}  // namespace
}  // namespace staraction
