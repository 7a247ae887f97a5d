#include "services/engagement/evidence_service.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {

using pg::Transaction;

EvidenceService::Reactor* EvidenceService::CreateEvidence(Context* context,
                                                          const v1::CreateEvidenceRequest* request,
                                                          v1::Evidence* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Evidence> {
        SA_RETURN_IF_ERROR(domain::CheckFile(request->evidence(), request->data()));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Evidence> {
          v1::Evidence evidence = request->evidence();
          SA_RETURN_IF_ERROR(CheckSubject(tx, request->parent(), evidence.subject()));
          const absl::CivilDay today = TokyoDay(tx.now());
          SA_RETURN_IF_ERROR(
              domain::CheckDay(FromProtoDate(evidence.effective_date()).value_or(today),
                               absl::CivilDay::min(), today, "evidence.effective_date"));
          evidence.set_name(request->parent() + "/evidences/" + NewId(tx.now()));
          evidence.set_recorded_by(tx.call().Actor());
          SA_RETURN_IF_ERROR(StoreFile(tx, request->data(), evidence));
          return kEvidences.Insert(tx, std::move(evidence));
        });
      });
}

EvidenceService::Reactor* EvidenceService::GetEvidence(Context* context,
                                                       const v1::GetEvidenceRequest* request,
                                                       v1::Evidence* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kEvidences.Get(tx, request->name()); });
  });
}

EvidenceService::Reactor* EvidenceService::ListEvidences(Context* context,
                                                         const v1::ListEvidencesRequest* request,
                                                         v1::ListEvidencesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListEvidencesResponse> {
      SA_ASSIGN_OR_RETURN(const PageQuery page,
                          ReadPage(request->page_size(), request->page_token(), *request, 1));
      SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
      SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                          EvidenceRows(tx, request->subject(), after, page.size + 1));
      return pg::ToResponse(kEvidences.ToPage(rows, page, *request),
                            &v1::ListEvidencesResponse::mutable_evidences);
    });
  });
}

EvidenceService::Reactor* EvidenceService::DownloadEvidence(
    Context* context, const v1::DownloadEvidenceRequest* request, google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const v1::Evidence evidence, kEvidences.Get(tx, request->name()));
      google::api::HttpBody body;
      body.set_content_type(evidence.media_type());
      SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadFile(tx, evidence));
      return body;
    });
  });
}

EvidenceService::Reactor* EvidenceService::RetractEvidence(
    Context* context, const v1::RetractEvidenceRequest* request, v1::Evidence* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Evidence> {
      SA_ASSIGN_OR_RETURN(v1::Evidence evidence, kEvidences.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), evidence.etag(), evidence.name()));
      if (evidence.has_retract_time()) {
        return StateConflict(evidence.name(), "RETRACTED", "retract");
      }
      evidence.set_retract_reason(request->reason());
      evidence.set_retracted_by(tx.call().Actor());
      *evidence.mutable_retract_time() = ToTimestamp(tx.now());
      return kEvidences.Update(tx, std::move(evidence));
    });
  });
}

}  // namespace staraction::engagement
