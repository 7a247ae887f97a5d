#ifndef STARACTION_SERVICES_ENGAGEMENT_COMPANY_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_COMPANY_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/company_service.grpc.pb.h"

namespace staraction::engagement {

// A client's front page, sites and responsibilities. Thread safe. (Sites: site_methods.cc; the
// others: role_methods.cc.)
class CompanyService final : public v1::CompanyService::CallbackService {
 public:
  CompanyService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetClientHome(Context* context, const v1::GetClientHomeRequest* request,
                         v1::ClientHome* response) override;

  Reactor* CreateSite(Context* context, const v1::CreateSiteRequest* request,
                      v1::Site* response) override;
  Reactor* GetSite(Context* context, const v1::GetSiteRequest* request,
                   v1::Site* response) override;
  Reactor* ListSites(Context* context, const v1::ListSitesRequest* request,
                     v1::ListSitesResponse* response) override;
  Reactor* UpdateSite(Context* context, const v1::UpdateSiteRequest* request,
                      v1::Site* response) override;
  Reactor* DeleteSite(Context* context, const v1::DeleteSiteRequest* request,
                      v1::Site* response) override;
  Reactor* UndeleteSite(Context* context, const v1::UndeleteSiteRequest* request,
                        v1::Site* response) override;

  Reactor* CreateRoleAssignment(Context* context, const v1::CreateRoleAssignmentRequest* request,
                                v1::RoleAssignment* response) override;
  Reactor* GetRoleAssignment(Context* context, const v1::GetRoleAssignmentRequest* request,
                             v1::RoleAssignment* response) override;
  Reactor* ListRoleAssignments(Context* context, const v1::ListRoleAssignmentsRequest* request,
                               v1::ListRoleAssignmentsResponse* response) override;
  Reactor* UpdateRoleAssignment(Context* context, const v1::UpdateRoleAssignmentRequest* request,
                                v1::RoleAssignment* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_COMPANY_SERVICE_H_
