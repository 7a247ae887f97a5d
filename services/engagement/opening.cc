#include "services/engagement/opening.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/plan.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

v1::Engagement::Editions EditionsOf(const content::v1::Offering& offering) {
  const auto& chosen = offering.editions();
  v1::Engagement::Editions editions;
  editions.set_rule_list(chosen.rule_list());
  editions.set_rule_check(chosen.rule_check());
  editions.set_course(chosen.course());
  editions.set_criteria_set(chosen.criteria_set());
  editions.set_declaration_procedure(chosen.declaration_procedure());
  editions.set_pledge_text(chosen.pledge_text());
  editions.set_president_pledge_text(chosen.president_pledge_text());
  editions.set_pack(absl::StrCat(offering.pack().urn(), "@", offering.pack().version()));
  editions.set_short_course(chosen.short_course());
  editions.set_briefing(chosen.briefing());
  return editions;
}

}  // namespace

const content::v1::Offering* Opening::FindOffering(const content::Library& library,
                                                   const std::string& name) {
  return name.rfind("offerings/", 0) == 0 ? library.FindOffering(LastId(name)) : nullptr;
}

absl::StatusOr<v1::Engagement> Opening::Open(Transaction& tx, const v1::Quote& quote,
                                             const v1::AcceptQuoteRequest& request) const {
  const auto* offering = FindOffering(library_, quote.offering());
  const auto* plan = offering == nullptr ? nullptr : library_.FindPlan(offering->plan());
  if (plan == nullptr) return Internal("offering or plan not loaded: " + quote.offering());
  const absl::CivilDay start = TokyoDay(tx.now());
  const absl::CivilDay due = domain::DueDay(*offering, start);
  v1::Engagement engagement;
  engagement.set_name("engagements/" + NewId(tx.now()));
  engagement.set_client(tx.call().client_name());
  engagement.set_quote(quote.name());
  engagement.set_offering(quote.offering());
  engagement.set_star(offering->star());
  *engagement.mutable_editions() = EditionsOf(*offering);
  engagement.set_state(v1::Engagement::STATE_CONTRACTED);
  *engagement.mutable_start_date() = ToProtoDate(start);
  *engagement.mutable_due_date() = ToProtoDate(due);
  engagement.set_plan(plan->id());
  engagement.set_pilot(request.pilot());
  SA_ASSIGN_OR_RETURN(engagement, kEngagements.Insert(tx, std::move(engagement)));
  for (v1::Task& task : domain::MakeTasks(*plan, start, due)) {
    task.set_name(engagement.name() + "/tasks/" + NewId(tx.now()));
    SA_RETURN_IF_ERROR(kTasks.Insert(tx, std::move(task)).status());
  }
  SA_ASSIGN_OR_RETURN(const v1::Readiness readiness, facts_.Judge(tx, engagement, {}));
  SA_RETURN_IF_ERROR(StoreSummary(tx, engagement.name(), readiness.summary()));
  return GetWithSummary(tx, engagement.name());
}

}  // namespace staraction::engagement
