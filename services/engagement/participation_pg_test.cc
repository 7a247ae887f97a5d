// Second factors, and tablets that are passed around.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/engagement/domain/link_secret.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/kiosk_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using testing::HasSubstr;
using Kiosks = v1::KioskService::Stub;
using Links = v1::ParticipantService::Stub;

class ParticipationTest : public testing::Test {
 protected:
  ParticipationTest()
      : client_(world_.CreateClient("consultant", 28)),
        engagement_(world_.OpenEngagement(client_)),
        member_(world_.AddMember(client_, "A-5", "髙橋 直美", false)),
        kiosks_(v1::KioskService::NewStub(world_.service().channel())) {}

  absl::StatusOr<v1::Participation> Set(v1::SecondFactor factor,
                                        const std::string& as = "consultant") {
    v1::UpdateParticipationRequest request;
    request.mutable_participation()->set_name(engagement_.name() + "/participation");
    request.mutable_participation()->set_second_factor(factor);
    return world_.Participants(as, &Links::UpdateParticipation, request);
  }
  v1::ParticipantLink Link(bool only_missing = false) {
    v1::CreateParticipantLinksRequest request;
    request.set_parent(engagement_.name());
    request.set_only_missing(only_missing);
    const auto links = world_.Participants("consultant", &Links::CreateParticipantLinks, request);
    EXPECT_OK(links);
    return links->participant_links().empty() ? v1::ParticipantLink() : links->participant_links(0);
  }
  absl::StatusOr<v1::ExchangeParticipantLinkResponse> Exchange(const std::string& secret,
                                                               const std::string& factor) {
    v1::ExchangeParticipantLinkRequest request;
    request.set_secret(secret);
    request.set_second_factor(factor);
    return world_.Participants("", &Links::ExchangeParticipantLink, request);
  }
  absl::StatusOr<v1::Kiosk> Open(const std::string& token, absl::Duration lasting = {}) {
    v1::CreateKioskRequest request;
    request.set_parent(engagement_.name());
    request.mutable_kiosk()->set_display_name("本社2階 会議室");
    if (lasting != absl::ZeroDuration()) {
      *request.mutable_kiosk()->mutable_expire_time() = ToTimestamp(RealClock()() + lasting);
    }
    return test::CallAs(token, *kiosks_, &Kiosks::CreateKiosk, request);
  }
  absl::StatusOr<v1::ListKioskMembersResponse> Names(const std::string& secret,
                                                     const std::string& query) {
    v1::ListKioskMembersRequest request;
    request.set_secret(secret);
    request.set_query(query);
    return test::CallAs("", *kiosks_, &Kiosks::ListKioskMembers, request);
  }
  absl::StatusOr<v1::ExchangeParticipantLinkResponse> Identify(const std::string& secret,
                                                               const std::string& member,
                                                               const std::string& factor) {
    v1::IdentifyAtKioskRequest request;
    request.set_secret(secret);
    request.set_member(member);
    request.set_second_factor(factor);
    return test::CallAs("", *kiosks_, &Kiosks::IdentifyAtKiosk, request);
  }
  Principal Who(const std::string& token) {
    const auto principal = world_.keys().verifier()->Verify(token);
    EXPECT_OK(principal);
    return *principal;
  }

  World world_;
  const v1::Client client_;
  const v1::Engagement engagement_;
  const v1::Member member_;
  std::unique_ptr<v1::KioskService::Stub> kiosks_;
};

TEST_F(ParticipationTest, DefaultsUntilItIsSet) {
  v1::GetParticipationRequest get;
  get.set_name(engagement_.name() + "/participation");
  auto read = world_.Participants("consultant", &Links::GetParticipation, get);
  ASSERT_OK(read);
  EXPECT_EQ(read->second_factor(), v1::SECOND_FACTOR_NONE);
  EXPECT_EQ(read->contact_rule(), "standard");
  const auto set = Set(v1::SECOND_FACTOR_PRINTED_CODE);
  ASSERT_OK(set);
  read = world_.Participants("consultant", &Links::GetParticipation, get);
  ASSERT_OK(read);
  EXPECT_EQ(read->second_factor(), v1::SECOND_FACTOR_PRINTED_CODE);
  EXPECT_EQ(read->contact_rule(), "standard");
  EXPECT_EQ(read->etag(), set->etag());

  v1::UpdateParticipationRequest bad;
  *bad.mutable_participation() = *read;
  bad.mutable_participation()->set_contact_rule("never");
  EXPECT_THAT(world_.Participants("consultant", &Links::UpdateParticipation, bad),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("contact_rule")));
  bad.mutable_participation()->set_contact_rule("standard");
  bad.mutable_participation()->set_etag("\"v9\"");
  EXPECT_FALSE(world_.Participants("consultant", &Links::UpdateParticipation, bad).ok());
}

TEST_F(ParticipationTest, OnlyMissingLinksLeaveGoodOnesAlone) {
  const v1::ParticipantLink first = Link();
  const v1::Member other = world_.AddMember(client_, "6", "山﨑 健", false);
  const v1::ParticipantLink second = Link(true);
  EXPECT_EQ(second.member(), other.name());
  EXPECT_OK(Exchange(first.secret(), ""));
  EXPECT_EQ(Link(true).name(), "");
}

TEST_F(ParticipationTest, WithoutASettingTheLinkIsEnough) {
  const auto token = Exchange(Link().secret(), "");
  ASSERT_OK(token);
  EXPECT_FALSE(token->second_factor_shown());
  const Principal who = Who(token->access_token());
  EXPECT_EQ(who.channel, common::v1::CHANNEL_LINK);
  EXPECT_FALSE(who.second_factor);
}

TEST_F(ParticipationTest, AStaffNumberIsAskedForAndPausesAfterWrongTries) {
  ASSERT_OK(Set(v1::SECOND_FACTOR_STAFF_NUMBER));
  const v1::ParticipantLink link = Link();
  const auto missing = Exchange(link.secret(), "");
  EXPECT_EQ(ReasonOf(missing.status()), error::v1::ERROR_REASON_SECOND_FACTOR_REQUIRED);
  EXPECT_THAT(missing, StatusIs(StatusCode::kUnauthenticated));
  const auto token = Exchange(link.secret(), "ａ５");
  ASSERT_OK(token);
  EXPECT_TRUE(token->second_factor_shown());
  EXPECT_TRUE(Who(token->access_token()).second_factor);

  for (int left = 4; left > 0; --left) {
    const auto wrong = Exchange(link.secret(), "A-6");
    EXPECT_EQ(ReasonOf(wrong.status()), error::v1::ERROR_REASON_SECOND_FACTOR_WRONG);
    EXPECT_THAT(wrong, StatusIs(StatusCode::kUnauthenticated, HasSubstr(absl::StrCat(left))));
  }
  EXPECT_EQ(ReasonOf(Exchange(link.secret(), "A-6").status()),
            error::v1::ERROR_REASON_SECOND_FACTOR_PAUSED);
  const auto paused = Exchange(link.secret(), "A-5");
  EXPECT_THAT(paused, StatusIs(StatusCode::kResourceExhausted));
  const auto retry = GetDetail<google::rpc::RetryInfo>(paused.status());
  ASSERT_TRUE(retry);
  EXPECT_GT(retry->retry_delay().seconds(), 600);
  world_.Query(
      "update engagement.participant_link set unlock_time = now() - interval '1 second' "
      "returning 1 as value");
  EXPECT_OK(Exchange(link.secret(), "A-5"));
}

TEST_F(ParticipationTest, APrintedCodeBelongsToTheLinksGeneration) {
  ASSERT_OK(Set(v1::SECOND_FACTOR_PRINTED_CODE));
  const v1::ParticipantLink link = Link();
  const domain::LinkClaim claim = {test::kOrganization,
                                   link.name().substr(link.name().rfind('/') + 1), 1};
  const std::string code = domain::MakePrintedCode(claim, std::string(32, 'k'));
  EXPECT_OK(Exchange(link.secret(), code));
  EXPECT_EQ(ReasonOf(Exchange(link.secret(), "A-5").status()),
            error::v1::ERROR_REASON_SECOND_FACTOR_WRONG);
  EXPECT_EQ(ReasonOf(Exchange(Link().secret(), code).status()),
            error::v1::ERROR_REASON_SECOND_FACTOR_WRONG);
}

TEST_F(ParticipationTest, AtATabletAMemberPicksTheNameAndShowsTheNumber) {
  const std::string manager = world_.CompanyUser(client_, common::v1::ROLE_SECURITY_MANAGER);
  const auto kiosk = Open(manager);
  ASSERT_OK(kiosk);
  EXPECT_NE(kiosk->secret(), "");
  const auto names = Names(kiosk->secret(), "高橋");
  ASSERT_OK(names);
  ASSERT_EQ(names->members_size(), 1);
  EXPECT_EQ(names->members(0).display_name(), "髙橋 直美");
  EXPECT_EQ(names->members(0).second_factor(), v1::SECOND_FACTOR_STAFF_NUMBER);
  EXPECT_EQ(names->client_display_name(), client_.legal_name());

  EXPECT_EQ(ReasonOf(Identify(kiosk->secret(), member_.name(), "A-6").status()),
            error::v1::ERROR_REASON_SECOND_FACTOR_WRONG);
  const auto token = Identify(kiosk->secret(), member_.name(), "A-5");
  ASSERT_OK(token);
  EXPECT_EQ(token->member(), member_.name());
  const Principal who = Who(token->access_token());
  EXPECT_EQ(who.channel, common::v1::CHANNEL_TABLET);
  EXPECT_TRUE(who.second_factor);
  const auto me = world_.Me(token->access_token());
  ASSERT_OK(me);
  EXPECT_EQ(me->name(), member_.name());
  EXPECT_THAT(Identify(kiosk->secret(), "clients/x/members/y", "A-5"),
              StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Names(kiosk->secret() + "A", ""), StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(ParticipationTest, ATabletClosesByHandAndByTime) {
  EXPECT_THAT(Open(world_.Token("consultant"), absl::Hours(13)),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("12 hours")));
  EXPECT_THAT(Open(world_.Token("consultant"), absl::Hours(-1)),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("expire_time")));
  const auto kiosk = Open(world_.Token("consultant"), absl::Hours(2));
  ASSERT_OK(kiosk);
  v1::CloseKioskRequest close;
  close.set_name(kiosk->name());
  close.set_request_id(NewUuid4());
  const auto closed =
      test::CallAs(world_.Token("consultant"), *kiosks_, &Kiosks::CloseKiosk, close);
  ASSERT_OK(closed);
  EXPECT_TRUE(closed->has_close_time());
  EXPECT_OK(test::CallAs(world_.Token("consultant"), *kiosks_, &Kiosks::CloseKiosk, close));
  close.set_request_id(NewUuid4());
  EXPECT_THAT(test::CallAs(world_.Token("consultant"), *kiosks_, &Kiosks::CloseKiosk, close),
              StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Names(kiosk->secret(), ""), StatusIs(StatusCode::kUnauthenticated));

  const auto short_one = Open(world_.Token("consultant"), absl::Hours(1));
  ASSERT_OK(short_one);
  world_.Query(
      "update engagement.kiosk set expire_time = now() - interval '1 second' where close_time is "
      "null returning 1 as value");
  EXPECT_THAT(Identify(short_one->secret(), member_.name(), "A-5"),
              StatusIs(StatusCode::kUnauthenticated));
  v1::ListKiosksRequest list;
  list.set_parent(engagement_.name());
  const auto all = test::CallAs(world_.Token("consultant"), *kiosks_, &Kiosks::ListKiosks, list);
  ASSERT_OK(all);
  ASSERT_EQ(all->kiosks_size(), 2);
  EXPECT_EQ(all->kiosks(0).secret(), "");
  EXPECT_EQ(all->kiosks(0).opener(), world_.user("consultant"));
}

}  // namespace
}  // namespace staraction::engagement
