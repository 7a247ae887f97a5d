// The engagement service's rules, by tables.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/content/library.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/domain/link_secret.h"
#include "services/engagement/domain/plan.h"
#include "services/engagement/domain/pricing.h"
#include "services/engagement/domain/readiness.h"

namespace staraction::engagement::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const content::Library& Library() {
  static const auto* library = content::Library::Load().value().release();
  return *library;
}

TEST(PricingTest, FollowsTheOfferingsBands) {
  const auto& pricing = Library().FindOffering("one-star")->pricing();
  const struct {
    int headcount;
    std::map<std::string, int> options;
    int64_t price;
  } cases[] = {
      {1, {}, 100000},
      {10, {}, 100000},
      {11, {}, 110000},
      {31, {}, 120000},
      {101, {}, 130000},
      {5000, {}, 130000},
      {28, {{"EXTRA_SITE", 2}, {"EXTRA_SESSION", 1}}, 125000},
      {300, {{"EXTRA_SITE", 2}, {"EXTRA_SESSION", 2}}, 150000},
  };
  for (const auto& c : cases) {
    const auto price = PriceOf(pricing, c.headcount, c.options);
    ASSERT_OK(price) << c.headcount;
    EXPECT_EQ(price->price_yen, c.price) << c.headcount;
  }
}

TEST(PricingTest, RefusesWhatThePackDoesNotKnow) {
  const auto& pricing = Library().FindOffering("one-star")->pricing();
  EXPECT_THAT(PriceOf(pricing, 0, {}),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("headcount")));
  EXPECT_THAT(PriceOf(pricing, 5, {{"LUNCH", 1}}),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("LUNCH")));
  EXPECT_THAT(PriceOf(pricing, 5, {{"EXTRA_SITE", 3}}),
              test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0 to 2")));
}

TEST(LifeTest, VerbsFollowTheStates) {
  EXPECT_THAT(ActionsOf(v1::Quote::STATE_DRAFT), ElementsAre("update", "issue"));
  EXPECT_THAT(ActionsOf(v1::Quote::STATE_ISSUED), ElementsAre("accept", "decline"));
  EXPECT_THAT(ActionsOf(v1::Quote::STATE_ACCEPTED), IsEmpty());
  EXPECT_THAT(ActionsOf(v1::Engagement::STATE_CONTRACTED),
              ElementsAre("start", "cancel", "replan"));
  EXPECT_THAT(ActionsOf(v1::Engagement::STATE_CLOSED), ElementsAre("renew"));
  v1::Quote quote;
  quote.set_state(v1::Quote::STATE_DRAFT);
  EXPECT_THAT(Check(quote, "accept"),
              test::StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("DRAFT")));
  EXPECT_OK(Check(quote, "issue"));
}

TEST(PlanTest, DueDayIsThreeMonthsOnAndStaysInTheMonth) {
  const auto& offering = *Library().FindOffering("one-star");
  EXPECT_EQ(DueDay(offering, absl::CivilDay(2026, 4, 10)), absl::CivilDay(2026, 7, 10));
  EXPECT_EQ(DueDay(offering, absl::CivilDay(2026, 11, 30)), absl::CivilDay(2027, 2, 28));
}

TEST(LinkSecretTest, OnlyTheVeryTextIsAccepted) {
  const std::string key(32, 'k');
  const LinkClaim claim{"0190a000-0000-7000-8000-000000000001",
                        "0190a000-0000-7000-8000-000000000002", 3};
  const std::string secret = MakeLinkSecret(claim, key);
  const auto read = ReadLinkSecret(secret, key);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->link, claim.link);
  EXPECT_EQ(read->generation, 3);
  EXPECT_FALSE(ReadLinkSecret(secret, std::string(32, 'x')).has_value());
  for (size_t i = 0; i < secret.size(); ++i) {
    std::string changed = secret;
    changed[i] = changed[i] == '1' ? '2' : '1';
    EXPECT_FALSE(ReadLinkSecret(changed, key).has_value()) << i;
  }
  EXPECT_FALSE(ReadLinkSecret("", key).has_value());
  EXPECT_FALSE(ReadLinkSecret(secret + "A", key).has_value());
}

constexpr char kEngagement[] = "engagements/e";

class ReadinessTest : public ::testing::Test {
 protected:
  v1::CriterionState StateOf(const std::string& code) {
    const auto readiness =
        Evaluate(kEngagement, *Library().FindCriteriaSet("one-star-criteria"), sheets_,
                 [](const std::string& fact) { return Library().FindFactCode(fact)->service(); });
    for (const auto& state : readiness.criteria()) {
      if (state.code() == code) return state;
    }
    ADD_FAILURE() << "no criterion " << code;
    return {};
  }
  fact::v1::Fact& Add(const std::string& service, const std::string& code,
                      const std::string& engagement) {
    auto* fact = sheets_[service].add_facts();
    fact->set_code(code);
    fact->set_engagement(engagement);
    return *fact;
  }
  FactSheets sheets_;
};

TEST_F(ReadinessTest, SilentServiceIsUnknownNeverMet) {
  EXPECT_EQ(StateOf("GAPS_DECIDED").verdict(), v1::CriterionState::VERDICT_UNKNOWN);
  sheets_["diagnosis"].set_version(1);
  EXPECT_EQ(StateOf("GAPS_DECIDED").verdict(), v1::CriterionState::VERDICT_UNMET);
  Add("diagnosis", "check.open_gaps", kEngagement).set_count(2);
  EXPECT_EQ(StateOf("GAPS_DECIDED").verdict(), v1::CriterionState::VERDICT_UNMET);
  EXPECT_EQ(StateOf("GAPS_DECIDED").actual(), "2");
  EXPECT_EQ(StateOf("GAPS_DECIDED").wanted(), "≤ 0");
}

TEST_F(ReadinessTest, FactsOfOtherEngagementsCountOnlyWhereTheyCarryOver) {
  Add("diagnosis", "check.concluded", "engagements/earlier").set_truth(true);
  Add("diagnosis", "rulebook.rules", "engagements/earlier").set_count(3);
  EXPECT_EQ(StateOf("CHECK_CONCLUDED").verdict(), v1::CriterionState::VERDICT_UNMET);
  EXPECT_EQ(StateOf("RULES_IN_FORCE").verdict(), v1::CriterionState::VERDICT_MET);
}

TEST_F(ReadinessTest, CoverageIsJudgedAgainstThoseWhoCount) {
  std::vector<v1::RosterEntry> roster(3);
  for (size_t i = 0; i < roster.size(); ++i) {
    roster[i].mutable_member()->set_name(absl::StrCat("m", i + 1));
    roster[i].set_counted(i < 2);
  }
  roster[0].mutable_member()->set_president(true);
  auto& done = Add("training", "training.completed", kEngagement);
  done.set_subject("m1");
  done.set_truth(true);
  auto& leaver = Add("training", "training.completed", kEngagement);
  leaver.set_subject("m3");
  leaver.set_truth(true);
  AddTrainingCoverage(kEngagement, roster, sheets_);
  EXPECT_EQ(StateOf("TRAINING_COVERAGE").actual(), "0.5");
  EXPECT_EQ(StateOf("TRAINING_COVERAGE").verdict(), v1::CriterionState::VERDICT_UNMET);
  EXPECT_EQ(StateOf("PRESIDENT_TRAINED").verdict(), v1::CriterionState::VERDICT_MET);
}

}  // namespace
}  // namespace staraction::engagement::domain
