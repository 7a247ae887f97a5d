#include "services/declaration/domain/publication.h"

#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction::declaration::domain {
namespace {

const Act kAct = {"users/u", absl::FromCivil(absl::CivilDay(2026, 10, 1), absl::UTCTimeZone())};

const content::Library& Content() {
  static const auto* library = [] {
    auto loaded = content::Library::Load();
    if (!loaded.ok()) std::abort();
    return std::move(*loaded).release();
  }();
  return *library;
}

v1::Declaration Issued() {
  v1::Declaration declaration;
  declaration.set_engagement("engagements/e");
  declaration.set_star(1);
  declaration.set_rule_list("six-rules");
  declaration.set_issued_id("50000123456");
  *declaration.mutable_issue_date() = ToProtoDate(absl::CivilDay(2026, 9, 20));
  *declaration.mutable_submission()->mutable_submit_date() =
      ToProtoDate(absl::CivilDay(2026, 9, 20));
  return declaration;
}

// A page that announces the declaration.
v1::CreatePublicationRequest Page() {
  v1::CreatePublicationRequest request;
  auto& publication = *request.mutable_publication();
  publication.set_kind(v1::Publication::KIND_ANNOUNCEMENT);
  publication.set_medium(content::v1::ANNOUNCEMENT_MEDIUM_WEB_PAGE);
  publication.set_url("https://www.example.co.jp/news/1");
  *publication.mutable_publish_date() = ToProtoDate(absl::CivilDay(2026, 9, 25));
  return request;
}

TEST(Publication, WhatIsOtherwiseThanItShouldBeWantsAReason) {
  const auto early = [](v1::CreatePublicationRequest& request) {
    *request.mutable_publication()->mutable_publish_date() =
        ToProtoDate(absl::CivilDay(2026, 9, 19));
  };
  const auto notice = [](v1::CreatePublicationRequest& request) {
    request.mutable_publication()->set_medium(content::v1::ANNOUNCEMENT_MEDIUM_NOTICE);
    request.mutable_publication()->set_description("店舗の入口");
  };
  const auto words = [](v1::CreatePublicationRequest& request) {
    request.mutable_publication()->set_text("SECURITY ACTIONの認定を取得しました。");
  };
  const struct {
    const char* name;
    std::function<void(v1::CreatePublicationRequest&)> change;
    const char* want;
  } kCases[] = {
      {"as it should be", [](auto&) {}, ""},
      {"before the id", early, "BEFORE_ISSUE"},
      {"notice without a picture", notice, "NO_PICTURE"},
      {"words", words, "WORDING"},
  };
  for (const auto& c : kCases) {
    v1::CreatePublicationRequest request = Page();
    c.change(request);
    const bool refused = *c.want != 0;
    EXPECT_EQ(NewPublication(request, {Issued()}, Content(), kAct).ok(), !refused) << c.name;
    request.set_reason("お客様の都合");
    ASSERT_OK_AND_ASSIGN(const auto publication,
                         NewPublication(request, {Issued()}, Content(), kAct));
    std::vector<std::string> codes;
    for (const auto& deviation : publication.deviations()) codes.push_back(deviation.code());
    EXPECT_EQ(absl::StrJoin(codes, " "), c.want) << c.name;
    EXPECT_EQ(publication.engagement(), "engagements/e");
  }
}

TEST(Publication, FaultsAreNamedTogether) {
  v1::CreatePublicationRequest request = Page();
  request.mutable_publication()->clear_url();
  request.set_proof("%PDF-");
  *request.mutable_publication()->mutable_publish_date() = ToProtoDate(absl::CivilDay(2026, 10, 2));
  const auto refused = NewPublication(request, {}, Content(), kAct);
  const auto detail = GetDetail<google::rpc::BadRequest>(refused.status());
  ASSERT_TRUE(detail.has_value());
  std::vector<std::string> fields;
  for (const auto& violation : detail->field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields, testing::ElementsAre("publication.publish_date", "publication.proof_date",
                                           "publication.declaration", "publication.url"));
}

TEST(Wording, FindsWhatSoundsLikeApprovalAndLeavesTheRest) {
  const struct {
    const char* text;
    const char* want;  // words
  } kCases[] = {
      {"SECURITY ACTIONの一つ星を宣言しました。", ""},
      {"SECURITY ACTION 一つ星を取得しました。", "取得"},
      {"一つ星の認定を受けました。", "認定"},
      {"★の審査に合格しました。", "合格 審査"},
      {"個人情報の取得では同意を得ます。", ""},
      {"一つ星を宣言し、個人情報の取得とログの取得の手順を見直しました。", ""},
      {"一つ星を宣言しました。ISO 27001の認証は取得していません。", ""},
      {"一つ星は国の認定ではありません。", ""},
      {"二要素認証を使うことを宣言します。", ""},
      {"申請代行もお任せください。", "申請代行"},
  };
  for (const auto& c : kCases) {
    std::vector<std::string> words;
    for (const auto& finding : CheckWording(c.text, Content())) {
      words.push_back(finding.word());
      EXPECT_FALSE(finding.why().empty()) << c.text;
      EXPECT_FALSE(finding.suggestion().empty()) << c.text;
    }
    EXPECT_EQ(absl::StrJoin(words, " "), c.want) << c.text;
  }
}

// Whatever we write for a company must pass our own check, with everything and with nothing known.
TEST(Announcement, OurTextsPassTheCheck) {
  engagement::v1::Client client;
  client.set_legal_name("株式会社𠮷野髙製作所");
  client.set_representative_title("代表取締役");
  client.set_representative_name("山﨑 髙志");
  for (const auto& declaration : {Issued(), v1::Declaration()}) {
    const auto drafts = DraftAnnouncements(declaration, client, Content());
    EXPECT_GE(drafts.size(), 4u);
    for (const auto& draft : drafts) {
      EXPECT_THAT(CheckWording(draft.body(), Content()), testing::IsEmpty()) << draft.body();
      EXPECT_EQ(draft.missing_size() > 0, declaration.issued_id().empty()) << draft.template_();
      EXPECT_EQ(draft.body().find("{{"), std::string::npos) << draft.body();
    }
  }
}

TEST(Publication, APolicyIsPublishedAsItIsApproved) {
  v1::CreatePublicationRequest request = Page();
  request.mutable_publication()->set_kind(v1::Publication::KIND_POLICY);
  PublishedThing thing;
  EXPECT_FALSE(NewPublication(request, thing, Content(), kAct).ok()) << "nothing is approved";
  thing.policy.emplace();
  thing.policy->set_revision("clients/c/documents/d/revisions/r");
  thing.policy->set_digest("abc");
  *thing.policy->mutable_approve_date() = ToProtoDate(absl::CivilDay(2026, 9, 26));
  EXPECT_FALSE(NewPublication(request, thing, Content(), kAct).ok()) << "approved after that";
  request.set_reason("旧い方針のまま載せていた");
  ASSERT_OK_AND_ASSIGN(v1::Publication early, NewPublication(request, thing, Content(), kAct));
  ASSERT_EQ(early.deviations_size(), 1);
  EXPECT_EQ(early.deviations(0).code(), "BEFORE_APPROVAL");
  *thing.policy->mutable_approve_date() = ToProtoDate(absl::CivilDay(2026, 9, 25));
  request.clear_reason();
  ASSERT_OK_AND_ASSIGN(v1::Publication policy, NewPublication(request, thing, Content(), kAct));
  EXPECT_EQ(policy.revision(), thing.policy->revision());
  EXPECT_EQ(policy.revision_digest(), "abc");
  Complete(Content(), policy);
  EXPECT_TRUE(policy.counts());
  EXPECT_THAT(policy.allowed_actions(), testing::ElementsAre("check", "checkPage", "withdraw"));
}

TEST(Publication, OtherMeansCountWithADatedPictureOnly) {
  v1::Publication notice;
  notice.set_kind(v1::Publication::KIND_POLICY);
  notice.set_state(v1::Publication::STATE_PUBLISHED);
  notice.set_medium(content::v1::ANNOUNCEMENT_MEDIUM_NOTICE);
  Complete(Content(), notice);
  EXPECT_FALSE(notice.counts());
  EXPECT_THAT(notice.allowed_actions(), testing::ElementsAre("check", "withdraw"));
  notice.mutable_proof()->set_id("x");
  Complete(Content(), notice);
  EXPECT_TRUE(notice.counts());
  notice.set_kind(v1::Publication::KIND_ANNOUNCEMENT);
  Complete(Content(), notice);
  EXPECT_FALSE(notice.counts());
}

}  // namespace
}  // namespace staraction::declaration::domain
