// Reads from the training service: sessions, tests, certificates.

#include <algorithm>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/document/domain/fill.h"
#include "services/document/reading.h"
#include "staraction/engagement/v1/engagement_service.pb.h"
#include "staraction/engagement/v1/roster_service.pb.h"
#include "staraction/training/v1/certificate_service.pb.h"
#include "staraction/training/v1/course_service.pb.h"
#include "staraction/training/v1/paper_service.pb.h"
#include "staraction/training/v1/session_service.pb.h"

namespace staraction::document {
namespace {

using training::v1::CompletionCertificate;

absl::Status ReadCourse(const Reading& reading, const std::string& name,
                        domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(facts.course,
                      (reading.Get<training::v1::Course, training::v1::GetCourseRequest>(name)));
  return absl::OkStatus();
}

// The one of the session's engagements that is this client's.
absl::Status ReadSessionEngagement(const Reading& reading, domain::SubjectFacts& facts) {
  engagement::v1::ListClientEngagementsRequest request;
  request.set_parent(reading.call.client_name());
  SA_ASSIGN_OR_RETURN(
      const auto all,
      reading.sources.List(reading.call, request,
                           &engagement::v1::ListClientEngagementsResponse::mutable_engagements));
  const auto& names = facts.session.engagements();
  for (const auto& engagement : all) {
    if (std::find(names.begin(), names.end(), engagement.name()) == names.end()) continue;
    facts.engagement = engagement;
    return absl::OkStatus();
  }
  return InvalidField("document.subject", "is of another client",
                      "別のお客様のものは指定できません");
}

// Who counts in the engagement on the session's day.
absl::Status ReadAttendees(const Reading& reading, domain::SubjectFacts& facts) {
  engagement::v1::ListRosterEntriesRequest request;
  request.set_parent(facts.engagement.name());
  request.set_purpose(engagement::v1::ROSTER_PURPOSE_TRAINING);
  *request.mutable_as_of() =
      ToProtoDate(TokyoDay(absl::FromUnixSeconds(facts.session.start_time().seconds())));
  SA_ASSIGN_OR_RETURN(
      const auto entries,
      reading.sources.List(reading.call, request,
                           &engagement::v1::ListRosterEntriesResponse::mutable_roster_entries));
  for (const auto& entry : entries) {
    if (entry.counted()) facts.members.push_back(entry.member());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadSession(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.session,
      (reading.Get<training::v1::Session, training::v1::GetSessionRequest>(reading.subject)));
  SA_RETURN_IF_ERROR(ReadSessionEngagement(reading, facts));
  SA_RETURN_IF_ERROR(ReadCourse(reading, facts.session.course(), facts));
  return ReadAttendees(reading, facts);
}

absl::Status ReadPaperTest(const Reading& reading, domain::SubjectFacts& facts) {
  SA_ASSIGN_OR_RETURN(
      facts.paper_test,
      (reading.Get<training::v1::PaperTest, training::v1::GetPaperTestRequest>(reading.subject)));
  return ReadCourse(reading, facts.paper_test.course(), facts);
}

absl::StatusOr<std::vector<MemberSheet>> ReadTrainingCertificates(const Reading& reading,
                                                                  const std::string& member) {
  training::v1::ListCompletionCertificatesRequest request;
  request.set_parent(reading.subject);
  SA_ASSIGN_OR_RETURN(
      const auto certificates,
      reading.sources.List(
          reading.call, request,
          &training::v1::ListCompletionCertificatesResponse::mutable_completion_certificates));
  std::vector<MemberSheet> sheets;
  for (const CompletionCertificate& certificate : certificates) {
    if (certificate.state() != CompletionCertificate::STATE_ISSUED) continue;
    if (!member.empty() && certificate.member() != member) continue;
    sheets.push_back({certificate.member(), certificate.display_name(),
                      domain::TrainingCertificateFields(certificate)});
  }
  if (!member.empty() && sheets.empty()) {
    return InvalidField("member", "has no certificate that holds",
                        "この方に有効な修了証はありません");
  }
  return sheets;
}

}  // namespace staraction::document
