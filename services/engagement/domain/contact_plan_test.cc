#include "services/engagement/domain/contact_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "common/content/library.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/domain/delivery_life.h"
#include "services/engagement/domain/message_text.h"

namespace staraction::engagement::domain {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr char kEngagement[] = "engagements/e";
// A Friday; Monday the 23rd of November 2026 is a holiday.
const absl::CivilDay kFriday(2026, 11, 20);

class ContactPlanTest : public testing::Test {
 protected:
  ContactPlanTest() : library_(content::Library::Load()), calendar_(Holidays()) {
    rule_ = (*library_)->Find<content::v1::ContactRule>("standard");
  }
  const content::v1::HolidayCalendar& Holidays() {
    return *(*library_)->Find<content::v1::HolidayCalendar>("japan");
  }
  // A member at work with one open thing.
  std::string Add(const std::string& id, const std::string& department, const std::string& email) {
    v1::RosterEntry entry;
    const std::string name = "clients/c/members/" + id;
    entry.mutable_member()->set_name(name);
    entry.mutable_member()->set_display_name(id);
    entry.mutable_member()->set_department(department);
    entry.mutable_member()->set_email(email);
    entry.set_status(v1::MEMBER_STATUS_ACTIVE);
    entry.set_counted(true);
    facts_.training[name] = entry;
    facts_.pledge[name] = entry;
    v1::OpenItem item;
    item.set_fact("training.due");
    item.set_label("研修を受ける");
    facts_.items[name].push_back(item);
    return name;
  }
  void Had(const std::string& name, int messages, absl::CivilDay last) {
    facts_.history[name] = {messages,
                            absl::FromCivil(last, absl::FixedTimeZone(9 * 3600)) + absl::Hours(23)};
  }
  v1::PlannedContact PlanOf(const std::string& name, absl::CivilDay today) {
    for (const auto& contact : PlanContacts(facts_, *rule_, calendar_, today)) {
      if (contact.member() == name) return contact;
    }
    ADD_FAILURE() << name << " is not in the plan";
    return {};
  }

  absl::StatusOr<std::unique_ptr<const content::Library>> library_;
  const BusinessCalendar calendar_;
  const content::v1::ContactRule* rule_ = nullptr;
  ContactFacts facts_;
};

fact::v1::Fact Due(const std::string& code, const std::string& member, const std::string& text,
                   const std::string& engagement = kEngagement) {
  fact::v1::Fact fact;
  fact.set_code(code);
  fact.set_engagement(engagement);
  fact.set_text(text);
  fact.set_subject(member);
  return fact;
}

TEST_F(ContactPlanTest, OpenThingsStandInTheRulesOrderWithItsWords) {
  FactSheets sheets;
  const std::string member = "clients/c/members/m";
  *sheets["declaration"].add_facts() = Due("pledge.due", member, "engagements/e/campaigns/p");
  *sheets["training"].add_facts() = Due("training.due", member, "retest");
  *sheets["training"].add_facts() = Due("training.due", member, "session");
  *sheets["training"].add_facts() = Due("training.due", member, "something_new");
  *sheets["training"].add_facts() = Due("training.due", "clients/c/members/n", "session", "other");
  *sheets["training"].add_facts() = Due("training.completed", member, "");
  const auto items = OpenItems(sheets, *rule_, kEngagement);
  ASSERT_EQ(items.size(), 1u);
  std::vector<std::string> values;
  for (const auto& item : items.at(member)) values.push_back(item.value());
  EXPECT_THAT(values,
              ElementsAre("session", "retest", "something_new", "engagements/e/campaigns/p"));
  EXPECT_EQ(items.at(member)[1].label(), "再テストを受ける");
  EXPECT_EQ(items.at(member)[2].label(), "研修を受ける");
}

TEST_F(ContactPlanTest, MailIfThereIsAnAddressElsePrint) {
  const std::string mail = Add("a", "総務", "a@client.test");
  const std::string paper = Add("b", "総務", "");
  const std::string bounced = Add("c", "総務", "c@client.test");
  const std::string changed = Add("d", "総務", "d@client.test");
  v1::ContactBlock block;
  block.set_reason(v1::ContactBlock::REASON_BOUNCED);
  block.set_address("c@client.test");
  facts_.blocks[bounced].push_back(block);
  facts_.blocks[changed].push_back(block);  // came back at an earlier address
  facts_.mail_available = true;
  EXPECT_EQ(PlanOf(mail, kFriday).channel(), v1::DELIVERY_CHANNEL_MAIL);
  EXPECT_EQ(PlanOf(mail, kFriday).address(), "a@client.test");
  EXPECT_EQ(PlanOf(paper, kFriday).channel(), v1::DELIVERY_CHANNEL_PRINT);
  EXPECT_EQ(PlanOf(bounced, kFriday).channel(), v1::DELIVERY_CHANNEL_PRINT);
  EXPECT_EQ(PlanOf(bounced, kFriday).mail_block(), v1::ContactBlock::REASON_BOUNCED);
  EXPECT_EQ(PlanOf(changed, kFriday).channel(), v1::DELIVERY_CHANNEL_MAIL);
  facts_.mail_available = false;
  EXPECT_EQ(PlanOf(mail, kFriday).channel(), v1::DELIVERY_CHANNEL_PRINT);
}

TEST_F(ContactPlanTest, GapsWidenInBusinessDaysAndEnd) {
  const std::string member = Add("a", "総務", "");
  EXPECT_TRUE(PlanOf(member, kFriday).due());
  const struct {
    int messages;
    absl::CivilDay not_before;
  } cases[] = {
      // From Friday: Saturday, Sunday and the holiday on Monday do not count.
      {1, absl::CivilDay(2026, 11, 26)},
      {2, absl::CivilDay(2026, 11, 30)},
      {3, absl::CivilDay(2026, 12, 2)},
      {4, absl::CivilDay(2026, 12, 7)},
  };
  for (const auto& test : cases) {
    Had(member, test.messages, kFriday);
    const auto early = PlanOf(member, test.not_before - 1);
    EXPECT_FALSE(early.due()) << test.messages;
    EXPECT_EQ(*FromProtoDate(early.not_before()), test.not_before) << test.messages;
    EXPECT_TRUE(PlanOf(member, test.not_before).due()) << test.messages;
  }
  Had(member, 5, kFriday);
  const auto over = PlanOf(member, absl::CivilDay(2027, 3, 1));
  EXPECT_EQ(over.stop(), v1::PlannedContact::STOP_MAXIMUM);
  EXPECT_FALSE(over.due());
}

TEST_F(ContactPlanTest, WhoIsNotCountedIsNotWrittenTo) {
  const std::string left = Add("a", "総務", "");
  facts_.training[left].set_counted(false);
  facts_.training[left].set_reason_text("退職");
  const std::string on_leave = Add("b", "総務", "");
  facts_.training[on_leave].set_status(v1::MEMBER_STATUS_ON_LEAVE);
  const std::string half = Add("c", "総務", "");  // exempt from training, not from the pledge
  facts_.training[half].set_counted(false);
  v1::OpenItem pledge;
  pledge.set_fact("pledge.due");
  facts_.items[half].push_back(pledge);
  EXPECT_EQ(PlanOf(left, kFriday).stop(), v1::PlannedContact::STOP_NOT_COUNTED);
  EXPECT_EQ(PlanOf(left, kFriday).stop_note(), "退職");
  EXPECT_EQ(PlanOf(on_leave, kFriday).stop_note(), "休職中");
  const auto contact = PlanOf(half, kFriday);
  EXPECT_TRUE(contact.due());
  ASSERT_EQ(contact.items_size(), 1);
  EXPECT_EQ(contact.items(0).fact(), "pledge.due");
  const auto outstanding = Outstanding(facts_);
  ASSERT_EQ(outstanding.size(), 1u);
  EXPECT_EQ(outstanding[0].member(), half);
}

TEST_F(ContactPlanTest, SortedByDepartment) {
  Add("1", "製造", "");
  Add("2", "営業", "");
  Add("3", "製造", "");
  std::vector<std::string> order;
  for (const auto& member : Outstanding(facts_)) order.push_back(member.display_name());
  EXPECT_THAT(order, ElementsAre("2", "1", "3"));
}

TEST_F(ContactPlanTest, TextIsFilledOnce) {
  const auto* text = (*library_)->Find<content::v1::MessageTemplate>("reminder");
  MessageVariables variables{"{{url}} 髙橋", "株式会社北浜", "NPO", "https://p.test/#x", "", {}};
  variables.items.Add()->set_label("研修を受ける");
  variables.items.Add()->set_label("誓約書を出す");
  const auto filled = FillTemplate(*text, variables);
  EXPECT_THAT(filled.subject, HasSubstr("株式会社北浜"));
  EXPECT_THAT(filled.body, HasSubstr("{{url}} 髙橋 様"));
  EXPECT_THAT(filled.body, HasSubstr("・研修を受ける\n・誓約書を出す"));
  EXPECT_THAT(filled.body, HasSubstr("\nhttps://p.test/#x\n"));
  EXPECT_THAT(filled.body, Not(HasSubstr("{{note}}")));
}

TEST(DeliveryLifeTest, EndsOfAnAttempt) {
  content::v1::ContactRule rule;
  rule.set_mail_attempts(3);
  rule.set_mail_retry_minutes(5);
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  const struct {
    MailEnd end;
    int attempts;
    v1::Delivery::State state;
    int wait_minutes;
  } cases[] = {
      {MailEnd::kSent, 1, v1::Delivery::STATE_SENT, 0},
      {MailEnd::kBounced, 1, v1::Delivery::STATE_BOUNCED, 0},
      {MailEnd::kFailed, 1, v1::Delivery::STATE_FAILED, 0},
      {MailEnd::kInDoubt, 1, v1::Delivery::STATE_IN_DOUBT, 0},
      {MailEnd::kAgain, 1, v1::Delivery::STATE_WAITING, 5},
      {MailEnd::kAgain, 2, v1::Delivery::STATE_WAITING, 10},
      {MailEnd::kAgain, 3, v1::Delivery::STATE_FAILED, 0},
  };
  for (const auto& test : cases) {
    v1::Delivery delivery;
    delivery.set_channel(v1::DELIVERY_CHANNEL_MAIL);
    delivery.set_attempts(test.attempts);
    ApplyEnd(test.end, rule, now, delivery);
    EXPECT_EQ(delivery.state(), test.state) << test.attempts;
    EXPECT_EQ(delivery.has_done_time(), test.wait_minutes == 0);
    if (test.wait_minutes > 0) {
      EXPECT_EQ(FromTimestamp(delivery.next_attempt_time()),
                now + absl::Minutes(test.wait_minutes));
    }
  }
}

TEST(DeliveryLifeTest, VerbsByState) {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  for (int state = v1::Delivery::STATE_WAITING; state <= v1::Delivery::STATE_CANCELLED; ++state) {
    v1::Delivery delivery;
    delivery.set_channel(v1::DELIVERY_CHANNEL_MAIL);
    delivery.set_state(static_cast<v1::Delivery::State>(state));
    v1::Delivery other = delivery;
    const bool over = state == v1::Delivery::STATE_FAILED || state == v1::Delivery::STATE_IN_DOUBT;
    const bool out = state == v1::Delivery::STATE_SENT || state == v1::Delivery::STATE_IN_DOUBT;
    EXPECT_EQ(Retry(now, delivery).ok(), over) << state;
    EXPECT_EQ(Bounce(now, "users/u", "550", other).ok(), out) << state;
  }
}

}  // namespace
}  // namespace staraction::engagement::domain
