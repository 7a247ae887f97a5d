#include "services/engagement/outreach.h"

#include "common/base/date.h"
#include "common/base/macros.h"
#include "services/engagement/store/fact_sheets.h"
#include "services/engagement/store/messages.h"
#include "services/engagement/store/participation.h"
#include "services/engagement/store/roster.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

constexpr absl::Duration kCollectLimit = absl::Seconds(5);

std::map<std::string, v1::RosterEntry> ByMember(std::vector<v1::RosterEntry> entries) {
  std::map<std::string, v1::RosterEntry> by_member;
  for (v1::RosterEntry& entry : entries) {
    std::string name = entry.member().name();
    by_member.emplace(std::move(name), std::move(entry));
  }
  return by_member;
}

}  // namespace

Outreach::Outreach(const content::Library& library, FactCollection& facts,
                   const ParticipantEntry& entry, const Mailer& mailer)
    : library_(library),
      facts_(facts),
      entry_(entry),
      mailer_(mailer),
      calendar_(*library.Find<content::v1::HolidayCalendar>("japan")) {}

absl::Status Outreach::Collect(const Call& call, std::vector<std::string>* silent) {
  return facts_.CollectAll(call, kCollectLimit, silent);
}

absl::StatusOr<Outreach::Ground> Outreach::Load(pg::Transaction& tx, const std::string& engagement,
                                                const std::vector<std::string>& silent) const {
  Ground ground;
  const absl::CivilDay today = TokyoDay(tx.now());
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  SA_ASSIGN_OR_RETURN(const v1::Participation participation, ParticipationOf(tx, engagement));
  SA_ASSIGN_OR_RETURN(ground.rule, entry_.RuleOf(participation));
  SA_ASSIGN_OR_RETURN(StoredFacts stored, LoadFacts(tx));
  for (const std::string& service : silent) stored.sheets.erase(service);
  ground.facts.items = domain::OpenItems(stored.sheets, *ground.rule, engagement);
  SA_ASSIGN_OR_RETURN(auto rosters,
                      RostersOn(tx, library_, engagement,
                                {v1::ROSTER_PURPOSE_TRAINING, v1::ROSTER_PURPOSE_PLEDGE}, today));
  ground.facts.training = ByMember(std::move(rosters[0]));
  ground.facts.pledge = ByMember(std::move(rosters[1]));
  SA_ASSIGN_OR_RETURN(ground.facts.history, LoadHistory(tx, engagement));
  SA_ASSIGN_OR_RETURN(ground.facts.blocks, LoadBlocks(tx));
  ground.mail_obstacle = mailer_.Obstacle(organization);
  ground.facts.mail_available = ground.mail_obstacle.empty();
  return ground;
}

std::vector<v1::PlannedContact> Outreach::Plan(const Ground& ground, absl::Time now) const {
  return domain::PlanContacts(ground.facts, *ground.rule, calendar_, TokyoDay(now));
}

}  // namespace staraction::engagement
