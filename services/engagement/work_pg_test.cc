// Tasks, visits, states, plans and the portfolio, through real gRPC over a real database.

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/pg/connection.h"
#include "common/status/errors.h"
#include "services/engagement/testing/work_test.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction::engagement {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(WorkTest, TasksHaveOwnersAndMayBeReopened) {
  const v1::Engagement engagement = Open();
  const v1::Member member = world_.AddMember(client_, "7", "山﨑 花子", false);
  v1::CreateTaskRequest create;
  create.set_parent(engagement.name());
  create.set_request_id(NewUuid4());
  create.mutable_task()->set_title("共有フォルダの一覧を作る");
  create.mutable_task()->set_side(v1::SIDE_CLIENT);
  create.mutable_task()->set_owner_member(member.name());
  create.mutable_task()->set_source(v1::TASK_SOURCE_CHASE);
  EXPECT_THAT(As<Tasks>("consultant", &Tasks::Stub::CreateTask, create),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("due_date")));
  *create.mutable_task()->mutable_due_date() = ToProtoDate(today_ - 3);
  create.set_request_id(NewUuid4());
  const auto task = As<Tasks>("consultant", &Tasks::Stub::CreateTask, create);
  ASSERT_OK(task);
  EXPECT_TRUE(task->overdue());
  EXPECT_EQ(As<Tasks>("consultant", &Tasks::Stub::CreateTask, create)->name(), task->name());
  v1::GetEngagementRequest get;
  get.set_name(engagement.name());
  EXPECT_TRUE(As<Engagements>("consultant", &Engagements::Stub::GetEngagement, get)->overdue());
  v1::UpdateTaskRequest update;
  update.mutable_task()->set_name(task->name());
  update.mutable_task()->set_owner_user(world_.user("consultant"));
  update.mutable_update_mask()->add_paths("owner_user");
  EXPECT_THAT(As<Tasks>("consultant", &Tasks::Stub::UpdateTask, update),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("owner_member")));
  update.mutable_update_mask()->add_paths("owner_member");
  ASSERT_OK(As<Tasks>("consultant", &Tasks::Stub::UpdateTask, update));
  v1::CompleteTaskRequest complete;
  complete.set_name(task->name());
  const auto done = As<Tasks>("consultant", &Tasks::Stub::CompleteTask, complete);
  ASSERT_OK(done);
  EXPECT_EQ(done->completed_by(), world_.user("consultant"));
  EXPECT_THAT(As<Tasks>("consultant", &Tasks::Stub::CompleteTask, complete),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("DONE")));
  v1::ReopenTaskRequest reopen;
  reopen.set_name(task->name());
  EXPECT_THAT(As<Tasks>("other-consultant", &Tasks::Stub::ReopenTask, reopen),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_EQ(As<Tasks>("consultant", &Tasks::Stub::ReopenTask, reopen)->state(),
            v1::Task::STATE_OPEN);
}

TEST_F(WorkTest, AVisitIsHeldAndConfirmed) {
  const v1::Engagement engagement = Open();
  const v1::Member president = world_.AddMember(client_, "1", "北浜 隆", true);
  v1::ListVisitsRequest list;
  list.set_parent(engagement.name());
  const auto planned = As<Visits>("consultant", &Visits::Stub::ListVisits, list);
  ASSERT_OK(planned);
  ASSERT_EQ(planned->visits_size(), 4);
  v1::HoldVisitRequest hold;
  hold.set_name(planned->visits(0).name());
  const absl::Time now = RealClock()();
  *hold.mutable_start_time() = ToTimestamp(now - absl::Hours(2));
  *hold.mutable_end_time() = ToTimestamp(now - absl::Minutes(1));
  hold.add_participants()->set_user(world_.user("consultant"));
  hold.add_participants()->set_member(president.name());
  hold.set_minutes("目的と日程を確認した。");
  hold.add_decisions()->set_text("教育の担当は総務とする");
  auto* homework = hold.add_homework();
  homework->set_title("名簿を用意する");
  homework->set_side(v1::SIDE_CLIENT);
  homework->set_owner_member(president.name());
  *homework->mutable_due_date() = ToProtoDate(today_ + 7);
  *hold.mutable_next_visit_date() = ToProtoDate(today_ + 14);
  hold.set_request_id(NewUuid4());
  const auto held = As<Visits>("consultant", &Visits::Stub::HoldVisit, hold);
  ASSERT_OK(held);
  EXPECT_EQ(held->participants(1).display_name(), "北浜 隆");
  EXPECT_EQ(held->homework(0).owner_display_name(), "北浜 隆");
  EXPECT_EQ(held->client_display_name(), client_.legal_name());
  EXPECT_THAT(held->offering_display_name(), HasSubstr("自己宣言支援"));
  EXPECT_EQ(held->number(), 1);
  EXPECT_EQ(TasksOf(engagement.name()).at("名簿を用意する").source_resource(), held->name());
  const auto after = As<Visits>("consultant", &Visits::Stub::ListVisits, list);
  EXPECT_EQ(FromProtoDate(after->visits(1).planned_date()), today_ + 14);
  v1::ConfirmVisitRequest confirm;
  confirm.set_name(held->name());
  confirm.set_person("北浜 隆");
  confirm.set_channel(common::v1::CHANNEL_PAPER);
  const auto confirmed = As<Visits>("consultant", &Visits::Stub::ConfirmVisit, confirm);
  ASSERT_OK(confirmed);
  ASSERT_EQ(confirmed->confirmations_size(), 1);
  EXPECT_EQ(confirmed->confirmations(0).content_digest().size(), 64u);
  v1::UpdateVisitRequest update;
  *update.mutable_visit() = *confirmed;
  update.mutable_visit()->set_minutes("書き直し");
  update.mutable_update_mask()->add_paths("minutes");
  EXPECT_THAT(As<Visits>("consultant", &Visits::Stub::UpdateVisit, update),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("CONFIRMED")));
  EXPECT_THAT(As<Visits>("consultant", &Visits::Stub::HoldVisit,
                         [&] {
                           auto again = hold;
                           again.set_request_id(NewUuid4());
                           return again;
                         }()),
              StatusIs(StatusCode::kFailedPrecondition));
  v1::CancelVisitRequest cancel;
  cancel.set_name(planned->visits(3).name());
  cancel.set_reason("オンラインで済ませた");
  EXPECT_EQ(As<Visits>("consultant", &Visits::Stub::CancelVisit, cancel)->state(),
            v1::Visit::STATE_CANCELLED);
}

TEST_F(WorkTest, VisitsArePlannedByHandWithPeopleWhoExist) {
  const v1::Engagement engagement = Open();
  v1::CreateVisitRequest create;
  create.set_parent(engagement.name());
  create.mutable_visit()->set_title("補講");
  *create.mutable_visit()->mutable_planned_date() = ToProtoDate(today_ + 3);
  create.mutable_visit()->add_participants()->set_member(client_.name() + "/members/" + NewUuid4());
  EXPECT_THAT(As<Visits>("consultant", &Visits::Stub::CreateVisit, create),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("participants")));
  create.mutable_visit()->clear_participants();
  const auto visit = As<Visits>("consultant", &Visits::Stub::CreateVisit, create);
  ASSERT_OK(visit);
  v1::UpdateVisitRequest update;
  *update.mutable_visit() = *visit;
  update.mutable_visit()->set_place("大阪市中央区");
  update.mutable_update_mask()->add_paths("place");
  EXPECT_EQ(As<Visits>("consultant", &Visits::Stub::UpdateVisit, update)->place(), "大阪市中央区");
  v1::GetVisitRequest get;
  get.set_name(visit->name());
  EXPECT_EQ(As<Visits>("consultant", &Visits::Stub::GetVisit, get)->place(), "大阪市中央区");
}

TEST_F(WorkTest, StatesNeedFactsOrReasons) {
  const v1::Engagement engagement = Open();
  const auto declare = [&](const std::string& reason) {
    return Move<v1::DeclareEngagementRequest>(engagement.name(),
                                              &Engagements::Stub::DeclareEngagement, reason);
  };
  EXPECT_THAT(declare("早い"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("CONTRACTED")));
  ASSERT_OK(Start(engagement.name()));
  const auto refused = declare("");
  EXPECT_EQ(ReasonOf(refused.status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  const auto declared = declare("お客様の控えで確認した");
  ASSERT_OK(declared);
  EXPECT_EQ(declared->state(), v1::Engagement::STATE_DECLARED);
  ASSERT_EQ(declared->transitions_size(), 2);
  EXPECT_THAT(declared->transitions(1).unmet_criteria(), ElementsAre("declaration.state"));
  EXPECT_EQ(declared->transitions(1).recorded_by(), world_.user("consultant"));
  const auto sustain = [&](const std::string& reason) {
    return Move<v1::SustainEngagementRequest>(engagement.name(),
                                              &Engagements::Stub::SustainEngagement, reason);
  };
  EXPECT_EQ(ReasonOf(sustain("").status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  ASSERT_OK(sustain("研修は来月"));
  const auto closed = Move<v1::CloseEngagementRequest>(
      engagement.name(), &Engagements::Stub::CloseEngagement, "お客様のご都合");
  ASSERT_OK(closed);
  EXPECT_THAT(closed->transitions(3).unmet_criteria(), Contains("TRAINING_COVERAGE"));
  EXPECT_FALSE(closed->readiness().has_next_due_date());
}

TEST_F(WorkTest, AnIssuedDeclarationIsEnough) {
  const v1::Engagement engagement = Open();
  ASSERT_OK(Start(engagement.name()));
  fact::v1::FactSheet sheet;
  sheet.set_service("declaration");
  sheet.set_version(1);
  auto* fact = sheet.add_facts();
  fact->set_code("declaration.state");
  fact->set_text("ISSUED");
  world_.Query(absl::StrCat(
      "with x as (insert into engagement.fact_sheet (organization_id, client_id, service, version, "
      "announced_version, collect_time, sheet) select organization_id, client_id, 'declaration', "
      "1, 0, now(), '\\x",
      absl::BytesToHexString(sheet.SerializeAsString()),
      "' from engagement.client returning 1) select count(*) as value from x"));
  const auto declared = Move<v1::DeclareEngagementRequest>(
      engagement.name(), &Engagements::Stub::DeclareEngagement, "");
  ASSERT_OK(declared);
  EXPECT_EQ(declared->transitions(1).unmet_criteria_size(), 0);
}

TEST_F(WorkTest, ASubsidysDayMovesThePlan) {
  const v1::Engagement engagement = Open();
  v1::ReplanEngagementRequest replan;
  replan.set_name(engagement.name());
  replan.mutable_subsidy()->set_programme("digital-ai-2026");
  *replan.mutable_subsidy()->mutable_application_date() = ToProtoDate(today_ + 60);
  replan.set_validate_only(true);
  const auto before = TasksOf(engagement.name());
  const auto proposed = As<Engagements>("consultant", &Engagements::Stub::ReplanEngagement, replan);
  ASSERT_OK(proposed);
  EXPECT_GT(proposed->moves_size(), 5);
  EXPECT_TRUE(proposed->feasible());
  EXPECT_EQ(TasksOf(engagement.name()).at("DECLARE").etag(), before.at("DECLARE").etag());
  replan.set_validate_only(false);
  replan.set_request_id(NewUuid4());
  const auto stored = As<Engagements>("consultant", &Engagements::Stub::ReplanEngagement, replan);
  ASSERT_OK(stored);
  const auto after = TasksOf(engagement.name());
  EXPECT_LE(*FromProtoDate(after.at("DECLARE").due_date()), *FromProtoDate(stored->declare_by()));
  EXPECT_GT(stored->engagement().plan_warnings_size(), 0);
  *replan.mutable_subsidy()->mutable_application_date() = ToProtoDate(today_ + 15);
  replan.set_request_id(NewUuid4());
  const auto late = As<Engagements>("consultant", &Engagements::Stub::ReplanEngagement, replan);
  ASSERT_OK(late);
  EXPECT_FALSE(late->feasible());
  replan.mutable_subsidy()->set_programme("nowhere");
  replan.set_request_id(NewUuid4());
  EXPECT_THAT(As<Engagements>("consultant", &Engagements::Stub::ReplanEngagement, replan),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("digital-ai-2026")));
}

TEST_F(WorkTest, TheExpressPathDeclaresFirst) {
  v1::AcceptQuoteRequest accept;
  accept.set_path(v1::PLAN_PATH_EXPRESS);
  const v1::Engagement engagement = Open(accept);
  EXPECT_EQ(engagement.plan(), "one-star-express-plan");
  const auto tasks = TasksOf(engagement.name());
  EXPECT_LT(*FromProtoDate(tasks.at("DECLARE").due_date()),
            *FromProtoDate(tasks.at("SESSION").due_date()));
  v1::ReplanEngagementRequest replan;
  replan.set_name(engagement.name());
  replan.set_path(v1::PLAN_PATH_STANDARD);
  ASSERT_OK(As<Engagements>("consultant", &Engagements::Stub::ReplanEngagement, replan));
  const auto standard = TasksOf(engagement.name());
  EXPECT_GT(*FromProtoDate(standard.at("DECLARE").due_date()),
            *FromProtoDate(standard.at("SESSION").due_date()));
}

TEST_F(WorkTest, ThePortfolioFiltersAndKeepsPilotsApart) {
  const v1::Engagement late = Open();
  const v1::Engagement usual = Open();
  v1::AcceptQuoteRequest accept;
  accept.set_pilot(true);
  const v1::Engagement pilot = Open(accept);
  v1::CreateTaskRequest create;
  create.set_parent(usual.name());
  create.mutable_task()->set_title("返事待ち");
  create.mutable_task()->set_side(v1::SIDE_CLIENT);
  *create.mutable_task()->mutable_due_date() = ToProtoDate(today_ - 10);
  ASSERT_OK(As<Tasks>("consultant", &Tasks::Stub::CreateTask, create));
  const auto names = [&](v1::ListEngagementsRequest request, const std::string& who) {
    std::vector<std::string> found;
    const auto list = As<Engagements>(who, &Engagements::Stub::ListEngagements, request);
    EXPECT_OK(list);
    for (const auto& each : list->engagements()) found.push_back(each.name());
    return found;
  };
  for (const std::string who : {"admin", "consultant"}) {
    EXPECT_THAT(names({}, who), ElementsAre(usual.name(), late.name())) << who;
    v1::ListEngagementsRequest request;
    request.set_pilots(true);
    EXPECT_THAT(names(request, who), ElementsAre(pilot.name())) << who;
    request.Clear();
    request.set_min_overdue_days(10);
    EXPECT_THAT(names(request, who), ElementsAre(usual.name())) << who;
    request.set_min_overdue_days(11);
    EXPECT_THAT(names(request, who), testing::IsEmpty()) << who;
    request.Clear();
    request.set_query("北浜精密");
    request.add_client_kinds(v1::CLIENT_KIND_COMPANY);
    request.set_star(1);
    request.set_consultant(world_.user("consultant"));
    EXPECT_EQ(names(request, who).size(), 2u) << who;
    request.set_query("存在しない会社");
    EXPECT_THAT(names(request, who), testing::IsEmpty()) << who;
    request.Clear();
    request.set_star(2);
    EXPECT_THAT(names(request, who), testing::IsEmpty()) << who;
  }
  v1::UpdateEngagementRequest mark;
  mark.mutable_engagement()->set_name(late.name());
  mark.mutable_engagement()->set_pilot(true);
  mark.mutable_update_mask()->add_paths("pilot");
  ASSERT_OK(As<Engagements>("consultant", &Engagements::Stub::UpdateEngagement, mark));
  EXPECT_THAT(names({}, "consultant"), ElementsAre(usual.name()));
}

}  // namespace
}  // namespace staraction::engagement
