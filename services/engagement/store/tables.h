#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_TABLES_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_TABLES_H_

#include "common/pg/table.h"
#include "staraction/engagement/v1/activity.pb.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/effort.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/erasure.pb.h"
#include "staraction/engagement/v1/evidence.pb.h"
#include "staraction/engagement/v1/internal_check.pb.h"
#include "staraction/engagement/v1/life_event.pb.h"
#include "staraction/engagement/v1/message.pb.h"
#include "staraction/engagement/v1/operation_form.pb.h"
#include "staraction/engagement/v1/organization.pb.h"
#include "staraction/engagement/v1/participation.pb.h"
#include "staraction/engagement/v1/pilot.pb.h"
#include "staraction/engagement/v1/quote.pb.h"
#include "staraction/engagement/v1/role_assignment.pb.h"
#include "staraction/engagement/v1/roster.pb.h"
#include "staraction/engagement/v1/rule_exception.pb.h"
#include "staraction/engagement/v1/site.pb.h"
#include "staraction/engagement/v1/task.pb.h"
#include "staraction/engagement/v1/visit.pb.h"

// The service's resources as rows. Statements beyond the standard ones stand in the files of the
// store that need them.
namespace staraction::engagement {

extern const pg::Table<v1::Organization> kOrganizations;
extern const pg::Table<v1::User> kUsers;
extern const pg::Table<v1::Access> kAccesses;
extern const pg::Table<v1::Client> kClients;
extern const pg::Table<v1::Member> kMembers;
extern const pg::Table<v1::Site> kSites;
extern const pg::Table<v1::RoleAssignment> kRoleAssignments;
extern const pg::Table<v1::DenominatorRule> kDenominatorRules;
extern const pg::Table<v1::Exemption> kExemptions;
extern const pg::Table<v1::LifeEvent> kLifeEvents;
extern const pg::Table<v1::Quote> kQuotes;
extern const pg::Table<v1::Engagement> kEngagements;
extern const pg::Table<v1::Task> kTasks;
extern const pg::Table<v1::Visit> kVisits;
extern const pg::Table<v1::EffortEntry> kEffortEntries;
extern const pg::Table<v1::Lesson> kLessons;
extern const pg::Table<v1::ParticipantLink> kParticipantLinks;
extern const pg::Table<v1::Participation> kParticipations;
extern const pg::Table<v1::Kiosk> kKiosks;
extern const pg::Table<v1::Message> kMessages;
extern const pg::Table<v1::Delivery> kDeliveries;
extern const pg::Table<v1::ContactBlock> kContactBlocks;
extern const pg::Table<v1::Activity> kActivities;
extern const pg::Table<v1::OperationForm> kOperationForms;
extern const pg::Table<v1::Evidence> kEvidences;
extern const pg::Table<v1::InternalCheck> kInternalChecks;
extern const pg::Table<v1::Finding> kFindings;
extern const pg::Table<v1::RuleException> kRuleExceptions;
extern const pg::Table<v1::Erasure> kErasures;

// Name, reading and staff number, folded, so that a part of any finds the member.
std::string MemberSearchText(const v1::Member& member);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_TABLES_H_
