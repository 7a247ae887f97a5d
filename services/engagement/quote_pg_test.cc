// Quotes, through real gRPC over a real database.

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/pg/connection.h"
#include "common/status/errors.h"
#include "services/engagement/testing/work_test.h"

namespace staraction::engagement {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(WorkTest, AnIssuedQuoteIsNumberedAndFixed) {
  const v1::Quote draft = Draft(90000);
  EXPECT_EQ(draft.price_yen(), 90000);
  EXPECT_EQ(draft.computed_price_yen(), 110000);
  EXPECT_EQ(Get(draft.name())->recipient().name(), client_.legal_name());
  const auto issued = Issue(draft.name());
  ASSERT_OK(issued);
  EXPECT_THAT(issued->number(), testing::EndsWith("-0001"));
  EXPECT_EQ(issued->recipient().representative_name(), "北浜 隆");
  EXPECT_EQ(issued->issuer().person(), "consultant");
  EXPECT_THAT(issued->tax_note(), HasSubstr("登録番号"));
  EXPECT_THAT(Issue(draft.name()), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("ISSUED")));
  v1::UpdateClientRequest rename;
  rename.mutable_client()->set_name(client_.name());
  rename.mutable_client()->set_legal_name("株式会社南浜");
  rename.mutable_update_mask()->add_paths("legal_name");
  ASSERT_OK(world_.Clients("consultant", &v1::ClientService::Stub::UpdateClient, rename));
  EXPECT_EQ(Get(draft.name())->recipient().name(), client_.legal_name());
  EXPECT_THAT(Issue(Draft().name())->number(), testing::EndsWith("-0002"));
  v1::UpdateQuoteRequest update;
  *update.mutable_quote() = *issued;
  update.mutable_quote()->set_remarks("分割払い");
  update.mutable_update_mask()->add_paths("remarks");
  EXPECT_THAT(As<Quotes>("consultant", &Quotes::Stub::UpdateQuote, update),
              StatusIs(StatusCode::kFailedPrecondition));
}

TEST_F(WorkTest, ADraftIsPricedAnewWhenItChanges) {
  v1::Quote draft = Draft();
  v1::UpdateQuoteRequest update;
  update.mutable_quote()->set_name(draft.name());
  update.mutable_quote()->set_etag(draft.etag());
  update.mutable_quote()->set_headcount(120);
  update.mutable_update_mask()->add_paths("headcount");
  const auto changed = As<Quotes>("consultant", &Quotes::Stub::UpdateQuote, update);
  ASSERT_OK(changed);
  EXPECT_EQ(changed->price_yen(), 130000);
  EXPECT_THAT(As<Quotes>("consultant", &Quotes::Stub::UpdateQuote, update),
              StatusIs(StatusCode::kAborted));
  v1::CreateQuoteRequest bare;
  bare.set_parent(client_.name());
  bare.mutable_quote()->set_offering("offerings/one-star");
  *bare.mutable_quote()->mutable_valid_until() = ToProtoDate(today_ + 30);
  bare.mutable_quote()->mutable_price_override()->set_price_yen(1);
  EXPECT_THAT(As<Quotes>("consultant", &Quotes::Stub::CreateQuote, bare),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("reason")));
}

TEST_F(WorkTest, TheDatabaseKeepsIssuedQuotes) {
  Draft();
  const auto database = pg::Connection::OpenBare(world_.service().database().admin_url());
  ASSERT_OK(database);
  const std::string change = "update engagement.quote set total_yen = 1";
  EXPECT_OK((*database)->ExecText(change));
  ASSERT_OK(Issue(Draft().name()));
  EXPECT_FALSE((*database)->ExecText(change).ok());
}

TEST_F(WorkTest, QuotesAreFoundByDayAmountAndPartner) {
  const v1::Quote declined = *Issue(Draft(90000).name());
  v1::DeclineQuoteRequest decline;
  decline.set_name(declined.name());
  decline.set_note("来期に見送り");
  decline.set_person("北浜 隆");
  decline.set_channel(common::v1::CHANNEL_TELEPHONE);
  const auto gone = As<Quotes>("consultant", &Quotes::Stub::DeclineQuote, decline);
  ASSERT_OK(gone);
  EXPECT_EQ(gone->decision().note(), "来期に見送り");
  EXPECT_EQ(gone->decision().channel(), common::v1::CHANNEL_TELEPHONE);
  ASSERT_OK(Issue(Draft().name()));
  Draft();  // not given to anybody: not found
  EXPECT_EQ(Search({})->quotes_size(), 2);
  v1::SearchQuotesRequest request;
  request.set_partner("キタハマ");
  EXPECT_EQ(Search(request)->quotes_size(), 0);
  request.set_partner("北浜精密");
  EXPECT_EQ(Search(request)->quotes_size(), 2);
  request.set_max_total_yen(99000);
  ASSERT_EQ(Search(request)->quotes_size(), 1);
  EXPECT_EQ(Search(request)->quotes(0).state(), v1::Quote::STATE_DECLINED);
  request.Clear();
  request.add_states(v1::Quote::STATE_ISSUED);
  EXPECT_EQ(Search(request)->quotes_size(), 1);
  *request.mutable_first_issue_date() = ToProtoDate(today_ + 1);
  EXPECT_EQ(Search(request)->quotes_size(), 0);
  request.Clear();
  request.set_page_size(1);
  const auto first = Search(request);
  ASSERT_OK(first);
  request.set_page_token(first->next_page_token());
  const auto second = Search(request);
  ASSERT_OK(second);
  EXPECT_NE(second->quotes(0).name(), first->quotes(0).name());
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_EQ(Search({}, "other-consultant")->quotes_size(), 0);
  EXPECT_EQ(Search({}, "reporter")->quotes_size(), 2);
}

TEST_F(WorkTest, ALateRecordOfATimelyAcceptanceCounts) {
  const v1::Quote quote = *Issue(Draft().name());
  v1::AcceptQuoteRequest accept;
  accept.set_name(quote.name());
  *accept.mutable_effective_date() = ToProtoDate(today_ + 1);
  EXPECT_THAT(As<Quotes>("consultant", &Quotes::Stub::AcceptQuote, accept),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("effective_date")));
  *accept.mutable_effective_date() = ToProtoDate(today_);
  accept.set_person("北浜 隆");
  accept.set_pilot(true);
  const auto engagement = As<Quotes>("consultant", &Quotes::Stub::AcceptQuote, accept);
  ASSERT_OK(engagement);
  EXPECT_TRUE(engagement->pilot());
  EXPECT_EQ(Get(quote.name())->decision().person(), "北浜 隆");
}

}  // namespace
}  // namespace staraction::engagement
