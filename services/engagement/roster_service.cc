#include "services/engagement/roster_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/engagement/store/roster.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

// "engagements/{engagement}/denominatorRule" → "engagements/{engagement}".
std::string EngagementOf(const std::string& rule) {
  return rule.substr(0, rule.rfind('/'));
}

absl::Status CheckGroups(const v1::DenominatorRule& rule) {
  for (const int group : rule.left_out()) {
    if (v1::RosterGroup_IsValid(group) && group != v1::ROSTER_GROUP_UNSPECIFIED) continue;
    return InvalidField("denominator_rule.left_out",
                        absl::StrCat("came ", group, "; want groups such as ROSTER_GROUP_ON_LEAVE"),
                        absl::StrCat(group,
                                     " は区分ではありません。ROSTER_GROUP_ON_LEAVE "
                                     "などの区分を指定してください"));
  }
  return absl::OkStatus();
}

absl::Status CheckExemption(const v1::Exemption& exemption, absl::CivilDay today) {
  std::vector<Violation> wrong;
  if (exemption.approver() == exemption.member()) {
    wrong.push_back({"exemption.approver",
                     "is the exempt member; want another member of the client",
                     "対象外にする本人です。承認した別の人を指定してください"});
  }
  const auto approved = FromProtoDate(exemption.approve_date());
  if (approved && *approved > today) {
    wrong.push_back({"exemption.approve_date",
                     absl::StrCat("came ", FormatIsoDate(*approved), "; want today or earlier"),
                     absl::StrCat(FormatIsoDate(*approved),
                                  " は先の日付です。承認された日（今日まで）を入力してください")});
  }
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

absl::StatusOr<absl::CivilDay> LastDayOf(const v1::RevokeExemptionRequest& request,
                                         absl::CivilDay today) {
  const absl::CivilDay day = FromProtoDate(request.revoke_date()).value_or(today - 1);
  if (day <= today) return day;
  return InvalidField(
      "revoke_date", absl::StrCat("came ", FormatIsoDate(day), "; want today or earlier"),
      absl::StrCat(FormatIsoDate(day), " は先の日付です。今日までの日付を入力してください"));
}

}  // namespace

RosterService::Reactor* RosterService::ListRosterEntries(
    Context* context, const v1::ListRosterEntriesRequest* request,
    v1::ListRosterEntriesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call,
                      [&](Transaction& tx) { return FindRosterEntries(tx, library_, *request); });
  });
}

RosterService::Reactor* RosterService::GetDenominatorRule(
    Context* context, const v1::GetDenominatorRuleRequest* request, v1::DenominatorRule* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(
        call, [&](Transaction& tx) { return RuleOf(tx, library_, EngagementOf(request->name())); });
  });
}

RosterService::Reactor* RosterService::UpdateDenominatorRule(
    Context* context, const v1::UpdateDenominatorRuleRequest* request,
    v1::DenominatorRule* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::DenominatorRule> {
      const v1::DenominatorRule& patch = request->denominator_rule();
      SA_RETURN_IF_ERROR(CheckGroups(patch));
      // The engagement's row stands for a rule that may not be there yet.
      SA_RETURN_IF_ERROR(kEngagements.Lock(tx, EngagementOf(patch.name())).status());
      SA_ASSIGN_OR_RETURN(v1::DenominatorRule rule,
                          RuleOf(tx, library_, EngagementOf(patch.name())));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), rule.etag(), patch.name()));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &rule));
      const bool first = rule.from_offering();
      rule.set_from_offering(false);
      return first ? kDenominatorRules.Insert(tx, std::move(rule))
                   : kDenominatorRules.Update(tx, std::move(rule));
    });
  });
}

RosterService::Reactor* RosterService::CreateExemption(Context* context,
                                                       const v1::CreateExemptionRequest* request,
                                                       v1::Exemption* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Exemption> {
      // The foreign key alone would take an engagement of another client of the organization.
      SA_RETURN_IF_ERROR(kEngagements.Get(tx, request->parent()).status());
      v1::Exemption exemption = request->exemption();
      const absl::CivilDay today = TokyoDay(tx.now());
      SA_RETURN_IF_ERROR(CheckExemption(exemption, today));
      exemption.set_name(request->parent() + "/exemptions/" + NewId(tx.now()));
      if (!exemption.has_approve_date()) *exemption.mutable_approve_date() = ToProtoDate(today);
      exemption.set_recorded_by(call.Actor());
      return kExemptions.Insert(tx, std::move(exemption));
    });
  });
}

RosterService::Reactor* RosterService::GetExemption(Context* context,
                                                    const v1::GetExemptionRequest* request,
                                                    v1::Exemption* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kExemptions.Get(tx, request->name()); });
  });
}

RosterService::Reactor* RosterService::ListExemptions(Context* context,
                                                      const v1::ListExemptionsRequest* request,
                                                      v1::ListExemptionsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListExemptionsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kExemptions.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListExemptionsResponse::mutable_exemptions);
    });
  });
}

RosterService::Reactor* RosterService::RevokeExemption(Context* context,
                                                       const v1::RevokeExemptionRequest* request,
                                                       v1::Exemption* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Exemption> {
      SA_ASSIGN_OR_RETURN(v1::Exemption stored, kExemptions.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      if (stored.has_revoke_time()) return StateConflict(stored.name(), "REVOKED", "revoke");
      SA_ASSIGN_OR_RETURN(const absl::CivilDay last, LastDayOf(*request, TokyoDay(tx.now())));
      *stored.mutable_revoke_date() = ToProtoDate(last);
      *stored.mutable_revoke_time() = ToTimestamp(tx.now());
      stored.set_revoke_reason(request->reason());
      stored.set_revoked_by(call.Actor());
      return kExemptions.Update(tx, std::move(stored));
    });
  });
}

}  // namespace staraction::engagement
