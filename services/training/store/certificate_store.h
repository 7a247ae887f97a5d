#ifndef STARACTION_SERVICES_TRAINING_STORE_CERTIFICATE_STORE_H_
#define STARACTION_SERVICES_TRAINING_STORE_CERTIFICATE_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/training/v1/certificate.pb.h"

namespace staraction::training {

// The organization's next number in this year, "2026-0001". Numbers have no gaps: one that is not
// used is given again.
absl::StatusOr<std::string> NextCertificateNumber(pg::Transaction& tx, int year);

// Name of the certificate of that member and course that holds; "" if none does. All are names.
absl::StatusOr<std::string> HoldingCertificate(pg::Transaction& tx, const std::string& engagement,
                                               const std::string& member,
                                               const std::string& course);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_CERTIFICATE_STORE_H_
