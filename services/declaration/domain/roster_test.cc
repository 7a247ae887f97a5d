#include "services/declaration/domain/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"

namespace staraction::declaration::domain {
namespace {

// 2026-09-21 in Japan.
const Act kAct = {"users/u", absl::FromUnixSeconds(1790000000)};
const absl::CivilDay kToday(2026, 9, 21);

RosterPerson Person(const std::string& name, bool counted = true) {
  RosterPerson person;
  person.member.set_name(name);
  person.member.set_display_name("名前 " + name);
  person.counted = counted;
  person.reason = counted ? "" : "派遣のため対象外";
  return person;
}

v1::Pledge OnList(const std::string& member, const std::string& exempt_by = "",
                  v1::Pledge::State state = v1::Pledge::STATE_PENDING) {
  v1::Pledge pledge;
  pledge.set_member(member);
  pledge.set_state(state);
  if (!exempt_by.empty()) pledge.mutable_exemption()->set_approver(exempt_by);
  return pledge;
}

TEST(Roster, TakesWhoIsThereAndSaysWhoDoesNotCount) {
  using Entry = engagement::v1::RosterEntry;
  const struct {
    const char* name;
    std::vector<Entry::Reason> reasons;
    bool on_list, exempt;
  } kCases[] = {
      {"counted", {}, true, false},
      {"left", {Entry::REASON_LEFT}, false, false},
      {"starts later", {Entry::REASON_NOT_YET_JOINED}, false, false},
      {"left out by the rule", {Entry::REASON_LEFT_OUT}, true, true},
      {"exempt", {Entry::REASON_EXEMPT}, true, true},
      {"exempt, and has left", {Entry::REASON_EXEMPT, Entry::REASON_LEFT}, false, false},
  };
  for (const auto& c : kCases) {
    Entry entry;
    entry.set_counted(c.reasons.empty());
    for (const auto reason : c.reasons) entry.add_reasons(reason);
    entry.set_reason_text("休職中");
    std::vector<RosterPerson> people;
    AddPerson(entry, people);
    ASSERT_EQ(people.size(), c.on_list) << c.name;
    if (!c.on_list) continue;
    const auto pledges = Freeze(people, v1::Campaign(), kAct);
    EXPECT_EQ(pledges[0].has_exemption(), c.exempt) << c.name;
    EXPECT_EQ(pledges[0].exemption().reason(), c.exempt ? "休職中" : "") << c.name;
  }
}

TEST(Roster, ChangesOfARollingList) {
  const struct {
    const char* name;
    std::vector<v1::Pledge> list;
    std::vector<RosterPerson> roster;
    std::vector<v1::PledgeEvent::Kind> want;  // joined first
  } kCases[] = {
      {"as it was", {OnList("a")}, {Person("a")}, {}},
      {"joined", {}, {Person("a")}, {v1::PledgeEvent::KIND_ENROLLED}},
      {"joined and not counted", {}, {Person("a", false)}, {}},
      {"left", {OnList("a")}, {}, {v1::PledgeEvent::KIND_EXEMPTED}},
      {"not counted any more",
       {OnList("a")},
       {Person("a", false)},
       {v1::PledgeEvent::KIND_EXEMPTED}},
      {"left after pledging", {OnList("a", "", v1::Pledge::STATE_PLEDGED)}, {}, {}},
      {"back", {OnList("a", "roster")}, {Person("a")}, {v1::PledgeEvent::KIND_INCLUDED}},
      {"exempt by the president", {OnList("a", "山﨑 髙志")}, {Person("a")}, {}},
      {"still on leave", {OnList("a", "roster")}, {Person("a", false)}, {}},
  };
  for (const auto& c : kCases) {
    const ListChanges changes = CompareForChange(c.list, c.roster, v1::Campaign(), kAct);
    std::vector<v1::PledgeEvent::Kind> kinds;
    for (const auto& change : changes.joined) kinds.push_back(change.event.kind());
    for (const auto& change : changes.changed) kinds.push_back(change.event.kind());
    EXPECT_EQ(kinds, c.want) << c.name;
  }
}

TEST(Roster, LeaversAreExemptWithTheRostersReason) {
  const ListChanges changes =
      CompareForChange({OnList("a"), OnList("b")}, {Person("a", false)}, v1::Campaign(), kAct);
  ASSERT_EQ(changes.changed.size(), 2u);
  EXPECT_EQ(changes.changed[0].pledge.exemption().reason(), "派遣のため対象外");
  EXPECT_EQ(changes.changed[0].event.approver(), kByRoster);
  EXPECT_EQ(changes.changed[1].pledge.exemption().reason(), "名簿に在籍していません");
}

TEST(Roster, JoinersHaveDaysOfTheirOwn) {
  const struct {
    const char* name;
    std::optional<absl::CivilDay> hired;
    int days;
    std::optional<absl::CivilDay> want;
  } kCases[] = {
      {"from the first day at work", kToday - 10, 30, kToday + 20},
      {"starts next month", kToday + 10, 30, kToday + 40},
      {"entered late: never before today", kToday - 100, 30, kToday},
      {"first day unknown", std::nullopt, 30, kToday + 30},
      {"no days are set", kToday, 0, std::nullopt},
  };
  for (const auto& c : kCases) {
    RosterPerson person = Person("a");
    if (c.hired) *person.member.mutable_hire_date() = ToProtoDate(*c.hired);
    v1::Campaign campaign;
    campaign.set_joiner_days(c.days);
    const ListChanges changes = CompareForChange({}, {person}, campaign, kAct);
    ASSERT_EQ(changes.joined.size(), 1u);
    EXPECT_TRUE(changes.joined[0].pledge.joiner());
    EXPECT_EQ(FromProtoDate(changes.joined[0].pledge.due_date()), c.want) << c.name;
  }
}

TEST(Roster, DifferencesNameWhoAndHow) {
  const std::vector<PledgeHistory> list = {
      {OnList("stays"), {}}, {OnList("left"), {}}, {OnList("back", "roster"), {}}};
  v1::CampaignCoverage report;
  AddDifferences(list, {Person("stays"), Person("back"), Person("new")}, report);
  std::vector<std::string> told;
  for (const auto& each : report.differences()) {
    told.push_back(v1::RosterDifference::Kind_Name(each.kind()) + " " + each.member());
  }
  EXPECT_THAT(told,
              testing::ElementsAre("KIND_LEFT left", "KIND_RETURNED back", "KIND_JOINED new"));
}

}  // namespace
}  // namespace staraction::declaration::domain
