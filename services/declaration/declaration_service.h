#ifndef STARACTION_SERVICES_DECLARATION_DECLARATION_SERVICE_H_
#define STARACTION_SERVICES_DECLARATION_DECLARATION_SERVICE_H_

#include <functional>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/resource/etag.h"
#include "common/rpc/rpc_layer.h"
#include "services/declaration/basis_reader.h"
#include "services/declaration/domain/declaration.h"
#include "services/declaration/engagement_reader.h"
#include "services/declaration/store/declarations.h"
#include "staraction/declaration/v1/declaration_service.grpc.pb.h"

namespace staraction::declaration {

// Self-declarations of companies; what the company did is recorded in record_methods.cc. Thread
// safe.
class DeclarationService final : public v1::DeclarationService::CallbackService {
 public:
  DeclarationService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                     EngagementReader& engagements, BasisReader& basis)
      : rpc_(rpc), pool_(pool), library_(library), engagements_(engagements), basis_(basis) {}

  grpc::ServerUnaryReactor* CreateDeclaration(grpc::CallbackServerContext* context,
                                              const v1::CreateDeclarationRequest* request,
                                              v1::Declaration* response) override;
  grpc::ServerUnaryReactor* GetDeclaration(grpc::CallbackServerContext* context,
                                           const v1::GetDeclarationRequest* request,
                                           v1::Declaration* response) override;
  grpc::ServerUnaryReactor* ListDeclarations(grpc::CallbackServerContext* context,
                                             const v1::ListDeclarationsRequest* request,
                                             v1::ListDeclarationsResponse* response) override;
  grpc::ServerUnaryReactor* SetDeclarationFields(grpc::CallbackServerContext* context,
                                                 const v1::SetDeclarationFieldsRequest* request,
                                                 v1::Declaration* response) override;
  grpc::ServerUnaryReactor* PrefillDeclaration(grpc::CallbackServerContext* context,
                                               const v1::PrefillDeclarationRequest* request,
                                               v1::Declaration* response) override;
  grpc::ServerUnaryReactor* AcknowledgeRules(grpc::CallbackServerContext* context,
                                             const v1::AcknowledgeRulesRequest* request,
                                             v1::Declaration* response) override;
  grpc::ServerUnaryReactor* PrepareDeclaration(grpc::CallbackServerContext* context,
                                               const v1::PrepareDeclarationRequest* request,
                                               v1::Declaration* response) override;
  grpc::ServerUnaryReactor* RecordSubmission(grpc::CallbackServerContext* context,
                                             const v1::RecordSubmissionRequest* request,
                                             v1::Declaration* response) override;
  grpc::ServerUnaryReactor* RecordIssue(grpc::CallbackServerContext* context,
                                        const v1::RecordIssueRequest* request,
                                        v1::Declaration* response) override;
  grpc::ServerUnaryReactor* PlanDeclaration(grpc::CallbackServerContext* context,
                                            const v1::PlanDeclarationRequest* request,
                                            v1::Declaration* response) override;
  grpc::ServerUnaryReactor* RecordLogo(grpc::CallbackServerContext* context,
                                       const v1::RecordLogoRequest* request,
                                       v1::Declaration* response) override;
  grpc::ServerUnaryReactor* RecordChange(grpc::CallbackServerContext* context,
                                         const v1::RecordChangeRequest* request,
                                         v1::Declaration* response) override;
  grpc::ServerUnaryReactor* RecordStop(grpc::CallbackServerContext* context,
                                       const v1::RecordStopRequest* request,
                                       v1::Declaration* response) override;

 private:
  // An act on a declaration: changes it and returns the event to be kept.
  using DeclarationAct = std::function<absl::StatusOr<v1::DeclarationEvent>(
      pg::Transaction& tx, v1::Declaration& declaration)>;
  // Locks the declaration, checks etag and state, acts, and stores declaration and event.
  template <typename Request>
  absl::StatusOr<v1::Declaration> ActOnDeclaration(const Call& call, const Request& request,
                                                   const std::string& verb,
                                                   const DeclarationAct& act);
  // As it is before a change for which others are asked first.
  absl::StatusOr<v1::Declaration> ReadBefore(const Call& call, const std::string& name);
  // The client's master data; remembers its GビズID in a transaction of its own, so that facts
  // which are collected next know it.
  template <typename Request>
  absl::StatusOr<engagement::v1::Client> ReadClient(const Call& call, const Request& request);
  // The declaration with what is computed for replies.
  absl::StatusOr<v1::Declaration> Complete(pg::Transaction& tx, v1::Declaration declaration) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  EngagementReader& engagements_;
  BasisReader& basis_;
};

template <typename Request>
absl::StatusOr<v1::Declaration> DeclarationService::ActOnDeclaration(const Call& call,
                                                                     const Request& request,
                                                                     const std::string& verb,
                                                                     const DeclarationAct& act) {
  return pool_.Write(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Declaration> {
    SA_ASSIGN_OR_RETURN(v1::Declaration declaration, kDeclarations.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), declaration.etag(), declaration.name()));
    SA_RETURN_IF_ERROR(domain::CheckAction(declaration, verb));
    SA_ASSIGN_OR_RETURN(const v1::DeclarationEvent event, act(tx, declaration));
    SA_RETURN_IF_ERROR(kDeclarationEvents.Append(tx, declaration.name(), event));
    SA_ASSIGN_OR_RETURN(declaration, kDeclarations.Update(tx, std::move(declaration)));
    return Complete(tx, std::move(declaration));
  });
}

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_DECLARATION_SERVICE_H_
