#include "services/document/store/documents.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/document/domain/kinds.h"
#include "services/document/store/tables.h"

namespace staraction::document {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;
using pg::Transaction;

const Statement kFindDocument("document_find", [] {
  return absl::StrCat("select ", kDocuments.SelectList(), R"( from document
    where organization_id = $1 and client_id = $2 and template_id = $3 and subject = $4)");
});

const Statement kFindRendering("rendering_find", [] {
  return absl::StrCat("select ", kRenderings.SelectList(), R"( from rendering
    where organization_id = $1 and client_id = $2 and revision_id = $3::uuid
      and member_id is not distinct from nullif($4::text, '')::uuid
      and media_type = $5 and state = $6)");
});

const Statement kStoreBytes("rendering_bytes_store", R"(
  insert into blob (organization_id, client_id, blob_id, sha256, media_type, size, create_time, data)
  values ($1, $2, $3, sha256($4::bytea), $5, length($4::bytea), $6, $4)
  returning size, encode(sha256, 'hex') as sha256)");

const Statement kReadBytes("rendering_bytes_read", R"(
  select data from blob where organization_id = $1 and client_id = $2 and blob_id = $3)");

const Statement kFacts("document_facts", R"(
  select coalesce(d.engagement_id::text, '') as engagement_id, d.kind,
         bool_or(r.rendering_id is not null) as rendered
  from document d
  left join rendering r on r.organization_id = d.organization_id and r.client_id = d.client_id
                       and r.document_id = d.document_id
  where d.organization_id = $1 and d.client_id = $2
    and ($3::text = '' or d.engagement_id is null or d.engagement_id = nullif($3::text, '')::uuid)
  group by d.engagement_id, d.kind
  order by d.engagement_id, d.kind)");

// What holds of each kind that the company approves: the document whose revision was approved last.
const Statement kApproved("document_approved", R"(
  select distinct on (kind) kind, document_id::text as document, approved_revision_id::text as revision
  from document
  where organization_id = $1 and client_id = $2
    and kind in ('DOCUMENT_KIND_BASIC_POLICY', 'DOCUMENT_KIND_REGULATIONS')
  order by kind, approved_revision_id desc nulls last)");

absl::Status AddApprovals(Transaction& tx, std::vector<fact::v1::Fact>& facts) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kApproved, {tx.organization(), tx.call().client()}));
  for (const Row row : rows) {
    const bool policy = row.Text("kind") == "DOCUMENT_KIND_BASIC_POLICY";
    const bool approved = !row.IsNull("revision");
    facts.push_back(TruthFact(policy ? "policy.approved" : "regulations.approved", "", approved));
    if (!approved) continue;
    facts.push_back(
        TextFact(policy ? "policy.revision" : "regulations.revision", "",
                 absl::StrCat(tx.call().client_name(), "/documents/", row.Text("document"),
                              "/revisions/", row.Text("revision"))));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckIsNew(Transaction& tx, const v1::Document& document) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kFindDocument, {tx.organization(), tx.call().client(),
                                              LastId(document.template_()), document.subject()}));
  if (rows.empty()) return absl::OkStatus();
  return AlreadyExists("document", kDocuments.FromRow(rows[0]).name());
}

absl::StatusOr<std::optional<v1::Rendering>> FindRendering(Transaction& tx,
                                                           const RenderingKey& key) {
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kFindRendering,
              {tx.organization(), tx.call().client(), LastId(key.revision), LastId(key.member),
               key.media_type, v1::Revision::State_Name(key.state)}));
  if (rows.empty()) return std::nullopt;
  return kRenderings.FromRow(rows[0]);
}

absl::StatusOr<v1::Rendering> StoreRendering(Transaction& tx, v1::Rendering rendering,
                                             const std::string& bytes) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kStoreBytes, {tx.organization(), tx.call().client(),
                                            LastId(rendering.name()), pg::ToByteaParam(bytes),
                                            rendering.media_type(), pg::ToParam(tx.now())}));
  rendering.set_size(static_cast<int>(rows[0].Int("size")));
  rendering.set_sha256(rows[0].Text("sha256"));
  return kRenderings.Insert(tx, std::move(rendering));
}

absl::StatusOr<std::string> ReadBytes(Transaction& tx, const v1::Rendering& rendering) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadBytes, {tx.organization(), tx.call().client(),
                                                            LastId(rendering.name())}));
  if (rows.empty()) return Internal("no bytes of " + rendering.name());
  return rows[0].Bytes("data");
}

absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(Transaction& tx,
                                                         const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kFacts, {tx.organization(), tx.call().client(), LastId(engagement)}));
  std::vector<fact::v1::Fact> facts;
  for (const Row row : rows) {
    v1::DocumentKind kind = v1::DOCUMENT_KIND_UNSPECIFIED;
    v1::DocumentKind_Parse(row.Text("kind"), &kind);
    const domain::Kind* found = domain::FindKind(kind);
    if (found == nullptr || *found->fact == '\0') continue;
    const std::string id = row.Text("engagement_id");
    facts.push_back(
        TruthFact(found->fact, id.empty() ? "" : "engagements/" + id, row.Bool("rendered")));
  }
  SA_RETURN_IF_ERROR(AddApprovals(tx, facts));
  return facts;
}

}  // namespace staraction::document
