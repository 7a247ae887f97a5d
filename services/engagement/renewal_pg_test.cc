// From one cycle to the next, through real gRPC over a real database.

#include <map>

#include "services/engagement/testing/operation_test.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::HasSubstr;
using Item = v1::Engagement::RenewalItem;

class RenewalTest : public OperationTest {
 protected:
  absl::StatusOr<v1::Engagement> Renew(const std::string& engagement, const std::string& quote,
                                       const std::string& who = "consultant") {
    v1::RenewEngagementRequest request;
    request.set_name(engagement);
    request.set_quote(quote);
    request.set_person("北浜 隆");
    *request.mutable_start_date() = ToProtoDate(today_ + 7);
    return As<Engagements>(who, &Engagements::Stub::RenewEngagement, request);
  }
  v1::Engagement Close(const v1::Engagement& engagement) {
    EXPECT_OK(Start(engagement.name()));
    EXPECT_OK(Move<v1::CloseEngagementRequest>(
        engagement.name(), &Engagements::Stub::CloseEngagement, "次の年に続ける"));
    return engagement;
  }
};

TEST_F(RenewalTest, TheNextCycleSaysWhatChangedStaysAndIsOpen) {
  const v1::Engagement last = Open();
  const auto open = AddActivity(last.name(), today_ - 3);
  ASSERT_OK(open);
  Close(last);
  const auto next = Renew(last.name(), TwoStarQuote().name());
  ASSERT_OK(next);
  EXPECT_EQ(next->state(), v1::Engagement::STATE_CONTRACTED);
  EXPECT_EQ(next->star(), 2);
  EXPECT_EQ(next->renewal().previous(), last.name());
  std::map<std::string, Item> items;
  for (const auto& item : next->renewal().items()) items[item.code()] = item;
  EXPECT_EQ(items["star"].text(), "前回: 1、今回: 2");
  EXPECT_EQ(items["editions.activity_calendar"].kind(), Item::KIND_CHANGED);
  EXPECT_EQ(items["ROSTER_MEMBERS"].kind(), Item::KIND_KEPT);
  EXPECT_EQ(items["DIAGNOSIS_COMPLETE"].kind(), Item::KIND_RESET);
  EXPECT_EQ(items[open->name()].kind(), Item::KIND_OPEN);
  EXPECT_EQ(items[open->name()].text(), open->title());
  const auto year = Year(next->name());
  ASSERT_OK(year);
  EXPECT_GE(year->activities_size(), 13);
  EXPECT_EQ(year->activities(0).name(), open->name()) << "goes on in the new cycle";
  EXPECT_GE(*FromProtoDate(year->activities(1).due_date()), today_ + 7);
  EXPECT_EQ(Get(next->quote())->state(), v1::Quote::STATE_ACCEPTED);
  v1::GetEngagementRequest get;
  get.set_name(next->name());
  EXPECT_EQ(
      As<Engagements>("consultant", &Engagements::Stub::GetEngagement, get)->renewal().items_size(),
      next->renewal().items_size());
}

TEST_F(RenewalTest, OnceAndOnlyByAnIssuedQuoteOfTheClient) {
  const v1::Engagement running = Open();
  const v1::Quote quote = TwoStarQuote();
  EXPECT_THAT(Renew(running.name(), quote.name()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("renew")));
  const v1::Engagement last = Close(Open());
  EXPECT_THAT(Renew(last.name(), Draft().name()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("DRAFT")));
  EXPECT_THAT(Renew(last.name(),
                    "clients/0190affe-0000-7000-8000-00000000dead/quotes/"
                    "0190affe-0000-7000-8000-00000000c41d"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("quote")));
  EXPECT_THAT(Renew(last.name(), quote.name(), "other-consultant"),
              StatusIs(StatusCode::kPermissionDenied));
  const auto next = Renew(last.name(), quote.name());
  ASSERT_OK(next);
  EXPECT_THAT(Renew(last.name(), TwoStarQuote().name()),
              StatusIs(StatusCode::kAlreadyExists, HasSubstr(next->name())));
}

TEST_F(RenewalTest, ASecondYearPlansAnewAndLeavesNothingOfTheFirstOneDue) {
  const v1::Engagement first = OpenTwoStars();
  Close(first);
  const auto next = Renew(first.name(), TwoStarQuote().name());
  ASSERT_OK(next);
  const auto last = Year(first.name());
  ASSERT_OK(last);
  for (const auto& activity : last->activities()) {
    EXPECT_EQ(activity.state(), v1::Activity::STATE_SKIPPED) << activity.code();
  }
  const auto year = Year(next->name());
  ASSERT_OK(year);
  EXPECT_EQ(year->activities_size() + 1, last->activities_size()) << "the forms don't start again";
  for (const auto& activity : year->activities()) {
    EXPECT_EQ(activity.state(), v1::Activity::STATE_PLANNED) << activity.code();
    EXPECT_FALSE(activity.trial()) << activity.code();
  }
}

}  // namespace
}  // namespace staraction::engagement
