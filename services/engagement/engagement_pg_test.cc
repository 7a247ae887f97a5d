// From an offering to an engagement, and participants, through real gRPC over a real database.

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/status/errors.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class EngagementTest : public ::testing::Test {
 protected:
  EngagementTest() : client_(world_.CreateClient("consultant", 28)) {}

  absl::StatusOr<v1::Quote> CreateQuote(int days = 30) {
    v1::CreateQuoteRequest request;
    request.set_parent(client_.name());
    request.mutable_quote()->set_offering("offerings/one-star");
    *request.mutable_quote()->mutable_valid_until() = ToProtoDate(TokyoDay(RealClock()()) + days);
    return world_.Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::CreateQuote,
                                        request);
  }

  v1::Engagement Accepted() {
    v1::IssueQuoteRequest issue;
    issue.set_name(CreateQuote()->name());
    EXPECT_OK(
        world_.Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::IssueQuote, issue));
    v1::AcceptQuoteRequest accept;
    accept.set_name(issue.name());
    accept.set_request_id(NewUuid4());
    const auto engagement =
        world_.Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::AcceptQuote, accept);
    EXPECT_OK(engagement);
    // The same request again is the same engagement, not a second one.
    const auto again =
        world_.Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::AcceptQuote, accept);
    EXPECT_OK(again);
    EXPECT_EQ(again->name(), engagement->name());
    return *engagement;
  }

  World world_;
  const v1::Client client_;
};

TEST_F(EngagementTest, QuoteIsPricedByThePack) {
  const auto quote = CreateQuote();
  ASSERT_OK(quote);
  EXPECT_EQ(quote->headcount(), 28);
  EXPECT_EQ(quote->price_yen(), 110000);
  EXPECT_EQ(quote->total_yen(), 121000);
  EXPECT_THAT(quote->allowed_actions(), ElementsAre("update", "issue"));
  EXPECT_THAT(CreateQuote(-1), StatusIs(StatusCode::kInvalidArgument, HasSubstr("valid_until")));
  v1::AcceptQuoteRequest early;
  early.set_name(quote->name());
  const auto refused =
      world_.Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::AcceptQuote, early);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, HasSubstr("DRAFT")));
}

TEST_F(EngagementTest, AcceptedQuoteOpensAnEngagementWithItsPlan) {
  const v1::Engagement engagement = Accepted();
  EXPECT_EQ(engagement.star(), 1);
  EXPECT_EQ(engagement.client(), client_.name());
  EXPECT_EQ(engagement.editions().rule_list(), "six-rules");
  EXPECT_EQ(engagement.client_display_name(), client_.legal_name());
  v1::ListTasksRequest list;
  list.set_parent(engagement.name());
  const auto tasks =
      world_.Ask<v1::TaskService>("consultant", &v1::TaskService::Stub::ListTasks, list);
  ASSERT_OK(tasks);
  EXPECT_GE(tasks->tasks_size(), 15);
  const auto portfolio = world_.Engagements(
      "consultant", &v1::EngagementService::Stub::ListEngagements, v1::ListEngagementsRequest());
  ASSERT_OK(portfolio);
  ASSERT_EQ(portfolio->engagements_size(), 1);
  EXPECT_TRUE(portfolio->engagements(0).readiness().has_next_due_date());
  const auto elsewhere =
      world_.Engagements("other-consultant", &v1::EngagementService::Stub::ListEngagements,
                         v1::ListEngagementsRequest());
  ASSERT_OK(elsewhere);
  EXPECT_EQ(elsewhere->engagements_size(), 0);
}

TEST_F(EngagementTest, ACompanysPresidentSeesItsEngagements) {
  const v1::Engagement engagement = Accepted();
  const auto stub = v1::EngagementService::NewStub(world_.service().channel());
  v1::ListClientEngagementsRequest request;
  request.set_parent(client_.name());
  const auto list = test::CallAs(world_.CompanyUser(client_, common::v1::ROLE_PRESIDENT), *stub,
                                 &v1::EngagementService::Stub::ListClientEngagements, request);
  ASSERT_OK(list);
  ASSERT_EQ(list->engagements_size(), 1);
  EXPECT_EQ(list->engagements(0).name(), engagement.name());
}

TEST_F(EngagementTest, PortfolioPagesStuckFirst) {
  for (int i = 0; i < 3; ++i) Accepted();
  v1::ListEngagementsRequest request;
  request.set_page_size(2);
  const auto first =
      world_.Engagements("admin", &v1::EngagementService::Stub::ListEngagements, request);
  ASSERT_OK(first);
  EXPECT_EQ(first->engagements_size(), 2);
  request.set_page_token(first->next_page_token());
  const auto second =
      world_.Engagements("admin", &v1::EngagementService::Stub::ListEngagements, request);
  ASSERT_OK(second);
  EXPECT_EQ(second->engagements_size(), 1);
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_NE(second->engagements(0).name(), first->engagements(0).name());
}

TEST_F(EngagementTest, ReadinessFollowsTheRosterAndTicksTasks) {
  const v1::Engagement engagement = Accepted();
  world_.AddMember(client_, "1", "北浜 隆", true);
  v1::RefreshReadinessRequest refresh;
  refresh.set_name(engagement.name() + "/readiness");
  const auto readiness =
      world_.Engagements("consultant", &v1::EngagementService::Stub::RefreshReadiness, refresh);
  ASSERT_OK(readiness);
  std::map<std::string, v1::CriterionState::Verdict> verdicts;
  for (const auto& state : readiness->criteria()) verdicts[state.code()] = state.verdict();
  EXPECT_EQ(verdicts["ROSTER_MEMBERS"], v1::CriterionState::VERDICT_MET);
  EXPECT_EQ(verdicts["ROSTER_PRESIDENT"], v1::CriterionState::VERDICT_MET);
  EXPECT_EQ(verdicts["CHECK_CONCLUDED"], v1::CriterionState::VERDICT_UNKNOWN);
  v1::ListTasksRequest list;
  list.set_parent(engagement.name());
  const auto tasks =
      world_.Ask<v1::TaskService>("consultant", &v1::TaskService::Stub::ListTasks, list);
  ASSERT_OK(tasks);
  for (const auto& task : tasks->tasks()) {
    const bool done = task.code() == "ROSTER" || task.code() == "ROSTER_PRESIDENT";
    EXPECT_EQ(task.state() == v1::Task::STATE_DONE, done) << task.code();
  }
  v1::StartEngagementRequest start;
  start.set_name(engagement.name());
  ASSERT_OK(world_.Engagements("consultant", &v1::EngagementService::Stub::StartEngagement, start));
  v1::CloseEngagementRequest close;
  close.set_name(engagement.name());
  const auto closed =
      world_.Engagements("consultant", &v1::EngagementService::Stub::CloseEngagement, close);
  EXPECT_THAT(closed, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(closed.status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
}

TEST_F(EngagementTest, ParticipantLinkGivesATokenUntilItIsRevoked) {
  const v1::Engagement engagement = Accepted();
  const v1::Member member = world_.AddMember(client_, "5", "髙橋 直美", false);
  v1::CreateParticipantLinksRequest create;
  create.set_parent(engagement.name());
  create.set_request_id(NewUuid4());
  const auto links = world_.Participants(
      "consultant", &v1::ParticipantService::Stub::CreateParticipantLinks, create);
  ASSERT_OK(links);
  ASSERT_EQ(links->participant_links_size(), 1);
  const v1::ParticipantLink& link = links->participant_links(0);
  const auto again = world_.Participants(
      "consultant", &v1::ParticipantService::Stub::CreateParticipantLinks, create);
  ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), links->SerializeAsString());
  EXPECT_EQ(world_.Query(absl::StrCat(
                "select count(*) as value from engagement.request where position('",
                link.secret().substr(link.secret().rfind('.') + 1), "'::bytea in response) > 0")),
            "0");
  v1::ExchangeParticipantLinkRequest exchange;
  exchange.set_secret(link.secret());
  const auto token =
      world_.Participants("", &v1::ParticipantService::Stub::ExchangeParticipantLink, exchange);
  ASSERT_OK(token);
  EXPECT_EQ(token->member(), member.name());
  EXPECT_EQ(token->display_name(), "髙橋 直美");
  const auto me = world_.Me(token->access_token());
  ASSERT_OK(me);
  EXPECT_EQ(me->name(), member.name());
  EXPECT_EQ(me->engagement(), engagement.name());

  const char other = link.secret().back() == 'A' ? 'E' : 'A';
  exchange.set_secret(link.secret().substr(0, link.secret().size() - 1) + other);
  EXPECT_THAT(
      world_.Participants("", &v1::ParticipantService::Stub::ExchangeParticipantLink, exchange),
      StatusIs(StatusCode::kUnauthenticated));
  v1::RevokeParticipantLinkRequest revoke;
  revoke.set_name(link.name());
  ASSERT_OK(world_.Participants("consultant", &v1::ParticipantService::Stub::RevokeParticipantLink,
                                revoke));
  exchange.set_secret(link.secret());
  EXPECT_THAT(
      world_.Participants("", &v1::ParticipantService::Stub::ExchangeParticipantLink, exchange),
      StatusIs(StatusCode::kUnauthenticated));
}

}  // namespace
}  // namespace staraction::engagement
