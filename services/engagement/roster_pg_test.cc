// Sites, responsibilities and who counts, through real gRPC over a real database.

#include "common/base/clock.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/status/errors.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/company_service.grpc.pb.h"
#include "staraction/engagement/v1/roster_feed_service.grpc.pb.h"
#include "staraction/engagement/v1/roster_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Companies = v1::CompanyService::Stub;
using Rosters = v1::RosterService::Stub;

class RosterTest : public ::testing::Test {
 protected:
  RosterTest()
      : client_(world_.CreateClient("consultant")),
        companies_(v1::CompanyService::NewStub(world_.service().channel())),
        rosters_(v1::RosterService::NewStub(world_.service().channel())),
        president_(world_.AddMember(client_, "1", "北浜 隆", true)),
        worker_(world_.AddMember(client_, "2", "山﨑 健一", false)),
        engagement_(world_.OpenEngagement(client_)) {}

  template <typename Method, typename Request>
  auto Company(Method method, const Request& request, const std::string& who = "consultant") {
    return test::CallAs(world_.Token(who), *companies_, method, request);
  }
  template <typename Method, typename Request>
  auto Roster(Method method, const Request& request, const std::string& who = "consultant") {
    return test::CallAs(world_.Token(who), *rosters_, method, request);
  }

  v1::RosterEntry Entry(const v1::Member& member,
                        v1::RosterPurpose purpose = v1::ROSTER_PURPOSE_TRAINING) {
    v1::ListRosterEntriesRequest request;
    request.set_parent(engagement_.name());
    request.set_purpose(purpose);
    const auto roster = Roster(&Rosters::ListRosterEntries, request);
    EXPECT_OK(roster);
    EXPECT_EQ(roster->roster_entries_size(), 2);
    for (const auto& entry : roster->roster_entries()) {
      if (entry.member().name() == member.name()) return entry;
    }
    return {};
  }

  v1::CreateExemptionRequest Exemption() {
    v1::CreateExemptionRequest request;
    request.set_parent(engagement_.name());
    request.mutable_exemption()->set_member(worker_.name());
    request.mutable_exemption()->set_purpose(v1::ROSTER_PURPOSE_TRAINING);
    request.mutable_exemption()->set_reason("長期出張中のため、帰任後に受講する");
    request.mutable_exemption()->set_approver(president_.name());
    request.mutable_exemption()->set_channel(common::v1::CHANNEL_TELEPHONE);
    return request;
  }

  World world_;
  const v1::Client client_;
  std::unique_ptr<Companies> companies_;
  std::unique_ptr<Rosters> rosters_;
  const v1::Member president_;
  const v1::Member worker_;
  const v1::Engagement engagement_;
};

TEST_F(RosterTest, SitesHaveNamesOfTheirOwnAndComeBack) {
  v1::CreateSiteRequest create;
  create.set_parent(client_.name());
  create.mutable_site()->set_display_name("本社工場");
  create.mutable_site()->set_kind("FACTORY");
  create.set_request_id(NewUuid4());
  const auto site = Company(&Companies::CreateSite, create);
  ASSERT_OK(site);
  EXPECT_EQ(Company(&Companies::CreateSite, create)->name(), site->name());
  create.set_request_id(NewUuid4());
  EXPECT_THAT(Company(&Companies::CreateSite, create), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(Company(&Companies::CreateSite, create, "other-consultant"),
              StatusIs(StatusCode::kPermissionDenied));
  create.mutable_site()->set_kind("CASTLE");
  EXPECT_THAT(Company(&Companies::CreateSite, create),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("site.kind: 'CASTLE' is unknown")));

  v1::UpdateSiteRequest update;
  *update.mutable_site() = *site;
  update.mutable_site()->set_address("大阪市中央区");
  update.mutable_update_mask()->add_paths("address");
  ASSERT_OK(Company(&Companies::UpdateSite, update));
  EXPECT_THAT(Company(&Companies::UpdateSite, update), StatusIs(StatusCode::kAborted));

  v1::DeleteSiteRequest remove;
  remove.set_name(site->name());
  ASSERT_OK(Company(&Companies::DeleteSite, remove));
  EXPECT_THAT(Company(&Companies::DeleteSite, remove), StatusIs(StatusCode::kFailedPrecondition));
  v1::ListSitesRequest list;
  list.set_parent(client_.name());
  EXPECT_EQ(Company(&Companies::ListSites, list)->sites_size(), 0);
  v1::UndeleteSiteRequest back;
  back.set_name(site->name());
  ASSERT_OK(Company(&Companies::UndeleteSite, back));
  v1::GetSiteRequest get;
  get.set_name(site->name());
  EXPECT_EQ(Company(&Companies::GetSite, get)->address(), "大阪市中央区");
  EXPECT_EQ(Company(&Companies::ListSites, list)->sites_size(), 1);
}

TEST_F(RosterTest, OnePersonMayHoldAllRoles) {
  v1::CreateRoleAssignmentRequest create;
  create.set_parent(client_.name());
  create.mutable_role_assignment()->set_member(president_.name());
  for (const char* role :
       {"SECURITY_MANAGER", "EDUCATION", "INSPECTION", "SYSTEM_ADMIN", "INCIDENT_RESPONSE"}) {
    create.mutable_role_assignment()->set_role(role);
    ASSERT_OK(Company(&Companies::CreateRoleAssignment, create)) << role;
  }
  EXPECT_THAT(Company(&Companies::CreateRoleAssignment, create),
              StatusIs(StatusCode::kAlreadyExists));
  create.mutable_role_assignment()->set_role("EMPEROR");
  EXPECT_THAT(Company(&Companies::CreateRoleAssignment, create),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("SECURITY_MANAGER")));
  v1::ListRoleAssignmentsRequest list;
  list.set_parent(client_.name());
  const auto roles = Company(&Companies::ListRoleAssignments, list);
  ASSERT_OK(roles);
  ASSERT_EQ(roles->role_assignments_size(), 5);
  EXPECT_EQ(roles->role_assignments(0).role_label(), "情報セキュリティ責任者");
  EXPECT_EQ(roles->role_assignments(0).member_display_name(), "北浜 隆");

  const absl::CivilDay today = TokyoDay(RealClock()());
  v1::UpdateRoleAssignmentRequest end;
  *end.mutable_role_assignment() = roles->role_assignments(0);
  *end.mutable_role_assignment()->mutable_end_date() = ToProtoDate(today - 1);
  EXPECT_THAT(Company(&Companies::UpdateRoleAssignment, end),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("role_assignment.end_date")));
  *end.mutable_role_assignment()->mutable_end_date() = ToProtoDate(today);
  ASSERT_OK(Company(&Companies::UpdateRoleAssignment, end));
  *list.mutable_as_of() = ToProtoDate(today + 1);
  EXPECT_EQ(Company(&Companies::ListRoleAssignments, list)->role_assignments_size(), 4);
  v1::GetRoleAssignmentRequest get;
  get.set_name(roles->role_assignments(0).name());
  EXPECT_TRUE(Company(&Companies::GetRoleAssignment, get)->has_end_date());
}

TEST_F(RosterTest, TheRuleIsTheOfferingsUntilItIsChanged) {
  v1::GetDenominatorRuleRequest get;
  get.set_name(engagement_.name() + "/denominatorRule");
  const auto rule = Roster(&Rosters::GetDenominatorRule, get);
  ASSERT_OK(rule);
  EXPECT_TRUE(rule->from_offering());
  EXPECT_THAT(rule->left_out(), ElementsAre(v1::ROSTER_GROUP_ON_LEAVE));

  v1::UpdateMemberRequest dispatched;
  *dispatched.mutable_member() = worker_;
  dispatched.mutable_member()->set_employment_type(v1::EMPLOYMENT_TYPE_DISPATCHED);
  ASSERT_OK(world_.Clients("consultant", &v1::ClientService::Stub::UpdateMember, dispatched));
  EXPECT_TRUE(Entry(worker_).counted());

  v1::UpdateDenominatorRuleRequest update;
  *update.mutable_denominator_rule() = *rule;
  update.mutable_denominator_rule()->add_left_out(v1::ROSTER_GROUP_DISPATCHED);
  update.mutable_denominator_rule()->set_note("派遣元が教育を行う");
  const auto changed = Roster(&Rosters::UpdateDenominatorRule, update);
  ASSERT_OK(changed);
  EXPECT_FALSE(changed->from_offering());
  EXPECT_THAT(Roster(&Rosters::UpdateDenominatorRule, update), StatusIs(StatusCode::kAborted));
  EXPECT_EQ(Entry(worker_).reason_text(), "派遣");
  EXPECT_TRUE(Entry(president_).counted());
  update.mutable_denominator_rule()->set_etag(changed->etag());
  update.mutable_denominator_rule()->clear_left_out();
  update.mutable_update_mask()->add_paths("left_out");
  ASSERT_OK(Roster(&Rosters::UpdateDenominatorRule, update));
  EXPECT_TRUE(Entry(worker_).counted());
  EXPECT_THAT(Roster(&Rosters::UpdateDenominatorRule, update, "reporter"),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(RosterTest, ExemptionsNeedAnotherApproverAndStayOnRecord) {
  v1::CreateExemptionRequest create = Exemption();
  create.mutable_exemption()->set_approver(worker_.name());
  *create.mutable_exemption()->mutable_approve_date() = ToProtoDate(TokyoDay(RealClock()()) + 1);
  const auto refused = Roster(&Rosters::CreateExemption, create);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, HasSubstr("exemption.approver")));
  EXPECT_EQ(GetDetail<google::rpc::BadRequest>(refused.status())->field_violations_size(), 2);

  create = Exemption();
  create.set_request_id(NewUuid4());
  const auto exemption = Roster(&Rosters::CreateExemption, create);
  ASSERT_OK(exemption);
  EXPECT_EQ(exemption->recorded_by(), world_.user("consultant"));
  EXPECT_EQ(Roster(&Rosters::CreateExemption, create)->name(), exemption->name());
  EXPECT_THAT(Roster(&Rosters::CreateExemption, Exemption()), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_EQ(Entry(worker_).exemption(), exemption->name());
  EXPECT_TRUE(Entry(worker_, v1::ROSTER_PURPOSE_PLEDGE).counted());

  v1::RevokeExemptionRequest revoke;
  revoke.set_name(exemption->name());
  revoke.set_reason("帰任した");
  *revoke.mutable_revoke_date() = ToProtoDate(TokyoDay(RealClock()()) + 1);
  EXPECT_THAT(Roster(&Rosters::RevokeExemption, revoke),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("revoke_date")));
  revoke.clear_revoke_date();
  ASSERT_OK(Roster(&Rosters::RevokeExemption, revoke));
  EXPECT_THAT(Roster(&Rosters::RevokeExemption, revoke), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_TRUE(Entry(worker_).counted());
  v1::ListExemptionsRequest list;
  list.set_parent(engagement_.name());
  const auto all = Roster(&Rosters::ListExemptions, list);
  ASSERT_OK(all);
  ASSERT_EQ(all->exemptions_size(), 1);
  EXPECT_EQ(all->exemptions(0).revoke_reason(), "帰任した");
  v1::GetExemptionRequest get;
  get.set_name(exemption->name());
  EXPECT_OK(Roster(&Rosters::GetExemption, get));
}

// What our own services read on nobody's behalf, of the client that their token names.
TEST_F(RosterTest, ServicesReadTheSameOfTheirClientOnly) {
  const auto stub = v1::RosterFeedService::NewStub(world_.service().channel());
  const auto read = [&](const v1::Client& client, const std::string& token) {
    v1::ReadRosterRequest request;
    request.set_client(client.name());
    request.set_engagement(engagement_.name());
    request.set_purpose(v1::ROSTER_PURPOSE_PLEDGE);
    return test::CallAs(token, *stub, &v1::RosterFeedService::Stub::ReadRoster, request);
  };
  const auto token = [&](const v1::Client& client) {
    return *world_.keys()
                .signer("declaration")
                ->Service(test::kOrganization, client.name().substr(sizeof("clients/") - 1));
  };
  ASSERT_OK_AND_ASSIGN(const auto roster, read(client_, token(client_)));
  ASSERT_EQ(roster.roster_entries_size(), 2);
  EXPECT_EQ(roster.roster_entries(0).member().name(), president_.name());
  EXPECT_TRUE(roster.roster_entries(1).counted());
  const v1::Client other = world_.CreateClient("consultant");
  EXPECT_THAT(read(other, token(other)), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(read(other, token(client_)), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(read(client_, world_.Token("consultant")), StatusIs(StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace staraction::engagement
