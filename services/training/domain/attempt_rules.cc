#include "services/training/domain/attempt_rules.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
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

absl::Status CheckRetest(const Standing& standing) {
  if (!Has(standing.graded, Attempt::KIND_AFTER)) {
    return NotNext(Attempt::KIND_RETEST, "the test after the training has not been taken",
                   "研修後テストを受けていません");
  }
  if (standing.graded.back().passed()) {
    return NotNext(Attempt::KIND_RETEST, "the test has been passed",
                   "基準点に達しているため、再テストは不要です");
  }
  if (standing.open_follow_ups > 0) {
    return NotNext(Attempt::KIND_RETEST,
                   absl::StrCat(standing.open_follow_ups, " follow-ups are not complete"),
                   absl::StrCat("フォローアップが", standing.open_follow_ups,
                                "件残っています。完了してから再テストを受けてください"));
  }
  if (standing.max_retests > 0 && RetestsInARow(standing) >= standing.max_retests) {
    return NotNext(Attempt::KIND_RETEST,
                   absl::StrCat("there were ", standing.max_retests,
                                " retests; the member attends a session again first"),
                   absl::StrCat("再テストが", standing.max_retests,
                                "回に達しました。もう一度研修に出席してから受けてください"));
  }
  return absl::OkStatus();
}

// Whether right answers may be shown.
bool Graded(const Attempt& attempt) {
  return attempt.state() == Attempt::STATE_SUBMITTED || attempt.state() == Attempt::STATE_CORRECTED;
}

bool Expired(const Attempt& attempt, absl::Time now) {
  return attempt.state() == Attempt::STATE_OPEN && attempt.has_expire_time() &&
         FromTimestamp(attempt.expire_time()) <= now;
}

// Whether somebody else entered what the member answered.
bool Entered(const Attempt& attempt) {
  return attempt.channel() == common::v1::CHANNEL_PAPER ||
         attempt.channel() == common::v1::CHANNEL_TELEPHONE ||
         attempt.channel() == common::v1::CHANNEL_CONSULTANT;
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

int RetestsInARow(const Standing& standing) {
  int count = 0;
  for (const Attempt& attempt : standing.graded) {
    if (attempt.kind() != Attempt::KIND_RETEST) continue;
    if (standing.last_attended && FromTimestamp(attempt.effective_time()) < *standing.last_attended)
      continue;
    ++count;
  }
  return count;
}

absl::Status CheckNextAttempt(Attempt::Kind kind, const Standing& standing) {
  switch (kind) {
    case Attempt::KIND_BEFORE:
      if (standing.graded.empty()) return absl::OkStatus();
      return NotNext(kind, "it is the first test and taken once",
                     "研修前テストは最初に1回だけ受けられます");
    case Attempt::KIND_AFTER:
      if (!Has(standing.graded, Attempt::KIND_AFTER)) return absl::OkStatus();
      return NotNext(
          kind, "it is taken once; take a retest if it was failed",
          "研修後テストは1回だけです。基準点に届かなかった場合は再テストを受けてください");
    case Attempt::KIND_RETEST:
      return CheckRetest(standing);
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

absl::Status CheckFitsPaper(const Attempt& attempt, const v1::PaperTest& paper) {
  std::vector<Violation> problems;
  if (attempt.channel() != common::v1::CHANNEL_PAPER) {
    problems.push_back({"attempt.channel", "wanted PAPER with a test for paper",
                        "紙のテストの経路は「紙」にしてください"});
  }
  if (attempt.course() != paper.course()) {
    problems.push_back({"attempt.course", "the paper is of " + paper.course(),
                        "紙のテストのコースと一致しません"});
  }
  if (attempt.kind() != paper.kind()) {
    problems.push_back({"attempt.kind", "the paper is of " + Attempt::Kind_Name(paper.kind()),
                        "紙のテストの種類（研修前・研修後）と一致しません"});
  }
  if (std::none_of(paper.variants().begin(), paper.variants().end(),
                   [&](const auto& each) { return each.code() == attempt.variant(); })) {
    problems.push_back(
        {"attempt.variant",
         absl::StrCat("wanted A to ", paper.variants(paper.variants_size() - 1).code()),
         "紙に印刷された版（A、Bなど）を指定してください"});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(problems);
}

absl::Status CheckAbandon(const Attempt& attempt, absl::Time now) {
  if (attempt.state() != Attempt::STATE_OPEN) {
    return StateConflict(attempt.name(), Attempt::State_Name(attempt.state()), "abandon");
  }
  if (Expired(attempt, now)) return absl::OkStatus();
  const std::string until =
      attempt.has_expire_time()
          ? absl::FormatTime(absl::RFC3339_sec, FromTimestamp(attempt.expire_time()),
                             absl::UTCTimeZone())
          : "never";
  return MakeError(
      absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
      absl::StrCat("the attempt has not expired yet: ", until),
      "回答の期限前のため、テストを打ち切れません。同じテストの続きから回答してください",
      {{"resource", attempt.name()}, {"expire_time", until}});
}

absl::Status CheckCorrect(const Attempt& attempt, const std::vector<Attempt>& graded) {
  if (attempt.state() != Attempt::STATE_SUBMITTED) {
    return StateConflict(attempt.name(), Attempt::State_Name(attempt.state()), "correct");
  }
  if (!Entered(attempt)) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
        "the member answered in person: there is no mistake of entering to correct",
        "本人が回答したテストは訂正できません",
        {{"resource", attempt.name()}, {"channel", common::v1::Channel_Name(attempt.channel())}});
  }
  if (attempt.kind() == Attempt::KIND_BEFORE || graded.empty() ||
      graded.back().name() == attempt.name()) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_STATE_CONFLICT,
                   "a later test was taken because of this one: " + graded.back().name(),
                   "この結果をもとに次のテストを受けているため、訂正できません",
                   {{"resource", attempt.name()}, {"later", graded.back().name()}});
}

absl::StatusOr<Attempt> Corrected(const Attempt& attempt, const Answers& answers) {
  Attempt out = attempt;
  for (Attempt::Question& question : *out.mutable_questions()) question.clear_chosen_index();
  SA_RETURN_IF_ERROR(Grade(answers, out));
  out.set_corrects(attempt.name());
  return out;
}

Attempt Shown(Attempt attempt, absl::Time now) {
  attempt.clear_allowed_actions();
  if (attempt.state() == Attempt::STATE_SUBMITTED && Entered(attempt)) {
    attempt.add_allowed_actions("correct");
  }
  if (Graded(attempt)) return attempt;
  if (attempt.state() == Attempt::STATE_OPEN) attempt.add_allowed_actions("submit");
  if (Expired(attempt, now)) attempt.add_allowed_actions("abandon");
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
