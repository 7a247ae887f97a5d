#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_CAMPAIGN_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_CAMPAIGN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/campaign_service.pb.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"

// Rules of campaigns and pledges. Pure: no I/O, no clock; safe for any number of threads.
namespace staraction::declaration::domain {

// Verbs that a state allows, as in routes (":open").
std::vector<std::string> ActionsOf(v1::Campaign::State state);
std::vector<std::string> ActionsOf(const v1::Pledge& pledge, v1::Campaign::State campaign);
// STATE_CONFLICT unless the verb is one of them.
absl::Status CheckAction(const v1::Campaign& campaign, const std::string& verb);
absl::Status CheckAction(const v1::Pledge& pledge, v1::Campaign::State campaign,
                         const std::string& verb);

// A draft with texts and list of rules of the engagement's editions, as the library has them now.
// CRITERIA_UNMET naming what the library lacks.
absl::StatusOr<v1::Campaign> NewCampaign(const engagement::v1::Engagement& engagement,
                                         const content::Library& library);

// One pledge (without name) for everybody on the roster who has not left, in its order; those on
// leave are exempt.
std::vector<v1::Pledge> Freeze(const std::vector<engagement::v1::Member>& roster, const Act& act);

// The text that this person signs.
const v1::PledgeText& TextFor(const v1::Pledge& pledge, const v1::Campaign& campaign);

// Each of these changes the pledge and returns the event to be kept. Violations: INVALID_FIELDS.
absl::StatusOr<v1::PledgeEvent> Sign(const v1::SignPledgeRequest& request,
                                     const v1::Campaign& campaign, const Act& act,
                                     v1::Pledge& pledge);
// `scan` is that of the stored bytes, without an id if there are none.
absl::StatusOr<v1::PledgeEvent> Record(const v1::RecordPledgeRequest& request, const v1::Scan& scan,
                                       const v1::Campaign& campaign, const Act& act,
                                       v1::Pledge& pledge);
// `own`: by the person; others record what the person told them.
absl::StatusOr<v1::PledgeEvent> Withdraw(const v1::WithdrawPledgeRequest& request, bool own,
                                         const Act& act, v1::Pledge& pledge);
v1::PledgeEvent Exempt(const v1::ExemptPledgeRequest& request, const Act& act, v1::Pledge& pledge);
v1::PledgeEvent Include(const v1::IncludePledgeRequest& request, const Act& act,
                        v1::Pledge& pledge);

// What is wrong with a scan: its media type is not one of ours, or the bytes are something else.
absl::Status CheckScan(const std::string& bytes, const std::string& media_type);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_CAMPAIGN_H_
