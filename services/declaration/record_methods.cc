#include "common/status/errors.h"
#include "services/declaration/declaration_service.h"

// The methods of DeclarationService that record what the company did, or means to do.
namespace staraction::declaration {
namespace {

using pg::Transaction;

domain::Act ActOf(const Call& call) {
  return {call.Actor(), call.now};
}

absl::Status CheckSuccessor(Transaction& tx, const std::string& name) {
  if (name.empty() || kDeclarations.Get(tx, name).ok()) return absl::OkStatus();
  return InvalidField("superseded_by", "is no declaration of this client",
                      "このお客様の宣言ではありません");
}

}  // namespace

grpc::ServerUnaryReactor* DeclarationService::RecordSubmission(
    grpc::CallbackServerContext* context, const v1::RecordSubmissionRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnDeclaration(
        call, *request, "recordSubmission", [&](Transaction&, v1::Declaration& declaration) {
          return domain::RecordSubmission(*request, library_, ActOf(call), declaration);
        });
  });
}

grpc::ServerUnaryReactor* DeclarationService::RecordIssue(grpc::CallbackServerContext* context,
                                                          const v1::RecordIssueRequest* request,
                                                          v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnDeclaration(
        call, *request, "recordIssue", [&](Transaction&, v1::Declaration& declaration) {
          return domain::RecordIssue(*request, library_, ActOf(call), declaration);
        });
  });
}

grpc::ServerUnaryReactor* DeclarationService::RecordStop(grpc::CallbackServerContext* context,
                                                         const v1::RecordStopRequest* request,
                                                         v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnDeclaration(
        call, *request, "recordStop",
        [&](Transaction& tx, v1::Declaration& declaration) -> absl::StatusOr<v1::DeclarationEvent> {
          SA_RETURN_IF_ERROR(CheckSuccessor(tx, request->superseded_by()));
          return domain::RecordStop(*request, ActOf(call), declaration);
        });
  });
}

grpc::ServerUnaryReactor* DeclarationService::PlanDeclaration(
    grpc::CallbackServerContext* context, const v1::PlanDeclarationRequest* request,
    v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnDeclaration(call, *request, "plan",
                            [&](Transaction&, v1::Declaration& declaration) {
                              return domain::Plan(*request, ActOf(call), declaration);
                            });
  });
}

grpc::ServerUnaryReactor* DeclarationService::RecordLogo(grpc::CallbackServerContext* context,
                                                         const v1::RecordLogoRequest* request,
                                                         v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnDeclaration(call, *request, "recordLogo",
                            [&](Transaction&, v1::Declaration& declaration) {
                              return domain::RecordLogo(*request, ActOf(call), declaration);
                            });
  });
}

grpc::ServerUnaryReactor* DeclarationService::RecordChange(grpc::CallbackServerContext* context,
                                                           const v1::RecordChangeRequest* request,
                                                           v1::Declaration* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnDeclaration(
        call, *request, "recordChange", [&](Transaction&, v1::Declaration& declaration) {
          return domain::RecordChange(*request, library_, ActOf(call), declaration);
        });
  });
}

}  // namespace staraction::declaration
