#include "services/declaration/domain/roster.h"

#include <algorithm>
#include <map>

#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/pledge.h"

namespace staraction::declaration::domain {
namespace {

using Kind = v1::RosterDifference::Kind;
constexpr int kMaxDifferences = 1000;

v1::Exemption ByRoster(const RosterPerson& person, const Act& act) {
  v1::Exemption exemption;
  exemption.set_reason(person.reason);
  exemption.set_approver(kByRoster);
  exemption.set_recorded_by(act.actor);
  *exemption.mutable_record_time() = ToTimestamp(act.now);
  return exemption;
}

v1::Pledge NewPledge(const RosterPerson& person) {
  const auto& member = person.member;
  v1::Pledge pledge;
  pledge.set_member(member.name());
  pledge.set_display_name(member.display_name());
  pledge.set_staff_number(member.staff_number());
  pledge.set_department(member.department());
  pledge.set_president(member.president());
  pledge.set_state(v1::Pledge::STATE_PENDING);
  return pledge;
}

// Some days from the first day at work, and never before today: somebody entered late is not late.
void SetJoinersDay(const RosterPerson& person, const v1::Campaign& campaign, const Act& act,
                   v1::Pledge& pledge) {
  pledge.set_joiner(true);
  if (campaign.joiner_days() == 0) return;
  const absl::CivilDay today = TokyoDay(act.now);
  const absl::CivilDay first =
      person.member.has_hire_date() ? DayOf(person.member.hire_date()) : today;
  *pledge.mutable_due_date() = ToProtoDate(std::max(first + campaign.joiner_days(), today));
}

// What differs for somebody on the list, of whom `person` is the roster's entry, or null.
Kind Difference(const v1::Pledge& pledge, const RosterPerson* person) {
  if (pledge.state() == v1::Pledge::STATE_PLEDGED) return v1::RosterDifference::KIND_UNSPECIFIED;
  const bool counted = person != nullptr && person->counted;
  if (!pledge.has_exemption()) {
    return counted ? v1::RosterDifference::KIND_UNSPECIFIED : v1::RosterDifference::KIND_LEFT;
  }
  return counted && pledge.exemption().approver() == kByRoster
             ? v1::RosterDifference::KIND_RETURNED
             : v1::RosterDifference::KIND_UNSPECIFIED;
}

std::map<std::string, const RosterPerson*> ByMember(const std::vector<RosterPerson>& roster) {
  std::map<std::string, const RosterPerson*> people;
  for (const RosterPerson& person : roster) people[person.member.name()] = &person;
  return people;
}

// Calls `on_list` for everybody on the list who differs, and `joined` for those to be added.
template <typename OnList, typename Joined>
void ForEachDifference(const std::vector<v1::Pledge>& list, const std::vector<RosterPerson>& roster,
                       const OnList& on_list, const Joined& joined) {
  auto people = ByMember(roster);
  for (const v1::Pledge& pledge : list) {
    const auto found = people.find(pledge.member());
    const RosterPerson* person = found == people.end() ? nullptr : found->second;
    const Kind kind = Difference(pledge, person);
    if (kind != v1::RosterDifference::KIND_UNSPECIFIED) on_list(pledge, kind, person);
    if (found != people.end()) people.erase(found);
  }
  for (const RosterPerson& person : roster) {
    if (person.counted && people.count(person.member.name()) > 0) joined(person);
  }
}

ListChanges::Change Leave(v1::Pledge pledge, const RosterPerson* person, const Act& act) {
  const RosterPerson gone{{}, false, "名簿に在籍していません"};
  const RosterPerson& why = person == nullptr ? gone : *person;
  *pledge.mutable_exemption() = ByRoster(why, act);
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_EXEMPTED, act);
  event.set_reason(why.reason);
  event.set_approver(kByRoster);
  return {std::move(pledge), std::move(event)};
}

ListChanges::Change Return(v1::Pledge pledge, const Act& act) {
  pledge.clear_exemption();
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_INCLUDED, act);
  event.set_reason("名簿で対象に戻りました");
  return {std::move(pledge), std::move(event)};
}

}  // namespace

void AddPerson(const engagement::v1::RosterEntry& entry, std::vector<RosterPerson>& people) {
  using Entry = engagement::v1::RosterEntry;
  for (const int reason : entry.reasons()) {
    if (reason == Entry::REASON_LEFT || reason == Entry::REASON_NOT_YET_JOINED) return;
  }
  people.push_back({entry.member(), entry.counted(), entry.reason_text()});
}

std::vector<v1::Pledge> Freeze(const std::vector<RosterPerson>& roster,
                               const v1::Campaign& campaign, const Act& act) {
  std::vector<v1::Pledge> pledges;
  for (const RosterPerson& person : roster) {
    v1::Pledge pledge = NewPledge(person);
    if (campaign.has_due_date()) *pledge.mutable_due_date() = campaign.due_date();
    if (!person.counted) *pledge.mutable_exemption() = ByRoster(person, act);
    pledges.push_back(std::move(pledge));
  }
  return pledges;
}

ListChanges CompareForChange(const std::vector<v1::Pledge>& list,
                             const std::vector<RosterPerson>& roster, const v1::Campaign& campaign,
                             const Act& act) {
  ListChanges changes;
  ForEachDifference(
      list, roster,
      [&](const v1::Pledge& pledge, Kind kind, const RosterPerson* person) {
        changes.changed.push_back(kind == v1::RosterDifference::KIND_LEFT
                                      ? Leave(pledge, person, act)
                                      : Return(pledge, act));
      },
      [&](const RosterPerson& person) {
        v1::Pledge pledge = NewPledge(person);
        SetJoinersDay(person, campaign, act, pledge);
        changes.joined.push_back(
            {std::move(pledge), NewEvent(v1::PledgeEvent::KIND_ENROLLED, act)});
      });
  return changes;
}

void AddDifferences(const std::vector<PledgeHistory>& list, const std::vector<RosterPerson>& roster,
                    v1::CampaignCoverage& report) {
  const auto add = [&report](Kind kind, const auto& who, const std::string& member) {
    if (report.differences_size() == kMaxDifferences) return;
    auto* difference = report.add_differences();
    difference->set_kind(kind);
    difference->set_member(member);
    difference->set_display_name(who.display_name());
    difference->set_department(who.department());
  };
  std::vector<v1::Pledge> pledges;
  for (const PledgeHistory& history : list) pledges.push_back(history.pledge);
  ForEachDifference(
      pledges, roster,
      [&](const v1::Pledge& pledge, Kind kind, const RosterPerson*) {
        add(kind, pledge, pledge.member());
      },
      [&](const RosterPerson& person) {
        add(v1::RosterDifference::KIND_JOINED, person.member, person.member.name());
      });
}

}  // namespace staraction::declaration::domain
