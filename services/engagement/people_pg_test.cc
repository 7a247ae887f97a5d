// Users, invitations, the front page and life events, through real gRPC over a real database.

#include "common/base/clock.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/status/errors.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/company_service.grpc.pb.h"
#include "staraction/engagement/v1/invitation_service.grpc.pb.h"
#include "staraction/engagement/v1/life_event_service.grpc.pb.h"
#include "staraction/engagement/v1/task_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Invitations = v1::InvitationService::Stub;
using LifeEvents = v1::LifeEventService::Stub;

class PeopleTest : public ::testing::Test {
 protected:
  PeopleTest()
      : invitations_(v1::InvitationService::NewStub(world_.service().channel())),
        life_events_(v1::LifeEventService::NewStub(world_.service().channel())),
        companies_(v1::CompanyService::NewStub(world_.service().channel())) {}

  template <typename Method, typename Request>
  auto Invite(Method method, const Request& request, const std::string& who = "admin") {
    return test::CallAs(world_.Token(who), *invitations_, method, request);
  }
  template <typename Method, typename Request>
  auto Life(Method method, const Request& request, const std::string& who = "consultant") {
    return test::CallAs(world_.Token(who), *life_events_, method, request);
  }

  template <typename Method, typename Request>
  auto Tasks(Method method, const Request& request) {
    return world_.Ask<v1::TaskService>("consultant", method, request);
  }

  v1::Invitation Invited(const std::string& name = "新任") {
    v1::InviteUserRequest request;
    request.set_display_name(name);
    request.add_roles(common::v1::ROLE_CONSULTANT);
    request.set_request_id(NewUuid4());
    const auto invitation = Invite(&Invitations::InviteUser, request);
    EXPECT_OK(invitation);
    const auto again = Invite(&Invitations::InviteUser, request);
    EXPECT_OK(again);
    EXPECT_EQ(again->code(), invitation->code());
    return *invitation;
  }

  absl::StatusOr<v1::User> Accept(const std::string& who, const std::string& code) {
    v1::AcceptInvitationRequest request;
    request.set_code(code);
    request.set_access_token(who.empty() ? "nonsense" : world_.Token(who));
    return Invite(&Invitations::AcceptInvitation, request, "");
  }

  absl::StatusOr<v1::LifeEvent> NewPresident(const v1::Client& client, bool validate_only = false) {
    v1::CreateLifeEventRequest request;
    request.set_parent(client.name());
    request.mutable_life_event()->set_kind("lifeEventKinds/new-president");
    *request.mutable_life_event()->mutable_effective_date() = ToProtoDate(TokyoDay(RealClock()()));
    request.set_validate_only(validate_only);
    return Life(&LifeEvents::CreateLifeEvent, request);
  }

  World world_;
  std::unique_ptr<Invitations> invitations_;
  std::unique_ptr<LifeEvents> life_events_;
  std::unique_ptr<v1::CompanyService::Stub> companies_;
};

TEST_F(PeopleTest, TheFirstSignInWithTheCodeBindsTheLogin) {
  EXPECT_THAT(world_.Me(world_.Token("newcomer")), StatusIs(StatusCode::kPermissionDenied));
  const v1::Invitation invitation = Invited();
  EXPECT_EQ(invitation.user().state(), v1::User::STATE_INVITED);
  EXPECT_EQ(world_.Query("select count(*) as value from engagement.request where "
                         "position(convert_to('" +
                         invitation.code() + "', 'UTF8') in response) > 0"),
            "0");
  EXPECT_THAT(Accept("", invitation.code()), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(Accept("newcomer", invitation.code() + "x"), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(Accept("stranger", invitation.code()), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(Accept("admin", invitation.code()), StatusIs(StatusCode::kAlreadyExists));
  const auto user = Accept("newcomer", invitation.code());
  ASSERT_OK(user);
  EXPECT_EQ(user->state(), v1::User::STATE_ACTIVE);
  EXPECT_EQ(user->subject(), "newcomer");
  const auto me = world_.Me(world_.Token("newcomer"));
  ASSERT_OK(me);
  EXPECT_EQ(me->name(), invitation.user().name());
  EXPECT_THAT(me->permissions(), Contains(common::v1::PERMISSION_CREATE_CLIENT));
  EXPECT_THAT(Accept("somebody-else", invitation.code()), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_EQ(world_.Query("select count(*) as value from engagement.audit_payload where "
                         "position(convert_to('" +
                         invitation.code() + "', 'UTF8') in payload) > 0"),
            "0");
}

TEST_F(PeopleTest, ARenewedInvitationVoidsTheFirstCode) {
  const v1::Invitation first = Invited();
  v1::RenewInvitationRequest renew;
  renew.set_name(first.user().name());
  const auto second = Invite(&Invitations::RenewInvitation, renew);
  ASSERT_OK(second);
  EXPECT_NE(second->code(), first.code());
  EXPECT_THAT(Accept("newcomer", first.code()), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_OK(Accept("newcomer", second->code()));
  EXPECT_THAT(Invite(&Invitations::RenewInvitation, renew),
              StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Invite(&Invitations::RenewInvitation, renew, "consultant"),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(PeopleTest, ADisabledUserIsShutOutUntilEnabled) {
  const v1::Invitation invitation = Invited();
  ASSERT_OK(Accept("newcomer", invitation.code()));
  v1::DisableUserRequest disable;
  disable.set_name(world_.user("reporter"));
  const auto disabled = Invite(&Invitations::DisableUser, disable);
  ASSERT_OK(disabled);
  EXPECT_THAT(disabled->allowed_actions(), ElementsAre("enable"));
  EXPECT_THAT(world_.Me(world_.Token("reporter")), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Invite(&Invitations::DisableUser, disable),
              StatusIs(StatusCode::kFailedPrecondition));
  v1::EnableUserRequest enable;
  enable.set_name(disable.name());
  ASSERT_OK(Invite(&Invitations::EnableUser, enable));
  EXPECT_OK(world_.Me(world_.Token("reporter")));
  // Nobody shuts themselves out.
  disable.set_name(world_.Me(world_.Token("admin"))->name());
  EXPECT_THAT(Invite(&Invitations::DisableUser, disable),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("SELF")));
}

TEST_F(PeopleTest, AnAdministratorSeesWhereAUserIsAssigned) {
  const v1::Client client = world_.CreateClient("consultant");
  v1::ListUserAccessesRequest list;
  list.set_parent(world_.user("consultant"));
  const auto accesses = Invite(&Invitations::ListUserAccesses, list);
  ASSERT_OK(accesses);
  ASSERT_EQ(accesses->accesses_size(), 1);
  EXPECT_THAT(accesses->accesses(0).name(), HasSubstr(client.name()));
  EXPECT_THAT(Invite(&Invitations::ListUserAccesses, list, "consultant"),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(PeopleTest, MeTellsACompanysPeopleWhatTheyMayDoThere) {
  const v1::Client client = world_.CreateClient("consultant");
  const auto me = world_.Me(world_.CompanyUser(client, common::v1::ROLE_SECURITY_MANAGER));
  ASSERT_OK(me);
  ASSERT_EQ(me->companies_size(), 1);
  EXPECT_THAT(me->companies(0).permissions(), Contains(common::v1::PERMISSION_EDIT_CLIENT));
  EXPECT_THAT(me->companies(0).permissions(), Not(Contains(common::v1::PERMISSION_DECIDE)));
}

TEST_F(PeopleTest, HomeIsOneReadOfWhatAFrontPageNeeds) {
  const v1::Client client = world_.CreateClient("consultant");
  const v1::Member president = world_.AddMember(client, "1", "北浜 隆", true);
  const v1::Engagement engagement = world_.OpenEngagement(client);
  v1::CreateRoleAssignmentRequest role;
  role.set_parent(client.name());
  role.mutable_role_assignment()->set_member(president.name());
  role.mutable_role_assignment()->set_role("SECURITY_MANAGER");
  ASSERT_OK(test::CallAs(world_.Token("consultant"), *companies_,
                         &v1::CompanyService::Stub::CreateRoleAssignment, role));
  v1::GetClientHomeRequest request;
  request.set_name(client.name());
  testing::internal::CaptureStderr();
  const auto home = test::CallAs(world_.Token("consultant"), *companies_,
                                 &v1::CompanyService::Stub::GetClientHome, request);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("CompanyService.GetClientHome"));
  EXPECT_THAT(log, HasSubstr("\"statements\":7"));
  ASSERT_OK(home);
  EXPECT_EQ(home->client().name(), client.name());
  ASSERT_EQ(home->engagements_size(), 1);
  EXPECT_EQ(home->engagements(0).name(), engagement.name());
  EXPECT_GT(home->engagements(0).readiness().official_total(), 0);
  EXPECT_EQ(home->next_tasks_size(), 10);
  ASSERT_EQ(home->role_assignments_size(), 1);
  EXPECT_EQ(home->role_assignments(0).member_display_name(), "北浜 隆");
  EXPECT_EQ(home->gbiz_id().kind(), v1::ClientHome::GbizIdState::KIND_UNKNOWN);
  ASSERT_GT(home->latest_acts_size(), 3);
  EXPECT_EQ(home->latest_acts(0).method(), "CreateRoleAssignment");
  EXPECT_EQ(home->latest_acts(0).actor_display_name(), "consultant");
  EXPECT_THAT(test::CallAs(world_.Token("other-consultant"), *companies_,
                           &v1::CompanyService::Stub::GetClientHome, request),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(PeopleTest, LifeEventsBecomeTasksOfTheRunningEngagement) {
  const v1::Client client = world_.CreateClient("consultant");
  const v1::Engagement engagement = world_.OpenEngagement(client);
  const auto dry = NewPresident(client, true);
  ASSERT_OK(dry);
  v1::ListTasksRequest tasks;
  tasks.set_parent(engagement.name());
  tasks.set_page_size(1000);
  const int before = Tasks(&v1::TaskService::Stub::ListTasks, tasks)->tasks_size();
  const auto event = NewPresident(client);
  ASSERT_OK(event);
  EXPECT_EQ(event->steps_size(), dry->steps_size());
  EXPECT_EQ(event->engagement(), engagement.name());
  // One star: the policy of two stars is not asked for.
  for (const auto& step : event->steps()) {
    EXPECT_NE(step.code(), "POLICY");
    EXPECT_THAT(step.task(), HasSubstr(engagement.name()));
  }
  const auto after = Tasks(&v1::TaskService::Stub::ListTasks, tasks);
  EXPECT_EQ(after->tasks_size(), before + event->steps_size());

  v1::CompleteLifeEventRequest complete;
  complete.set_name(event->name());
  const auto open = Life(&LifeEvents::CompleteLifeEvent, complete);
  EXPECT_THAT(open, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_EQ(GetDetail<google::rpc::PreconditionFailure>(open.status())->violations_size(),
            event->steps_size());
  v1::CompleteLifeEventStepRequest tick;
  tick.set_name(event->name());
  tick.set_code(event->steps(0).code());
  EXPECT_THAT(Life(&LifeEvents::CompleteLifeEventStep, tick),
              StatusIs(StatusCode::kFailedPrecondition));
  v1::CompleteTaskRequest done;
  done.set_name(event->steps(0).task());
  ASSERT_OK(Tasks(&v1::TaskService::Stub::CompleteTask, done));
  v1::CancelLifeEventRequest cancel;
  cancel.set_name(event->name());
  cancel.set_reason("交代が取りやめになった");
  const auto cancelled = Life(&LifeEvents::CancelLifeEvent, cancel);
  ASSERT_OK(cancelled);
  EXPECT_EQ(cancelled->state(), v1::LifeEvent::STATE_CANCELLED);
  EXPECT_THAT(Life(&LifeEvents::CompleteLifeEvent, complete),
              StatusIs(StatusCode::kFailedPrecondition));
  int still_open = 0;
  const auto left = Tasks(&v1::TaskService::Stub::ListTasks, tasks);
  for (const auto& task : left->tasks()) still_open += task.state() == v1::Task::STATE_OPEN ? 1 : 0;
  EXPECT_EQ(still_open, before);
}

TEST_F(PeopleTest, WithoutAnEngagementTheStepsStayWithTheEvent) {
  const v1::Client client = world_.CreateClient("consultant");
  const auto event = NewPresident(client);
  ASSERT_OK(event);
  EXPECT_TRUE(event->engagement().empty());
  EXPECT_THAT(event->remark(), HasSubstr("進行中の支援がない"));
  EXPECT_GT(event->steps_size(), 5);
  v1::CompleteLifeEventRequest complete;
  complete.set_name(event->name());
  EXPECT_THAT(Life(&LifeEvents::CompleteLifeEvent, complete),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("criteria")));
  v1::CompleteLifeEventStepRequest tick;
  tick.set_name(event->name());
  for (const auto& step : event->steps()) {
    tick.set_code(step.code());
    const auto ticked = Life(&LifeEvents::CompleteLifeEventStep, tick);
    ASSERT_OK(ticked);
    EXPECT_FALSE(ticked->etag().empty());
  }
  tick.set_undo(true);
  const auto undone = Life(&LifeEvents::CompleteLifeEventStep, tick);
  ASSERT_OK(undone);
  EXPECT_FALSE(undone->steps(undone->steps_size() - 1).has_complete_time());
  EXPECT_EQ(undone->steps(0).completed_by(), world_.user("consultant"));
  EXPECT_THAT(Life(&LifeEvents::CompleteLifeEvent, complete),
              StatusIs(StatusCode::kFailedPrecondition));
  tick.set_undo(false);
  ASSERT_OK(Life(&LifeEvents::CompleteLifeEventStep, tick));
  tick.set_code("NO_SUCH_STEP");
  EXPECT_THAT(Life(&LifeEvents::CompleteLifeEventStep, tick),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("code")));
  complete.set_request_id(NewUuid4());
  ASSERT_OK(Life(&LifeEvents::CompleteLifeEvent, complete));
  EXPECT_OK(Life(&LifeEvents::CompleteLifeEvent, complete));
  v1::GetLifeEventRequest get;
  get.set_name(event->name());
  EXPECT_EQ(Life(&LifeEvents::GetLifeEvent, get)->state(), v1::LifeEvent::STATE_COMPLETED);
  v1::ListLifeEventsRequest list;
  list.set_parent(client.name());
  EXPECT_EQ(Life(&LifeEvents::ListLifeEvents, list)->life_events_size(), 1);
}

TEST_F(PeopleTest, EventsThatCannotHappenAreRefused) {
  const v1::Client client = world_.CreateClient("consultant");
  v1::CreateLifeEventRequest request;
  request.set_parent(client.name());
  request.mutable_life_event()->set_kind("lifeEventKinds/incorporation");
  *request.mutable_life_event()->mutable_effective_date() = ToProtoDate(absl::CivilDay(1990, 1, 1));
  const auto refused = Life(&LifeEvents::CreateLifeEvent, request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, HasSubstr("life_event.kind")));
  EXPECT_EQ(GetDetail<google::rpc::BadRequest>(refused.status())->field_violations_size(), 2);
  request.mutable_life_event()->set_kind("lifeEventKinds/birthday");
  EXPECT_THAT(Life(&LifeEvents::CreateLifeEvent, request),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("lifeEventKinds/new-president")));
  EXPECT_THAT(Life(&LifeEvents::CreateLifeEvent, request, "reporter"),
              StatusIs(StatusCode::kPermissionDenied));
  const auto kinds =
      Life(&LifeEvents::ListLifeEventKinds, v1::ListLifeEventKindsRequest(), "reporter");
  ASSERT_OK(kinds);
  EXPECT_EQ(kinds->life_event_kinds_size(), 6);
}

}  // namespace
}  // namespace staraction::engagement
