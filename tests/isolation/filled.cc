#include "tests/isolation/filled.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/id.h"
#include "common/pg/connection.h"
#include "tests/isolation/names.h"

namespace staraction::test {
namespace {

constexpr char kCorporateNumber[] = "6900000000011";  // of the sample company

// The client of an engagement that nobody knows.
constexpr int kNobodysCopy = 15;

[[noreturn]] void Die(const std::string& what) {
  std::cerr << "filled database: " << what << std::endl;
  std::exit(2);
}

// The dump of one service's rows.
std::string ReadDump(const std::string& service) {
  const char* folder = std::getenv("STARACTION_FILLED");
  if (folder == nullptr) Die("STARACTION_FILLED names no folder with a dump of a run");
  const std::string path = absl::StrCat(folder, "/", service, ".sql");
  std::ifstream file(path);
  if (!file) Die(absl::StrCat(path, " is missing: tests/e2e/one_star makes it"));
  std::stringstream sql;
  sql << file.rdbuf();
  return sql.str();
}

void Execute(const std::string& url, const std::string& sql) {
  auto connection = pg::Connection::OpenBare(url);
  if (!connection.ok()) Die(connection.status().ToString());
  const auto rows = (*connection)->ExecText(sql);
  if (!rows.ok()) Die(rows.status().ToString());
}

// A function that tells the state of a company's rows by one hash; '' as client: of organization.
constexpr char kRowsFunction[] = R"(
  create or replace function rows_of(service text, organization text, client text) returns text
  language plpgsql as $$
  declare target text; part text; whole text := '';
  begin
    for target in
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = service
        and c.relname !~ '^(schema_|job|request|audit_|fact_)'
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'client_id')
      order by 1
    loop
      execute format('select coalesce(md5(string_agg(t::text, '''' order by t::text)), '''') '
                     'from %I.%I t where organization_id = $1::uuid and client_id = $2::uuid',
                     service, target) into part using organization, client;
      whole := whole || target || part || ' ';
    end loop;
    return whole;
  end $$)";

// Deletes rows of an organization in which a text stands that the pattern matches.
constexpr char kForgetFunction[] = R"(
  create or replace function forget(organization text, client text, pattern text) returns void
  language plpgsql set session_replication_role = replica as $$
  declare target regclass; fenced boolean;
  begin
    for target, fenced in
      select c.oid, exists (select from pg_attribute a
                            where a.attrelid = c.oid and a.attname = 'client_id')
      from pg_class c where c.relkind = 'r' and c.relforcerowsecurity and c.relname <> 'blob'
    loop
      execute format('delete from %s t where organization_id = $1::uuid and t::text ~ $2 %s',
                     target, case when client <> '' and fenced then 'and client_id = $3::uuid' end)
        using organization, pattern, client;
    end loop;
  end $$)";

constexpr char kDropPolicies[] = R"(
  do $$ declare target regclass; begin
    for target in select oid from pg_class where relkind = 'r' and relrowsecurity loop
      execute format('alter table %s disable row level security', target);
    end loop;
  end $$)";

// Rows begin with organization, client and engagement, one row a line.
std::map<std::string, std::string> VictimEngagements() {
  std::map<std::string, std::string> engagements;
  bool inside = false;
  for (const auto line : absl::StrSplit(ReadDump("engagement"), '\n')) {
    inside = absl::StartsWith(line, "INSERT INTO engagement.engagement ") ||
             (inside && absl::StartsWith(line, "\t("));
    const std::vector<std::string> ids = UuidsIn(std::string(line.substr(0, 130)));
    if (inside && ids.size() >= 3) engagements[ids[2]] = ids[1];
  }
  if (engagements.empty()) Die("the dump has no engagement");
  return engagements;
}

}  // namespace

std::string CopyOfId(const std::string& uuid, int copy) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string other = uuid;
  char& digit = other[24];
  const auto value = static_cast<size_t>(std::string(kDigits).find(digit));
  digit = kDigits[value ^ static_cast<size_t>(copy)];
  return other;
}

absl::StatusOr<engagement::v1::ResolveResponse> OpenAccess::Resolve(
    const Call&, const std::vector<std::string>& names) {
  engagement::v1::ResolveResponse response;
  const bool confined = !confined_.client.empty();
  for (int role = common::v1::ROLE_ADMIN; role <= common::v1::ROLE_PARTICIPANT; ++role) {
    // These would see all clients in lists.
    const bool wide = role == common::v1::ROLE_ADMIN || role == common::v1::ROLE_REPORTING;
    if (!confined || !wide) response.add_roles(static_cast<common::v1::Role>(role));
  }
  response.set_user_id(user_);
  for (const std::string& name : names) {
    const std::vector<std::string> parts = absl::StrSplit(name, '/');
    const std::string id = parts.size() > 1 ? parts[1] : "";
    auto* resolution = response.add_resolutions();
    *resolution->mutable_roles() = response.roles();
    const auto known = clients_.find(id);
    const bool engagement = parts[0] == "engagements";
    std::string client = id;
    if (engagement) client = known == clients_.end() ? CopyOfId(id, kNobodysCopy) : known->second;
    resolution->set_client("clients/" + (confined ? confined_.client : client));
    if (!engagement) continue;
    resolution->set_engagement("engagements/" + (confined ? confined_.engagement : id));
  }
  return response;
}

namespace {

std::string CopyOfDump(const std::string& dump, int copy) {
  const bool same_organization = copy == kOtherClientCopy;
  const std::string copied = MapUuids(dump, [&](const std::string& uuid) {
    return same_organization && uuid == kVictimOrganization ? uuid : CopyOfId(uuid, copy);
  });
  // An organization has a company once.
  return same_organization ? absl::StrReplaceAll(copied, {{kCorporateNumber, "6900000000012"}})
                           : copied;
}

}  // namespace

void FillDatabase(const std::string& service, const std::string& url, const std::string& issuer,
                  const std::set<int>& copies) {
  const std::string dump =
      "set session_replication_role = replica;\n" +
      absl::StrReplaceAll(ReadDump(service), {{"http://staraction.localhost", issuer}});
  for (const int copy : copies) Execute(url, copy == kOriginal ? dump : CopyOfDump(dump, copy));
  Execute(url, kRowsFunction);
  Execute(url, kForgetFunction);
}

void AddPerson(const std::string& url, const std::string& issuer, const Person& person) {
  const std::string role = common::v1::Role_Name(person.role);
  const bool of_company =
      person.role == common::v1::ROLE_PRESIDENT || person.role == common::v1::ROLE_SECURITY_MANAGER;
  const std::string user = NewUuid4();
  Execute(url, absl::StrCat("insert into engagement.user_account values ('", person.organization,
                            "', '", user, "', 'x', '", issuer, "', '", person.subject, "', '",
                            of_company ? "[]" : absl::StrCat("[\"", role, "\"]"),
                            "', false, now(), now(), 1) on conflict do nothing"));
  if (!of_company) return;
  Execute(url, absl::StrCat("insert into engagement.client_access values ('", person.organization,
                            "', '", person.company.client, "', gen_random_uuid(), '", user, "', '",
                            role, "', now(), null, 1)"));
}

Company VictimCompany() {
  const auto first = *VictimEngagements().begin();
  return {first.second, first.first};
}

Company CopyOf(const Company& company, int copy) {
  return {CopyOfId(company.client, copy), CopyOfId(company.engagement, copy)};
}

std::map<std::string, std::string> EngagementsOfAll() {
  std::map<std::string, std::string> all = VictimEngagements();
  for (const auto& [engagement, client] : VictimEngagements()) {
    for (const int copy : {kOtherOrganizationCopy, kOtherClientCopy}) {
      all[CopyOfId(engagement, copy)] = CopyOfId(client, copy);
    }
  }
  return all;
}

void ForgetAboutVictim(const TestDatabase& database, const std::string& organization,
                       const std::string& client) {
  std::string pattern = VictimCompany().client;
  for (const auto& [engagement, of] : VictimEngagements())
    absl::StrAppend(&pattern, "|", engagement);
  Execute(database.admin_url(),
          absl::StrCat("select forget('", organization, "', '", client, "', '", pattern, "')"));
}

void DropPolicies(const TestDatabase& database) {
  Execute(database.admin_url(), kDropPolicies);
}

std::string RowsOf(const std::string& service, const TestDatabase& database,
                   const std::string& organization, const std::string& client) {
  return database.Query(absl::StrCat("select rows_of('", service, "', '", organization, "', '",
                                     client, "') as value"));
}

}  // namespace staraction::test
