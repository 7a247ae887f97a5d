// Messages: who is due, mails through a real mail server, slips, calls, bounces.

#include "common/status/errors.h"
#include "services/engagement/testing/messages_test.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using testing::HasSubstr;

TEST_F(MessagesTest, MailsGoOutOnceWithEachPersonsLink) {
  const v1::Member naoko = Add("5", "髙橋 直美", "naoko@client.test");
  Add("6", "山﨑 健", "");
  const auto plan = Plan();
  ASSERT_OK(plan);
  EXPECT_EQ(plan->due_by_mail(), 1);
  EXPECT_EQ(plan->due_by_print(), 1);
  EXPECT_EQ(plan->mail_obstacle(), "");

  v1::CreateMessageRequest request = Invitation();
  request.mutable_message()->set_note("締め切りは今月末です。");
  request.set_validate_only(true);
  const auto preview = Call(&Messages::CreateMessage, request);
  ASSERT_OK(preview);
  EXPECT_EQ(preview->figures().waiting(), 2);
  EXPECT_THAT(preview->preview(), HasSubstr("・研修を受ける"));
  EXPECT_THAT(preview->preview(), HasSubstr("締め切りは今月末です。"));
  EXPECT_EQ(world_.Query("select count(*) as value from engagement.message"), "0");

  request.set_validate_only(false);
  request.set_request_id(NewUuid4());
  const auto message = Call(&Messages::CreateMessage, request);
  ASSERT_OK(message);
  EXPECT_EQ(Call(&Messages::CreateMessage, request)->name(), message->name());
  const v1::Message done = Sent(message->name(), 1);
  EXPECT_EQ(done.figures().sent(), 1);
  EXPECT_EQ(done.figures().waiting(), 1);
  const auto mail = smtp_.Next();
  EXPECT_EQ(mail["to"][0], "naoko@client.test");
  EXPECT_THAT(std::string(mail["headers"]["Subject"]), HasSubstr(client_.legal_name()));
  const std::string body = mail["body"];
  const size_t at = body.find(absl::StrCat(kPage, "#"));
  ASSERT_NE(at, std::string::npos) << body;
  v1::ExchangeParticipantLinkRequest exchange;
  const size_t secret = at + sizeof(kPage);
  exchange.set_secret(body.substr(secret, body.find('\n', at) - secret));
  const auto token =
      world_.Participants("", &v1::ParticipantService::Stub::ExchangeParticipantLink, exchange);
  ASSERT_OK(token);
  EXPECT_EQ(token->member(), naoko.name());

  // Nobody is due again at once.
  request.set_request_id(NewUuid4());
  EXPECT_THAT(Call(&Messages::CreateMessage, request), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_EQ(Plan()->early(), 2);

  v1::ListOpenItemsRequest open;
  open.set_parent(engagement_.name());
  const auto items =
      test::CallAs(token->access_token(), *contacts_, &Contacts::ListOpenItems, open);
  ASSERT_OK(items);
  ASSERT_EQ(items->items_size(), 1);
  EXPECT_EQ(items->items(0).label(), "研修を受ける");
  open.set_member(client_.name() + "/members/" + NewUuid4());
  EXPECT_THAT(test::CallAs(token->access_token(), *contacts_, &Contacts::ListOpenItems, open),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(MessagesTest, RefusalsBecomeBouncesAndTroublesWait) {
  Add("1", "宛先 なし", "unknown@client.test");
  Add("2", "混雑 中", "busy@client.test");
  Add("3", "内容 拒否", "content@client.test");
  const auto message = Call(&Messages::CreateMessage, Invitation());
  ASSERT_OK(message);
  const v1::Message done = Sent(message->name(), 1);
  EXPECT_EQ(done.figures().bounced(), 1);
  EXPECT_EQ(done.figures().failed(), 1);
  EXPECT_EQ(done.figures().waiting(), 1);
  for (const v1::Delivery& delivery : Deliveries(message->name())) {
    if (delivery.address() == "busy@client.test") {
      EXPECT_EQ(delivery.attempts(), 1);
      EXPECT_TRUE(delivery.has_next_attempt_time());
      EXPECT_THAT(delivery.detail(), HasSubstr("try again later"));
    }
    if (delivery.state() != v1::Delivery::STATE_FAILED) continue;
    EXPECT_EQ(delivery.reply_code(), 554);
    v1::RetryDeliveryRequest retry;
    retry.set_name(delivery.name());
    EXPECT_OK(Call(&Messages::RetryDelivery, retry));
  }
  Sent(message->name(), 1);
  // Who bounced gets paper now.
  const auto plan = Plan();
  ASSERT_OK(plan);
  for (const auto& contact : plan->contacts()) {
    if (contact.display_name() != "宛先 なし") continue;
    EXPECT_EQ(contact.channel(), v1::DELIVERY_CHANNEL_PRINT);
    EXPECT_EQ(contact.mail_block(), v1::ContactBlock::REASON_BOUNCED);
    EXPECT_TRUE(contact.due());
  }
  v1::CancelMessageRequest cancel;
  cancel.set_name(message->name());
  const auto cancelled = Call(&Messages::CancelMessage, cancel);
  ASSERT_OK(cancelled);
  EXPECT_EQ(cancelled->figures().waiting(), 0);
  EXPECT_THAT(Call(&Messages::CancelMessage, cancel), StatusIs(StatusCode::kFailedPrecondition));
}

TEST_F(MessagesTest, AMailInterruptedInSendingIsInDoubtAndNotSentAgain) {
  Add("1", "途中 中断", "naoko@client.test");
  // As a process leaves it that died between taking the mail and recording what became of it.
  v1::CreateMessageRequest request = Invitation();
  world_.Query(
      "create function engagement.interrupt() returns trigger language plpgsql as $$ begin "
      "new.state := 'STATE_SENDING'; new.attempts := 1; new.lease_time := now() - interval "
      "'1 minute'; new.next_attempt_time := null; return new; end $$; create trigger i "
      "before insert on engagement.delivery for each row execute function "
      "engagement.interrupt(); select 1 as value");
  const auto message = Call(&Messages::CreateMessage, request);
  ASSERT_OK(message);
  const v1::Message done = Sent(message->name());
  EXPECT_EQ(done.figures().in_doubt(), 1);
  EXPECT_EQ(done.figures().sent(), 0);
  v1::RetryDeliveryRequest retry;
  retry.set_name(Deliveries(message->name())[0].name());
  ASSERT_OK(Call(&Messages::RetryDelivery, retry));
  EXPECT_EQ(Sent(message->name()).figures().sent(), 1);
}

TEST_F(MessagesTest, SlipsCallsAndBouncesAreRecorded) {
  const v1::Member paper = Add("1", "紙の 人", "");
  const v1::Member mail = Add("2", "メールの 人", "naoko@client.test");
  const auto message = Call(&Messages::CreateMessage, Invitation());
  ASSERT_OK(message);
  Sent(message->name(), 1);
  v1::MarkPrintedRequest print;
  print.set_parent(message->name());
  const auto printed = Call(&Messages::MarkPrinted, print);
  ASSERT_OK(printed);
  EXPECT_EQ(printed->figures().printed(), 1);
  EXPECT_THAT(Call(&Messages::MarkPrinted, print), StatusIs(StatusCode::kFailedPrecondition));

  v1::RecordCallRequest call;
  call.set_parent(message->name());
  call.set_member(paper.name());
  call.set_reached(true);
  call.set_detail("今週中に出すとのこと");
  const auto called = Call(&Messages::RecordCall, call);
  ASSERT_OK(called);
  EXPECT_EQ(called->state(), v1::Delivery::STATE_REACHED);
  EXPECT_EQ(called->recorder(), world_.user("consultant"));
  call.set_member(mail.name());
  call.set_opted_out(true);
  ASSERT_OK(Call(&Messages::RecordCall, call));

  v1::RecordBounceRequest bounce;
  for (const v1::Delivery& delivery : Deliveries(message->name())) {
    if (delivery.channel() == v1::DELIVERY_CHANNEL_MAIL) bounce.set_name(delivery.name());
  }
  bounce.set_detail("550 mailbox closed");
  bounce.set_etag("\"v99\"");
  EXPECT_FALSE(Call(&Messages::RecordBounce, bounce).ok());
  bounce.clear_etag();
  const auto bounced = Call(&Messages::RecordBounce, bounce);
  ASSERT_OK(bounced);
  EXPECT_EQ(bounced->state(), v1::Delivery::STATE_BOUNCED);
  EXPECT_THAT(Call(&Messages::RecordBounce, bounce), StatusIs(StatusCode::kFailedPrecondition));

  v1::ListContactBlocksRequest list;
  list.set_parent(client_.name());
  const auto blocks =
      test::CallAs(world_.Token("consultant"), *contacts_, &Contacts::ListContactBlocks, list);
  ASSERT_OK(blocks);
  ASSERT_EQ(blocks->contact_blocks_size(), 2);
  v1::LiftContactBlockRequest lift;
  lift.set_name(blocks->contact_blocks(0).name());
  ASSERT_OK(
      test::CallAs(world_.Token("consultant"), *contacts_, &Contacts::LiftContactBlock, lift));
  EXPECT_THAT(
      test::CallAs(world_.Token("consultant"), *contacts_, &Contacts::LiftContactBlock, lift),
      StatusIs(StatusCode::kFailedPrecondition));
  v1::CreateContactBlockRequest block;
  block.set_parent(client_.name());
  block.mutable_contact_block()->set_member(paper.name());
  block.mutable_contact_block()->set_reason(v1::ContactBlock::REASON_OPTED_OUT);
  EXPECT_OK(
      test::CallAs(world_.Token("consultant"), *contacts_, &Contacts::CreateContactBlock, block));
}

TEST_F(MessagesTest, WrongInputSaysWhatIsWanted) {
  v1::CreateMessageRequest request = Invitation();
  EXPECT_THAT(Call(&Messages::CreateMessage, request),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("nobody is due")));
  request.mutable_message()->set_template_("love-letter");
  request.set_request_id(NewUuid4());
  EXPECT_THAT(Call(&Messages::CreateMessage, request),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("message.template")));
  EXPECT_THAT(Call(&Messages::CreateMessage, Invitation(), "other-consultant"),
              StatusIs(StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace staraction::engagement
