#include "common/erase/erase.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

using erasure::v1::EraseDataRequest;
using erasure::v1::EraseDataResponse;

const pg::Statement kErase("erase_client", R"(
  select erased, keep_until from erase_client($1, $2))",
                           pg::Statement::Role::kJobs);

// The service that keeps the record of who asked for an erasure.
constexpr char kKeeper[] = "engagement";

}  // namespace

grpc::ServerUnaryReactor* EraseServer::EraseData(grpc::CallbackServerContext* context,
                                                 const EraseDataRequest* request,
                                                 EraseDataResponse* response) {
  return rpc_.Unary(
      context, request, response, [this](const Call& call) -> absl::StatusOr<EraseDataResponse> {
        if (call.principal.service != kKeeper) {
          return MakeError(
              absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
              absl::StrCat("only ", kKeeper, " asks for this"), "この操作を行う権限がありません");
        }
        return Erase(call);
      });
}

absl::StatusOr<EraseDataResponse> EraseServer::Erase(const Call& call) {
  EraseDataResponse response;
  SA_RETURN_IF_ERROR(jobs_pool_.Run(call, [&](pg::Transaction& tx) -> absl::Status {
    SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kErase, {tx.organization(), call.client()}));
    response.set_row_count(rows[0].Int("erased"));
    pg::FieldFromColumn(rows[0], "keep_until",
                        EraseDataResponse::descriptor()->FindFieldByName("keep_until"), response);
    return absl::OkStatus();
  }));
  EraseDataRequest request;
  request.set_client(call.client_name());
  return pool_.Write(call, request,
                     [&](pg::Transaction&) { return absl::StatusOr<EraseDataResponse>(response); });
}

}  // namespace staraction
