#include "services/engagement/domain/subsidy.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"

namespace staraction::engagement::domain {
namespace {

using absl::CivilDay;
using Code = v1::PlanWarning::Code;

void Warn(BackPlan& plan, Code code, const std::string& text) {
  v1::PlanWarning warning;
  warning.set_code(code);
  warning.set_text(text);
  plan.warnings.push_back(std::move(warning));
}

content::v1::GbizIdKind KindOf(const v1::Client& client) {
  switch (client.gbiz_id().kind()) {
    case v1::GbizId::KIND_PRIME:
      return content::v1::GBIZ_ID_KIND_PRIME;
    case v1::GbizId::KIND_MEMBER:
      return content::v1::GBIZ_ID_KIND_MEMBER;
    case v1::GbizId::KIND_ENTRY:
      return content::v1::GBIZ_ID_KIND_ENTRY;
    default:
      return content::v1::GBIZ_ID_KIND_UNSPECIFIED;
  }
}

bool Accepts(const content::v1::SubsidyProgramme& programme, const v1::Client& client) {
  const auto& kinds = programme.gbiz_id_kinds();
  return std::count(kinds.begin(), kinds.end(), KindOf(client)) > 0;
}

// A GビズID of the right kind that can be used, or is expected, by the day.
bool HasInTime(const content::v1::SubsidyProgramme& programme, const v1::Client& client,
               CivilDay day) {
  if (programme.gbiz_id_kinds().empty()) return true;
  if (!Accepts(programme, client)) return false;
  const auto expected = FromProtoDate(client.gbiz_id().expected_date());
  return client.gbiz_id().ready() || (expected && *expected <= day);
}

void CheckGbizId(const content::v1::SubsidyProgramme& programme,
                 const v1::Engagement::SubsidyTarget& target, const v1::Client& client,
                 CivilDay today, BackPlan& plan) {
  if (HasInTime(programme, client, plan.declare_by)) return;
  if (client.gbiz_id().kind() == v1::GbizId::KIND_NOT_ELIGIBLE) {
    plan.feasible = false;
    Warn(plan, v1::PlanWarning::CODE_GBIZ_NOT_ELIGIBLE,
         "GビズIDを取得できない団体のため、この補助金の申請には進めません。");
    return;
  }
  if (KindOf(client) != content::v1::GBIZ_ID_KIND_UNSPECIFIED && !Accepts(programme, client)) {
    Warn(plan, v1::PlanWarning::CODE_GBIZ_KIND,
         "お持ちのGビズIDの種類は、この補助金では使えません。代表者のGビズIDプライムをご用意くださ"
         "い。"
         "自己宣言も同じアカウントで行います。");
  }
  const std::string day = FormatJapaneseDate(plan.gbiz_apply_by);
  if (plan.gbiz_apply_by >= today) {
    Warn(plan, v1::PlanWarning::CODE_GBIZ_APPLY,
         absl::StrCat("GビズIDは", day, "までに申請してください。"));
    return;
  }
  const bool post = target.gbiz_id_route() != v1::Engagement::GBIZ_ID_ROUTE_ONLINE;
  plan.feasible = false;
  Warn(plan, v1::PlanWarning::CODE_GBIZ_TOO_LATE,
       absl::StrCat("GビズIDの申請は", day,
                    "までに必要でした。締め切りに間に合わないおそれがあります。",
                    post ? "オンラインで申請できるか、お確かめください。" : ""));
}

}  // namespace

BackPlan PlanBack(const content::v1::SubsidyProgramme& programme,
                  const v1::Engagement::SubsidyTarget& target, int star, const v1::Client& client,
                  const BusinessCalendar& calendar, CivilDay today) {
  const CivilDay application = FromProtoDate(target.application_date()).value_or(today);
  const int lead = target.gbiz_id_route() == v1::Engagement::GBIZ_ID_ROUTE_ONLINE
                       ? programme.gbiz_id_online_days()
                       : programme.gbiz_id_post_days();
  BackPlan plan;
  plan.declare_by = calendar.OnOrBefore(application - programme.days_before_application());
  plan.gbiz_apply_by = calendar.OnOrBefore(plan.declare_by - lead);
  if (plan.declare_by < today) {
    plan.feasible = false;
    Warn(plan, v1::PlanWarning::CODE_DECLARE_TOO_LATE,
         absl::StrCat("自己宣言は", FormatJapaneseDate(plan.declare_by),
                      "までに必要でした。この締め切りには間に合いません。"));
  }
  if (star < programme.star()) {
    plan.feasible = false;
    Warn(plan, v1::PlanWarning::CODE_STAR,
         "この補助金は二つ星の宣言を求めています。一つ星の支援だけでは条件を満たしません。");
  }
  CheckGbizId(programme, target, client, today, plan);
  return plan;
}

}  // namespace staraction::engagement::domain
