#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_ROSTER_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_ROSTER_H_

#include <string>
#include <utility>
#include <vector>

#include "services/declaration/domain/act.h"
#include "services/declaration/domain/coverage.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/campaign_service.pb.h"
#include "staraction/engagement/v1/roster.pb.h"

// Who is asked to pledge. Pure: no I/O, no clock; safe for any number of threads.
namespace staraction::declaration::domain {

// Somebody on the roster, and whether the engagement counts them for pledges.
struct RosterPerson {
  engagement::v1::Member member;
  bool counted = true;
  std::string reason{};  // why not, for people, in Japanese
};

// Adds a member as the engagement sees them; not at all who has left or has not joined yet.
void AddPerson(const engagement::v1::RosterEntry& entry, std::vector<RosterPerson>& people);

// Approver of exemptions that follow from the roster.
inline constexpr char kByRoster[] = "roster";

// A pledge (without name) for everybody on the roster, in its order; those who are not counted are
// exempt.
std::vector<v1::Pledge> Freeze(const std::vector<RosterPerson>& roster,
                               const v1::Campaign& campaign, const Act& act);

// What the roster changes in the list of a rolling campaign.
struct ListChanges {
  struct Change {
    v1::Pledge pledge;
    v1::PledgeEvent event;
  };
  std::vector<Change> joined;   // without name
  std::vector<Change> changed;  // as read, with the change made
};
// Who is counted and not on the list joins it; who is asked and not counted is exempt; who is
// exempt by the roster and counted is asked. Nobody who pledged is touched.
ListChanges CompareForChange(const std::vector<v1::Pledge>& list,
                             const std::vector<RosterPerson>& roster, const v1::Campaign& campaign,
                             const Act& act);
// The same for people to look at, at most 1,000.
void AddDifferences(const std::vector<PledgeHistory>& list, const std::vector<RosterPerson>& roster,
                    v1::CampaignCoverage& report);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_ROSTER_H_
