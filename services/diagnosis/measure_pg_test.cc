// Measures, through real gRPC and PostgreSQL.

#include "common/resource/etag.h"
#include "services/diagnosis/testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class MeasureTest : public DiagnosisTest {
 protected:
  absl::StatusOr<v1::Rule> MakeRule(const std::string& measure) {
    return As("president", *rulebook_, &Rulebook::MakeRule, "name: '" + measure + "'");
  }
};

TEST_F(MeasureTest, AMeasureLivesFromProposalToVerification) {
  const auto measures = ConcludedWith(1);
  ASSERT_EQ(measures.size(), 1u);
  const std::string name = measures[0].name();
  EXPECT_THAT(measures[0].allowed_actions(), ElementsAre("decide", "drop"));

  const auto decided =
      As("president", *rulebook_, &Rulebook::DecideMeasure,
         "name: '" + name + "' owner: '" + kMember +
             "' due_date { year: 2026 month: 12 day: 18 } cost_class: "
             "'UP_TO_50K' priority: 2 text: '全台を自動更新にする' note: '朝礼で決定' "
             "channel: CHANNEL_PAPER etag: '" +
             measures[0].etag() + "'");
  ASSERT_OK(decided);
  EXPECT_EQ(decided->state(), v1::Measure::STATE_DECIDED);
  EXPECT_EQ(decided->owner(), kMember);
  EXPECT_EQ(decided->owner_display_name(), "髙橋 花");
  EXPECT_EQ(decided->text(), "全台を自動更新にする");
  EXPECT_EQ(decided->due_date().day(), 18);
  EXPECT_EQ(decided->cost_class(), "UP_TO_50K");
  EXPECT_THAT(decided->allowed_actions(), ElementsAre("decide", "complete", "makeRule", "drop"));

  const auto again = Decide(name);
  ASSERT_OK(again);
  EXPECT_EQ(again->owner_display_name(), "総務課");
  EXPECT_EQ(again->text(), "全台を自動更新にする") << "an empty text leaves it";

  const auto done = As("manager", *rulebook_, &Rulebook::CompleteMeasure,
                       "name: '" + name + "' note: '12台すべて'");
  ASSERT_OK(done);
  EXPECT_EQ(done->state(), v1::Measure::STATE_DONE);
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::VerifyMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kPermissionDenied));
  const auto verified = As("consultant", *rulebook_, &Rulebook::VerifyMeasure,
                           "name: '" + name + "' note: '3台を見た' method: CHECK_METHOD_SCREEN");
  ASSERT_OK(verified);
  EXPECT_EQ(verified->state(), v1::Measure::STATE_VERIFIED);

  const auto got = As("manager", *rulebook_, &Rulebook::GetMeasure, "name: '" + name + "'");
  ASSERT_OK(got);
  ASSERT_EQ(got->acts_size(), 4);
  EXPECT_EQ(got->acts(0).action(), "decide");
  EXPECT_EQ(got->acts(0).owner_display_name(), "髙橋 花");
  EXPECT_EQ(got->acts(0).note(), "朝礼で決定");
  EXPECT_EQ(got->acts(0).channel(), common::v1::CHANNEL_PAPER);
  EXPECT_EQ(got->acts(1).owner_display_name(), "総務課");
  EXPECT_EQ(got->acts(2).action(), "complete");
  EXPECT_EQ(got->acts(3).state(), v1::Measure::STATE_VERIFIED);
  EXPECT_EQ(got->acts(3).note(), "3台を見た");
  EXPECT_EQ(got->acts(3).method(), v1::CHECK_METHOD_SCREEN);
  EXPECT_EQ(got->acts(3).channel(), common::v1::CHANNEL_CONSULTANT);
}

TEST_F(MeasureTest, VerbsNeedStateEtagAndGoodOwner) {
  const auto measures = ConcludedWith(2);
  ASSERT_EQ(measures.size(), 2u);
  const std::string name = measures[0].name();
  EXPECT_EQ(
      ReasonOf(
          As("manager", *rulebook_, &Rulebook::CompleteMeasure, "name: '" + name + "'").status()),
      error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_EQ(ReasonOf(MakeRule(name).status()), error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(Decide(name, "etag: '" + Etag(7) + "'"), StatusIs(StatusCode::kAborted));

  const char* kStart = " due_date { year: 2026 month: 12 day: 18 } owner: '";
  for (const std::string& owner : {kClient + "/members/0190a000-0000-7000-8000-0000000000d9",
                                   kOtherClient + "/members/0190a000-0000-7000-8000-0000000000d1",
                                   std::string("clients/nobody")}) {
    EXPECT_THAT(As("president", *rulebook_, &Rulebook::DecideMeasure,
                   "name: '" + name + "'" + kStart + owner + "'"),
                StatusIs(StatusCode::kInvalidArgument))
        << owner;
  }
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::DecideMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(BadFields(Decide(name, "cost_class: 'CHEAP'").status()), ElementsAre("cost_class"));
  EXPECT_THAT(BadFields(Decide(name, "priority: 4").status()), ElementsAre("priority"));
  EXPECT_THAT(As("manager", *rulebook_, &Rulebook::DecideMeasure,
                 "name: '" + name + "'" + kStart + "総務課'"),
              StatusIs(StatusCode::kPermissionDenied))
      << "a security manager does not decide";
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::DropMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kInvalidArgument));
  ASSERT_OK(As("president", *rulebook_, &Rulebook::DropMeasure,
               "name: '" + name + "' reason: '該当する機器がない'"));
  EXPECT_EQ(ReasonOf(Decide(name).status()), error::v1::ERROR_REASON_STATE_CONFLICT);

  EXPECT_THAT(As("other", *rulebook_, &Rulebook::GetMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::GetMeasure,
                 "name: '" + kClient + "/measures/0190a000-0000-7000-8000-0000000000ff'"),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(MeasureTest, ListsFilterByStateAndPage) {
  const auto measures = ConcludedWith(4);
  ASSERT_EQ(measures.size(), 4u);
  ASSERT_OK(Decide(measures[1].name()));
  const auto proposed = As("president", *rulebook_, &Rulebook::ListMeasures,
                           "parent: '" + kClient + "' state: STATE_PROPOSED page_size: 2");
  ASSERT_OK(proposed);
  ASSERT_EQ(proposed->measures_size(), 2);
  EXPECT_EQ(proposed->measures(1).name(), measures[2].name());
  const auto rest =
      As("president", *rulebook_, &Rulebook::ListMeasures,
         "parent: '" + kClient + "' state: STATE_PROPOSED page_size: 2 page_token: '" +
             proposed->next_page_token() + "'");
  ASSERT_OK(rest);
  ASSERT_EQ(rest->measures_size(), 1);
  EXPECT_EQ(rest->measures(0).name(), measures[3].name());
  EXPECT_EQ(rest->next_page_token(), "");
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::ListMeasures,
                 "parent: '" + kClient + "' state: STATE_DECIDED page_token: '" +
                     proposed->next_page_token() + "'"),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(MeasureTest, ListsFilterByOwnerRuleAndWhatIsOverdue) {
  const auto measures = ConcludedWith(7);
  ASSERT_EQ(measures.size(), 7u);
  const auto list = [&](const std::string& filter) {
    const auto got =
        As("president", *rulebook_, &Rulebook::ListMeasures, "parent: '" + kClient + "' " + filter);
    EXPECT_OK(got);
    std::vector<std::string> names;
    for (const auto& measure : got->measures()) names.push_back(measure.name());
    return names;
  };
  ASSERT_OK(Decide(measures[0].name()));
  ASSERT_OK(As("president", *rulebook_, &Rulebook::DecideMeasure,
               "name: '" + measures[5].name() +
                   "' owner: '外注先' due_date { year: 2020 month: 1 day: 6 }"));
  EXPECT_THAT(list("owner: '外注先'"), ElementsAre(measures[5].name()));
  EXPECT_THAT(list("overdue: true"), ElementsAre(measures[5].name()));
  EXPECT_THAT(list("rule_code: 'RULE_MALWARE'"),
              ElementsAre(measures[5].name(), measures[6].name()));
  EXPECT_THAT(list("rule_code: 'RULE_MALWARE' state: STATE_PROPOSED"),
              ElementsAre(measures[6].name()));
  const auto late =
      As("manager", *rulebook_, &Rulebook::GetMeasure, "name: '" + measures[5].name() + "'");
  ASSERT_OK(late);
  EXPECT_TRUE(late->overdue());
  const auto done =
      As("manager", *rulebook_, &Rulebook::CompleteMeasure, "name: '" + measures[5].name() + "'");
  ASSERT_OK(done);
  EXPECT_FALSE(done->overdue());
  EXPECT_THAT(list("overdue: true"), ElementsAre());
}

TEST_F(MeasureTest, WhatNobodyKnewIsFoundOutAndThenRemedied) {
  const auto created = Create();
  ASSERT_OK(created);
  AnswerAll(*created, 0);
  ASSERT_OK(Answer("president", created->name(),
                   "answers { item: 'RC_UPDATE_PC' answer: ANSWER_UNKNOWN } "
                   "answers { item: 'RC_BACKUP_KEPT' answer: ANSWER_UNKNOWN }"));
  const auto concluded = Conclude(created->name());
  ASSERT_OK(concluded);
  EXPECT_EQ(concluded->unknown_count(), 2);
  const auto measures = MeasuresOf(created->name());
  ASSERT_EQ(measures.size(), 2u);
  EXPECT_EQ(measures[0].kind(), v1::Measure::KIND_FIND_OUT);
  EXPECT_THAT(measures[0].text(), HasSubstr("自動更新が有効か")) << "how to find out";
  for (const auto& measure : measures) ASSERT_OK(Decide(measure.name()));
  EXPECT_EQ(ReasonOf(MakeRule(measures[0].name()).status()),
            error::v1::ERROR_REASON_STATE_CONFLICT);

  const auto complete = [&](const v1::Measure& measure, const std::string& answer) {
    return As("manager", *rulebook_, &Rulebook::CompleteMeasure,
              "name: '" + measure.name() + "' " + answer);
  };
  for (const char* bad : {"", "answer: ANSWER_UNKNOWN", "answer: ANSWER_NOT_USED"}) {
    EXPECT_THAT(BadFields(complete(measures[0], bad).status()), ElementsAre("answer")) << bad;
  }
  const auto found = complete(measures[0], "answer: ANSWER_NOT_FOLLOWED note: '3台が停止'");
  ASSERT_OK(found);
  EXPECT_EQ(found->found_answer(), content::v1::ANSWER_NOT_FOLLOWED);
  ASSERT_OK(complete(measures[1], "answer: ANSWER_FOLLOWED"));
  const auto all = MeasuresOf(created->name());
  ASSERT_EQ(all.size(), 3u) << "a remedy for the gap, none for what is followed";
  EXPECT_EQ(all[2].kind(), v1::Measure::KIND_REMEDY);
  EXPECT_EQ(all[2].item(), "RC_UPDATE_PC");
  EXPECT_EQ(all[2].state(), v1::Measure::STATE_PROPOSED);
  ASSERT_OK(Decide(all[2].name()));
  EXPECT_THAT(BadFields(complete(all[2], "answer: ANSWER_FOLLOWED").status()),
              ElementsAre("answer"));
}

}  // namespace
}  // namespace staraction::diagnosis
