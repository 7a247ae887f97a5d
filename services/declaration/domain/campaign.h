#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_CAMPAIGN_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_CAMPAIGN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/document/v1/approved_service.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"

// Rules of campaigns. Pure: no I/O, no clock; safe for any number of threads.
namespace staraction::declaration::domain {

// Verbs that a state allows, as in routes (":open").
std::vector<std::string> ActionsOf(const v1::Campaign& campaign);
std::vector<std::string> ActionsOf(const v1::Pledge& pledge, const v1::Campaign& campaign);
// STATE_CONFLICT unless the verb is one of them.
absl::Status CheckAction(const v1::Campaign& campaign, const std::string& verb);
absl::Status CheckAction(const v1::Pledge& pledge, const v1::Campaign& campaign,
                         const std::string& verb);

// STATE_CONFLICT unless it has been opened, be it closed by now.
absl::Status CheckOpened(const v1::Campaign& campaign, const std::string& verb);
// INVALID_FIELDS on `pledge` unless that is the name of a pledge of this campaign.
absl::Status CheckOwnPledge(const std::string& pledge, const v1::Campaign& campaign);

// A draft with texts and list of rules of the engagement's editions, as the library has them now,
// and with what `wanted` says. CRITERIA_UNMET naming what the library lacks.
absl::StatusOr<v1::Campaign> NewCampaign(const v1::Campaign& wanted,
                                         const engagement::v1::Engagement& engagement,
                                         const content::Library& library);

// A draft about policy and regulations as the company has approved them (`approved`, the policy
// first), with the texts of the engagement's editions. The documents are without their files.
// CRITERIA_UNMET naming what the library or the company lacks.
absl::StatusOr<v1::Campaign> NewPolicyCampaign(const v1::Campaign& wanted,
                                               const engagement::v1::Engagement& engagement,
                                               const std::vector<document::v1::Approved>& approved,
                                               const content::Library& library);
// Whether other revisions hold now than those that are pledged.
bool IsOutdated(const v1::Campaign& campaign, const std::vector<document::v1::Approved>& approved);

// Whether the president signs first, and nobody waived it.
bool PresidentFirst(const v1::Campaign& campaign);
// Whether the others wait for the president now.
bool AwaitsPresident(const v1::Campaign& campaign, const v1::Coverage& coverage);

// The text that this person signs.
const v1::PledgeText& TextFor(const v1::Pledge& pledge, const v1::Campaign& campaign);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_CAMPAIGN_H_
