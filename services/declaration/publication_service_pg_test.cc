#include "services/declaration/declaration_test_fixture.h"

namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using PublicationStub = v1::PublicationService::Stub;

constexpr char kPicture[] = "\xff\xd8\xff\xe0 a photo";

class PublicationServiceTest : public DeclarationServiceTest {
 protected:
  // A notice in the shop, with a photo.
  static v1::CreatePublicationRequest Notice(const std::string& declaration) {
    v1::CreatePublicationRequest request;
    request.set_parent(kClientName);
    auto& publication = *request.mutable_publication();
    publication.set_kind(v1::Publication::KIND_ANNOUNCEMENT);
    publication.set_declaration(declaration);
    publication.set_medium(content::v1::ANNOUNCEMENT_MEDIUM_NOTICE);
    publication.set_description("店舗の入口に掲示");
    *publication.mutable_publish_date() = Day(10, 1);
    *publication.mutable_proof_date() = Day(10, 1);
    request.set_proof(kPicture);
    request.set_proof_media_type("image/jpeg");
    return request;
  }
  absl::StatusOr<v1::Publication> Publish(const v1::CreatePublicationRequest& request) {
    return CallAs(Consultant(), *publications_, &PublicationStub::CreatePublication, request);
  }
  absl::StatusOr<v1::Publication> Withdraw(const std::string& name) {
    v1::WithdrawPublicationRequest request;
    request.set_name(name);
    *request.mutable_withdraw_date() = Day(10, 1);
    request.set_reason("改装のため");
    return CallAs(Consultant(), *publications_, &PublicationStub::WithdrawPublication, request);
  }
};

TEST_F(PublicationServiceTest, AnAnnouncementIsRecordedCheckedAndWithdrawn) {
  const std::string declaration = Issued();
  EXPECT_THAT(Facts(), Contains("announcement.published=false"));
  v1::CreatePublicationRequest request = Notice(declaration);
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const v1::Publication published, Publish(request));
  EXPECT_EQ(published.state(), v1::Publication::STATE_PUBLISHED);
  EXPECT_EQ(published.engagement(), kEngagementName) << "that of the declaration";
  EXPECT_EQ(published.proof().sha256().size(), 64u);
  EXPECT_THAT(published.allowed_actions(), ElementsAre("check", "withdraw"));
  EXPECT_THAT(Facts(), Contains("announcement.published=true"));
  ASSERT_OK_AND_ASSIGN(const v1::Publication repeated, Publish(request));
  EXPECT_EQ(repeated.name(), published.name());

  v1::DownloadPublicationProofRequest download;
  download.set_name(published.name());
  ASSERT_OK_AND_ASSIGN(const auto body,
                       CallAs(keys_.User("president"), *publications_,
                              &PublicationStub::DownloadPublicationProof, download));
  EXPECT_EQ(body.data(), kPicture);
  v1::CheckPublicationRequest check;
  check.set_name(published.name());
  check.set_visible(true);
  check.set_note("汚れなし");
  ASSERT_OK_AND_ASSIGN(
      const v1::Publication checked,
      CallAs(Consultant(), *publications_, &PublicationStub::CheckPublication, check));
  ASSERT_EQ(checked.checks_size(), 1);
  EXPECT_TRUE(checked.checks(0).visible());
  EXPECT_EQ(checked.checks(0).check_date().day(), 1);

  ASSERT_OK_AND_ASSIGN(const v1::Publication withdrawn, Withdraw(published.name()));
  EXPECT_EQ(withdrawn.withdrawal().reason(), "改装のため");
  EXPECT_THAT(Withdraw(published.name()), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Facts(), Contains("announcement.published=false"));
  v1::ListPublicationsRequest list;
  list.set_parent(kClientName);
  ASSERT_OK_AND_ASSIGN(const auto page, CallAs(Consultant(), *publications_,
                                               &PublicationStub::ListPublications, list));
  EXPECT_EQ(page.publications_size(), 1);
}

TEST_F(PublicationServiceTest, WhatShouldBeOtherwiseIsStated) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, DeclarationServiceTest::Create());
  v1::CreatePublicationRequest request = Notice(draft.name());
  request.mutable_publication()->set_text("一つ星の認定を取得しました。\n二行目");
  EXPECT_THAT(BadFields(Publish(request).status()), ElementsAre("reason"));
  request.set_reason("お客様が先に掲示した");
  ASSERT_OK_AND_ASSIGN(const v1::Publication published, Publish(request));
  std::vector<std::string> codes;
  for (const auto& deviation : published.deviations()) codes.push_back(deviation.code());
  EXPECT_THAT(codes, ElementsAre("BEFORE_ISSUE", "WORDING"));
  EXPECT_EQ(published.findings_size(), 2);
  request.mutable_publication()->set_declaration(kClientName + "/declarations/" +
                                                 NewId(absl::UnixEpoch()));
  EXPECT_THAT(BadFields(Publish(request).status()), ElementsAre("publication.declaration"));
  request = Notice(draft.name());
  request.set_proof("GIF89a");
  EXPECT_THAT(BadFields(Publish(request).status()), ElementsAre("proof"));
  EXPECT_THAT(CallAs(Member(1), *publications_, &PublicationStub::CreatePublication, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(PublicationServiceTest, APolicyNeedsNoDeclaration) {
  v1::CreatePublicationRequest request;
  request.set_parent(kClientName);
  auto& publication = *request.mutable_publication();
  publication.set_kind(v1::Publication::KIND_POLICY);
  publication.set_medium(content::v1::ANNOUNCEMENT_MEDIUM_WEB_PAGE);
  publication.set_url("http://127.0.0.1:1/policy");
  *publication.mutable_publish_date() = Day(9, 1);
  ASSERT_OK_AND_ASSIGN(const v1::Publication policy, Publish(request));
  v1::DownloadPublicationProofRequest download;
  download.set_name(policy.name());
  EXPECT_THAT(
      CallAs(Consultant(), *publications_, &PublicationStub::DownloadPublicationProof, download),
      StatusIs(absl::StatusCode::kNotFound));
  v1::GetPublicationRequest get;
  get.set_name(policy.name());
  ASSERT_OK_AND_ASSIGN(const v1::Publication read,
                       CallAs(Consultant(), *publications_, &PublicationStub::GetPublication, get));
  EXPECT_EQ(read.url(), publication.url());
}

TEST_F(PublicationServiceTest, WordsAreCheckedForAnybodyOfTheClient) {
  v1::CheckWordingRequest request;
  request.set_parent(kClientName);
  request.set_text("お知らせ\n\nSECURITY ACTIONの一つ星を取得しました。\nログの取得も始めました。");
  ASSERT_OK_AND_ASSIGN(const auto answer, CallAs(keys_.User("president"), *publications_,
                                                 &PublicationStub::CheckWording, request));
  ASSERT_EQ(answer.findings_size(), 1);
  EXPECT_EQ(answer.findings(0).line(), 3);
  EXPECT_EQ(answer.findings(0).word(), "取得");
  EXPECT_THAT(answer.findings(0).suggestion(), HasSubstr("宣言しました"));
  EXPECT_THAT(CallAs(Member(1), *publications_, &PublicationStub::CheckWording, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(PublicationServiceTest, DraftsAreMadeFromTheDeclaration) {
  const std::string declaration = Issued();
  v1::ListAnnouncementDraftsRequest request;
  request.set_name(declaration);
  ASSERT_OK_AND_ASSIGN(const auto answer,
                       CallAs(keys_.User("president"), *publications_,
                              &PublicationStub::ListAnnouncementDrafts, request));
  ASSERT_GE(answer.announcement_drafts_size(), 4);
  for (const auto& draft : answer.announcement_drafts()) {
    EXPECT_THAT(draft.body(), HasSubstr("株式会社𠮷野髙製作所")) << draft.template_();
    EXPECT_EQ(draft.missing_size(), 0) << draft.template_();
  }
}

}  // namespace
}  // namespace staraction::declaration
