#include <utility>

#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/document/document_service.h"
#include "services/document/domain/life.h"
#include "services/document/model/compare.h"
#include "services/document/revision_service.h"
#include "services/document/store/revisions.h"
#include "services/document/store/tables.h"

namespace staraction::document {
namespace {

using pg::Transaction;
using v1::Revision;
using v1::RevisionAct;
using Reactor = RevisionService::Reactor;

constexpr int kMostChanges = 2000;

absl::StatusOr<Resolved> ResolveRevision(const Revision& revision) {
  const FieldValues values(revision.field_values().begin(), revision.field_values().end());
  return Resolve(revision.document(), values);
}

v1::RevisionChange ToMessage(const Difference& difference) {
  v1::RevisionChange change;
  change.set_kind(difference.before.empty()  ? v1::RevisionChange::KIND_ADDED
                  : difference.after.empty() ? v1::RevisionChange::KIND_REMOVED
                                             : v1::RevisionChange::KIND_CHANGED);
  change.set_place(difference.place);
  change.set_id(difference.id);
  change.set_before(difference.before);
  change.set_after(difference.after);
  return change;
}

}  // namespace

absl::StatusOr<Revision> RevisionService::Edit(const Call& call,
                                               const v1::EditDocumentRequest& request) {
  SA_ASSIGN_OR_RETURN(const Edited seen, pool_.Read(call, [&](Transaction& tx) {
    return ReadEdited(tx, request.name());
  }));
  const auto* from = templates_.Find(seen.document.template_());
  if (from == nullptr) return NoTemplate("document.template");
  const Wishes wishes = {seen.document.title(), seen.edits, request.edits(),
                         seen.document.establish_date()};
  SA_ASSIGN_OR_RETURN(const Generated generated,
                      generator_.Generate(call, *from, seen.document.subject(), wishes));
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<Revision> {
    SA_ASSIGN_OR_RETURN(Revision revision,
                        AddRevision(tx, seen.document, request.etag(), generated.revision));
    return domain::WithActions(std::move(revision));
  });
}

absl::StatusOr<v1::RevisionComparison> RevisionService::Compare(
    const Call& call, const v1::CompareRevisionsRequest& request) {
  const std::string document = DocumentOf(request.name());
  if (!request.base().empty() && DocumentOf(request.base()) != document) {
    return InvalidField("base", "is a revision of another document", "別の書類の版です");
  }
  SA_ASSIGN_OR_RETURN(
      const auto both,
      pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<std::pair<Revision, Revision>> {
        SA_ASSIGN_OR_RETURN(Revision newer, kRevisions.Get(tx, request.name()));
        if (!request.base().empty()) {
          SA_ASSIGN_OR_RETURN(Revision base, kRevisions.Get(tx, request.base()));
          return std::pair(std::move(base), std::move(newer));
        }
        SA_ASSIGN_OR_RETURN(Revision base, RevisionBefore(tx, newer));
        return std::pair(std::move(base), std::move(newer));
      }));
  SA_ASSIGN_OR_RETURN(const Resolved before, ResolveRevision(both.first));
  SA_ASSIGN_OR_RETURN(const Resolved after, ResolveRevision(both.second));
  v1::RevisionComparison comparison;
  comparison.set_base(both.first.name());
  comparison.set_revision(both.second.name());
  for (const Difference& each : document::Compare(before, after)) {
    if (comparison.changes_size() == kMostChanges) break;
    *comparison.add_changes() = ToMessage(each);
  }
  return comparison;
}

Reactor* RevisionService::EditDocument(Context* context, const v1::EditDocumentRequest* request,
                                       Revision* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Edit(call, *request); });
}

Reactor* RevisionService::CompareRevisions(Context* context,
                                           const v1::CompareRevisionsRequest* request,
                                           v1::RevisionComparison* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Compare(call, *request); });
}

Reactor* RevisionService::DownloadActScan(Context* context,
                                          const v1::DownloadActScanRequest* request,
                                          google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const RevisionAct act, kRevisionActs.Get(tx, request->name()));
      google::api::HttpBody body;
      body.set_content_type(act.scan().media_type());
      SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadScan(tx, act));
      return body;
    });
  });
}

}  // namespace staraction::document
