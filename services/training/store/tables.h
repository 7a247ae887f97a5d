#ifndef STARACTION_SERVICES_TRAINING_STORE_TABLES_H_
#define STARACTION_SERVICES_TRAINING_STORE_TABLES_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pg/table.h"
#include "staraction/training/v1/attempt.pb.h"
#include "staraction/training/v1/briefing.pb.h"
#include "staraction/training/v1/certificate.pb.h"
#include "staraction/training/v1/paper.pb.h"
#include "staraction/training/v1/session.pb.h"

namespace staraction::training {

extern const pg::Table<v1::Session> kSessions;
extern const pg::Table<v1::Attendance> kAttendances;
extern const pg::Table<v1::Attempt> kAttempts;
extern const pg::Table<v1::FollowUp> kFollowUps;
extern const pg::Table<v1::Briefing> kBriefings;
extern const pg::Table<v1::CompletionCertificate> kCertificates;
extern const pg::Table<v1::PaperTest> kPaperTests;
extern const pg::Table<v1::TrainingScan> kScans;

// The id of "engagements/{engagement}". INVALID_ARGUMENT on `field` for other names.
absl::StatusOr<std::string> EngagementId(const std::string& name, const std::string& field);

// The id of "clients/{client}/members/{member}". INVALID_ARGUMENT on `field` for other names.
absl::StatusOr<std::string> MemberId(const std::string& name, const std::string& field);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_TABLES_H_
