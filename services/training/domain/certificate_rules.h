#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_CERTIFICATE_RULES_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_CERTIFICATE_RULES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "services/training/domain/progress.h"
#include "staraction/content/v1/course.pb.h"
#include "staraction/training/v1/attempt.pb.h"
#include "staraction/training/v1/certificate.pb.h"

namespace staraction::training {

// FAILED_PRECONDITION that names what is missing: attendance, the test, or both of one course.
absl::Status NotComplete(const std::string& member,
                         const std::vector<const CourseProgress*>& courses);

// Enters what the completion proves. `passed` is the attempt that passed; `course` its content, or
// null if it is no longer loaded. Who passed by a retest gets the lowest band and no score: a
// retest asks the missed topics only.
void FillCertificate(const CourseProgress& complete, const v1::Attempt& passed,
                     const content::v1::Course* course, absl::CivilDay today,
                     v1::CompletionCertificate& certificate);

// With the verbs that the state allows.
v1::CompletionCertificate Shown(v1::CompletionCertificate certificate);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_CERTIFICATE_RULES_H_
