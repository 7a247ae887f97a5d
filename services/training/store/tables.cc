#include "services/training/store/tables.h"

#include <vector>

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"

namespace staraction::training {
namespace {

absl::StatusOr<std::string> LastId(const google::protobuf::Descriptor& type,
                                   const std::string& name, const std::string& field) {
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                      ParseName(ResourcePattern(type), name, field));
  if (IsUuid(ids.back())) return ids.back();
  return InvalidField(field, "its last part is no UUID", "末尾がUUIDではありません");
}

}  // namespace

const pg::Table<v1::Session> kSessions({.table = "session",
                                        .computed = {"engagements", "present_count",
                                                     "allowed_actions"},
                                        .client_fenced = false});
const pg::Table<v1::Attendance> kAttendances({.table = "attendance"});
const pg::Table<v1::Attempt> kAttempts({.table = "attempt", .computed = {"allowed_actions"}});
const pg::Table<v1::FollowUp> kFollowUps({.table = "follow_up", .computed = {"allowed_actions"}});
const pg::Table<v1::Briefing> kBriefings({.table = "briefing",
                                          .computed = {"missing_decisions", "allowed_actions"}});
const pg::Table<v1::CompletionCertificate> kCertificates({.table = "completion_certificate",
                                                          .computed = {"allowed_actions"}});
const pg::Table<v1::PaperTest> kPaperTests({.table = "paper_test"});
const pg::Table<v1::TrainingScan> kScans({.table = "training_scan"});

absl::StatusOr<std::string> EngagementId(const std::string& name, const std::string& field) {
  return LastId(*engagement::v1::Engagement::descriptor(), name, field);
}

absl::StatusOr<std::string> MemberId(const std::string& name, const std::string& field) {
  return LastId(*engagement::v1::Member::descriptor(), name, field);
}

}  // namespace staraction::training
