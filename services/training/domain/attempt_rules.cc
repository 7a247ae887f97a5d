#include "services/training/domain/attempt_rules.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"

namespace staraction::training {
namespace {

using v1::Attempt;

absl::Status NotNext(Attempt::Kind kind, const std::string& en, const std::string& ja) {
  const std::string& name = Attempt::Kind_Name(kind);
  return MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
                   absl::StrCat(name, ": ", en), ja, {{"kind", name}});
}

bool Has(const std::vector<Attempt>& attempts, Attempt::Kind kind) {
  return std::any_of(attempts.begin(), attempts.end(),
                     [kind](const Attempt& attempt) { return attempt.kind() == kind; });
}

absl::Status CheckRetest(const std::vector<Attempt>& earlier, int open_follow_ups) {
  if (!Has(earlier, Attempt::KIND_AFTER)) {
    return NotNext(Attempt::KIND_RETEST, "the test after the training has not been taken",
                   "研修後テストを受けていません");
  }
  if (earlier.back().passed()) {
    return NotNext(Attempt::KIND_RETEST, "the test has been passed",
                   "テストは合格済みのため、再テストは不要です");
  }
  if (open_follow_ups > 0) {
    return NotNext(Attempt::KIND_RETEST,
                   absl::StrCat(open_follow_ups, " follow-ups are not complete"),
                   absl::StrCat("フォローアップが", open_follow_ups,
                                "件残っています。完了してから再テストを受けてください"));
  }
  return absl::OkStatus();
}

// Index of the question by code; all problems of the answers.
std::vector<Violation> Problems(const Answers& answers, const Attempt& attempt,
                                std::map<std::string, int>& index) {
  for (int i = 0; i < attempt.questions_size(); ++i) index[attempt.questions(i).code()] = i;
  std::map<std::string, int> answered;
  std::vector<Violation> problems;
  for (int i = 0; i < answers.size(); ++i) {
    const std::string field = absl::StrCat("answers[", i, "]");
    const auto question = index.find(answers[i].question());
    if (question == index.end()) {
      problems.push_back({field + ".question", "is not a question of this attempt",
                          "このテストの問題ではありません"});
    } else if (++answered[answers[i].question()] > 1) {
      problems.push_back(
          {field + ".question", "is answered twice", "同じ問題に2つの回答があります"});
    } else if (answers[i].choice_index() >= attempt.questions(question->second).choices_size()) {
      problems.push_back(
          {field + ".choice_index", "is no choice of the question", "選択肢にない番号です"});
    }
  }
  return problems;
}

}  // namespace

absl::Status CheckNextAttempt(Attempt::Kind kind, const std::vector<Attempt>& earlier,
                              int open_follow_ups) {
  switch (kind) {
    case Attempt::KIND_BEFORE:
      if (earlier.empty()) return absl::OkStatus();
      return NotNext(kind, "it is the first test and taken once",
                     "研修前テストは最初に1回だけ受けられます");
    case Attempt::KIND_AFTER:
      if (!Has(earlier, Attempt::KIND_AFTER)) return absl::OkStatus();
      return NotNext(kind, "it is taken once; take a retest if it was failed",
                     "研修後テストは1回だけです。不合格の場合は再テストを受けてください");
    case Attempt::KIND_RETEST:
      return CheckRetest(earlier, open_follow_ups);
    default:
      return InvalidField("attempt.kind", "wanted BEFORE, AFTER or RETEST",
                          "テストの種類を指定してください");
  }
}

absl::Status Grade(const Answers& answers, Attempt& attempt) {
  std::map<std::string, int> index;
  if (const auto problems = Problems(answers, attempt, index); !problems.empty()) {
    return InvalidFields(problems);
  }
  for (const auto& answer : answers) {
    attempt.mutable_questions(index[answer.question()])->set_chosen_index(answer.choice_index());
  }
  int correct = 0;
  std::vector<std::string> missed;
  for (const Attempt::Question& question : attempt.questions()) {
    if (question.has_chosen_index() && question.chosen_index() == question.correct_index()) {
      ++correct;
    } else if (std::find(missed.begin(), missed.end(), question.topic()) == missed.end()) {
      missed.push_back(question.topic());
    }
  }
  attempt.set_correct_count(correct);
  attempt.set_score_percent(
      attempt.questions_size() == 0 ? 0 : correct * 100 / attempt.questions_size());
  // Not by the rounded score: 79.9 % must not pass 80, nor 80 % fail it.
  attempt.set_passed(attempt.questions_size() > 0 &&
                     correct * 100 >= attempt.pass_percent() * attempt.questions_size());
  attempt.mutable_missed_topics()->Assign(missed.begin(), missed.end());
  attempt.set_state(Attempt::STATE_SUBMITTED);
  return absl::OkStatus();
}

bool NeedsFollowUp(const Attempt& attempt) {
  return attempt.kind() != Attempt::KIND_BEFORE && !attempt.passed();
}

Attempt Shown(Attempt attempt) {
  attempt.clear_allowed_actions();
  if (attempt.state() == Attempt::STATE_SUBMITTED) return attempt;
  attempt.add_allowed_actions("submit");
  for (Attempt::Question& question : *attempt.mutable_questions()) {
    question.clear_correct_index();
    question.clear_explanation();
  }
  return attempt;
}

v1::FollowUp Shown(v1::FollowUp follow_up) {
  follow_up.clear_allowed_actions();
  if (follow_up.state() == v1::FollowUp::STATE_OPEN) follow_up.add_allowed_actions("complete");
  return follow_up;
}

}  // namespace staraction::training
