#ifndef STARACTION_SERVICES_ENGAGEMENT_TESTING_WORK_TEST_H_
#define STARACTION_SERVICES_ENGAGEMENT_TESTING_WORK_TEST_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "common/base/date.h"
#include "common/base/id.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/effort_service.grpc.pb.h"
#include "staraction/engagement/v1/pilot_service.grpc.pb.h"

namespace staraction::engagement {

using Quotes = v1::QuoteService;
using Tasks = v1::TaskService;
using Visits = v1::VisitService;
using Engagements = v1::EngagementService;
using Efforts = v1::EffortService;
using Pilots = v1::PilotService;

// A client of 28 people, and the steps from its quote to its engagement.
class WorkTest : public testing::Test {
 protected:
  WorkTest() : client_(world_.CreateClient("consultant", 28)), today_(TokyoDay(RealClock()())) {}

  template <typename Service, typename Method, typename Request>
  auto As(const std::string& who, Method method, const Request& request) {
    return world_.Ask<Service>(who, method, request);
  }
  v1::Quote Draft(int64_t override_yen = -1) {
    v1::CreateQuoteRequest request;
    request.set_parent(client_.name());
    request.mutable_quote()->set_offering("offerings/one-star");
    *request.mutable_quote()->mutable_valid_until() = ToProtoDate(today_ + 30);
    if (override_yen >= 0) {
      request.mutable_quote()->mutable_price_override()->set_price_yen(override_yen);
      request.mutable_quote()->mutable_price_override()->set_reason("初めてのお客様");
    }
    const auto quote = As<Quotes>("consultant", &Quotes::Stub::CreateQuote, request);
    EXPECT_OK(quote);
    return quote.value_or(v1::Quote());
  }
  absl::StatusOr<v1::Quote> Issue(const std::string& name) {
    v1::IssueQuoteRequest request;
    request.set_name(name);
    return As<Quotes>("consultant", &Quotes::Stub::IssueQuote, request);
  }
  absl::StatusOr<v1::Quote> Get(const std::string& name) {
    v1::GetQuoteRequest request;
    request.set_name(name);
    return As<Quotes>("consultant", &Quotes::Stub::GetQuote, request);
  }
  absl::StatusOr<v1::SearchQuotesResponse> Search(const v1::SearchQuotesRequest& request,
                                                  const std::string& who = "consultant") {
    return As<Quotes>(who, &Quotes::Stub::SearchQuotes, request);
  }
  v1::Engagement Open(v1::AcceptQuoteRequest accept = {}) {
    accept.set_name(Issue(Draft().name())->name());
    const auto engagement = As<Quotes>("consultant", &Quotes::Stub::AcceptQuote, accept);
    EXPECT_OK(engagement);
    return engagement.value_or(v1::Engagement());
  }
  std::map<std::string, v1::Task> TasksOf(const std::string& engagement) {
    v1::ListTasksRequest request;
    request.set_parent(engagement);
    std::map<std::string, v1::Task> tasks;
    const auto page = As<Tasks>("consultant", &Tasks::Stub::ListTasks, request);
    EXPECT_OK(page);
    if (!page.ok()) return tasks;
    for (const auto& task : page->tasks()) {
      tasks[task.code().empty() ? task.title() : task.code()] = task;
    }
    return tasks;
  }
  template <typename Request, typename Method>
  absl::StatusOr<v1::Engagement> Move(const std::string& name, Method method,
                                      const std::string& reason) {
    Request request;
    request.set_name(name);
    request.set_request_id(NewUuid4());
    if constexpr (requires { request.reason(); }) request.set_reason(reason);
    return As<Engagements>("consultant", method, request);
  }
  absl::StatusOr<v1::Engagement> Start(const std::string& name) {
    return Move<v1::StartEngagementRequest>(name, &Engagements::Stub::StartEngagement, "");
  }

  World world_;
  const v1::Client client_;
  const absl::CivilDay today_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_TESTING_WORK_TEST_H_
