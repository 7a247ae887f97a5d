// The front page and the responsibilities of CompanyService.

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/engagement/company_service.h"
#include "services/engagement/domain/code.h"
#include "services/engagement/store/home.h"
#include "services/engagement/store/roles.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

absl::Status CheckDates(const v1::RoleAssignment& role) {
  const auto start = FromProtoDate(role.start_date());
  const auto end = FromProtoDate(role.end_date());
  if (!end || !start || *end >= *start) return absl::OkStatus();
  return InvalidField("role_assignment.end_date",
                      absl::StrCat("came ", FormatIsoDate(*end), "; want a day on or after ",
                                   FormatIsoDate(*start)),
                      absl::StrCat(FormatIsoDate(*end), " は開始日より前です。",
                                   FormatIsoDate(*start), " 以降の日付を入力してください"));
}

}  // namespace

CompanyService::Reactor* CompanyService::GetClientHome(Context* context,
                                                       const v1::GetClientHomeRequest* request,
                                                       v1::ClientHome* response) {
  return rpc_.Unary(context, request, response, [this](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return ReadHome(tx, library_); });
  });
}

CompanyService::Reactor* CompanyService::CreateRoleAssignment(
    Context* context, const v1::CreateRoleAssignmentRequest* request,
    v1::RoleAssignment* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::RoleAssignment> {
      v1::RoleAssignment role = request->role_assignment();
      SA_RETURN_IF_ERROR(domain::CheckCode(*library_.FindCodeList("security-roles"), role.role(),
                                           "role_assignment.role"));
      if (!role.has_start_date()) *role.mutable_start_date() = ToProtoDate(TokyoDay(tx.now()));
      SA_RETURN_IF_ERROR(CheckDates(role));
      role.set_name(request->parent() + "/roleAssignments/" + NewId(tx.now()));
      const std::string name = role.name();
      SA_RETURN_IF_ERROR(kRoleAssignments.Insert(tx, std::move(role)).status());
      return GetRoleWithLabels(tx, library_, name);
    });
  });
}

CompanyService::Reactor* CompanyService::GetRoleAssignment(
    Context* context, const v1::GetRoleAssignmentRequest* request, v1::RoleAssignment* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(
        call, [&](Transaction& tx) { return GetRoleWithLabels(tx, library_, request->name()); });
  });
}

CompanyService::Reactor* CompanyService::ListRoleAssignments(
    Context* context, const v1::ListRoleAssignmentsRequest* request,
    v1::ListRoleAssignmentsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return FindRoles(tx, library_, *request); });
  });
}

CompanyService::Reactor* CompanyService::UpdateRoleAssignment(
    Context* context, const v1::UpdateRoleAssignmentRequest* request,
    v1::RoleAssignment* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::RoleAssignment> {
      const v1::RoleAssignment& patch = request->role_assignment();
      SA_ASSIGN_OR_RETURN(v1::RoleAssignment stored, kRoleAssignments.Lock(tx, patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
      SA_RETURN_IF_ERROR(CheckDates(stored));
      SA_RETURN_IF_ERROR(kRoleAssignments.Update(tx, std::move(stored)).status());
      return GetRoleWithLabels(tx, library_, patch.name());
    });
  });
}

}  // namespace staraction::engagement
