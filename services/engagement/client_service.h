#ifndef STARACTION_SERVICES_ENGAGEMENT_CLIENT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_CLIENT_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"

namespace staraction::engagement {

// Clients, accesses and rosters. Thread safe. (Clients and accesses: client_service.cc; the
// roster: member_methods.cc.)
class ClientService final : public v1::ClientService::CallbackService {
 public:
  ClientService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateClient(Context* context, const v1::CreateClientRequest* request,
                        v1::Client* response) override;
  Reactor* GetClient(Context* context, const v1::GetClientRequest* request,
                     v1::Client* response) override;
  Reactor* ListClients(Context* context, const v1::ListClientsRequest* request,
                       v1::ListClientsResponse* response) override;
  Reactor* UpdateClient(Context* context, const v1::UpdateClientRequest* request,
                        v1::Client* response) override;
  Reactor* DeleteClient(Context* context, const v1::DeleteClientRequest* request,
                        v1::Client* response) override;
  Reactor* UndeleteClient(Context* context, const v1::UndeleteClientRequest* request,
                          v1::Client* response) override;

  Reactor* CreateAccess(Context* context, const v1::CreateAccessRequest* request,
                        v1::Access* response) override;
  Reactor* ListAccesses(Context* context, const v1::ListAccessesRequest* request,
                        v1::ListAccessesResponse* response) override;
  Reactor* DeleteAccess(Context* context, const v1::DeleteAccessRequest* request,
                        v1::Access* response) override;

  Reactor* CreateMember(Context* context, const v1::CreateMemberRequest* request,
                        v1::Member* response) override;
  Reactor* GetMember(Context* context, const v1::GetMemberRequest* request,
                     v1::Member* response) override;
  Reactor* ListMembers(Context* context, const v1::ListMembersRequest* request,
                       v1::ListMembersResponse* response) override;
  Reactor* UpdateMember(Context* context, const v1::UpdateMemberRequest* request,
                        v1::Member* response) override;
  Reactor* ImportMembers(Context* context, const v1::ImportMembersRequest* request,
                         v1::ImportMembersResponse* response) override;

 private:
  absl::StatusOr<v1::ImportMembersResponse> Import(pg::Transaction& tx,
                                                   const v1::ImportMembersRequest& request) const;
  // The error about a taken corporate number in a form that offers the client that has it.
  absl::Status OfferExisting(const Call& call, const std::string& number,
                             const absl::Status& status);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_CLIENT_SERVICE_H_
