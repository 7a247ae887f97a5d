// The methods on files that show how something stands.

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/media_type.h"
#include "common/status/errors.h"
#include "google/api/httpbody.pb.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/diagnosis_service.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = DiagnosisService::Reactor;

absl::Status CheckFile(const v1::EvidenceFile& file) {
  if (!IsEvidenceType(file.media_type())) {
    return InvalidField("evidence_file.media_type",
                        "'" + file.media_type() +
                            "' is not accepted; want application/pdf, image/png or image/jpeg",
                        "PDF、PNG、JPEGのいずれかにしてください");
  }
  if (!BeginsAs(file.content(), file.media_type())) {
    return InvalidField("evidence_file.content", "its bytes are not " + file.media_type(),
                        "ファイルの中身が " + file.media_type() + " ではありません");
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::EvidenceFile> Store(Transaction& tx,
                                       const v1::CreateEvidenceFileRequest& request) {
  SA_RETURN_IF_ERROR(kDiagnoses.Get(tx, request.parent()).status());
  v1::EvidenceFile file = request.evidence_file();
  file.set_name(request.parent() + "/evidenceFiles/" + NewId(tx.now()));
  file.set_recorded_by(tx.call().Actor());
  if (!file.has_effective_date()) {
    *file.mutable_effective_date() = ToProtoDate(TokyoDay(tx.now()));
  }
  SA_RETURN_IF_ERROR(
      CheckPastDay(tx.call(), file.effective_date(), "evidence_file.effective_date"));
  SA_RETURN_IF_ERROR(StoreContent(tx, file));
  return kEvidenceFiles.Insert(tx, std::move(file));
}

}  // namespace

Reactor* DiagnosisService::CreateEvidenceFile(Context* context,
                                              const v1::CreateEvidenceFileRequest* request,
                                              v1::EvidenceFile* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::EvidenceFile> {
                      SA_RETURN_IF_ERROR(CheckFile(request->evidence_file()));
                      return pool_.Write(call, *request,
                                         [&](Transaction& tx) { return Store(tx, *request); });
                    });
}

Reactor* DiagnosisService::ListEvidenceFiles(Context* context,
                                             const v1::ListEvidenceFilesRequest* request,
                                             v1::ListEvidenceFilesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListEvidenceFilesResponse> {
      SA_RETURN_IF_ERROR(kDiagnoses.Get(tx, request->parent()).status());
      SA_ASSIGN_OR_RETURN(auto page, kEvidenceFiles.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page),
                            &v1::ListEvidenceFilesResponse::mutable_evidence_files);
    });
  });
}

Reactor* DiagnosisService::DownloadEvidenceFile(Context* context,
                                                const v1::DownloadEvidenceFileRequest* request,
                                                google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const v1::EvidenceFile file, kEvidenceFiles.Get(tx, request->name()));
      google::api::HttpBody body;
      body.set_content_type(file.media_type());
      SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadContent(tx, file));
      return body;
    });
  });
}

}  // namespace staraction::diagnosis
