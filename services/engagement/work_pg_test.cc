// Quotes, tasks, visits, states, plans, time and pilots, through real gRPC over a real database.

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/timestamp.h"
#include "common/pg/connection.h"
#include "common/status/errors.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/effort_service.grpc.pb.h"
#include "staraction/engagement/v1/pilot_service.grpc.pb.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction::engagement {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Quotes = v1::QuoteService;
using Tasks = v1::TaskService;
using Visits = v1::VisitService;
using Engagements = v1::EngagementService;
using Efforts = v1::EffortService;
using Pilots = v1::PilotService;

class WorkTest : public ::testing::Test {
 protected:
  WorkTest() : client_(world_.CreateClient("consultant", 28)), today_(TokyoDay(RealClock()())) {}

  template <typename Service, typename Method, typename Request>
  auto As(const std::string& who, Method method, const Request& request) {
    return world_.Ask<Service>(who, method, request);
  }
  v1::Quote Draft(int64_t override_yen = -1) {
    v1::CreateQuoteRequest request;
    request.set_parent(client_.name());
    request.mutable_quote()->set_offering("offerings/one-star");
    *request.mutable_quote()->mutable_valid_until() = ToProtoDate(today_ + 30);
    if (override_yen >= 0) {
      request.mutable_quote()->mutable_price_override()->set_price_yen(override_yen);
      request.mutable_quote()->mutable_price_override()->set_reason("初めてのお客様");
    }
    const auto quote = As<Quotes>("consultant", &Quotes::Stub::CreateQuote, request);
    EXPECT_OK(quote);
    return quote.value_or(v1::Quote());
  }
  absl::StatusOr<v1::Quote> Issue(const std::string& name) {
    v1::IssueQuoteRequest request;
    request.set_name(name);
    return As<Quotes>("consultant", &Quotes::Stub::IssueQuote, request);
  }
  absl::StatusOr<v1::Quote> Get(const std::string& name) {
    v1::GetQuoteRequest request;
    request.set_name(name);
    return As<Quotes>("consultant", &Quotes::Stub::GetQuote, request);
  }
  absl::StatusOr<v1::SearchQuotesResponse> Search(const v1::SearchQuotesRequest& request,
                                                  const std::string& who = "consultant") {
    return As<Quotes>(who, &Quotes::Stub::SearchQuotes, request);
  }
  v1::Engagement Open(v1::AcceptQuoteRequest accept = {}) {
    accept.set_name(Issue(Draft().name())->name());
    const auto engagement = As<Quotes>("consultant", &Quotes::Stub::AcceptQuote, accept);
    EXPECT_OK(engagement);
    return engagement.value_or(v1::Engagement());
  }
  std::map<std::string, v1::Task> TasksOf(const std::string& engagement) {
    v1::ListTasksRequest request;
    request.set_parent(engagement);
    std::map<std::string, v1::Task> tasks;
    const auto page = As<Tasks>("consultant", &Tasks::Stub::ListTasks, request);
    EXPECT_OK(page);
    if (!page.ok()) return tasks;
    for (const auto& task : page->tasks()) {
      tasks[task.code().empty() ? task.title() : task.code()] = task;
    }
    return tasks;
  }
  template <typename Request, typename Method>
  absl::StatusOr<v1::Engagement> Move(const std::string& name, Method method,
                                      const std::string& reason) {
    Request request;
    request.set_name(name);
    request.set_request_id(NewUuid4());
    if constexpr (requires { request.reason(); }) request.set_reason(reason);
    return As<Engagements>("consultant", method, request);
  }
  absl::StatusOr<v1::Engagement> Start(const std::string& name) {
    return Move<v1::StartEngagementRequest>(name, &Engagements::Stub::StartEngagement, "");
  }

  World world_;
  const v1::Client client_;
  const CivilDay today_;
};

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

TEST_F(WorkTest, TimeAndLessonsOfPilotsAreReported) {
  v1::AcceptQuoteRequest accept;
  accept.set_pilot(true);
  const v1::Engagement pilot = Open(accept);
  Open();
  v1::CreateEffortEntryRequest effort;
  effort.set_parent(pilot.name());
  effort.mutable_effort_entry()->set_step("1.1");
  effort.mutable_effort_entry()->set_minutes(90);
  *effort.mutable_effort_entry()->mutable_work_date() = ToProtoDate(today_);
  const auto entry = As<Efforts>("consultant", &Efforts::Stub::CreateEffortEntry, effort);
  ASSERT_OK(entry);
  EXPECT_EQ(entry->user(), world_.user("consultant"));
  effort.mutable_effort_entry()->set_step("9.9");
  EXPECT_THAT(As<Efforts>("consultant", &Efforts::Stub::CreateEffortEntry, effort),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("1.1")));
  v1::UpdateEffortEntryRequest update;
  update.mutable_effort_entry()->set_name(entry->name());
  update.mutable_effort_entry()->set_minutes(120);
  update.mutable_update_mask()->add_paths("minutes");
  ASSERT_OK(As<Efforts>("consultant", &Efforts::Stub::UpdateEffortEntry, update));
  v1::GetEffortReportRequest report;
  report.set_name(pilot.name() + "/effortReport");
  const auto sums = As<Efforts>("consultant", &Efforts::Stub::GetEffortReport, report);
  ASSERT_OK(sums);
  EXPECT_EQ(sums->total_minutes(), 120);
  EXPECT_NE(sums->sums(0).step_title(), "");
  v1::CreateLessonRequest lesson;
  lesson.set_parent(pilot.name());
  lesson.mutable_lesson()->set_kind(v1::Lesson::KIND_TRY);
  lesson.mutable_lesson()->set_text("名簿は初回に受け取る");
  ASSERT_OK(As<Pilots>("consultant", &Pilots::Stub::CreateLesson, lesson));
  const auto pilots =
      As<Pilots>("reporter", &Pilots::Stub::ReportPilots, v1::ReportPilotsRequest());
  ASSERT_OK(pilots);
  ASSERT_EQ(pilots->pilots_size(), 1);
  EXPECT_EQ(pilots->pilots(0).effort_minutes(), 120);
  EXPECT_EQ(pilots->pilots(0).price_yen(), 110000);
  ASSERT_EQ(pilots->pilots(0).lessons_size(), 1);
  EXPECT_EQ(pilots->pilots(0).lessons(0).author(), world_.user("consultant"));
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
