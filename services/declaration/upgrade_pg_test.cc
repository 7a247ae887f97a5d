#include "common/base/timestamp.h"
#include "services/declaration/declaration_test_fixture.h"

// Two stars: what they rest on, and that they take the place of one.
namespace staraction::declaration {
namespace {

using test::CallAs;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::Pair;

constexpr char kSecond[] = "engagements/0190a000-0000-7000-8000-0000000000e3";
constexpr char kDiagnosis[] = "engagements/0190a000-0000-7000-8000-0000000000e3/diagnoses/d";

class UpgradeTest : public DeclarationServiceTest {
 protected:
  // The next engagement of the same client leads to two stars.
  void GoOn() {
    engagements_->engagement.set_name(kSecond);
    engagements_->engagement.set_star(2);
  }
  void Conclude() {
    diagnosis::v1::Diagnosis diagnosis;
    diagnosis.set_name(kDiagnosis);
    *diagnosis.mutable_conclude_time() =
        ToTimestamp(absl::FromCivil(absl::CivilHour(2026, 9, 10, 15), Tokyo()));
    diagnoses_->diagnosis = diagnosis;
  }
  std::string PublishByNotice() {
    v1::CreatePublicationRequest request;
    request.set_parent(kClientName);
    auto& publication = *request.mutable_publication();
    publication.set_kind(v1::Publication::KIND_POLICY);
    publication.set_medium(content::v1::ANNOUNCEMENT_MEDIUM_NOTICE);
    publication.set_description("店舗の入口に掲示");
    *publication.mutable_publish_date() = Day(9, 20);
    *publication.mutable_proof_date() = Day(9, 20);
    request.set_proof("\xff\xd8\xff\xe0 a photo");
    request.set_proof_media_type("image/jpeg");
    const auto published = CallAs(Consultant(), *publications_,
                                  &v1::PublicationService::Stub::CreatePublication, request);
    EXPECT_OK(published);
    return published->name();
  }
  absl::StatusOr<v1::Declaration> CreateSecond(const std::string& upgrades = "") {
    v1::CreateDeclarationRequest request = CreateRequest();
    request.mutable_declaration()->set_engagement(kSecond);
    request.mutable_declaration()->set_upgrades(upgrades);
    return DeclarationServiceTest::Create(request);
  }
  // State of the declaration as a fact of each engagement.
  std::vector<std::pair<std::string, std::string>> States() {
    std::vector<std::pair<std::string, std::string>> states;
    for (const auto& fact : CollectFacts()) {
      if (fact.code() == "declaration.state") states.emplace_back(fact.engagement(), fact.text());
    }
    return states;
  }
};

TEST_F(UpgradeTest, TwoStarsTakeThePlaceOfOne) {
  const std::string first = Issued();
  GoOn();
  Conclude();
  const std::string notice = PublishByNotice();
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, CreateSecond());
  EXPECT_EQ(draft.star(), 2);
  EXPECT_EQ(draft.upgrades(), first);
  EXPECT_EQ(Field(draft, "DIAGNOSIS_DATE").value(), "2026-09-10");
  EXPECT_EQ(Field(draft, "DIAGNOSIS_DATE").entered_by(), "records");
  EXPECT_EQ(Field(draft, "POLICY_DATE").value(), "2026-09-01");
  EXPECT_EQ(Field(draft, "POLICY_PUBLICATION").value(), "店舗の入口に掲示");
  EXPECT_EQ(Field(draft, "RULES_PLEDGE").code(), "") << "asked of one star only";
  ASSERT_OK(FillIn(draft.name()));
  ASSERT_OK_AND_ASSIGN(const v1::Declaration ready, Prepare(draft.name()));
  EXPECT_EQ(ready.basis().diagnosis(), kDiagnosis);
  EXPECT_EQ(ready.basis().policy_digest(), "digest-of-15-1");
  EXPECT_EQ(ready.basis().publication(), notice);
  EXPECT_EQ(Get(first)->state(), v1::Declaration::STATE_ISSUED) << "until there is the next id";
  ASSERT_OK(Submit(SubmissionRequest(draft.name())));
  // Whether the id stays is not known: the same one is taken as well as another.
  ASSERT_OK_AND_ASSIGN(const v1::Declaration issued,
                       Issue(IssueRequest(draft.name(), "50000123456")));
  EXPECT_EQ(issued.state(), v1::Declaration::STATE_ISSUED);
  ASSERT_OK_AND_ASSIGN(const v1::Declaration earlier, Get(first));
  EXPECT_EQ(earlier.state(), v1::Declaration::STATE_SUPERSEDED);
  EXPECT_EQ(earlier.stop().superseded_by(), draft.name());
  EXPECT_EQ(earlier.events(earlier.events_size() - 1).kind(), "supersede");
  EXPECT_THAT(States(), ElementsAre(Pair(kEngagementName, "ISSUED"), Pair(kSecond, "ISSUED")));
  // A corrected id leaves the earlier one as it is.
  v1::RecordIssueRequest correct = IssueRequest(draft.name(), "50000123457");
  correct.set_reason("画面を見直した");
  ASSERT_OK(Issue(correct));
  EXPECT_EQ(Get(first)->events_size(), earlier.events_size());
}

TEST_F(UpgradeTest, TwoStarsCanBeDeclaredStraightAndStopped) {
  GoOn();
  ASSERT_OK_AND_ASSIGN(const v1::Declaration draft, CreateSecond());
  EXPECT_EQ(draft.upgrades(), "");
  ASSERT_OK(FillIn(draft.name()));
  ASSERT_OK_AND_ASSIGN(const auto missing, Get(draft.name()));
  EXPECT_EQ(missing.missing_count(), 2) << "diagnosis and publication";
  Conclude();
  PublishByNotice();
  v1::PrefillDeclarationRequest prefill;
  prefill.set_name(draft.name());
  ASSERT_OK_AND_ASSIGN(const v1::Declaration filled,
                       CallAs(Consultant(), *declarations_, &Stub::PrefillDeclaration, prefill));
  EXPECT_EQ(filled.missing_count(), 0);
  ASSERT_OK(Prepare(draft.name()));
  ASSERT_OK(Submit(SubmissionRequest(draft.name())));
  ASSERT_OK(Issue(IssueRequest(draft.name(), "50000999999")));
  v1::RecordChangeRequest change;
  change.set_name(draft.name());
  *change.mutable_change_date() = Day(10, 1);
  change.set_reason("ホームページに移した");
  change.set_submitted_by("𠮷田 花子");
  (*change.mutable_fields())["POLICY_PUBLICATION"] = "https://www.example.co.jp/policy";
  ASSERT_OK_AND_ASSIGN(const v1::Declaration changed,
                       CallAs(Consultant(), *declarations_, &Stub::RecordChange, change));
  EXPECT_EQ(changed.changes(0).fields(0).before(), "店舗の入口に掲示");
  ASSERT_OK_AND_ASSIGN(const v1::Declaration stopped, Stop(draft.name()));
  EXPECT_EQ(stopped.state(), v1::Declaration::STATE_STOPPED);
}

TEST_F(UpgradeTest, OnlyWhatWasIssuedCanBeUpgraded) {
  ASSERT_OK_AND_ASSIGN(const v1::Declaration one, DeclarationServiceTest::Create());
  GoOn();
  EXPECT_THAT(BadFields(CreateSecond(one.name()).status()), ElementsAre("declaration.upgrades"));
  EXPECT_THAT(CreateSecond()->upgrades(), "");
}

}  // namespace
}  // namespace staraction::declaration
