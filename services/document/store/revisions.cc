#include "services/document/store/revisions.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/document/domain/life.h"
#include "services/document/generator.h"
#include "services/document/store/tables.h"

namespace staraction::document {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;
using pg::Transaction;

const Statement kReadActs("revision_acts", [] {
  return absl::StrCat("select ", kRevisionActs.SelectList(), R"( from revision_act
    where organization_id = $1 and client_id = $2 and document_id = $3 and revision_id = $4
    order by revision_act_id)");
});

const Statement kFindNumber("revision_find_number", [] {
  return absl::StrCat("select ", kRevisions.SelectList(), R"( from revision
    where organization_id = $1 and client_id = $2 and document_id = $3 and number = $4)");
});

const Statement kSetLife("revision_set_life", [] {
  return absl::StrCat(R"(
  update revision set state = $5, approver_display_name = $6, approve_date = $7, publish_date = $8,
                      update_time = $9, version = version + 1
  where organization_id = $1 and client_id = $2 and document_id = $3 and revision_id = $4
  returning )",
                      kRevisions.SelectList());
});

const Statement kFindApproved("revision_approved", R"(
  select revision_id::text as id, number from revision
  where organization_id = $1 and client_id = $2 and document_id = $3
    and state in ('STATE_APPROVED', 'STATE_PUBLISHED')
  order by number desc limit 1)");

// Columns of both tables have the same names: the revision's are the only ones but for the kind.
const Statement kApproved("revisions_approved", [] {
  return absl::StrCat("select k.kind, ", kRevisions.SelectList(), R"(
    from revision
    join (select kind, approved_revision_id, array_position($3::text[], kind) as place
          from document
          where organization_id = $1 and client_id = $2 and kind = any ($3::text[])) k
      on approved_revision_id = revision_id
    where organization_id = $1 and client_id = $2
    order by k.place, document_id)");
});

const Statement kStoreScan("act_scan_store", R"(
  insert into blob (organization_id, client_id, blob_id, sha256, media_type, size, effective_date,
                    create_time, data)
  values ($1, $2, $3, sha256($4::bytea), $5, length($4::bytea), $6, $7, $4)
  returning size, encode(sha256, 'hex') as sha256)");

const Statement kReadScan("act_scan_read", R"(
  select data from blob where organization_id = $1 and client_id = $2 and blob_id = $3)");

pg::Param DayParam(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  return day ? pg::Param(FormatIsoDate(*day)) : pg::Param();
}

absl::Status StoreScan(Transaction& tx, const std::string& bytes, v1::RevisionAct& act) {
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kStoreScan,
              {tx.organization(), tx.call().client(), LastId(act.name()), pg::ToByteaParam(bytes),
               act.scan().media_type(), DayParam(act.effective_date()), pg::ToParam(tx.now())}));
  act.mutable_scan()->set_size(rows[0].Int("size"));
  act.mutable_scan()->set_sha256(rows[0].Text("sha256"));
  return absl::OkStatus();
}

// What holds of the document now, and since when.
absl::Status FollowRevision(Transaction& tx, const v1::Revision& revision) {
  SA_ASSIGN_OR_RETURN(v1::Document document, kDocuments.Get(tx, DocumentOf(revision.name())));
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kFindApproved, {tx.organization(), tx.call().client(), LastId(document.name())}));
  document.clear_approved_revision();
  document.clear_approved_number();
  if (!rows.empty()) {
    document.set_approved_revision(
        absl::StrCat(document.name(), "/revisions/", rows[0].Text("id")));
    document.set_approved_number(static_cast<int>(rows[0].Int("number")));
  }
  if (!document.has_establish_date() && revision.state() == v1::Revision::STATE_APPROVED) {
    *document.mutable_establish_date() = revision.approve_date();
  }
  return kDocuments.Update(tx, std::move(document)).status();
}

}  // namespace

std::string DocumentOf(const std::string& revision) {
  return revision.substr(0, revision.find("/revisions/"));
}

absl::StatusOr<Edited> ReadEdited(Transaction& tx, const std::string& document) {
  Edited edited;
  SA_ASSIGN_OR_RETURN(edited.document, kDocuments.Get(tx, document));
  SA_ASSIGN_OR_RETURN(v1::Revision latest, kRevisions.Get(tx, edited.document.latest_revision()));
  edited.edits = std::move(*latest.mutable_edits());
  return edited;
}

absl::StatusOr<v1::Revision> RevisionBefore(Transaction& tx, const v1::Revision& revision) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kFindNumber, {tx.organization(), tx.call().client(),
                                            LastId(DocumentOf(revision.name())),
                                            pg::ToParam(int64_t{revision.number() - 1})}));
  if (!rows.empty()) return kRevisions.FromRow(rows[0]);
  return InvalidField("base", "is empty, and this is the document's first revision",
                      "最初の版なので、比べる前の版がありません");
}

absl::StatusOr<std::vector<ApprovedRevision>> ReadApproved(
    Transaction& tx, const google::protobuf::RepeatedField<int>& kinds) {
  std::vector<std::string> names;
  for (const int kind : kinds) {
    names.push_back(v1::DocumentKind_Name(static_cast<v1::DocumentKind>(kind)));
  }
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kApproved, {tx.organization(), tx.call().client(),
                                                           pg::ToArrayParam(names)}));
  std::vector<ApprovedRevision> all;
  for (const Row row : rows) {
    ApprovedRevision& each = all.emplace_back();
    v1::DocumentKind_Parse(row.Text("kind"), &each.kind);
    each.revision = kRevisions.FromRow(row);
  }
  return all;
}

absl::StatusOr<v1::Revision> AddRevision(Transaction& tx, const v1::Document& seen,
                                         const std::string& etag, v1::Revision revision) {
  SA_ASSIGN_OR_RETURN(v1::Document document, kDocuments.Lock(tx, seen.name()));
  SA_RETURN_IF_ERROR(CheckEtag(etag, document.etag(), document.name()));
  if (document.latest_revision() != seen.latest_revision()) return EtagMismatch(document.name());
  revision.set_name(absl::StrCat(document.name(), "/revisions/", NewId(tx.now())));
  SetNumber(document.revision_count() + 1, revision);
  document.set_revision_count(revision.number());
  document.set_latest_revision(revision.name());
  SA_RETURN_IF_ERROR(kDocuments.Update(tx, std::move(document)).status());
  return kRevisions.Insert(tx, std::move(revision));
}

absl::StatusOr<v1::Revision> LockRevision(Transaction& tx, const std::string& name) {
  SA_RETURN_IF_ERROR(kDocuments.Lock(tx, DocumentOf(name)).status());
  SA_ASSIGN_OR_RETURN(v1::Revision revision, kRevisions.Get(tx, name));
  SA_RETURN_IF_ERROR(ReadActs(tx, revision));
  return revision;
}

absl::Status ReadActs(Transaction& tx, v1::Revision& revision) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadActs, {tx.organization(), tx.call().client(),
                                                           LastId(DocumentOf(revision.name())),
                                                           LastId(revision.name())}));
  for (const Row row : rows) *revision.add_acts() = kRevisionActs.FromRow(row);
  return absl::OkStatus();
}

absl::StatusOr<v1::Revision> StoreAct(Transaction& tx, v1::Revision revision, v1::RevisionAct act,
                                      const std::string& scan) {
  act.set_name(absl::StrCat(revision.name(), "/revisionActs/", NewId(tx.now())));
  act.set_state(revision.state());
  act.set_digest(revision.digest());
  act.set_recorded_by(tx.call().Actor());
  if (!scan.empty()) SA_RETURN_IF_ERROR(StoreScan(tx, scan, act));
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kSetLife, {tx.organization(), tx.call().client(), LastId(DocumentOf(revision.name())),
                         LastId(revision.name()), v1::Revision::State_Name(revision.state()),
                         revision.approver_display_name(), DayParam(revision.approve_date()),
                         DayParam(revision.publish_date()), pg::ToParam(tx.now())}));
  v1::Revision stored = kRevisions.FromRow(rows[0]);
  *stored.mutable_acts() = std::move(*revision.mutable_acts());
  SA_ASSIGN_OR_RETURN(*stored.add_acts(), kRevisionActs.Insert(tx, std::move(act)));
  SA_RETURN_IF_ERROR(FollowRevision(tx, stored));
  return stored;
}

absl::StatusOr<std::string> ReadScan(Transaction& tx, const v1::RevisionAct& act) {
  if (!act.has_scan()) return NotFound(act.name());
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadScan, {tx.organization(), tx.call().client(),
                                                           LastId(act.name())}));
  if (rows.empty()) return Internal("no bytes of " + act.name());
  return rows[0].Bytes("data");
}

}  // namespace staraction::document
