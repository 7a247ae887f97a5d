#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CONTACT_PLAN_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CONTACT_PLAN_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/calendar/business_calendar.h"
#include "services/engagement/domain/readiness.h"
#include "staraction/content/v1/contact.pb.h"
#include "staraction/engagement/v1/contact_service.pb.h"
#include "staraction/engagement/v1/message_service.pb.h"
#include "staraction/engagement/v1/roster.pb.h"

// Who is due for what, by which way and from when.
namespace staraction::engagement::domain {

// What is open by member's name, of one engagement, in the order of the rule's labels. Facts that
// the rule has no words for are left out.
std::map<std::string, std::vector<v1::OpenItem>> OpenItems(const FactSheets& sheets,
                                                           const content::v1::ContactRule& rule,
                                                           const std::string& engagement);

// What a member has had in an engagement.
struct ContactHistory {
  int messages = 0;                        // mails and slips, those that came back not counted
  absl::Time last = absl::InfinitePast();  // the last of them, or the last call that reached
};

// Everything that a plan is made from. By member's name where not said otherwise.
struct ContactFacts {
  std::map<std::string, std::vector<v1::OpenItem>> items;
  // Rosters of today, by what they are for.
  std::map<std::string, v1::RosterEntry> training;
  std::map<std::string, v1::RosterEntry> pledge;
  std::map<std::string, ContactHistory> history;
  std::map<std::string, std::vector<v1::ContactBlock>> blocks;  // that hold
  bool mail_available = false;
};

// Everybody for whom something is open, by department, reading and name.
std::vector<v1::PlannedContact> PlanContacts(const ContactFacts& facts,
                                             const content::v1::ContactRule& rule,
                                             const BusinessCalendar& calendar,
                                             absl::CivilDay today);

// The same people without those who are not counted, for the list of who hasn't handed in.
std::vector<v1::OutstandingMember> Outstanding(const ContactFacts& facts);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CONTACT_PLAN_H_
