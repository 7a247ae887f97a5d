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

// The declaration that this one upgrades, unless it ended otherwise meanwhile.
absl::Status SupersedeEarlier(Transaction& tx, const v1::Declaration& later,
                              const domain::Act& act) {
  if (later.upgrades().empty()) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(v1::Declaration earlier, kDeclarations.Lock(tx, later.upgrades()));
  if (earlier.state() != v1::Declaration::STATE_ISSUED) return absl::OkStatus();
  const v1::DeclarationEvent event = domain::Supersede(later, act, earlier);
  SA_RETURN_IF_ERROR(kDeclarationEvents.Append(tx, earlier.name(), event));
  return kDeclarations.Update(tx, std::move(earlier)).status();
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
        call, *request, "recordIssue",
        [&](Transaction& tx, v1::Declaration& declaration) -> absl::StatusOr<v1::DeclarationEvent> {
          SA_ASSIGN_OR_RETURN(auto event,
                              domain::RecordIssue(*request, library_, ActOf(call), declaration));
          SA_RETURN_IF_ERROR(SupersedeEarlier(tx, declaration, ActOf(call)));
          return event;
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
