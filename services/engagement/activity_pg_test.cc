// Activities of operation, through real gRPC over a real database.

#include "absl/time/clock.h"
#include "services/engagement/testing/operation_test.h"
#include "staraction/engagement/v1/company_service.grpc.pb.h"
#include "staraction/engagement/v1/due_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Due = v1::DueService;

class ActivityTest : public OperationTest {
 protected:
  absl::StatusOr<v1::Activity> Complete(const std::string& name,
                                        const std::string& who = "consultant") {
    v1::CompleteActivityRequest request;
    request.set_name(name);
    request.set_result("行った");
    request.set_channel(common::v1::CHANNEL_TELEPHONE);
    *request.mutable_effective_date() = ToProtoDate(today_ - 1);
    return As<Activities>(who, &Activities::Stub::CompleteActivity, request);
  }
};

TEST_F(ActivityTest, TheYearIsPlannedWithTheEngagementOnceAndWithOwnersByRole) {
  v1::CreateRoleAssignmentRequest role;
  role.set_parent(client_.name());
  role.mutable_role_assignment()->set_member(manager_.name());
  role.mutable_role_assignment()->set_role("SECURITY_MANAGER");
  ASSERT_OK(
      As<v1::CompanyService>("consultant", &v1::CompanyService::Stub::CreateRoleAssignment, role));
  const v1::Engagement engagement = OpenTwoStars();
  const auto planned = Year(engagement.name());
  ASSERT_OK(planned);
  EXPECT_GE(planned->activities_size(), 13) << "planned with the engagement";
  const auto& first = planned->activities(0);
  EXPECT_EQ(first.code(), "FORMS_START");
  EXPECT_EQ(first.owner_member(), manager_.name());
  EXPECT_EQ(first.owner_display_name(), "髙橋 誠");
  EXPECT_EQ(first.role_label(), "情報セキュリティ責任者");
  EXPECT_TRUE(first.trial());
  EXPECT_THAT(first.allowed_actions(), ElementsAre("update", "complete", "skip"));
  // Moved into another month, it is still the same one; so a later plan adds nothing.
  v1::UpdateActivityRequest move;
  move.mutable_activity()->set_name(first.name());
  *move.mutable_activity()->mutable_due_date() = ToProtoDate(today_ + 70);
  move.mutable_update_mask()->add_paths("due_date");
  ASSERT_OK(As<Activities>("consultant", &Activities::Stub::UpdateActivity, move));
  for (const int days : {0, 40}) {
    v1::PlanActivitiesRequest again;
    again.set_parent(client_.name());
    again.set_engagement(engagement.name());
    *again.mutable_start_date() = ToProtoDate(today_ + days);
    const auto reply = As<Activities>("consultant", &Activities::Stub::PlanActivities, again);
    ASSERT_OK(reply);
    EXPECT_THAT(reply->activities(), IsEmpty());
    EXPECT_EQ(reply->kept(), planned->activities_size());
  }
  v1::ListActivitiesRequest list;
  list.set_parent(client_.name());
  list.set_page_size(5);
  int seen = 0;
  do {
    const auto page = As<Activities>("consultant", &Activities::Stub::ListActivities, list);
    ASSERT_OK(page);
    seen += page->activities_size();
    list.set_page_token(page->next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(seen, planned->activities_size());
}

TEST_F(ActivityTest, PlanningNeedsACalendarAndADayNearby) {
  const v1::Engagement one_star = Open();
  EXPECT_THAT(Unmet(Plan(one_star.name())), ElementsAre("activity_calendar"));
  EXPECT_THAT(Plan("engagements/0190affe-0000-7000-8000-00000000dead"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("engagement")));
  v1::PlanActivitiesRequest request;
  request.set_parent(client_.name());
  request.set_engagement(OpenTwoStars().name());
  *request.mutable_start_date() = ToProtoDate(today_ + 400);
  EXPECT_THAT(As<Activities>("consultant", &Activities::Stub::PlanActivities, request),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("start_date")));
  EXPECT_THAT(As<Activities>("other-consultant", &Activities::Stub::PlanActivities, request),
              StatusIs(StatusCode::kPermissionDenied));
  v1::GetActivityCalendarRequest get;
  get.set_name("activityCalendars/operation");
  const auto calendar = As<Activities>("consultant", &Activities::Stub::GetActivityCalendar, get);
  ASSERT_OK(calendar);
  EXPECT_EQ(calendar->forms_size(), 6);
  get.set_name("activityCalendars/other");
  EXPECT_THAT(As<Activities>("consultant", &Activities::Stub::GetActivityCalendar, get),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(ActivityTest, AnActivityIsDoneSkippedAndReopened) {
  const v1::Engagement engagement = OpenTwoStars();
  const auto activity = AddActivity(engagement.name(), today_ - 5);
  ASSERT_OK(activity);
  EXPECT_TRUE(activity->overdue());
  EXPECT_EQ(Actual(engagement.name(), "ACTIVITIES_CURRENT"), "1");
  v1::UpdateActivityRequest update;
  update.mutable_activity()->set_name(activity->name());
  update.mutable_activity()->set_owner_user(world_.user("consultant"));
  update.mutable_update_mask()->add_paths("owner_user");
  EXPECT_THAT(As<Activities>("consultant", &Activities::Stub::UpdateActivity, update),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("owner_member")));
  update.mutable_update_mask()->add_paths("owner_member");
  ASSERT_OK(As<Activities>("consultant", &Activities::Stub::UpdateActivity, update));
  const auto done = Complete(activity->name());
  ASSERT_OK(done);
  EXPECT_FALSE(done->overdue());
  EXPECT_EQ(*FromProtoDate(done->effective_date()), today_ - 1);
  EXPECT_THAT(Complete(activity->name()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("DONE")));
  EXPECT_THAT(Complete(activity->name(), "other-consultant"),
              StatusIs(StatusCode::kPermissionDenied));
  v1::ReopenActivityRequest reopen;
  reopen.set_name(activity->name());
  reopen.set_reason("別の棚だった");
  reopen.set_request_id(NewUuid4());
  ASSERT_OK(As<Activities>("consultant", &Activities::Stub::ReopenActivity, reopen));
  ASSERT_OK(As<Activities>("consultant", &Activities::Stub::ReopenActivity, reopen));
  v1::SkipActivityRequest skip;
  skip.set_name(activity->name());
  *skip.mutable_effective_date() = ToProtoDate(today_ + 1);
  EXPECT_THAT(As<Activities>("consultant", &Activities::Stub::SkipActivity, skip),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("reason")));
  skip.set_reason("棚を使わなくなった");
  EXPECT_THAT(As<Activities>("consultant", &Activities::Stub::SkipActivity, skip),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("effective_date")));
  skip.clear_effective_date();
  const auto skipped = As<Activities>("consultant", &Activities::Stub::SkipActivity, skip);
  ASSERT_OK(skipped);
  std::vector<std::string> verbs;
  for (const auto& act : skipped->acts()) verbs.push_back(act.verb());
  EXPECT_THAT(verbs, ElementsAre("complete", "reopen", "skip"));
  EXPECT_EQ(skipped->acts(0).channel(), common::v1::CHANNEL_TELEPHONE);
  EXPECT_EQ(skipped->acts(0).recorded_by(), world_.user("consultant"));
  v1::GetActivityRequest get;
  get.set_name(activity->name());
  EXPECT_EQ(As<Activities>("consultant", &Activities::Stub::GetActivity, get)->acts_size(), 3);
  EXPECT_EQ(Actual(engagement.name(), "ACTIVITIES_CURRENT"), "0");
}

TEST_F(ActivityTest, WhoReadAnOldVersionIsToldSo) {
  const v1::Engagement engagement = OpenTwoStars();
  const auto activity = AddActivity(engagement.name(), today_);
  ASSERT_OK(activity);
  v1::SkipActivityRequest skip;
  skip.set_name(activity->name());
  skip.set_reason("棚がない");
  skip.set_etag(activity->etag());
  ASSERT_OK(As<Activities>("consultant", &Activities::Stub::SkipActivity, skip));
  v1::ReopenActivityRequest reopen;
  reopen.set_name(activity->name());
  reopen.set_reason("棚があった");
  reopen.set_etag(activity->etag());
  EXPECT_THAT(As<Activities>("consultant", &Activities::Stub::ReopenActivity, reopen),
              StatusIs(StatusCode::kAborted));
}

// What was due is overdue at midnight, though nobody writes.
TEST_F(ActivityTest, TheChangeOfTheDayIsCollected) {
  const v1::Engagement engagement = OpenTwoStars();
  ASSERT_OK(AddActivity(engagement.name(), today_));
  EXPECT_EQ(Actual(engagement.name(), "ACTIVITIES_CURRENT"), "0");
  v1::GetEngagementRequest get;
  get.set_name(engagement.name());
  const auto met = [&] {
    return As<Engagements>("consultant", &Engagements::Stub::GetEngagement, get)
        ->readiness()
        .deliverable_met();
  };
  const int before = met();
  EXPECT_EQ(world_.Query("select (due_time at time zone 'Asia/Tokyo')::text as value "
                         "from engagement.job where kind = 'collect_day'"),
            FormatIsoDate(today_ + 1) + " 00:00:00");
  world_.Query("update engagement.activity set due_date = due_date - 1 where occurrence = 0");
  world_.Query("update engagement.job set due_time = now() where kind = 'collect_day'");
  const absl::Time end = RealClock()() + absl::Seconds(20);
  while (met() == before && RealClock()() < end) absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(met(), before - 1);
}

TEST_F(ActivityTest, NothingOfACancelledEngagementIsDue) {
  const v1::Engagement engagement = OpenTwoStars();
  const auto activity = AddActivity(engagement.name(), today_ - 1);
  ASSERT_OK(activity);
  v1::CancelEngagementRequest cancel;
  cancel.set_name(engagement.name());
  cancel.set_reason("会社をたたむ");
  ASSERT_OK(As<Engagements>("consultant", &Engagements::Stub::CancelEngagement, cancel));
  v1::GetActivityRequest get;
  get.set_name(activity->name());
  const auto skipped = As<Activities>("consultant", &Activities::Stub::GetActivity, get);
  ASSERT_OK(skipped);
  EXPECT_EQ(skipped->state(), v1::Activity::STATE_SKIPPED);
  ASSERT_EQ(skipped->acts_size(), 1);
  EXPECT_EQ(skipped->acts(0).text(), "会社をたたむ");
  EXPECT_THAT(AddActivity(engagement.name(), today_),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("CANCELLED")));
  EXPECT_THAT(Plan(engagement.name()),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("CANCELLED")));
}

TEST_F(ActivityTest, OverdueActivitiesComeFirstInThePortfolioAndTheDueList) {
  const v1::Engagement engagement = OpenTwoStars();
  const auto later = AddActivity(engagement.name(), today_ + 10);
  const auto overdue = AddActivity(engagement.name(), today_ - 30);
  v1::GetEngagementRequest get;
  get.set_name(engagement.name());
  const auto stuck = As<Engagements>("consultant", &Engagements::Stub::GetEngagement, get);
  EXPECT_TRUE(stuck->overdue());
  EXPECT_EQ(*FromProtoDate(stuck->readiness().next_due_date()), today_ - 30);
  v1::ListDueItemsRequest list;
  const auto due = As<Due>("consultant", &Due::Stub::ListDueItems, list);
  ASSERT_OK(due);
  ASSERT_EQ(due->due_items_size(), 1);
  EXPECT_EQ(due->due_items(0).subject(), overdue->name());
  EXPECT_EQ(due->due_items(0).days_overdue(), 30);
  EXPECT_EQ(due->due_items(0).client(), client_.name());
  EXPECT_EQ(due->due_items(0).client_display_name(), client_.legal_name());
  EXPECT_EQ(due->due_items(0).owner_display_name(), "髙橋 誠");
  EXPECT_EQ(due->due_items(0).text(), overdue->title());
  list.set_within_days(366);
  list.set_page_size(3);
  std::vector<std::string> seen;
  do {
    const auto page = As<Due>("admin", &Due::Stub::ListDueItems, list);
    ASSERT_OK(page);
    for (const auto& item : page->due_items()) seen.push_back(item.subject());
    list.set_page_token(page->next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(static_cast<int>(seen.size()), Year(engagement.name())->activities_size());
  EXPECT_EQ(seen.front(), overdue->name());
  EXPECT_THAT(seen, Contains(later->name()));
  const auto figures = As<Due>("reporter", &Due::Stub::ListDueItems, v1::ListDueItemsRequest());
  ASSERT_OK(figures);
  EXPECT_EQ(figures->due_items(0).owner_display_name(), "");
  EXPECT_EQ(figures->due_items(0).text(), "");
  EXPECT_EQ(figures->due_items(0).days_overdue(), 30);
  const auto strangers =
      As<Due>("other-consultant", &Due::Stub::ListDueItems, v1::ListDueItemsRequest());
  EXPECT_THAT(strangers->due_items(), IsEmpty());
  list.set_within_days(367);
  EXPECT_THAT(As<Due>("admin", &Due::Stub::ListDueItems, list),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("within_days")));
  list.set_within_days(0);
  list.set_page_token("no-token");
  EXPECT_THAT(As<Due>("admin", &Due::Stub::ListDueItems, list),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("page_token")));
}

}  // namespace
}  // namespace staraction::engagement
