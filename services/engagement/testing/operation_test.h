#ifndef STARACTION_SERVICES_ENGAGEMENT_TESTING_OPERATION_TEST_H_
#define STARACTION_SERVICES_ENGAGEMENT_TESTING_OPERATION_TEST_H_

#include <string>
#include <vector>

#include "common/status/errors.h"
#include "services/engagement/testing/work_test.h"
#include "staraction/engagement/v1/activity_service.grpc.pb.h"

namespace staraction::engagement {

using Activities = v1::ActivityService;

// Subjects of what a FAILED_PRECONDITION names; nothing for another answer.
template <typename Reply>
std::vector<std::string> Unmet(const absl::StatusOr<Reply>& reply) {
  std::vector<std::string> subjects;
  const auto failure = GetDetail<google::rpc::PreconditionFailure>(reply.status());
  if (!failure) return subjects;
  for (const auto& violation : failure->violations()) subjects.push_back(violation.subject());
  return subjects;
}

// A client on the way to two stars, with a president and a manager.
class OperationTest : public WorkTest {
 protected:
  OperationTest()
      : president_(world_.AddMember(client_, "1", "北浜 隆", true)),
        manager_(world_.AddMember(client_, "2", "髙橋 誠", false)) {}

  v1::Quote TwoStarQuote() {
    v1::CreateQuoteRequest request;
    request.set_parent(client_.name());
    request.mutable_quote()->set_offering("offerings/two-star");
    *request.mutable_quote()->mutable_valid_until() = ToProtoDate(today_ + 30);
    const auto quote = As<Quotes>("consultant", &Quotes::Stub::CreateQuote, request);
    EXPECT_OK(quote);
    return *Issue(quote->name());
  }
  v1::Engagement OpenTwoStars() {
    v1::AcceptQuoteRequest accept;
    accept.set_name(TwoStarQuote().name());
    const auto engagement = As<Quotes>("consultant", &Quotes::Stub::AcceptQuote, accept);
    EXPECT_OK(engagement);
    return engagement.value_or(v1::Engagement());
  }
  absl::StatusOr<v1::PlanActivitiesResponse> Plan(const std::string& engagement,
                                                  bool validate_only = false) {
    v1::PlanActivitiesRequest request;
    request.set_parent(client_.name());
    request.set_engagement(engagement);
    request.set_validate_only(validate_only);
    return As<Activities>("consultant", &Activities::Stub::PlanActivities, request);
  }
  absl::StatusOr<v1::ListActivitiesResponse> Year(const std::string& engagement) {
    v1::ListActivitiesRequest request;
    request.set_parent(client_.name());
    request.set_engagement(engagement);
    return As<Activities>("consultant", &Activities::Stub::ListActivities, request);
  }
  absl::StatusOr<v1::Activity> AddActivity(const std::string& engagement, absl::CivilDay due) {
    v1::CreateActivityRequest request;
    request.set_parent(client_.name());
    request.mutable_activity()->set_title("棚の鍵を替える");
    request.mutable_activity()->set_owner_member(manager_.name());
    request.mutable_activity()->set_engagement(engagement);
    *request.mutable_activity()->mutable_due_date() = ToProtoDate(due);
    return As<Activities>("consultant", &Activities::Stub::CreateActivity, request);
  }

  // Value of a criterion's fact, as readiness shows it.
  std::string Actual(const std::string& engagement, const std::string& code) {
    v1::RefreshReadinessRequest request;
    request.set_name(engagement + "/readiness");
    const auto readiness =
        As<Engagements>("consultant", &Engagements::Stub::RefreshReadiness, request);
    EXPECT_OK(readiness);
    if (!readiness.ok()) return "";
    for (const auto& criterion : readiness->criteria()) {
      if (criterion.code() == code) return criterion.actual();
    }
    return "no such criterion";
  }

  const v1::Member president_;
  const v1::Member manager_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_TESTING_OPERATION_TEST_H_
