#include "services/declaration/store/page_checks.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "google/protobuf/generated_message_reflection.h"
#include "services/declaration/store/inquiries.h"
#include "staraction/document/v1/document.pb.h"

namespace staraction::declaration {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;
using pg::TableSpec;
using pg::Transaction;

const Statement kLatest("page_check_latest", [] {
  return absl::StrCat("select distinct on (publication_id) ", kPageChecks.SelectList(),
                      R"( from page_check
    where organization_id = $1 and client_id = $2 and publication_id = any ($3::uuid[])
    order by publication_id, page_check_id desc)");
});

const Statement kPolicies("publication_policies", R"(
  select count(*) filter (where p.url <> '' or p.proof is not null) as counting,
    count(*) filter (where p.url <> '' and last.status in ('STATUS_DIFFERENT', 'STATUS_GONE'))
      as drifted
  from publication p
  left join lateral (
    select c.status from page_check c
    where c.organization_id = p.organization_id and c.client_id = p.client_id
      and c.publication_id = p.publication_id and c.status <> 'STATUS_CANNOT_TELL'
    order by c.page_check_id desc limit 1) last on true
  where p.organization_id = $1 and p.client_id = $2 and p.kind = 'KIND_POLICY'
    and p.state = 'STATE_PUBLISHED')");

const Statement kPolicy("publication_policy", [] {
  return absl::StrCat("select ", kPublications.SelectList(), R"( from publication
    where organization_id = $1 and client_id = $2 and kind = 'KIND_POLICY'
      and state = 'STATE_PUBLISHED' and (url <> '' or proof is not null)
    order by publish_date desc, publication_id desc limit 1)");
});

}  // namespace

const pg::Table<v1::PageCheck> kPageChecks([] {
  // The table asks what names of revisions look like.
  google::protobuf::LinkMessageReflection<document::v1::Revision>();
  return TableSpec{.table = "page_check"};
}());

absl::StatusOr<std::map<std::string, v1::PageCheck>> ReadLatestPageChecks(
    Transaction& tx, const std::vector<std::string>& publications) {
  std::map<std::string, v1::PageCheck> latest;
  if (publications.empty()) return latest;
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kLatest, {tx.organization(), tx.call().client(),
                                                         pg::ToArrayParam(publications)}));
  for (const Row row : rows) {
    v1::PageCheck check = kPageChecks.FromRow(row);
    const std::string publication = check.name().substr(0, check.name().find("/pageChecks/"));
    latest[LastId(publication)] = std::move(check);
  }
  return latest;
}

absl::StatusOr<PolicyPublications> ReadPolicyPublications(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kPolicies, {tx.organization(), tx.call().client()}));
  return PolicyPublications{rows[0].Int("counting") > 0, rows[0].Int("drifted") > 0};
}

absl::StatusOr<v1::Publication> ReadPolicyPublication(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kPolicy, {tx.organization(), tx.call().client()}));
  return rows.empty() ? v1::Publication() : kPublications.FromRow(rows[0]);
}

}  // namespace staraction::declaration
