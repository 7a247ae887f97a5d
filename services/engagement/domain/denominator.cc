#include "services/engagement/domain/denominator.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "services/engagement/domain/code.h"
#include "services/engagement/domain/presence.h"

namespace staraction::engagement::domain {
namespace {

using v1::RosterEntry;

struct Group {
  v1::RosterGroup group;
  v1::EmploymentType type;  // UNSPECIFIED: not by type
};

constexpr Group kGroups[] = {
    {v1::ROSTER_GROUP_OFFICER, v1::EMPLOYMENT_TYPE_OFFICER},
    {v1::ROSTER_GROUP_PART_TIME, v1::EMPLOYMENT_TYPE_PART_TIME},
    {v1::ROSTER_GROUP_DISPATCHED, v1::EMPLOYMENT_TYPE_DISPATCHED},
    {v1::ROSTER_GROUP_OFF_SITE, v1::EMPLOYMENT_TYPE_UNSPECIFIED},
    {v1::ROSTER_GROUP_ON_LEAVE, v1::EMPLOYMENT_TYPE_UNSPECIFIED},
    {v1::ROSTER_GROUP_TRAINEE, v1::EMPLOYMENT_TYPE_TRAINEE},
    {v1::ROSTER_GROUP_SHORT_TERM, v1::EMPLOYMENT_TYPE_SHORT_TERM},
    {v1::ROSTER_GROUP_CONTRACT, v1::EMPLOYMENT_TYPE_CONTRACT},
};

bool IsIn(const v1::Member& member, const Group& group, Presence presence) {
  if (group.group == v1::ROSTER_GROUP_OFF_SITE) return member.off_site();
  if (group.group == v1::ROSTER_GROUP_ON_LEAVE) return presence == Presence::kOnLeave;
  return member.employment_type() == group.type;
}

bool Holds(const v1::Exemption& exemption, v1::RosterPurpose purpose, absl::CivilDay day) {
  const auto from = FromProtoDate(exemption.approve_date());
  const auto to = FromProtoDate(exemption.revoke_date());
  const bool about =
      exemption.purpose() == v1::ROSTER_PURPOSE_UNSPECIFIED || exemption.purpose() == purpose;
  return about && (!from || *from <= day) && (!to || *to >= day);
}

v1::MemberStatus StatusOf(Presence presence) {
  switch (presence) {
    case Presence::kActive:
      return v1::MEMBER_STATUS_ACTIVE;
    case Presence::kOnLeave:
      return v1::MEMBER_STATUS_ON_LEAVE;
    case Presence::kLeft:
      return v1::MEMBER_STATUS_LEFT;
    case Presence::kNotYetJoined:
      break;
  }
  return v1::MEMBER_STATUS_UNSPECIFIED;
}

void AddReason(RosterEntry& entry, RosterEntry::Reason reason, const std::string& text) {
  const bool known =
      std::count(entry.reasons().begin(), entry.reasons().end(), static_cast<int>(reason)) > 0;
  if (!known) entry.add_reasons(reason);
  entry.set_reason_text(
      absl::StrCat(entry.reason_text(), entry.reason_text().empty() ? "" : "、", text));
}

std::string LabelOfGroup(v1::RosterGroup group, const content::v1::CodeList& labels) {
  return LabelOf(labels, v1::RosterGroup_Name(group).substr(sizeof("ROSTER_GROUP_") - 1));
}

void AddGroups(const v1::DenominatorRule& rule, const content::v1::CodeList& labels,
               Presence presence, RosterEntry& entry) {
  for (const Group& group : kGroups) {
    const bool left_out = std::count(rule.left_out().begin(), rule.left_out().end(),
                                     static_cast<int>(group.group)) > 0;
    if (!left_out || !IsIn(entry.member(), group, presence)) continue;
    entry.add_left_out_groups(group.group);
    AddReason(entry, RosterEntry::REASON_LEFT_OUT, LabelOfGroup(group.group, labels));
  }
}

}  // namespace

v1::DenominatorRule DefaultRule(const content::v1::Offering& offering) {
  v1::DenominatorRule rule;
  rule.set_from_offering(true);
  for (const std::string& code : offering.left_out()) {
    v1::RosterGroup group;
    if (v1::RosterGroup_Parse("ROSTER_GROUP_" + code, &group)) rule.add_left_out(group);
  }
  return rule;
}

RosterEntry MakeEntry(const v1::Member& member, const v1::DenominatorRule& rule,
                      const content::v1::CodeList& labels,
                      const std::vector<v1::Exemption>& exemptions, v1::RosterPurpose purpose,
                      absl::CivilDay day) {
  RosterEntry entry;
  *entry.mutable_member() = member;
  const Presence presence = PresenceOn(member, day);
  entry.set_status(StatusOf(presence));
  if (presence == Presence::kLeft) AddReason(entry, RosterEntry::REASON_LEFT, "退職");
  if (presence == Presence::kNotYetJoined) {
    AddReason(entry, RosterEntry::REASON_NOT_YET_JOINED, "入社前");
  }
  if (!member.president()) AddGroups(rule, labels, presence, entry);
  for (const v1::Exemption& exemption : exemptions) {
    if (!Holds(exemption, purpose, day)) continue;
    entry.set_exemption(exemption.name());
    AddReason(entry, RosterEntry::REASON_EXEMPT, "対象外の承認あり");
    break;
  }
  entry.set_counted(entry.reasons().empty());
  return entry;
}

}  // namespace staraction::engagement::domain
