#include "services/asset/system_service.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/asset/domain/system_rules.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using pg::Transaction;

absl::Status CheckAssetsExist(Transaction& tx, const v1::System& system) {
  SA_ASSIGN_OR_RETURN(const auto missing,
                      MissingAssets(tx, {system.assets().begin(), system.assets().end()}));
  if (missing.empty()) return absl::OkStatus();
  const std::string names = absl::StrJoin(missing, ", ");
  return InvalidField("system.assets", absl::StrCat("not in the ledger: ", names),
                      absl::StrCat("台帳にない項目です: ", names));
}

}  // namespace

v1::System SystemService::Shown(const Call& call, v1::System system) const {
  domain::Show(schemes_.system_kinds(), TokyoDay(call.now), call.language, system);
  return system;
}

template <typename Store>
absl::StatusOr<v1::System> SystemService::Put(Transaction& tx, v1::System system,
                                              Store store) const {
  SA_RETURN_IF_ERROR(domain::CheckSystem(schemes_.system_kinds(), system));
  SA_RETURN_IF_ERROR(CheckAssetsExist(tx, system));
  if (system.quantity() == 0) system.set_quantity(1);
  absl::StatusOr<v1::System> stored = store(std::move(system));
  if (pg::ConstraintOf(stored.status()) == "system_entry_key") {
    return MakeError(absl::StatusCode::kAlreadyExists, error::v1::ERROR_REASON_ALREADY_EXISTS,
                     "the register has one of the same kind, name and serial number already",
                     "種類・名称・管理番号がすべて同じものが登録されています");
  }
  if (!stored.ok()) return stored.status();
  return Shown(tx.call(), *std::move(stored));
}

SystemService::Reactor* SystemService::CreateSystem(Context* context,
                                                    const v1::CreateSystemRequest* request,
                                                    v1::System* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) {
      v1::System system = request->system();
      system.set_name(absl::StrCat(request->parent(), "/systems/", NewId(tx.now())));
      return Put(tx, std::move(system),
                 [&](v1::System checked) { return kSystems.Insert(tx, std::move(checked)); });
    });
  });
}

SystemService::Reactor* SystemService::GetSystem(Context* context,
                                                 const v1::GetSystemRequest* request,
                                                 v1::System* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::System> {
      SA_ASSIGN_OR_RETURN(v1::System system, kSystems.Get(tx, request->name()));
      return Shown(call, std::move(system));
    });
  });
}

SystemService::Reactor* SystemService::ListSystems(Context* context,
                                                   const v1::ListSystemsRequest* request,
                                                   v1::ListSystemsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListSystemsResponse> {
      SA_ASSIGN_OR_RETURN(
          auto page, FindSystems(tx, *request, TokyoDay(call.now) + domain::kSupportEndingDays));
      for (v1::System& system : page.items) system = Shown(call, std::move(system));
      return pg::ToResponse(std::move(page), &v1::ListSystemsResponse::mutable_systems);
    });
  });
}

SystemService::Reactor* SystemService::UpdateSystem(Context* context,
                                                    const v1::UpdateSystemRequest* request,
                                                    v1::System* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::System> {
      const v1::System& patch = request->system();
      SA_ASSIGN_OR_RETURN(v1::System stored, kSystems.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
      return Put(tx, std::move(stored),
                 [&](v1::System checked) { return kSystems.Update(tx, std::move(checked)); });
    });
  });
}

SystemService::Reactor* SystemService::DeleteSystem(Context* context,
                                                    const v1::DeleteSystemRequest* request,
                                                    google::protobuf::Empty* response) {
  using google::protobuf::Empty;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<Empty> {
      SA_ASSIGN_OR_RETURN(const v1::System stored, kSystems.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      SA_RETURN_IF_ERROR(asset::DeleteSystem(tx, stored.name()));
      return Empty();
    });
  });
}

}  // namespace staraction::asset
