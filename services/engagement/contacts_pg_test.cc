// The list of who has not handed in, and messages to very many.

#include <cstdio>

#include "services/engagement/testing/messages_test.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;

TEST_F(MessagesTest, TheListOfWhoIsOutstandingHasSecretsForConsultantsOnly) {
  const v1::Member first = Add("1", "営業 太郎", "", "営業");
  const v1::Member second = Add("2", "製造 花子", "", "製造");
  v1::CreateParticipantLinksRequest links;
  links.set_parent(engagement_.name());
  links.add_members(first.name());
  const auto made = world_.Participants(
      "consultant", &v1::ParticipantService::Stub::CreateParticipantLinks, links);
  ASSERT_OK(made);
  const auto list = Outstanding(true);
  ASSERT_EQ(list.members_size(), 2);
  EXPECT_EQ(list.total_size(), 2);
  EXPECT_EQ(list.members(0).department(), "営業");
  EXPECT_EQ(list.members(0).url(), made->participant_links(0).url());
  EXPECT_EQ(list.members(0).printed_code().size(), 7u);
  EXPECT_FALSE(list.members(1).has_link());
  EXPECT_EQ(list.members(1).url(), "");
  EXPECT_EQ(list.members(1).items(0).label(), "研修を受ける");
  EXPECT_EQ(Outstanding(false).members(0).url(), "");
  EXPECT_TRUE(Outstanding(false).members(0).has_link());

  v1::ListOutstandingMembersRequest request;
  request.set_parent(engagement_.name());
  request.set_with_secrets(true);
  const std::string manager = world_.CompanyUser(client_, common::v1::ROLE_SECURITY_MANAGER);
  EXPECT_THAT(test::CallAs(manager, *contacts_, &Contacts::ListOutstandingMembers, request),
              StatusIs(StatusCode::kPermissionDenied));
  request.set_with_secrets(false);
  request.set_page_size(1);
  const auto page = test::CallAs(manager, *contacts_, &Contacts::ListOutstandingMembers, request);
  ASSERT_OK(page);
  ASSERT_EQ(page->members_size(), 1);
  request.set_page_token(page->next_page_token());
  const auto rest = test::CallAs(manager, *contacts_, &Contacts::ListOutstandingMembers, request);
  ASSERT_OK(rest);
  ASSERT_EQ(rest->members_size(), 1);
  EXPECT_EQ(rest->members(0).member(), second.name());
  EXPECT_EQ(rest->next_page_token(), "");
}

// 25,000 people of one company in one message.
TEST_F(MessagesTest, ManyDeliveriesAreQueuedInSeconds) {
  constexpr int kPeople = 25'000;
  Add("0", "一人 目", "");
  world_.Query(absl::StrCat(
      "insert into engagement.member select (jsonb_populate_record(m, jsonb_build_object("
      "'member_id', '01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'), 'staff_number', "
      "'N' || i))).* from engagement.member m, generate_series(1, ",
      kPeople - 1, ") i returning 1 as value"));
  // What autovacuum does within a minute: without statistics each foreign key check reads the
  // client.
  world_.Query("analyze engagement.member; select 1 as value");
  for (int i = 1; i < kPeople; ++i) {
    *sheet_.add_facts() = TextFact("training.due", engagement_.name(), "session");
    sheet_.mutable_facts(i)->set_subject(absl::StrCat(
        client_.name(), "/members/01900000-0000-7000-8000-", absl::Hex(i, absl::kZeroPad12)));
  }
  Store();
  const absl::Time start = RealClock()();
  const auto message = Call(&Messages::CreateMessage, Invitation());
  const absl::Duration took = RealClock()() - start;
  ASSERT_OK(message);
  EXPECT_EQ(message->figures().waiting(), kPeople);
  RecordProperty("seconds", absl::StrCat(absl::ToDoubleSeconds(took)));
  std::printf("queued %d deliveries in %.2f s\n", kPeople, absl::ToDoubleSeconds(took));
  EXPECT_LT(took, absl::Seconds(10));
}

}  // namespace
}  // namespace staraction::engagement
