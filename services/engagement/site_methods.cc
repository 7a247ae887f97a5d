// The sites' part of CompanyService.

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/engagement/company_service.h"
#include "services/engagement/domain/code.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr char kSiteKinds[] = "site-kinds";

}  // namespace

CompanyService::Reactor* CompanyService::CreateSite(Context* context,
                                                    const v1::CreateSiteRequest* request,
                                                    v1::Site* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Site> {
      v1::Site site = request->site();
      SA_RETURN_IF_ERROR(
          domain::CheckCode(*library_.FindCodeList(kSiteKinds), site.kind(), "site.kind"));
      site.set_name(request->parent() + "/sites/" + NewId(tx.now()));
      return kSites.Insert(tx, std::move(site));
    });
  });
}

CompanyService::Reactor* CompanyService::GetSite(Context* context,
                                                 const v1::GetSiteRequest* request,
                                                 v1::Site* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kSites.Get(tx, request->name()); });
  });
}

CompanyService::Reactor* CompanyService::ListSites(Context* context,
                                                   const v1::ListSitesRequest* request,
                                                   v1::ListSitesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListSitesResponse> {
      SA_ASSIGN_OR_RETURN(auto page,
                          kSites.List(tx, request->parent(), *request, request->show_deleted()));
      return pg::ToResponse(std::move(page), &v1::ListSitesResponse::mutable_sites);
    });
  });
}

CompanyService::Reactor* CompanyService::UpdateSite(Context* context,
                                                    const v1::UpdateSiteRequest* request,
                                                    v1::Site* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Site> {
      const v1::Site& patch = request->site();
      SA_ASSIGN_OR_RETURN(v1::Site stored, kSites.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
      SA_RETURN_IF_ERROR(
          domain::CheckCode(*library_.FindCodeList(kSiteKinds), stored.kind(), "site.kind"));
      return kSites.Update(tx, std::move(stored));
    });
  });
}

CompanyService::Reactor* CompanyService::DeleteSite(Context* context,
                                                    const v1::DeleteSiteRequest* request,
                                                    v1::Site* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Site> {
      SA_ASSIGN_OR_RETURN(v1::Site stored, kSites.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      if (stored.has_delete_time()) return StateConflict(stored.name(), "DELETED", "delete");
      *stored.mutable_delete_time() = ToTimestamp(tx.now());
      return kSites.Update(tx, std::move(stored));
    });
  });
}

CompanyService::Reactor* CompanyService::UndeleteSite(Context* context,
                                                      const v1::UndeleteSiteRequest* request,
                                                      v1::Site* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Site> {
      SA_ASSIGN_OR_RETURN(v1::Site stored, kSites.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      if (!stored.has_delete_time()) return StateConflict(stored.name(), "PRESENT", "undelete");
      stored.clear_delete_time();
      return kSites.Update(tx, std::move(stored));
    });
  });
}

}  // namespace staraction::engagement
