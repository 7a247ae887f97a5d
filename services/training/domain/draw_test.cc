#include "services/training/domain/draw.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "services/training/domain/attempt_rules.h"

namespace staraction::training {
namespace {

using content::v1::Course;
using v1::Attempt;

// Topics of the test; each has two questions of each difficulty.
Course MakeCourse(const std::vector<std::string>& topics, int count) {
  Course course;
  course.mutable_pack()->set_urn("urn:staraction:pack:test");
  course.mutable_pack()->set_version(3);
  course.mutable_test()->set_pass_percent(80);
  for (const std::string& topic : topics) {
    auto* draw = course.mutable_test()->add_draws();
    draw->set_topic(topic);
    draw->set_count(count);
    for (const char* code : {"1A", "1B", "2A", "2B", "3A", "3B"}) {
      auto* question = course.add_questions();
      question->set_code(topic + "_" + code);
      question->set_topic(topic);
      question->set_difficulty(code[0] - '0');
      question->set_pair(topic + "_" + code[0]);
      question->mutable_question()->set_ja("問い");
      for (const char* choice : {"ア", "イ", "ウ"}) question->add_choices()->set_ja(choice);
      question->set_correct_index(1);
      question->mutable_explanation()->set_ja("理由");
    }
  }
  return course;
}

Attempt Drawn(const Course& course, Attempt::Kind kind, const std::vector<Attempt>& earlier,
              int64_t seed) {
  Attempt attempt;
  attempt.set_kind(kind);
  attempt.set_pack("urn:staraction:pack:test@3");
  attempt.set_pass_percent(course.test().pass_percent());
  for (const auto& question : DrawQuestions(course, kind, earlier, seed)) {
    *attempt.add_questions() = question;
  }
  return attempt;
}

// Graded with wrong answers to the first question of these topics.
Attempt Failed(Attempt attempt, const std::set<std::string>& wrong) {
  Answers answers;
  std::set<std::string> left = wrong;
  for (const auto& question : attempt.questions()) {
    auto* answer = answers.Add();
    answer->set_question(question.code());
    answer->set_choice_index(left.erase(question.topic()) > 0 ? 0 : 1);
  }
  EXPECT_TRUE(Grade(answers, attempt).ok());
  return attempt;
}

std::set<std::string> Codes(const Attempt& attempt) {
  std::set<std::string> codes;
  for (const auto& question : attempt.questions()) codes.insert(question.code());
  return codes;
}

std::multiset<std::string> Hardness(const Attempt& attempt) {
  std::multiset<std::string> out;
  for (const auto& question : attempt.questions()) {
    out.insert(question.topic() + std::to_string(question.difficulty()));
  }
  return out;
}

std::set<std::string> Common(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::set<std::string> out;
  for (const std::string& code : a) {
    if (b.count(code) > 0) out.insert(code);
  }
  return out;
}

class DrawTest : public testing::TestWithParam<int64_t> {
 protected:
  const Course course_ = MakeCourse({"UPDATE", "BACKUP"}, 2);
};

TEST_P(DrawTest, AsksEachTopicAtDifferentDifficulties) {
  const Attempt attempt = Drawn(course_, Attempt::KIND_BEFORE, {}, GetParam());
  ASSERT_EQ(attempt.questions_size(), 4);
  EXPECT_EQ(attempt.questions(0).topic(), "UPDATE");
  EXPECT_EQ(attempt.questions(2).topic(), "BACKUP");
  EXPECT_NE(attempt.questions(0).difficulty(), attempt.questions(1).difficulty());
  EXPECT_NE(attempt.questions(2).difficulty(), attempt.questions(3).difficulty());
}

TEST_P(DrawTest, SameSeedDrawsTheSame) {
  EXPECT_EQ(Codes(Drawn(course_, Attempt::KIND_BEFORE, {}, GetParam())),
            Codes(Drawn(course_, Attempt::KIND_BEFORE, {}, GetParam())));
}

TEST_P(DrawTest, AfterIsAsHardAsBeforeAndAsksOtherQuestions) {
  const Attempt before = Drawn(course_, Attempt::KIND_BEFORE, {}, GetParam());
  const Attempt after = Drawn(course_, Attempt::KIND_AFTER, {before}, GetParam() + 1);
  EXPECT_EQ(Hardness(after), Hardness(before));
  EXPECT_THAT(Common(Codes(after), Codes(before)), testing::IsEmpty());
}

TEST_P(DrawTest, AfterAsksTheOtherQuestionOfEachPair) {
  const Attempt before = Drawn(course_, Attempt::KIND_BEFORE, {}, GetParam());
  const Attempt after = Drawn(course_, Attempt::KIND_AFTER, {before}, GetParam() + 1);
  std::multiset<std::string> pairs_before, pairs_after;
  for (const auto& question : before.questions()) pairs_before.insert(question.pair());
  for (const auto& question : after.questions()) pairs_after.insert(question.pair());
  EXPECT_EQ(pairs_after, pairs_before);
}

TEST_P(DrawTest, NothingSeenComesAgainWhileThereIsAnythingElse) {
  std::vector<Attempt> attempts = {Drawn(course_, Attempt::KIND_BEFORE, {}, GetParam())};
  attempts.push_back(
      Failed(Drawn(course_, Attempt::KIND_AFTER, attempts, GetParam() + 1), {"UPDATE", "BACKUP"}));
  attempts.push_back(Drawn(course_, Attempt::KIND_RETEST, attempts, GetParam() + 2));
  std::set<std::string> seen;
  for (const Attempt& attempt : attempts) {
    for (const std::string& code : Codes(attempt)) {
      EXPECT_TRUE(seen.insert(code).second) << code << " was seen before";
    }
  }
  EXPECT_EQ(seen.size(), 12u) << "the whole bank";
}

TEST_P(DrawTest, VariantsAreEquallyHardAndDifferent) {
  const auto variants = DrawVariants(course_, Attempt::KIND_BEFORE, {}, 2, GetParam());
  ASSERT_EQ(variants.size(), 2u);
  EXPECT_EQ(variants[0].code(), "A");
  EXPECT_EQ(variants[1].code(), "B");
  Attempt a, b;
  *a.mutable_questions() = variants[0].questions();
  *b.mutable_questions() = variants[1].questions();
  EXPECT_EQ(a.questions_size(), 4);
  EXPECT_EQ(Hardness(a), Hardness(b));
  EXPECT_THAT(Common(Codes(a), Codes(b)), testing::IsEmpty());
  // The paper after the training avoids both as far as the bank goes: four of twelve are left.
  v1::PaperTest paper;
  paper.set_pack("urn:staraction:pack:test@3");
  for (const auto& variant : variants) *paper.add_variants() = variant;
  const auto after = DrawVariants(course_, Attempt::KIND_AFTER, {paper}, 1, GetParam() + 1);
  ASSERT_EQ(after.size(), 1u);
  Attempt c;
  *c.mutable_questions() = after[0].questions();
  EXPECT_EQ(c.questions_size(), 4);
  EXPECT_THAT(Common(Codes(a), Codes(c)), testing::IsEmpty());
  EXPECT_THAT(Common(Codes(b), Codes(c)), testing::IsEmpty());
}

TEST_P(DrawTest, RetestAsksOnlyMissedTopicsWithOtherQuestionsAsHard) {
  const Attempt after = Failed(Drawn(course_, Attempt::KIND_AFTER, {}, GetParam()), {"BACKUP"});
  ASSERT_THAT(after.missed_topics(), testing::ElementsAre("BACKUP"));
  const Attempt retest = Drawn(course_, Attempt::KIND_RETEST, {after}, GetParam() + 1);
  ASSERT_EQ(retest.questions_size(), 2);
  for (const auto& question : retest.questions()) EXPECT_EQ(question.topic(), "BACKUP");
  EXPECT_THAT(Common(Codes(retest), Codes(after)), testing::IsEmpty());
  std::multiset<std::string> wanted;
  for (const std::string& each : Hardness(after)) {
    if (each.rfind("BACKUP", 0) == 0) wanted.insert(each);
  }
  EXPECT_EQ(Hardness(retest), wanted);
}

TEST_P(DrawTest, LaterRetestsNeverRepeatTheLastOne) {
  std::vector<Attempt> attempts = {Drawn(course_, Attempt::KIND_BEFORE, {}, GetParam())};
  attempts.push_back(
      Failed(Drawn(course_, Attempt::KIND_AFTER, attempts, GetParam() + 1), {"UPDATE", "BACKUP"}));
  for (int i = 0; i < 5; ++i) {
    const Attempt retest = Drawn(course_, Attempt::KIND_RETEST, attempts, GetParam() + 2 + i);
    ASSERT_EQ(retest.questions_size(), 4) << "retest " << i;
    EXPECT_THAT(Common(Codes(retest), Codes(attempts.back())), testing::IsEmpty())
        << "retest " << i;
    attempts.push_back(Failed(retest, {"UPDATE", "BACKUP"}));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DrawTest, testing::Values(0, 1, 2, 3, 42, 1000, INT64_MAX - 10));

TEST(DrawSeedTest, SeedsDiffer) {
  const Course course = MakeCourse({"UPDATE", "BACKUP", "MALWARE"}, 2);
  std::set<std::set<std::string>> drawn;
  for (int64_t seed = 0; seed < 20; ++seed) {
    drawn.insert(Codes(Drawn(course, Attempt::KIND_BEFORE, {}, seed)));
  }
  EXPECT_GT(drawn.size(), 10u);
}

TEST(DrawPackTest, AnotherVersionIsNotDrawnByTheOldOnesPlaces) {
  const Course old_course = MakeCourse({"GONE"}, 2);
  const Attempt before = Drawn(old_course, Attempt::KIND_BEFORE, {}, 1);
  Course course = MakeCourse({"UPDATE"}, 2);
  course.mutable_pack()->set_version(4);
  EXPECT_EQ(DrawQuestions(course, Attempt::KIND_AFTER, {before}, 1).size(), 2u);
}

}  // namespace
}  // namespace staraction::training
