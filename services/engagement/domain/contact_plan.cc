#include "services/engagement/domain/contact_plan.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/timestamp.h"

namespace staraction::engagement::domain {
namespace {

using Stop = v1::PlannedContact;

// Position of the label that fits the fact best: one for its text, else one for any; -1: none.
int LabelFor(const content::v1::ContactRule& rule, const fact::v1::Fact& fact) {
  int any = -1;
  for (int i = 0; i < rule.due_labels_size(); ++i) {
    const auto& label = rule.due_labels(i);
    if (label.fact() != fact.code()) continue;
    if (label.value() == fact.text()) return i;
    if (label.value().empty()) any = i;
  }
  return any;
}

// A member with what is still theirs to do.
struct Person {
  const v1::RosterEntry* entry = nullptr;
  std::vector<v1::OpenItem> items;
  std::string left_out;  // why nothing is asked of them any more; "" if something is
};

bool IsReachable(const v1::RosterEntry& entry) {
  return entry.counted() && entry.status() != v1::MEMBER_STATUS_ON_LEAVE &&
         entry.status() != v1::MEMBER_STATUS_LEFT;
}

std::string WhyNot(const v1::RosterEntry& entry) {
  return entry.reason_text().empty() ? "休職中" : entry.reason_text();
}

std::vector<Person> People(const ContactFacts& facts) {
  std::vector<Person> people;
  for (const auto& [member, items] : facts.items) {
    Person person;
    for (const v1::OpenItem& item : items) {
      const auto& roster = absl::StartsWith(item.fact(), "pledge.") ? facts.pledge : facts.training;
      const auto entry = roster.find(member);
      if (entry == roster.end()) continue;
      person.entry = &entry->second;
      if (IsReachable(entry->second)) {
        person.items.push_back(item);
      } else {
        person.left_out = WhyNot(entry->second);
      }
    }
    if (person.entry == nullptr) continue;  // no member of this client
    if (!person.items.empty()) person.left_out.clear();
    people.push_back(std::move(person));
  }
  std::sort(people.begin(), people.end(), [](const Person& a, const Person& b) {
    const auto key = [](const v1::Member& m) {
      return std::tie(m.department(), m.kana(), m.display_name(), m.name());
    };
    return key(a.entry->member()) < key(b.entry->member());
  });
  return people;
}

template <typename Value>
Value Of(const std::map<std::string, Value>& values, const std::string& member) {
  const auto found = values.find(member);
  return found == values.end() ? Value() : found->second;
}

v1::ContactBlock::Reason BlockOf(const ContactFacts& facts, const v1::Member& member) {
  for (const v1::ContactBlock& block : Of(facts.blocks, member.name())) {
    if (block.address().empty() || block.address() == member.email()) return block.reason();
  }
  return v1::ContactBlock::REASON_UNSPECIFIED;
}

void ChooseChannel(const ContactFacts& facts, const v1::Member& member,
                   v1::PlannedContact& contact) {
  if (!member.email().empty()) contact.set_mail_block(BlockOf(facts, member));
  const bool mail = facts.mail_available && !member.email().empty() &&
                    contact.mail_block() == v1::ContactBlock::REASON_UNSPECIFIED;
  contact.set_channel(mail ? v1::DELIVERY_CHANNEL_MAIL : v1::DELIVERY_CHANNEL_PRINT);
  if (mail) contact.set_address(member.email());
}

// First day of the next message: widening gaps of business days behind the last contact.
absl::CivilDay NotBefore(const ContactHistory& history, const content::v1::ContactRule& rule,
                         const BusinessCalendar& calendar, absl::CivilDay today) {
  if (history.last == absl::InfinitePast()) return today;
  const int position =
      std::clamp(history.messages - 1, 0, std::max(0, rule.gap_business_days_size() - 1));
  return calendar.Add(TokyoDay(history.last), rule.gap_business_days(position));
}

}  // namespace

std::map<std::string, std::vector<v1::OpenItem>> OpenItems(const FactSheets& sheets,
                                                           const content::v1::ContactRule& rule,
                                                           const std::string& engagement) {
  std::map<std::string, std::map<std::pair<int, std::string>, v1::OpenItem>> found;
  for (const auto& [service, sheet] : sheets) {
    for (const fact::v1::Fact& fact : sheet.facts()) {
      if (fact.engagement() != engagement || fact.subject().empty()) continue;
      const int position = LabelFor(rule, fact);
      if (position < 0) continue;
      v1::OpenItem item;
      item.set_fact(fact.code());
      item.set_value(fact.text());
      item.set_label(rule.due_labels(position).label().ja());
      if (fact.has_effective_time()) *item.mutable_open_time() = fact.effective_time();
      found[fact.subject()][{position, fact.text()}] = std::move(item);
    }
  }
  std::map<std::string, std::vector<v1::OpenItem>> items;
  for (auto& [member, by_position] : found) {
    for (auto& [key, item] : by_position) items[member].push_back(std::move(item));
  }
  return items;
}

std::vector<v1::PlannedContact> PlanContacts(const ContactFacts& facts,
                                             const content::v1::ContactRule& rule,
                                             const BusinessCalendar& calendar,
                                             absl::CivilDay today) {
  std::vector<v1::PlannedContact> contacts;
  for (Person& person : People(facts)) {
    const v1::Member& member = person.entry->member();
    const ContactHistory history = Of(facts.history, member.name());
    v1::PlannedContact contact;
    contact.set_member(member.name());
    contact.set_display_name(member.display_name());
    contact.set_department(member.department());
    for (v1::OpenItem& item : person.items) *contact.add_items() = std::move(item);
    contact.set_messages(history.messages);
    ChooseChannel(facts, member, contact);
    if (!person.left_out.empty()) {
      contact.set_stop(Stop::STOP_NOT_COUNTED);
      contact.set_stop_note(person.left_out);
    } else if (history.messages >= rule.max_messages()) {
      contact.set_stop(Stop::STOP_MAXIMUM);
      contact.set_stop_note(absl::StrCat("案内と督促が", rule.max_messages(),
                                         "回に達しました。電話などで確かめてください"));
    } else {
      const absl::CivilDay day = NotBefore(history, rule, calendar, today);
      *contact.mutable_not_before() = ToProtoDate(day);
      contact.set_due(day <= today);
    }
    contacts.push_back(std::move(contact));
  }
  return contacts;
}

std::vector<v1::OutstandingMember> Outstanding(const ContactFacts& facts) {
  std::vector<v1::OutstandingMember> members;
  for (Person& person : People(facts)) {
    if (!person.left_out.empty()) continue;
    const v1::Member& member = person.entry->member();
    const ContactHistory history = Of(facts.history, member.name());
    v1::OutstandingMember out;
    out.set_member(member.name());
    out.set_display_name(member.display_name());
    out.set_kana(member.kana());
    out.set_department(member.department());
    for (v1::OpenItem& item : person.items) *out.add_items() = std::move(item);
    out.set_messages(history.messages);
    if (history.last != absl::InfinitePast()) {
      *out.mutable_last_contact_time() = ToTimestamp(history.last);
    }
    members.push_back(std::move(out));
  }
  return members;
}

}  // namespace staraction::engagement::domain
