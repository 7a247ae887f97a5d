// Reads from the engagement service: quotes, visits, who is outstanding, who answers for what.

#include <algorithm>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/document/domain/fill.h"
#include "services/document/reading.h"
#include "staraction/engagement/v1/activity_service.pb.h"
#include "staraction/engagement/v1/company_service.pb.h"
#include "staraction/engagement/v1/contact_service.pb.h"
#include "staraction/engagement/v1/quote_service.pb.h"
#include "staraction/engagement/v1/visit_service.pb.h"

namespace staraction::document {
namespace {

// Those of this month and the two years from then on; the calendar takes its own.
absl::StatusOr<std::vector<engagement::v1::Activity>> ReadActivities(const Reading& reading,
                                                                     absl::CivilDay today) {
  const absl::CivilDay first{absl::CivilMonth(today)};
  engagement::v1::ListActivitiesRequest request;
  request.set_parent(reading.call.client_name());
  *request.mutable_due_by() =
      ToProtoDate(absl::CivilDay(absl::CivilMonth(today) + 2 * domain::kCalendarMonths) - 1);
  SA_ASSIGN_OR_RETURN(
      auto activities,
      reading.sources.List(reading.call, request,
                           &engagement::v1::ListActivitiesResponse::mutable_activities));
  const auto before = [&](const auto& each) { return *FromProtoDate(each.due_date()) < first; };
  activities.erase(std::remove_if(activities.begin(), activities.end(), before), activities.end());
  return activities;
}

}  // namespace

absl::Status ReadQuote(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.quote,
      (reading.Get<engagement::v1::Quote, engagement::v1::GetQuoteRequest>(reading.subject)));
  return absl::OkStatus();
}

absl::Status ReadVisit(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.visit,
      (reading.Get<engagement::v1::Visit, engagement::v1::GetVisitRequest>(reading.subject)));
  return absl::OkStatus();
}

absl::Status ReadOutstanding(const Reading& reading, domain::SubjectFacts& facts) {
  using engagement::v1::ListOutstandingMembersResponse;
  engagement::v1::ListOutstandingMembersRequest request;
  request.set_parent(reading.subject);
  request.set_page_size(1000);
  request.set_with_secrets(true);
  do {
    SA_ASSIGN_OR_RETURN(const auto page, reading.sources.Read<ListOutstandingMembersResponse>(
                                             reading.call, request));
    request.set_page_token(page.next_page_token());
    facts.outstanding.MergeFrom(page);
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status ReadCompany(const Reading& reading, domain::SubjectFacts& facts) {
  engagement::v1::ListRoleAssignmentsRequest roles;
  roles.set_parent(reading.call.client_name());
  *roles.mutable_as_of() = ToProtoDate(facts.today);
  SA_ASSIGN_OR_RETURN(
      facts.roles,
      reading.sources.List(reading.call, roles,
                           &engagement::v1::ListRoleAssignmentsResponse::mutable_role_assignments));
  const auto* practices = reading.library.FindCodeList("client-practices");
  if (practices == nullptr) return absl::OkStatus();
  for (const auto& entry : practices->entries()) facts.practice_codes.push_back(entry.code());
  return absl::OkStatus();
}

absl::Status ReadYearCalendar(const Reading& reading, domain::SubjectFacts& facts) {
  const auto calendars = reading.library.List<content::v1::ActivityCalendar>();
  if (calendars.empty()) {
    return InvalidField("document.template", "needs a calendar of activities, and no pack has one",
                        "年間の活動を定めたコンテンツがありません");
  }
  facts.calendar = *calendars.front();
  SA_ASSIGN_OR_RETURN(facts.activities, ReadActivities(reading, facts.today));
  const auto* roles = reading.library.FindCodeList("security-roles");
  if (roles == nullptr) return absl::OkStatus();
  for (const auto& entry : roles->entries()) {
    facts.role_labels[entry.code()] = entry.label().ja();
  }
  return absl::OkStatus();
}

}  // namespace staraction::document
