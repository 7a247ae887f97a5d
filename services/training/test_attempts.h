#ifndef STARACTION_SERVICES_TRAINING_TEST_ATTEMPTS_H_
#define STARACTION_SERVICES_TRAINING_TEST_ATTEMPTS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/pg/field_value.h"
#include "services/training/test_training.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::training {

// People of company A who attend and take tests.
class AttemptTest : public TrainingTest {
 protected:
  static std::string EngagementA() { return absl::StrCat("engagements/", kEngagementA); }

  AttemptTest() {
    auto library = content::Library::Load();
    for (const auto& question :
         (*library)->FindCourse(std::string(kCourse).substr(8))->questions()) {
      right_[question.code()] = question.correct_index();
      explanations_.push_back(question.explanation().ja());
    }
  }

  static v1::CreateAttemptRequest New(int member, v1::Attempt::Kind kind) {
    v1::CreateAttemptRequest request;
    request.set_parent(EngagementA());
    request.mutable_attempt()->set_member(MemberName(kClientA, member));
    request.mutable_attempt()->set_course(kCourse);
    request.mutable_attempt()->set_kind(kind);
    return request;
  }
  absl::StatusOr<v1::Attempt> Create(const std::string& token,
                                     const v1::CreateAttemptRequest& request) {
    Pass(absl::Minutes(1));
    return test::CallAs(token, *attempts_, &Attempts::CreateAttempt, request);
  }
  // Answers everything right, but for the first question of each of these topics.
  v1::SubmitAttemptRequest Answers(const v1::Attempt& attempt,
                                   std::set<std::string> wrong = {}) const {
    v1::SubmitAttemptRequest request;
    request.set_name(attempt.name());
    for (const auto& question : attempt.questions()) {
      auto* answer = request.add_answers();
      answer->set_question(question.code());
      const int right = right_.at(question.code());
      answer->set_choice_index(wrong.erase(question.topic()) > 0 ? (right + 1) % 3 : right);
    }
    return request;
  }
  absl::StatusOr<v1::Attempt> Submit(const std::string& token,
                                     const v1::SubmitAttemptRequest& request) {
    Pass(absl::Minutes(1));
    return test::CallAs(token, *attempts_, &Attempts::SubmitAttempt, request);
  }
  absl::StatusOr<v1::Attempt> Get(const std::string& token, const std::string& name) {
    v1::GetAttemptRequest request;
    request.set_name(name);
    return test::CallAs(token, *attempts_, &Attempts::GetAttempt, request);
  }
  absl::StatusOr<v1::ListFollowUpsResponse> FollowUps(const std::string& token) {
    v1::ListFollowUpsRequest request;
    request.set_parent(EngagementA());
    return test::CallAs(token, *attempts_, &Attempts::ListFollowUps, request);
  }
  absl::StatusOr<v1::FollowUp> Complete(const std::string& token,
                                        const v1::CompleteFollowUpRequest& request) {
    Pass(absl::Minutes(1));
    return test::CallAs(token, *attempts_, &Attempts::CompleteFollowUp, request);
  }
  absl::StatusOr<v1::ListCompletionsResponse> Completions(const std::string& token) {
    v1::ListCompletionsRequest request;
    request.set_parent(EngagementA());
    return test::CallAs(token, *attempts_, &Attempts::ListCompletions, request);
  }
  // Holds a session with these members of company A.
  void Attend(const std::vector<int>& members, bool absent = false) {
    if (session_.empty()) {
      v1::CreateSessionRequest create;
      create.mutable_session()->add_engagements(EngagementA());
      create.mutable_session()->set_course(kCourse);
      *create.mutable_session()->mutable_start_time() = pg::ToTimestamp(now_ - absl::Hours(2));
      *create.mutable_session()->mutable_end_time() = pg::ToTimestamp(now_ - absl::Hours(1));
      auto session = test::CallAs(consultant_, *sessions_, &Sessions::CreateSession, create);
      ASSERT_OK(session);
      session_ = session->name();
    }
    v1::RecordAttendanceRequest record;
    record.set_name(session_);
    record.set_channel(common::v1::CHANNEL_CONSULTANT);
    for (const int member : members) {
      auto* entry = record.add_entries();
      entry->set_member(MemberName(kClientA, member));
      entry->set_absent(absent);
    }
    ASSERT_OK(test::CallAs(consultant_, *sessions_, &Sessions::RecordAttendance, record));
  }
  absl::StatusOr<fact::v1::FactSheet> Facts(const std::string& client) {
    fact::v1::CollectFactsRequest request;
    request.set_client(absl::StrCat("clients/", client));
    const auto token = keys_.signer("engagement")->Service(test::kOrganization, client);
    const auto stub = fact::v1::FactService::NewStub(service_->channel());
    return test::CallAs(*token, *stub, &fact::v1::FactService::Stub::CollectFacts, request);
  }

  std::map<std::string, int> right_;       // index of the right choice, by question
  std::vector<std::string> explanations_;  // of all questions
  std::string session_;
};

inline void ExpectNoAnswers(const v1::Attempt& attempt) {
  ASSERT_GT(attempt.questions_size(), 0);
  for (const auto& question : attempt.questions()) {
    EXPECT_FALSE(question.has_correct_index()) << question.code();
    EXPECT_EQ(question.explanation(), "") << question.code();
  }
}

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_TEST_ATTEMPTS_H_
